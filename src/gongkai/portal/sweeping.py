"""The full turn over records, files and pages in small steps: everything at least once a day (B17, C13).

A page that was changed by a hand is kept as evidence and drawn anew from its record, unless the record itself was
altered: then what stands there stays, and people are told. Strange files are taken out of the public tree.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from gongkai.kernel.clock import legal_day
from gongkai.portal import projection
from gongkai.portal.tree import Fault, file_fault, present_files, writing
from gongkai.publishing import queries
from gongkai.publishing.actions import reckon_periods
from gongkai.publishing.actions import sweeping as ledger
from gongkai.publishing.models import IntegrityTurn, Publication, TreeFile
from gongkai.trail import chain

RECORDS, FILES, PAGES, STRAYS, WHOLE = "记录", "原件", "页面", "多出", "留痕"
ORDER = (RECORDS, FILES, PAGES, STRAYS, WHOLE)
EVERY = timedelta(hours=20)
AT_ONCE = {RECORDS: 200, FILES: 20, PAGES: 200}
SECONDS = 2.0
_WHY = "the check of the whole ledger"


@dataclass(frozen=True, slots=True)
class Step:
    """What a small step looked at: how many things, what differs, and where the next one begins."""

    checked: int
    faults: list[Fault]
    after: str


def minute(now: datetime, *, seconds: float = SECONDS) -> IntegrityTurn | None:
    """Go on with the turn that is under way, or begin one where the last is older than a day."""
    sweep = IntegrityTurn.objects.order_by("-pk").first()
    if sweep is None or sweep.ended_at is not None:
        if sweep is not None and now - sweep.began_at < EVERY:
            return None
        sweep = ledger.begin_sweep(now=now, layer=ORDER[0])
    until = time.monotonic() + seconds
    while sweep.ended_at is None:
        go_on(sweep, now=now)
        if time.monotonic() >= until:
            break
    return sweep


def turn(now: datetime) -> IntegrityTurn:
    """A full turn at once, for the command and for tests."""
    sweep = ledger.begin_sweep(now=now, layer=ORDER[0])
    while sweep.ended_at is None:
        go_on(sweep, now=now)
    return sweep


def go_on(sweep: IntegrityTurn, *, now: datetime) -> None:
    """One small step: look, note, mend, remember the place."""
    layer = sweep.layer
    step = LAYERS[layer](sweep.place, legal_day(now))
    for fault in step.faults:
        mended, evidence = _mend(layer, fault, now)
        ledger.note_damage(
            layer=layer, path=fault.path, what=fault.what, now=now, restored=mended, evidence=evidence
        )
    following, ended = layer, None
    if not step.after:
        at = ORDER.index(layer) + 1
        following, ended = (ORDER[at], None) if at < len(ORDER) else (layer, now)
    ledger.note_step(
        sweep=sweep,
        layer=following,
        place=step.after,
        checked=step.checked,
        found=len(step.faults),
        ended_at=ended,
    )


def check_records(after: str, today: date) -> Step:
    """The next publications against their trail."""
    keys = _keys(after, AT_ONCE[RECORDS])
    faults = [Fault(path, what) for _, path, what in queries.differences(keys, today)]
    return _step(keys, faults, AT_ONCE[RECORDS])


def check_files(after: str, today: date) -> Step:
    """The sealed files of the next publications, byte by byte."""
    keys = _keys(after, AT_ONCE[FILES])
    faults = [Fault(one.path, one.what) for one in queries.changed_files_of(keys)]
    return _step(keys, faults, AT_ONCE[FILES])


def check_pages(after: str, today: date) -> Step:
    """The next files of the tree against what was written."""
    rows = list(TreeFile.objects.filter(path__gt=after).order_by("path")[: AT_ONCE[PAGES]])
    found = [(row.path, file_fault(row)) for row in rows]
    faults = [Fault(path, what) for path, what in found if what]
    return Step(len(rows), faults, rows[-1].path if len(rows) == AT_ONCE[PAGES] else "")


def check_strays(after: str, today: date) -> Step:
    """Files that stand in the tree and that nothing accounts for."""
    present = list(present_files())
    known = set(TreeFile.objects.values_list("path", flat=True))
    faults = [
        Fault(path, "多出的文件，不是系统生成的")
        for path in present
        if path not in known and path.removesuffix(".gz") not in known
    ]
    return Step(len(present), faults, "")


def check_whole(after: str, today: date) -> Step:
    """The chain itself, and what the trail says was published and is no longer there."""
    verdict = chain.verify()
    faults = [] if verdict.ok else [Fault(f"#{verdict.first_bad}", "留痕链从这一行起断了")]
    faults += [Fault(one.path, one.what) for one in queries.vanished()]
    faults += [Fault(address, what) for address, what in queries.uneven_lists()]
    faults += [Fault(address, what) for address, what in queries.displaced_lists()]
    moved = reckon_periods()
    if moved:
        faults.append(Fault("公开期限", f"{moved} 条的公开期限与规则不一致，已按规则改正"))
    return Step(verdict.rows, faults, "")


LAYERS: dict[str, Callable[[str, date], Step]] = {
    RECORDS: check_records,
    FILES: check_files,
    PAGES: check_pages,
    STRAYS: check_strays,
    WHOLE: check_whole,
}


def _mend(layer: str, fault: Fault, now: datetime) -> tuple[bool, str]:
    """Restore what can be drawn from an unaltered record; returns whether, and where the evidence lies."""
    if layer == STRAYS:
        evidence = _keep(fault.path, now)
        _take_out(fault.path)
        return True, evidence
    if layer != PAGES:
        return False, ""
    evidence = _keep(fault.path, now)
    row = TreeFile.objects.filter(path=fault.path).first()
    if row is None:
        return False, evidence
    publication = _publication_of(row.record)
    if publication is not None and list(queries.differences([publication])):
        return False, evidence  # what would be drawn is not what was sealed
    projection.redraw(row.record, row.path, today=legal_day(now))
    fresh = TreeFile.objects.filter(path=fault.path).first()
    return fresh is None or not file_fault(fresh), evidence


def _publication_of(record: str) -> int | None:
    kind, _, key = record.partition(":")
    return int(key) if kind == "publication" and key.isdigit() else None


def _keep(path: str, now: datetime) -> str:
    """A copy of what was found, outside the public tree."""
    source = Path(str(settings.TREE_DIR) + path)
    folder = Path(settings.DATA_DIR) / "evidence" / f"{now:%Y%m%d}"
    name = folder / path.strip("/").replace("/", "_")[-150:]
    try:
        content = source.read_bytes()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name.write_bytes(content)
    except OSError:
        return ""
    return str(name.relative_to(settings.DATA_DIR))


def _take_out(path: str) -> None:
    with writing():
        name = str(settings.TREE_DIR) + path
        if not TreeFile.objects.filter(path=path).exists() and os.path.isfile(name):
            os.unlink(name)


def _keys(after: str, count: int) -> list[int]:
    rows = Publication.objects.unscoped(_WHY).filter(pk__gt=int(after or 0)).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:count])


def _step(keys: Sequence[int], faults: list[Fault], size: int) -> Step:
    return Step(len(keys), faults, str(keys[-1]) if len(keys) == size else "")
