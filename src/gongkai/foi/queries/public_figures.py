"""What the public sees of a year: how many asked, how long it took, with which results; by unit and in sum."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db.models import Count, QuerySet

from gongkai.foi import states
from gongkai.foi.models import Case
from gongkai.foi.rules import public_figures as rules
from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.foi.rules.tables import FIRST_YEAR, row_labels, row_of_year
from gongkai.law.calendar import WorkCalendar
from gongkai.law.queries import calendar
from gongkai.orgs.models import Unit

WHY = "figures without names for everybody"
# What pages say beside the numbers.
FEWEST, GROUPS = rules.FEWEST, rules.GROUPS


@dataclass(slots=True)
class _Sum:
    received: int = 0
    late: int = 0
    days: list[int] = field(default_factory=list)
    groups: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Line:
    """One unit, or the district. ``None`` is a number too small to be shown; days are working days."""

    code: str
    name: str
    received: int | None
    closed: int | None
    late: int | None
    median: int | None
    ninety: int | None
    results: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a year as of a day. ``refusals`` by ground, with the words of the annual form."""

    year: int
    until: date
    district: Line
    units: tuple[Line, ...]
    refusals: tuple[tuple[str, int | None], ...]


def years_with_requests() -> list[int]:
    """Years in which a request was received, the newest first."""
    rows = _counted().dates("received_on", "year", order="DESC")
    return [day.year for day in rows if day.year >= FIRST_YEAR]


def public_figures(year: int, *, today: date) -> Figures:
    """All figures of a year in three questions to the database, whatever the number of cases."""
    sums = _sums(year, today)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=sums).order_by("order", "pk")}
    keys = [key for key, _, _ in rules.GROUPS]
    listed = list(units)
    # Sums of rows (closed) and columns (the district) are shown too, so the whole table is guarded as one.
    closed = _column([len(sums[pk].days) for pk in listed])
    unsaid = [at for at, count in enumerate(closed) if count is None]
    results = rules.guarded([[sums[pk].groups[key] for key in keys] for pk in listed], rows=unsaid)
    received = _column([sums[pk].received for pk in listed])
    late = _column([sums[pk].late for pk in listed])
    lines = tuple(
        _line(units[pk], sums[pk], received[at], closed[at], late[at], tuple(results[at]))
        for at, pk in enumerate(listed)
    )
    whole = _Sum()
    for one in sums.values():
        whole.received += one.received
        whole.late += one.late
        whole.days += one.days
        whole.groups += one.groups
        whole.refusals += one.refusals
    shares = rules.guarded([[whole.groups[key] for key in keys]])[0]
    grounds = [whole.refusals[row] for row in rules.REFUSALS]
    labels = row_labels(year)
    shown = rules.guarded([grounds])[0]
    return Figures(
        year=year,
        until=min(today, date(year, 12, 31)),
        district=Line(
            "", "全区", rules.few(whole.received), rules.few(len(whole.days)), rules.few(whole.late),
            rules.quantile(whole.days, 0.5), rules.quantile(whole.days, 0.9), tuple(shares),
        ),
        units=lines,
        refusals=tuple((labels.get(row, row), count) for row, count in zip(rules.REFUSALS, shown, strict=True)),
    )  # fmt: skip


def _line(
    unit: Unit,
    one: _Sum,
    received: int | None,
    closed: int | None,
    late: int | None,
    results: tuple[int | None, ...],
) -> Line:
    return Line(
        unit.code, unit.short_name, received, closed, late,
        rules.quantile(one.days, 0.5), rules.quantile(one.days, 0.9), results,
    )  # fmt: skip


def _column(counts: list[int]) -> list[int | None]:
    return [row[0] for row in rules.guarded([[count] for count in counts])]


def _sums(year: int, today: date) -> dict[int, _Sum]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    sums: defaultdict[int, _Sum] = defaultdict(_Sum)
    work = calendar()

    @cache
    def took(received: date, closed: date) -> int:
        return _working_days(work, received, closed)

    came = _counted().filter(received_on__range=(first, last)).order_by()
    for unit, times in came.values_list("unit_id").annotate(times=Count("pk")):
        sums[unit].received = times
    closed = _counted().filter(counted_on__range=(first, last)).order_by()
    fields = ("unit_id", "counted_disposition", "received_on", "counted_on", "due_on")
    for unit, code, received, day, due, times in closed.values_list(*fields).annotate(times=Count("pk")):
        row = row_of_year(DISPOSITIONS[code].row, year) if code in DISPOSITIONS else ""
        one = sums[unit]
        one.days += [took(received, day)] * times
        one.groups[rules.GROUP_OF.get(row, "other")] += times
        one.refusals[row] += times
        one.late += times if due is not None and day > due else 0
    waiting = _counted().filter(counted_on=None, state__in=states.OPEN, received_on__range=(first, last))
    waiting = waiting.filter(due_on__lt=today, clock_stopped=False).order_by()
    for unit, times in waiting.values_list("unit_id").annotate(times=Count("pk")):
        sums[unit].late += times
    return dict(sums)


def _working_days(work: WorkCalendar, received: date, closed: date) -> int:
    """Working days from the receipt to the answer, whatever stopped the clock between: what the applicant waited."""
    return work.workdays_between(received, closed) if closed > received else 0


def _counted() -> QuerySet[Case]:
    rows = Case.objects.unscoped(WHY).filter(kind=Case.Kind.REQUEST, received_on__isnull=False)
    found: QuerySet[Case] = rows.exclude(state=states.VOID)
    return found
