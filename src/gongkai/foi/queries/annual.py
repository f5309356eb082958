"""表三 and 表四 from the cases themselves; every cell opens the cases that it counts (国办公开办函〔2021〕30号)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from gongkai.foi import states
from gongkai.foi.models import AnnualTables, Applicant, Case, Dispute
from gongkai.foi.rules import tables
from gongkai.foi.rules.dispositions import DISPOSITIONS, statistic_row
from gongkai.foi.rules.table_checks import Finding, cells_of, check_table_four, check_table_three
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import visible

WHY = "the annual report counts every case of the unit"
COLUMN_OF = {
    Applicant.Kind.PERSON: "natural",
    Applicant.Kind.BUSINESS: "business",
    Applicant.Kind.RESEARCH: "research",
    Applicant.Kind.WELFARE: "welfare",
    Applicant.Kind.LEGAL: "legal_service",
    Applicant.Kind.OTHER: "other",
}
KIND_OF = {column: kind for kind, column in COLUMN_OF.items()}
Rows = dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class YearTables:
    """Both tables of one unit, or of several in sum."""

    year: int
    rows: Rows
    review: Rows


def tables_by_unit(year: int, *, units: Iterable[int] | None = None) -> dict[int, YearTables]:
    """Both tables of every unit that had a case or dispute; four queries for any number of units."""
    chosen = None if units is None else list(units)
    cases: dict[int, list[tuple[tables.CaseCount, int]]] = {}
    for unit, count, times in _case_counts(year, chosen):
        cases.setdefault(unit, []).append((count, times))
    reviews: dict[int, list[tables.ReviewCount]] = {}
    for unit, review, times in _review_counts(year, chosen):
        reviews.setdefault(unit, []).extend([review] * times)
    found = {}
    for unit in sorted({*cases, *reviews, *(chosen or ())}):
        rows = tables.table_three(_each(cases.get(unit, [])), year)
        found[unit] = YearTables(year, rows, tables.table_four(reviews.get(unit, [])))
    return found


def tables_of(year: int, unit: Unit | None = None) -> YearTables:
    """The tables of one unit, or of the whole district in sum."""
    by_unit = tables_by_unit(year, units=[unit.pk] if unit else None)
    if not by_unit:
        return YearTables(year, tables.table_three((), year), tables.table_four(()))
    return in_sum(year, by_unit.values())


def in_sum(year: int, several: Iterable[YearTables]) -> YearTables:
    """Several units' tables as the government's own."""
    listed = list(several)
    rows = tables.added(one.rows for one in listed)
    review = tables.added(one.review for one in listed)
    return YearTables(year, rows, review)


def findings(found: YearTables, *, before: AnnualTables | None = None) -> list[Finding]:
    """What does not agree in the tables; AR5 where last year's are here."""
    last = cells_of(before.rows) if before else None
    review = {
        group: dict(zip(tables.REVIEW_COLUMNS, row, strict=True)) for group, row in found.review.items()
    }
    return [
        *check_table_three(cells_of(found.rows), found.year, last_year=last),
        *check_table_four(review),
    ]


def handed_in(year: int, unit: Unit) -> AnnualTables | None:
    """What the unit handed in for a year, if it did."""
    return AnnualTables.objects.unscoped(WHY).filter(year=year, unit=unit).first()


def units_not_handed_in(year: int) -> QuerySet[Unit]:
    """Units in use that have not handed in the year; those without a case fill the tables with zeros (AR13)."""
    done = AnnualTables.objects.unscoped(WHY).filter(year=year).values("unit_id")
    bodies = (Unit.Kind.DEPARTMENT, Unit.Kind.DUAL, Unit.Kind.STREET)
    return Unit.objects.filter(active=True, kind__in=bodies).exclude(pk__in=done)


def cases_of_cell(
    actor: Actor, *, year: int, row: str, column: str, unit: Unit | None = None
) -> QuerySet[Case]:
    """The cases behind one cell, within the actor's wall; the same conditions by which the cell was counted."""
    rows = visible(Case, actor).filter(_counted())
    if unit is not None:
        rows = rows.filter(unit=unit)
    if column != "total":
        rows = rows.filter(applicant__kind=KIND_OF[column])
    return rows.filter(_in_row(row, year)).select_related("unit", "applicant").order_by("received_on", "pk")


def disputes_of_cell(
    actor: Actor, *, year: int, group: str, column: str, unit: Unit | None = None
) -> QuerySet[Dispute]:
    """The disputes behind one cell of 表四."""
    rows = visible(Dispute, actor).filter(kind=group).filter(_dispute_in(year))
    if unit is not None:
        rows = rows.filter(unit=unit)
    if column == "open":
        rows = rows.filter(_still_open(year))
    elif column != "total":
        wanted = [key for key, (_, where) in tables.REVIEW_OUTCOMES.items() if where == column]
        rows = rows.filter(outcome__in=wanted, decided_on__year=year)
    return rows.select_related("case", "unit").order_by("filed_on", "pk")


def _case_counts(year: int, units: list[int] | None) -> Iterator[tuple[int, tables.CaseCount, int]]:
    rows = Case.objects.unscoped(WHY).filter(_counted(), _of_year(year))
    if units is not None:
        rows = rows.filter(unit__in=units)
    grouped = (
        rows.annotate(came=ExtractYear("received_on"), went=ExtractYear("counted_on"))
        .values_list("unit_id", "applicant__kind", "counted_disposition", "came", "went")
        .annotate(times=Count("pk"))
        .order_by()
    )
    for unit, kind, code, came, went, times in grouped:
        row = statistic_row(code) if went == year else ""
        yield unit, tables.CaseCount(row, COLUMN_OF[kind], carried_in=came < year), times


def _review_counts(year: int, units: list[int] | None) -> Iterator[tuple[int, tables.ReviewCount, int]]:
    rows = Dispute.objects.unscoped(WHY).filter(_dispute_in(year))
    if units is not None:
        rows = rows.filter(unit__in=units)
    grouped = (
        rows.annotate(went=ExtractYear("decided_on"))
        .values_list("unit_id", "kind", "outcome", "went")
        .annotate(times=Count("pk"))
        .order_by()
    )
    for unit, kind, outcome, went, times in grouped:
        yield unit, tables.ReviewCount(kind, outcome if went == year else ""), times


def _each(counts: Iterable[tuple[tables.CaseCount, int]]) -> Iterator[tables.CaseCount]:
    for count, times in counts:
        for _ in range(times):
            yield count


def _counted() -> Q:
    """Requests that were received; 更正 and 申诉 are no requests, a struck-out entry never was one."""
    return Q(kind=Case.Kind.REQUEST, received_on__isnull=False) & ~Q(state=states.VOID)


def _of_year(year: int) -> Q:
    """Open at some time of the year: received by its end, and not closed before its beginning."""
    return Q(received_on__lte=date(year, 12, 31)) & (Q(counted_on=None) | Q(counted_on__gte=date(year, 1, 1)))


def _in_row(row: str, year: int) -> Q:
    first, last = date(year, 1, 1), date(year, 12, 31)
    closed = Q(counted_on__range=(first, last))
    if row == tables.NEW:
        return _of_year(year) & Q(received_on__gte=first)
    if row == tables.CARRY_IN:
        return _of_year(year) & Q(received_on__lt=first)
    if row == tables.CARRY_OUT:
        return Q(received_on__lte=last) & (Q(counted_on=None) | Q(counted_on__gt=last))
    if row == tables.TOTAL:
        return closed
    codes = [code for code, one in DISPOSITIONS.items() if tables.row_of_year(one.row, year) == row]
    return closed & Q(counted_disposition__in=codes)


def _dispute_in(year: int) -> Q:
    return Q(decided_on__year=year) | _still_open(year)


def _still_open(year: int) -> Q:
    last = date(year, 12, 31)
    return Q(filed_on__lte=last) & (Q(decided_on=None) | Q(decided_on__gt=last))


def as_json(found: YearTables) -> Mapping[str, Mapping[str, list[int]]]:
    """Both tables for programs: seven numbers a row, five a group, the total last."""
    return {
        "rows": {row: list(numbers) for row, numbers in found.rows.items()},
        "review": {group: list(numbers) for group, numbers in found.review.items()},
    }
