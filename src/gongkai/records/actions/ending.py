"""By the clock: rows whose public period is over leave, and what tells of persons is taken out of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from gongkai.kernel.clock import legal_day
from gongkai.records import queries, states
from gongkai.records.actions.telling import CHUNK, NO_CHANGE, facts_of, tell
from gongkai.records.models import RecordEdition, RecordRow
from gongkai.records.queries import After, RecordType, without_persons
from gongkai.trail.chain import SYSTEM, record

AT_ONCE = 2000
_CLOCK = "a job over all units"


def end_due(*, now: datetime) -> int:
    """Rows that are past their last public day leave list, data and search. Returns how many."""
    rows = RecordRow.objects.unscoped(_CLOCK).filter(state=states.LIVE, public_until__lt=legal_day(now))
    staying = [code for code, kind in queries.kinds(retired=True).items() if kind.after is After.STAY]
    due = rows.exclude(code__in=staying).order_by("code", "pk")[:AT_ONCE]
    return sum(_end(code, [row.pk for row in own], now=now) for code, own in _by_type(due))


@transaction.atomic
def _end(code: str, ids: list[int], *, now: datetime) -> int:
    kind = queries.kind_of(code)
    if kind is None:
        return 0
    rows = list(
        RecordRow.objects.unscoped(_CLOCK)
        .select_for_update(of=("self",))
        .filter(pk__in=ids, state=states.LIVE)
    )
    if not rows:
        return 0
    RecordRow.objects.unscoped(_CLOCK).filter(pk__in=[row.pk for row in rows]).update(
        state=states.ENDED, changed_at=now, version=F("version") + 1, **NO_CHANGE
    )
    record(verb="records.end", by=SYSTEM, at=now, facts=facts_of(kind, rows))
    tell(kind, rows, now=now, gone=rows)
    return len(rows)


def anonymise_due(*, now: datetime) -> int:
    """What tells of persons goes from rows and their history; sums, days and places of the office stay."""
    rows = RecordRow.objects.unscoped(_CLOCK).filter(anonymise_on__lte=legal_day(now), anonymised_at=None)
    due = rows.order_by("code", "pk")[:AT_ONCE]
    return sum(_anonymise(code, [row.pk for row in own], now=now) for code, own in _by_type(due))


@transaction.atomic
def _anonymise(code: str, ids: list[int], *, now: datetime) -> int:
    kind = queries.kind_of(code)
    if kind is None:
        return 0
    found = RecordRow.objects.unscoped(_CLOCK).select_for_update(of=("self",))
    rows = list(found.filter(pk__in=ids, anonymised_at=None))
    personal_key = any(kind.field(name).is_personal for name in kind.key)
    for row in rows:
        row.values = without_persons(kind, row.values)
        for name, value in queries.derived(kind, row.values).items():
            setattr(row, name, value)
        if personal_key:
            row.key = uuid4().hex
        row.proposed, row.proposed_by, row.proposed_on = None, None, None
        row.anonymised_at, row.changed_at = now, now
        row.version += 1
    fields = ["values", "title", "words", "formed_on", "sort_on", "key", "proposed", "proposed_by",
              "proposed_on", "anonymised_at", "changed_at", "version"]  # fmt: skip
    RecordRow.objects.unscoped("the action checked the rows").bulk_update(rows, fields, batch_size=CHUNK)
    _forget_history(kind, [row.pk for row in rows])
    if rows:
        record(verb="records.anonymise", by=SYSTEM, at=now, facts=facts_of(kind, rows))
        tell(kind, rows, now=now, gone=rows)
    return len(rows)


def _forget_history(kind: RecordType, ids: list[int]) -> None:
    editions = list(RecordEdition.objects.unscoped(_CLOCK).filter(row__in=ids))
    for edition in editions:
        edition.values = without_persons(kind, edition.values)
    RecordEdition.objects.unscoped("of the rows").bulk_update(editions, ["values"], batch_size=CHUNK)


def _by_type(rows: Iterable[RecordRow]) -> list[tuple[str, list[RecordRow]]]:
    return [(code, list(own)) for code, own in groupby(rows, key=lambda row: row.code)]
