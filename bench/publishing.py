"""Publishing one document when there is little and when there is much, and building everything anew."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.utils import timezone

from bench import ground
from bench.report import Result, write
from gongkai.orgs.models import Unit
from gongkai.portal import projections
from gongkai.publishing import walk
from gongkai.publishing.models import Publication, TreeFile
from gongkai.search import actions as search

LITTLE = 1_000
TIMES = 9


def measure(scratch: Path, unit: Unit, model: Publication, much: int) -> None:
    """From the last signature to the page, lists, feeds and index, with 1,000 and with many items."""
    runs, cpu, again = {}, {}, {}
    for items in (LITTLE, much):
        ground.fill(model, items)
        began = time.monotonic()
        projections.rebuild()
        built = time.monotonic() - began
        search.rebuild(now=timezone.now())
        runs[str(items)], cpu[str(items)], again[str(items)] = _publish(scratch, unit, offset=items)
    files = TreeFile.objects.count()
    write(
        Result(
            name="full_build",
            what="full build of the tree",
            peer="-",
            unit="minutes",
            sizes={"items": much, "files": files},
            runs={"build_s": [round(built, 1)]},
            value=round(built / 60, 2),
            goal=10,
            more={"ms_an_item": round(built * 1000 / much, 2)},
        )
    )
    middle = {items: sorted(values)[len(values) // 2] for items, values in cpu.items()}
    write(
        Result(
            name="publish_one",
            what=f"publish one document with {much:,} items there",
            peer=f"the same with {LITTLE:,} items",
            unit="ms",
            sizes={"items": much, "times": TIMES},
            runs={
                "cpu_ms": cpu[str(LITTLE)],
                "cpu_ms_much": cpu[str(much)],
                "wall_ms": runs[str(LITTLE)],
                "wall_ms_much": runs[str(much)],
            },
            value=middle[str(much)],
            ratio=round(middle[str(much)] / middle[str(LITTLE)], 2),
            goal=1.5,
            notes="CPU from the act of publishing until tree and index are written, median; wall times are beside it",
        )  # fmt: skip
    )
    _write_correction(cpu, again, much)


def _write_correction(cpu: dict[str, list[float]], again: dict[str, list[float]], much: int) -> None:
    """What a second edition costs beside the first."""
    first, second = (sorted(values)[len(values) // 2] for values in (cpu[str(much)], again[str(much)]))
    write(
        Result(
            name="correct_one",
            what=f"publish the second edition of a document with {much:,} items there",
            peer="publishing its first edition in the same run",
            unit="ms",
            sizes={"items": much, "times": TIMES},
            runs={
                "cpu_ms": again[str(much)],
                "cpu_ms_first": cpu[str(much)],
                "cpu_ms_little": again[str(LITTLE)],
            },
            value=second,
            ratio=round(second / first, 2),
            goal=2.0,
            notes="the page of each edition, their list, feeds and the page of changes are written as well",
        )  # fmt: skip
    )


def _publish(scratch: Path, unit: Unit, offset: int) -> tuple[list[float], list[float], list[float]]:
    """Wall and CPU times, from the call of the action until its events are delivered after the commit; and the
    CPU times of a correction of each."""
    began: list[tuple[float, float]] = []
    action = walk.actions.publish

    def timed(**arguments: Any) -> Publication:
        began.append((time.monotonic(), time.process_time()))
        return action(**arguments)

    walk.actions.publish = timed  # type: ignore[assignment]
    walls, cpus, again = [], [], []
    try:
        for turn in range(TIMES + 1):
            made = ground.publish(scratch, unit, offset + 500_000 + turn, timezone.now())
            wall, cpu = time.monotonic() - began[-1][0], time.process_time() - began[-1][1]
            if turn:
                walls.append(round(wall * 1000, 1))
                cpus.append(round(cpu * 1000, 1))
            body = made.edition.body + "<p>更正后补充的一段话。</p>"
            walk.correct(publication=made, fields={"body": body}, note="补充一段话", now=timezone.now())
            if turn:
                again.append(round((time.process_time() - began[-1][1]) * 1000, 1))
    finally:
        walk.actions.publish = action
    return walls, cpus, again
