"""``python -m drill --number N --seed S``: one line for each drill, exit 1 when an acknowledged act is lost."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drill import powercut

DATABASE = "gongkai.sqlite3"
TRACED = "pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat"
ACTS_IN_A_TRACE = 60
Result = dict[str, Any]


class Ground:
    """A prepared data directory that each drill copies."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.template = scratch / "template"
        self._trace: tuple[list[powercut.Step], list[list[int]], dict[str, bytes]] | None = None
        self.run("-m", "gongkai", "diffsettings", folder=self.template)
        self.run("-m", "drill.writer", "people", folder=self.template)

    def environment(self, folder: Path) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")
        }
        return kept | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "gongkai.settings"}

    def run(
        self, *arguments: str, folder: Path, given: str = "", check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            env=self.environment(folder),
            input=given,
            capture_output=True,
            text=True,
            check=check,
        )

    def copy(self, number: int) -> Path:
        folder = self.scratch / f"drill{number}"
        shutil.copytree(self.template, folder)
        return folder

    def examine(self, folder: Path, acknowledged: list[list[int]]) -> Result:
        done = self.run("-m", "drill.verify", folder=folder, given=json.dumps(acknowledged), check=False)
        if done.returncode:
            return {
                "acknowledged": len(acknowledged),
                "lost": len(acknowledged),
                "half": 0,
                "error": done.stderr[-300:],
            }
        return dict(json.loads(done.stdout))

    def trace(self) -> tuple[list[powercut.Step], list[list[int]], dict[str, bytes]]:
        """One traced run of the writer, made once; every power cut replays it up to another point."""
        if self._trace is None:
            folder = self.scratch / "traced"
            shutil.copytree(self.template, folder)
            before = {
                path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith(DATABASE)
            }
            log = self.scratch / "trace"
            command = ["strace", "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={TRACED}", "-o", str(log)]
            subprocess.run(
                [*command, sys.executable, "-m", "drill.writer", str(ACTS_IN_A_TRACE)],
                env=self.environment(folder),
                check=True,
                stdout=subprocess.DEVNULL,
            )
            steps, acknowledged = powercut.read_trace(log, folder)
            self._trace = (steps, acknowledged, before)
        return self._trace


def kill_while_acting(ground: Ground, number: int, chance: random.Random) -> Result:
    """Kill -9 the writer somewhere in its work."""
    folder = ground.copy(number)
    command = [sys.executable, "-m", "drill.writer", "1000000"]
    with subprocess.Popen(
        command, env=ground.environment(folder), stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))
        writer.send_signal(signal.SIGKILL)
        lines = [first, *writer.stdout.read().splitlines(keepends=True)]
    acknowledged = [[int(part) for part in line.split()] for line in lines if line.endswith("\n")]
    return ground.examine(folder, acknowledged)


def kill_at_first_start(ground: Ground, number: int, chance: random.Random) -> Result:
    """Kill -9 the first command while it prepares the directory; the next start must go on."""
    folder = ground.scratch / f"drill{number}"
    command = [sys.executable, "-m", "gongkai", "diffsettings"]
    with subprocess.Popen(command, env=ground.environment(folder), stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:  # fmt: skip
        time.sleep(chance.uniform(0.1, 1.5))
        process.send_signal(signal.SIGKILL)
    again = ground.run("-m", "gongkai", "diffsettings", folder=folder, check=False)
    result = ground.examine(folder, [])
    return result | ({} if again.returncode == 0 else {"error": again.stderr[-300:]})


def kill_while_backing_up(ground: Ground, number: int, chance: random.Random) -> Result:
    """Kill -9 a backup; the older backup of that name must still be whole, and restore."""
    folder, other = ground.copy(number), ground.scratch / f"restored{number}"
    done = ground.run("-m", "drill.writer", "20", folder=folder)
    acknowledged = [[int(part) for part in line.split()] for line in done.stdout.splitlines()]
    target = ground.scratch / f"backup{number}.tar.gz"
    ground.run("-m", "gongkai", "backup", str(target), folder=folder)
    command = [sys.executable, "-m", "gongkai", "backup", str(target)]
    with subprocess.Popen(command, env=ground.environment(folder), stdout=subprocess.DEVNULL) as process:
        time.sleep(chance.uniform(0.2, 0.7))
        process.send_signal(signal.SIGKILL)
    back = ground.run("-m", "gongkai", "restore", str(target), "--verify", folder=other, check=False)
    result = ground.examine(other, acknowledged)
    shutil.rmtree(other, ignore_errors=True)
    return result | ({} if back.returncode == 0 else {"error": back.stderr[-300:]})


def cut_the_power(ground: Ground, number: int, chance: random.Random) -> Result:
    """Replay the trace up to a random step and look at what a disk would hold then."""
    steps, acknowledged, before = ground.trace()
    cut = chance.randrange(len(steps))
    disk = powercut.Disk(safe={name: bytearray(content) for name, content in before.items()})
    told = 0
    for step in steps[:cut]:
        disk.take(step)
        told = step.offset if step.kind == "ack" else told
    folder = ground.copy(number)
    for old in folder.glob(f"{DATABASE}*"):
        old.unlink()
    for name, content in disk.after_cut(chance if chance.random() < 0.5 else None).items():
        (folder / name).write_bytes(content)
    return ground.examine(folder, acknowledged[:told]) | {"step": f"{cut}/{len(steps)}"}


def kinds(with_cuts: bool) -> list[tuple[str, Callable[[Ground, int, random.Random], Result]]]:
    """The drills in the order in which they take turns."""
    kills: list[tuple[str, Callable[[Ground, int, random.Random], Result]]] = [
        ("kill while acting", kill_while_acting),
        ("kill at first start", kill_at_first_start),
        ("kill while backing up", kill_while_backing_up),
    ]
    cut = ("power cut", cut_the_power)
    return [kills[0], cut, kills[0], cut, kills[1], cut, kills[0], cut, kills[2], cut] if with_cuts else kills


def main() -> int:
    """Run the drills, print a line for each, and a last line with the sums."""
    parser = argparse.ArgumentParser(prog="drill")
    parser.add_argument("--number", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with_cuts = shutil.which("strace") is not None
    if not with_cuts:
        print("strace is not installed: power cuts are left out, kills only", file=sys.stderr)
    chance, bad, sums = random.Random(options.seed), 0, {"acknowledged": 0, "lost": 0}
    with tempfile.TemporaryDirectory(prefix="gongkai-drill-") as scratch:
        ground = Ground(Path(scratch))
        turns = kinds(with_cuts)
        for number in range(options.number):
            name, drill = turns[number % len(turns)]
            result = drill(ground, number, chance)
            shutil.rmtree(ground.scratch / f"drill{number}", ignore_errors=True)
            good = (
                not (result["lost"] or result["half"] or "error" in result)
                and result["chain"]
                and result["whole"]
            )
            bad += not good
            sums = {key: sums[key] + int(result[key]) for key in sums}
            print(f"drill {number + 1} {'ok' if good else 'FAILED'} {name}: "
                  + " ".join(f"{key}={value}" for key, value in result.items()), flush=True)  # fmt: skip
    print(f"drills: {options.number}, seed {options.seed}, acknowledged {sums['acknowledged']}, "
          f"lost {sums['lost']}, failed {bad}")  # fmt: skip
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
