"""What waits for whom: rows that are not public in time, wait for a second pair of eyes, lack a step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q

from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import visible
from gongkai.records import states
from gongkai.records.models import RecordRow
from gongkai.records.queries.kinds import Periods, kinds
from gongkai.records.queries.rows import steps_of
from gongkai.records.rules.declared import RecordType
from gongkai.records.rules.lifetime import stale_on

SOON = timedelta(days=7)
MOST = 2000


@dataclass(frozen=True, slots=True)
class Pending:
    """Rows of one type and unit with the same matter."""

    kind: RecordType
    unit: Unit
    count: int
    due: date | None
    row: int | None = None
    words: str = ""
    provisional: bool = False


def unpublished(actor: Actor, *, today: date) -> Iterator[Pending]:
    """Rows whose period to be published ends soon or is over, by type and unit."""
    rows = visible(RecordRow, actor, "records.work").filter(
        state__in=(states.DRAFT, states.WAITING), formed_on__isnull=False
    )
    grouped = rows.values("code", "unit", "formed_on").annotate(n=Count("pk")).order_by("formed_on")
    known, periods = kinds(), Periods()
    counts: Counter[tuple[str, int]] = Counter()
    first: dict[tuple[str, int], date] = {}
    for one in grouped:
        kind = known.get(one["code"])
        due = periods.publish_by(kind, one["formed_on"]) if kind else None
        if due and due <= today + SOON:
            place = (one["code"], one["unit"])
            counts[place] += one["n"]
            first[place] = min(first.get(place, due), due)
    units = Unit.objects.in_bulk([unit for _, unit in counts])
    for (code, unit), count in counts.items():
        yield Pending(known[code], units[unit], count, first[code, unit])


def unpublished_changes(actor: Actor, *, today: date) -> Iterator[Pending]:
    """Changes of public rows whose own period ends soon or is over, by type and unit."""
    rows = visible(RecordRow, actor, "records.work").filter(
        state=states.LIVE, proposed__isnull=False, proposed_on__isnull=False
    )
    grouped = rows.values("code", "unit", "proposed_on").annotate(n=Count("pk")).order_by("proposed_on")
    known, periods = kinds(), Periods()
    counts: Counter[tuple[str, int]] = Counter()
    first: dict[tuple[str, int], tuple[date, bool]] = {}
    for one in grouped:
        due, provisional = periods.change_by(one["proposed_on"])
        if one["code"] in known and due and due <= today + SOON:
            place = (one["code"], one["unit"])
            counts[place] += one["n"]
            first.setdefault(place, (due, provisional))
    units = Unit.objects.in_bulk([unit for _, unit in counts])
    for (code, unit), count in counts.items():
        due, provisional = first[code, unit]
        yield Pending(known[code], units[unit], count, due, provisional=provisional)


def to_publish(actor: Actor) -> Iterator[Pending]:
    """Rows that this person may let out; what he entered himself waits for somebody else."""
    mine = Q(by=actor.person_id) & Q(proposed__isnull=True) | Q(proposed_by=actor.person_id)
    named = Q(approvals__isnull=True) | Q(approvals__person=actor.person_id, approvals__approved_at=None)
    rows = visible(RecordRow, actor, "records.publish").filter(
        Q(state=states.WAITING) | Q(state=states.LIVE, proposed__isnull=False)
    )
    grouped = (
        rows.exclude(mine)
        .filter(named)
        .values("code", "unit")
        .annotate(n=Count("pk", distinct=True), since=Min("proposed_on"))
    )
    found = list(grouped.order_by("code", "unit"))
    units, known, periods = Unit.objects.in_bulk([one["unit"] for one in found]), kinds(), Periods()
    for one in found:
        if one["code"] in known:
            due, provisional = periods.change_by(one["since"])
            yield Pending(known[one["code"]], units[one["unit"]], one["n"], due, provisional=provisional)


def lacking(actor: Actor, *, today: date) -> Iterator[Pending]:
    """Public rows with a missing or overdue step, and rows that nobody has checked for too long."""
    periods, watched = Periods(), Q()
    for code, kind in kinds().items():
        if kind.stale_days is not None:
            watched |= Q(code=code, checked_on__lt=today - timedelta(days=kind.stale_days))
        elif kind.steps:
            watched |= Q(code=code)
    if watched:
        rows = visible(RecordRow, actor, "records.work").filter(watched, state=states.LIVE)
        for row in rows.select_related("unit").order_by("code", "pk")[:MOST]:
            kind = kinds()[row.code]
            for step in steps_of(kind, row, periods, today=today):
                if step.is_fault:
                    yield Pending(
                        kind, row.unit, 1, step.due, row.pk, f"{row.title}　{step.step.title}{step.words}"
                    )
            fresh = stale_on(kind, checked_on=row.checked_on)
            if fresh and today > fresh:
                yield Pending(
                    kind, row.unit, 1, fresh, row.pk, f"{row.title}　超过{kind.stale_days}天没有核对"
                )
