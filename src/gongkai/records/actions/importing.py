"""Many rows come in from a sheet: all of them, or none and every cell that was not understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.columns.models import Column
from gongkai.files.actions import discard
from gongkai.files.models import StoredFile
from gongkai.kernel.progress import Tell
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.records import queries, states
from gongkai.records.actions.entering import change_row, retired, row_of
from gongkai.records.actions.standing import answer_for, refusals_of
from gongkai.records.actions.telling import CHUNK, not_allowed
from gongkai.records.models import RecordBatch, RecordRow
from gongkai.records.queries import LEAST_REASON, RecordType, SheetReading
from gongkai.trail.chain import record

SHOWN = 20
OPEN = (states.DRAFT, states.HIDDEN)
_OWN = "the action checks the unit itself"


def why_not_import(
    *,
    kind: RecordType,
    unit: Unit,
    reading: SheetReading,
    by: Actor,
    only_good: bool = False,
    update: bool = False,
    explained: str = "",
) -> list[Refusal]:
    """Why a sheet cannot be stored: the first rows that were not understood, or that would show what is personal
    without a reason, each with its place."""
    found = not_allowed(by, "records.work", [unit], "导入")
    found += retired(kind)
    if reading.troubles and not (only_good and reading.count):
        for one in reading.troubles[:SHOWN]:
            place = f"第 {one.row} 行 " if one.row else ""
            found.append(Refusal("records.not_understood", "", f"{place}{one.label}：{one.text}"))
        left = len(reading.troubles) - SHOWN
        more = f"另有 {left} 处没有读懂。" if left > 0 else ""
        found.append(
            Refusal("records.not_understood", "", f"{more}请在表里改好后重新导入，现在没有写入任何内容。")
        )
    if reading.blocking and not only_good and len(explained.strip()) < LEAST_REASON:
        places = {one.row: f"第 {one.row} 行 " for one in reading.blocking}
        ending = "请在表里改好后重新导入，或者写明理由。"
        found += refusals_of(reading.blocking, places, ending=ending)
    if not reading.new and not (update and reading.changed) and not found:
        text = "表里没有新的行。" if reading.count else "表里没有可以写入的行。请填写后再导入。"
        found.append(Refusal("records.nothing", "", text))
    return found


def import_sheet(
    *,
    kind: RecordType,
    unit: Unit,
    file: StoredFile,
    by: Actor,
    now: datetime,
    only_good: bool = False,
    update: bool = False,
    column: Column | None = None,
    explained: str = "",
    tell: Tell | None = None,
    then: Callable[[RecordBatch], None] | None = None,
) -> tuple[RecordBatch, SheetReading]:
    """Store the rows of a sheet as drafts, all in one transaction; the sheet is deleted, its digest stays.

    ``only_good``: the rows that were understood although others were not. ``update``: rows whose number is
    there already are changed. ``explained``: a reason for what the gate found in rows that are written all the same.
    ``tell`` hears how far the reading is, ``then`` belongs to the transaction. The file is read before it, because
    on SQLite an open one keeps all others waiting.
    """
    choice = Choice(only_good, update, explained.strip())
    rows = queries.read_file_rows(kind, file, tell=tell)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)
        reading = queries.against_stored(kind, unit, rows)
        if only_good and not choice.answers:
            reading = reading.without_blocked()
        refuse_if(
            why_not_import(
                kind=kind,
                unit=unit,
                reading=reading,
                by=by,
                only_good=only_good,
                update=update,
                explained=explained,
            )
        )
        batch = _store(kind, unit, reading, file, choice, by=by, now=now, column=column)
        if then:
            then(batch)
        discard(file=file, by=by, now=now)
    return batch, reading


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose when he confirmed a sheet."""

    only_good: bool = False
    update: bool = False
    explained: str = ""

    @property
    def answers(self) -> bool:
        """Whether a reason was given for what the gate found."""
        return len(self.explained) >= LEAST_REASON


def _store(
    kind: RecordType, unit: Unit, reading: SheetReading, file: StoredFile, choice: Choice, *, by: Actor, now: datetime,
    column: Column | None,
) -> RecordBatch:  # fmt: skip
    batch: RecordBatch = RecordBatch.objects.create(
        unit=unit, code=kind.code, origin=RecordBatch.Origin.SHEET, source_name=file.name, digest=file.digest,
        count=len(reading.new), by_id=by.acting_id, at=now,
    )  # fmt: skip
    rows = RecordRow.objects.bulk_create(
        [row_of(kind, unit, one.values, by=by, now=now, batch=batch, column=column) for one in reading.new],
        batch_size=CHUNK,
    )
    written = dict(zip((one.row for one in reading.new), rows, strict=True))
    touched = _update(kind, reading, by=by, now=now, source=file.name) if choice.update else []
    places = {one.known: one.row for one in reading.changed}
    written |= {places[row.pk]: row for row in touched}
    said = [one for one in reading.blocking if one.row in written]
    answered = answer_for(said, written, reason=choice.explained, by=by, now=now) if said else 0
    facts = {
        "type": kind.code, "new": len(reading.new), "changed": len(touched), "digest": file.digest,
        **({"explained": answered} if answered else {}),
    }  # fmt: skip
    note = choice.explained[:200] if answered else ""
    record(verb="records.import", by=by, at=now, about=batch, facts=facts, note=note)
    return batch


def _update(
    kind: RecordType, reading: SheetReading, *, by: Actor, now: datetime, source: str
) -> list[RecordRow]:
    incoming = {one.known: one for one in reading.changed if one.known is not None}
    rows = RecordRow.objects.unscoped(_OWN).filter(pk__in=incoming).select_for_update(of=("self",))
    touched = [row for row in rows if row.state in (*OPEN, states.LIVE) and not row.anonymised_at]
    for row in touched:
        change_row(kind, row, incoming[row.pk].values, reason=f"按表格更新：{source}", by=by, now=now)
    fields = ["key", "values", "title", "words", "formed_on", "sort_on", "to_confirm", "proposed", "proposed_by",
              "proposed_on", "note", "by", "changed_at"]  # fmt: skip
    RecordRow.objects.unscoped("the action checked the rows").bulk_update(touched, fields, batch_size=CHUNK)
    return touched
