"""How fresh each column is: three queries whatever their number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max

from gongkai.columns.models import Column
from gongkai.columns.queries import tree
from gongkai.kernel.clock import legal_day
from gongkai.law.rule_table import value
from gongkai.orgs.models import Leave
from gongkai.publishing.models import Publication
from gongkai.records import states as record_states
from gongkai.records.models import RecordRow
from gongkai.upkeep import states
from gongkai.upkeep.models import Placement
from gongkai.upkeep.rules.freshness import SOON, Standing, Thresholds, standing_of, with_children
from gongkai.upkeep.rules.verdicts import Veto, vetoes

_PUBLIC = "what is published is counted for everybody"


@dataclass(frozen=True, slots=True)
class Upkeep:
    """A column in use: its depth in the tree, how many records stand in it, the last update, its standing."""

    column: Column
    depth: int
    count: int
    last: date | None
    standing: Standing


def thresholds_on(day: date) -> Thresholds:
    """The national numbers that hold on a day."""
    return Thresholds(
        news_days=value("news_column_stale_days", on=day),
        notice_months=value("notice_column_stale_months", on=day),
        planning_months=value("other_column_stale_months", on=day),
    )


def upkeep_of_all(*, today: date) -> list[Upkeep]:
    """Every column in use in the order of the tree."""
    rows = tree()
    counts = _counts()
    own = {column.pk: counts.get(column.pk, (0, None))[1] for column, _ in rows}
    last = with_children(own, {column.pk: column.parent_id for column, _ in rows})
    thresholds = thresholds_on(today)
    return [
        Upkeep(
            column,
            depth,
            counts.get(column.pk, (0, None))[0],
            last[column.pk],
            standing_of(
                opened_on=column.opened_on,
                last=last[column.pk],
                upkeep=column.upkeep,
                cycle_days=column.cycle_days,
                thresholds=thresholds,
                today=today,
            ),
        )
        for column, depth in rows
    ]


def of_units(lines: Iterable[Upkeep], units: Collection[int] | None) -> list[Upkeep]:
    """Those whose owner is one of these units; all for ``None``."""
    return [line for line in lines if units is None or line.column.owner_id in units]


def of_person(lines: Iterable[Upkeep], person: int, units: Collection[int], *, today: date) -> list[Upkeep]:
    """The columns for which a person must act: those in his name, those of his absent colleague whose deputy he
    is, and those of his units that stand in nobody's name."""
    away = set(
        Leave.objects.filter(first_day__lte=today, last_day__gte=today).values_list("person_id", flat=True)
    )
    found = []
    for line in lines:
        column = line.column
        if column.person_id is None:
            mine = column.owner_id in units
        elif column.person_id == person:
            mine = True
        else:
            mine = column.deputy_id == person and column.person_id in away
        if mine:
            found.append(line)
    return found


def stale_below(lines: Iterable[Upkeep], units: Collection[int], own: int | None) -> list[Upkeep]:
    """Late and soon-late columns of the units below one: what a street is warned of (A12)."""
    return [
        line
        for line in lines
        if line.column.owner_id in units and line.column.owner_id != own and line.standing.stale
    ]


def vetoes_of(lines: Iterable[Upkeep]) -> tuple[Veto, ...]:
    """The veto items of the national inspection."""
    return vetoes([(one.column.upkeep, one.standing.stale, one.standing.blank) for one in lines])


def urgent(line: Upkeep) -> bool:
    """Whether a column is on its owner's desk: three days before, and from the breach on."""
    return line.standing.stale or line.standing.light == SOON


def _counts() -> dict[int, tuple[int, date | None]]:
    """Records in public and the day of the newest, by column; what a column took in from others and
    the rows of its lists count there."""
    live = Publication.objects.unscoped(_PUBLIC).filter(state=Publication.State.LIVE)
    own = (
        live.filter(document__column__isnull=False)
        .order_by()
        .values_list("document__column")
        .annotate(n=Count("pk"), last=Max("first_published_at"))
    )
    taken = (
        Placement.objects.unscoped(_PUBLIC)
        .filter(state=states.TAKEN, publication__state=Publication.State.LIVE)
        .order_by()
        .values_list("column")
        .annotate(n=Count("pk"), last=Max("decided_at"))
    )
    listed = (
        RecordRow.objects.unscoped(_PUBLIC)
        .filter(state=record_states.LIVE, column__isnull=False)
        .order_by()
        .values_list("column")
        .annotate(n=Count("pk"), last=Max("published_at"))
    )
    found: dict[int, tuple[int, date | None]] = {}
    for rows in (own, taken, listed):
        for pk, count, last in rows:
            before, day = found.get(pk, (0, None))
            found[pk] = (before + count, _later(day, last))
    return found


def _later(day: date | None, moment: datetime | None) -> date | None:
    other = legal_day(moment) if moment else None
    return max(filter(None, (day, other)), default=None)
