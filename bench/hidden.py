"""Hidden content: files a second through the inspector, what share is found, what share of look-alikes is accused.

The peer reads the same files for their words alone, in the same run: looking for what is hidden may cost a small
multiple of that. A second figure is the whole way through a child of its own, as the gate goes it.
"""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.report import Result, write
from gongkai.files.inspecting import inspect
from gongkai.files.inspector import __main__ as child
from gongkai.files.inspector import doors
from gongkai.files.inspector.findings import Findings
from gongkai.files.problems import Unreadable
from gongkai.files.reader import doors as reading
from gongkai.files.reader.answer import Answer
from gongkai.files.tests import traps

NUMBERS = int(os.environ.get("BENCH_TRAPS", "5"))
RECALL, FALSE_ALARMS, MOST_TIMES = 0.98, 0.02, 4.0
Made = tuple[str, str, bytes]


def measure() -> None:
    """Every kind of trap and of look-alike, ``BENCH_TRAPS`` files of each."""
    bad = [one for number in range(NUMBERS) for one in traps.traps(number)]
    good: list[Made] = [(name, "", body) for number in range(NUMBERS) for name, body in traps.clean(number)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        found, looked = _timed(bad + good, path, _inspected)
        _, read = _timed(bad + good, path, _read)
        _, through = _timed((bad + good)[::10], path, _through_the_child)
    missed = [bad[at][0] for at in range(len(bad)) if bad[at][1] not in found[at]]
    accused = [good[at][0] for at in range(len(good)) if found[len(bad) + at]]
    recall, alarms = 1 - len(missed) / len(bad), len(accused) / len(good)
    count = len(bad) + len(good)
    sizes = {"traps": len(bad), "kinds": len({name for name, _, _ in bad}), "look-alikes": len(good)}
    write(
        Result(
            name="hidden", what="files inspected for hidden content", peer="the same files read for their words",
            unit="ms a file", sizes=sizes, runs={"inspect": [looked], "read": [read], "child": [through]},
            value=round(looked / count * 1000, 2), goal=MOST_TIMES, ratio=round(looked / read, 2),
            notes=f"{count / looked:.0f} files/s in one process, {len((bad + good)[::10]) / through:.1f} files/s each in a child",
            more={"missed": sorted(set(missed)), "accused": sorted(set(accused))},
        )
    )  # fmt: skip
    for name, what, value, goal in (
        ("hidden-missed", "share of traps that were not found", 1 - recall, 1 - RECALL),
        ("hidden-alarms", "share of look-alikes that were accused", alarms, FALSE_ALARMS),
    ):
        write(
            Result(
                name=name, what=what, peer="-", unit="share", sizes=sizes, runs={"all": [round(value, 4)]},
                value=round(value, 4), goal=round(goal, 4),
            )
        )  # fmt: skip


def _timed(made: list[Made], path: Path, do: Callable[[Path, str], set[str]]) -> tuple[list[set[str]], float]:
    told, spent = [], 0.0
    for name, _, body in made:
        path.write_bytes(body)
        began = time.perf_counter()
        told.append(do(path, name))
        spent += time.perf_counter() - began
    return told, round(spent, 3)


def _inspected(path: Path, name: str) -> set[str]:
    findings = Findings()
    try:
        kind, box = child.kind_of(path, name)
        doors.inspect(kind, path, box, findings)
    except Unreadable:
        pass  # a picture has no words; what it says beside its pixels was found before
    return {rule for rule, _, _ in findings.traps}


def _read(path: Path, name: str) -> set[str]:
    try:
        kind, box = child.kind_of(path, name)
        reading.READERS[kind](path, box, Answer(io.BytesIO()))
    except Unreadable:
        pass
    return set()


def _through_the_child(path: Path, name: str) -> set[str]:
    return {trap.rule for trap in inspect(path, name, eyes=False).traps}
