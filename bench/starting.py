"""How long until the first page, how much memory, how many distributions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from packaging.requirements import Requirement

from bench.processes import free_port, memory_mb
from bench.report import ROOT, Result, write

TIMES = 5


def measure(folder: Path) -> None:
    """Start the whole site on a prepared directory, several times."""
    times: list[float] = []
    trees: list[float] = []
    largest: list[float] = []
    processes = 0
    for _ in range(TIMES):
        port = free_port()
        began = time.monotonic()
        with subprocess.Popen(
            [sys.executable, "-m", "gongkai", "serve", "--port", str(port)],
            env=os.environ | {"DATA_DIR": str(folder)},
            stdout=subprocess.DEVNULL,
        ) as process:
            try:
                _first_page(port, process)
                times.append(round(time.monotonic() - began, 2))
                time.sleep(4)  # until the worker and the indexer have loaded what they need
                memory = memory_mb(process.pid)
                processes = len(memory)
                trees.append(round(sum(memory.values()), 1))
                largest.append(round(max(memory_mb(process.pid, "Rss").values()), 1))
            finally:
                process.terminate()
    middle = TIMES // 2
    sizes = {"times": TIMES, "processes": processes}
    write(
        Result(name="start", what="start to first page", peer="-", unit="s", sizes=sizes, runs={"s": times},
               value=sorted(times)[middle], goal=3)
    )  # fmt: skip
    write(
        Result(name="memory_tree", what="memory of all processes (PSS)", peer="-", unit="MB", sizes=sizes,
               runs={"mb": trees}, value=sorted(trees)[middle], goal=600)
    )  # fmt: skip
    write(
        Result(name="memory_process", what="memory of the largest process (RSS)", peer="-", unit="MB", sizes=sizes,
               runs={"mb": largest}, value=sorted(largest)[middle], goal=150)
    )  # fmt: skip


def count_distributions() -> None:
    """Runtime distributions without extras, as locked, that this system installs (some are for Windows alone)."""
    lines = (ROOT / "requirements" / "runtime.txt").read_text().splitlines()
    locked = [Requirement(line.strip(" \\")) for line in lines if re.match(r"[A-Za-z0-9_.-]+==", line)]
    count = sum(one.marker is None or one.marker.evaluate() for one in locked)
    write(Result(name="distributions", what="runtime distributions", peer="-", unit="distributions", sizes={},
                 runs={"count": [count]}, value=count, goal=45))  # fmt: skip


def _first_page(port: int, process: subprocess.Popen[bytes]) -> None:
    import urllib.request  # noqa: PLC0415 -- not part of the measured start

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(2000):
        if process.poll() is not None:
            raise RuntimeError("serve ended")
        try:
            with opener.open(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError("no first page")
