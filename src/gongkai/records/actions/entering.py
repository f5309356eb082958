"""Rows come in: one by a form, last year's again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.columns.models import Column
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.records import queries, states
from gongkai.records.actions.standing import answer_for, found_in, why_not_write
from gongkai.records.actions.telling import CHUNK, HOUSE_RULE, facts_of, not_allowed
from gongkai.records.models import DeclaredType, RecordBatch, RecordRow
from gongkai.records.queries import RecordType
from gongkai.trail.chain import record

_OWN = "the action checks the unit itself"


def why_not_add(
    *, kind: RecordType, unit: Unit, values: Mapping[str, str], by: Actor, explained: str = ""
) -> list[Refusal]:
    """Why a row cannot be entered; ``explained`` is a reason for what the gate finds in it."""
    found = not_allowed(by, "records.work", [unit], "录入")
    found += retired(kind)
    found += [Refusal("records.value", "", text) for text in queries.faults_in(kind, values)]
    found += why_not_write(kind, values, explained=explained)
    key = queries.key_of(kind, values)
    if RecordRow.objects.unscoped(_OWN).filter(unit=unit, code=kind.code, key=key).exists():
        labels = "、".join(kind.field(name).label for name in kind.key)
        found.append(
            Refusal("records.twice", "", f"本单位已经有“{labels}”相同的一行。请核对，或者去修改那一行。")
        )
    return found


@transaction.atomic
def add_row(
    *,
    kind: RecordType,
    unit: Unit,
    values: Mapping[str, str],
    by: Actor,
    now: datetime,
    column: Column | None = None,
    explained: str = "",
) -> RecordRow:
    """Enter one row as a draft."""
    refuse_if(why_not_add(kind=kind, unit=unit, values=values, by=by, explained=explained))
    row = row_of(kind, unit, values, by=by, now=now, column=column)
    row.save()
    _explain(kind, row, values, explained, by=by, now=now)
    record(verb="records.add", by=by, at=now, about=row, facts={"type": kind.code})
    return row


def why_not_edit(
    *,
    kind: RecordType,
    row: RecordRow,
    values: Mapping[str, str],
    reason: str,
    by: Actor,
    explained: str = "",
) -> list[Refusal]:
    """Why a row cannot be changed."""
    found = not_allowed(by, "records.work", [row.unit], "修改")
    if row.state == states.WAITING:
        found.append(
            Refusal("records.waiting", HOUSE_RULE, "这一行正在审核，不能修改。请先收回，改好再送审。")
        )
    if row.state == states.ENDED or row.anonymised_at:
        found.append(Refusal("records.ended", "", "公示期已满，这一行不再修改。"))
    if row.state == states.LIVE and len(reason.strip()) < 2:
        found.append(
            Refusal("records.no_reason", HOUSE_RULE, "没有写修改原因。修改已公开的内容，原因会一并公开。")
        )
    found += [Refusal("records.value", "", text) for text in queries.faults_in(kind, values)]
    found += why_not_write(kind, values, row=row, explained=explained)
    key = queries.key_of(kind, values)
    others = (
        RecordRow.objects.unscoped(_OWN).filter(unit=row.unit, code=kind.code, key=key).exclude(pk=row.pk)
    )
    if others.exists():
        found.append(Refusal("records.twice", "", "改过的编号与本单位另一行相同。请核对编号。"))
    return found


@transaction.atomic
def edit_row(
    *,
    kind: RecordType,
    row: RecordRow,
    values: Mapping[str, str],
    by: Actor,
    now: datetime,
    reason: str = "",
    explained: str = "",
) -> RecordRow:
    """Change a row; what is public stays as it is until somebody else has let the change out."""
    rows = RecordRow.objects.unscoped(_OWN).select_for_update(of=("self",)).select_related("unit")
    row = rows.get(pk=row.pk)
    refuse_if(why_not_edit(kind=kind, row=row, values=values, reason=reason, by=by, explained=explained))
    _explain(kind, row, values, explained, by=by, now=now)
    change_row(kind, row, values, reason=reason, by=by, now=now)
    row.save()
    facts = {"type": kind.code, "public": row.state == states.LIVE}
    record(verb="records.edit", by=by, at=now, about=row, facts=facts, note=reason.strip()[:200])
    return row


def why_not_confirm(*, kind: RecordType, rows: Sequence[RecordRow], by: Actor) -> list[Refusal]:
    """Why the marked fields of copied rows cannot be confirmed."""
    found = not_allowed(by, "records.work", [row.unit for row in rows], "确认")
    if not any(row.to_confirm for row in rows):
        found.append(Refusal("records.nothing", "", "选中的行没有要确认的字段。"))
    empty = [row for row in rows if row.to_confirm and queries.faults_in(kind, row.values)]
    if empty:
        text = f"{empty[0].title or empty[0].pk}还有没填的字段，不能整批确认。请打开这一行填好。"
        found.append(Refusal("records.value", "", text))
    return found


@transaction.atomic
def confirm_rows(*, kind: RecordType, rows: Sequence[RecordRow], by: Actor, now: datetime) -> int:
    """What 照去年做 changed was looked at and is right."""
    refuse_if(why_not_confirm(kind=kind, rows=rows, by=by))
    marked = [row for row in rows if row.to_confirm]
    for row in marked:
        row.to_confirm, row.changed_at = [], now
    RecordRow.objects.unscoped("the action checked the rows").bulk_update(
        marked, ["to_confirm", "changed_at"], batch_size=CHUNK
    )
    record(verb="records.confirm", by=by, at=now, facts=facts_of(kind, marked))
    return len(marked)


def why_not_copy(*, kind: RecordType, unit: Unit, year: int, by: Actor) -> list[Refusal]:
    """Why last year's rows cannot be taken again."""
    found = not_allowed(by, "records.work", [unit], "照去年做")
    found += retired(kind)
    if kind.is_guarded:
        text = "这类名单每次的人不同，不能照去年做。请导入今年的表。"
        found.append(Refusal("records.persons", "个人信息保护法第六条", text))
    if not _last_year(kind, unit, year).exists():
        found.append(Refusal("records.no_year", "", f"本单位没有 {year} 年公开过的行。请核对年份。"))
    return found


@transaction.atomic
def copy_last_year(*, kind: RecordType, unit: Unit, year: int, by: Actor, now: datetime) -> RecordBatch:
    """Last year's rows as drafts of this year; dates moved, changed fields marked to be confirmed.

    A row that was copied already is left alone.
    """
    refuse_if(why_not_copy(kind=kind, unit=unit, year=year, by=by))
    batch: RecordBatch = RecordBatch.objects.create(
        unit=unit, code=kind.code, origin=RecordBatch.Origin.LAST_YEAR, source_name=f"{year}年", count=0,
        by_id=by.acting_id, at=now,
    )  # fmt: skip
    known = set(
        RecordRow.objects.unscoped(_OWN).filter(unit=unit, code=kind.code).values_list("key", flat=True)
    )
    rows = []
    for old in _last_year(kind, unit, year).order_by("pk"):
        values, marked = queries.shifted(kind, old.values)
        row = row_of(kind, unit, values, by=by, now=now, batch=batch, column=old.column)
        row.to_confirm = list(marked)
        if row.key not in known:
            known.add(row.key)
            rows.append(row)
    RecordRow.objects.bulk_create(rows, batch_size=CHUNK)
    batch.count = len(rows)
    batch.save(update_fields=["count"])
    facts = {"type": kind.code, "year": year, "count": len(rows)}
    record(verb="records.copy_last_year", by=by, at=now, about=batch, facts=facts)
    return batch


def _last_year(kind: RecordType, unit: Unit, year: int) -> Any:
    rows = RecordRow.objects.unscoped(_OWN).filter(unit=unit, code=kind.code, sort_on__year=year)
    return rows.filter(published_at__isnull=False).select_related("column")


def _explain(
    kind: RecordType, row: RecordRow, values: Mapping[str, str], reason: str, *, by: Actor, now: datetime
) -> None:
    """Keep the reason that was given with a form for what the gate found in it."""
    found = found_in(kind, values, row=row) if reason.strip() else []
    if found:
        answer_for(found, {0: row}, reason=reason, by=by, now=now)
        rules = sorted({one.finding.rule for one in found})
        facts = {"type": kind.code, "rules": rules, "places": len(found)}
        record(verb="records.explain", by=by, at=now, about=row, facts=facts, note=reason.strip()[:200])


def change_row(
    kind: RecordType, row: RecordRow, values: Mapping[str, str], *, reason: str, by: Actor, now: datetime
) -> None:
    """Let a row read otherwise; of a public one the change waits beside it. It is not stored here."""
    kept = {field.name: values.get(field.name, "") for field in kind.fields}
    row.changed_at = now
    if row.state == states.LIVE:
        row.proposed, row.proposed_by_id, row.note = kept, by.acting_id, reason.strip()[:300]
        # A change that is changed again while it waits wins no time.
        row.proposed_on = row.proposed_on or legal_day(now)
        return
    row.values, row.key, row.by_id, row.to_confirm = kept, queries.key_of(kind, kept), by.acting_id, []
    for name, value in queries.derived(kind, kept).items():
        setattr(row, name, value)


def row_of(
    kind: RecordType,
    unit: Unit,
    values: Mapping[str, str],
    *,
    by: Actor,
    now: datetime,
    batch: RecordBatch | None = None,
    column: Column | None = None,
) -> RecordRow:
    """A draft that is not stored yet."""
    kept = {field.name: values.get(field.name, "") for field in kind.fields}
    return RecordRow(
        unit=unit, code=kind.code, column=column, batch=batch, values=kept, key=queries.key_of(kind, kept),
        by_id=by.acting_id, at=now, changed_at=now, **queries.derived(kind, kept),
    )  # fmt: skip


def retired(kind: RecordType) -> list[Refusal]:
    """Why nothing more comes in of a type that is out of use."""
    if DeclaredType.objects.filter(code=kind.code, active=False).exists():
        return [
            Refusal(
                "records.retired",
                HOUSE_RULE,
                f"类型“{kind.title}”已停用，不再录入。请联系区政务公开主管部门。",
            )
        ]
    return []
