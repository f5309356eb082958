"""Matters of the standard catalogue against what stands in public (A09): the number of records, the last update."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max

from gongkai.catalogue.models import StandardField, StandardItem
from gongkai.catalogue.queries import current_items, own_items
from gongkai.columns.models import Column, ColumnPack
from gongkai.kernel.clock import legal_day
from gongkai.orgs.models import Unit
from gongkai.publishing.models import Publication
from gongkai.records import states as record_states
from gongkai.records.models import RecordRow
from gongkai.records.queries import kind_of
from gongkai.upkeep.queries.freshness import Upkeep, upkeep_of_all

_PUBLIC = "what is published is counted for everybody"
Counts = dict[int, tuple[int, date | None]]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A matter in force with what stands in public under it."""

    item: StandardItem
    count: int
    last: date | None
    columns: tuple[Column, ...]

    @property
    def light(self) -> str:
        """Red where a matter has no record: it is to be seen, not to be tidied away."""
        return "done" if self.count else "late"

    @property
    def words(self) -> str:
        return f"{self.count} 条" if self.count else "没有信息"


@dataclass(frozen=True, slots=True)
class FieldTotal:
    """A field: its matters and how many of them have records."""

    field: StandardField
    matters: int
    filled: int
    last: date | None

    @property
    def empty(self) -> int:
        return self.matters - self.filled


@dataclass(frozen=True, slots=True)
class PackCoverage:
    """An installed pack: its columns, those with records, and the tasks of the yearly plan that it serves."""

    pack: ColumnPack
    columns: int
    filled: int
    records: int
    last: date | None


@dataclass(frozen=True, slots=True)
class PackService:
    """An installed pack as it serves a task of the yearly plan: its columns in use, stale ones first (A23)."""

    pack: ColumnPack
    lines: tuple[Upkeep, ...]

    @property
    def records(self) -> int:
        return sum(line.count for line in self.lines)

    @property
    def last(self) -> date | None:
        return max((line.last for line in self.lines if line.last), default=None)

    @property
    def stale(self) -> int:
        return sum(line.standing.stale for line in self.lines)


def packs_by_task(*, today: date) -> dict[int, list[PackService]]:
    """By number of a task of the annex the installed packs that serve it, with what their columns hold and whether
    they are stale. As many queries for any number of packs, columns and tasks."""
    held: dict[str, list[Upkeep]] = defaultdict(list)
    for line in upkeep_of_all(today=today):
        if line.column.pack:
            held[line.column.pack].append(line)
    found: dict[int, list[PackService]] = defaultdict(list)
    for pack in ColumnPack.objects.order_by("code"):
        lines = sorted(held[pack.code], key=lambda line: (not line.standing.stale, line.column.order))
        for task in pack.tasks:
            found[task].append(PackService(pack, tuple(lines)))
    return dict(found)


def coverage_of_field(field: StandardField) -> list[Coverage]:
    """The matters of a field in their order (five queries)."""
    return _lines(current_items(field), _counts())


def coverage_of_unit(unit: Unit) -> list[Coverage]:
    """The matters that are for this unit to disclose, counted by its own records only (A12)."""
    return _lines(own_items(unit), _counts(unit))


def field_totals() -> list[FieldTotal]:
    """Every field with its matters and how many have records."""
    counts, found = _counts(), defaultdict(list)
    for item in current_items():
        found[item.version.field].append(counts.get(item.matter_id, (0, None)))
    return [
        FieldTotal(
            field,
            len(held),
            sum(count > 0 for count, _ in held),
            max((day for _, day in held if day), default=None),
        )
        for field, held in found.items()
    ]


def lists_in(column: Column) -> list[tuple[str, str, int]]:
    """The types of lists with rows in a column: code, title, how many rows stand in public."""
    rows = RecordRow.objects.unscoped(_PUBLIC).filter(state=record_states.LIVE, column=column)
    found = []
    for code, count in rows.order_by("code").values_list("code").annotate(n=Count("pk")):
        kind = kind_of(code)
        if kind is not None:
            found.append((code, kind.title, count))
    return found


def pack_coverage() -> list[PackCoverage]:
    """Every installed pack with what its columns hold (two queries)."""
    live = Publication.objects.unscoped(_PUBLIC).filter(state=Publication.State.LIVE)
    rows = live.exclude(document__column__pack="").filter(document__column__isnull=False).order_by()
    counted = {
        pk: (count, last)
        for pk, count, last in rows.values_list("document__column").annotate(
            n=Count("pk"), last=Max("first_published_at")
        )
    }
    columns: dict[str, list[int]] = defaultdict(list)
    for pk, code in Column.objects.exclude(pack="").values_list("pk", "pack"):
        columns[code].append(pk)
    found = []
    for pack in ColumnPack.objects.order_by("code"):
        held = [counted[pk] for pk in columns[pack.code] if pk in counted]
        last = max((moment for _, moment in held), default=None)
        found.append(
            PackCoverage(
                pack,
                len(columns[pack.code]),
                len(held),
                sum(count for count, _ in held),
                legal_day(last) if last else None,
            )
        )
    return found


def _lines(items: list[StandardItem], counts: Counts) -> list[Coverage]:
    columns: dict[int, list[Column]] = defaultdict(list)
    through = Column.matters.through.objects.filter(matter__in=[item.matter_id for item in items])
    for link in through.select_related("column", "column__owner").order_by("column__order", "column_id"):
        columns[link.matter_id].append(link.column)
    return [
        Coverage(item, *counts.get(item.matter_id, (0, None)), tuple(columns[item.matter_id]))
        for item in items
    ]


def _counts(unit: Unit | None = None) -> Counts:
    """Records in public by matter. A record that names no matter counts for that of its column, where the column
    has exactly one; with several nothing is guessed."""
    live = Publication.objects.unscoped(_PUBLIC).filter(state=Publication.State.LIVE).order_by()
    live = live.filter(unit=unit) if unit else live
    named = live.filter(document__matter__isnull=False).values_list("document__matter")
    by_column = live.filter(document__matter__isnull=True, document__column__isnull=False)
    mapped: dict[int, list[int]] = defaultdict(list)
    for column, matter in Column.matters.through.objects.values_list("column", "matter"):
        mapped[column].append(matter)
    only = {column: matters[0] for column, matters in mapped.items() if len(matters) == 1}
    found: Counts = {}
    for pk, count, last in named.annotate(n=Count("pk"), last=Max("first_published_at")):
        _count(found, pk, count, last)
    papers = by_column.values_list("document__column").annotate(n=Count("pk"), last=Max("first_published_at"))
    lists = RecordRow.objects.unscoped(_PUBLIC).filter(state=record_states.LIVE, column__isnull=False)
    lists = lists.filter(unit=unit) if unit else lists
    listed = lists.order_by().values_list("column").annotate(n=Count("pk"), last=Max("published_at"))
    for column, count, last in (*papers, *listed):
        if column in only and last is not None:
            _count(found, only[column], count, last)
    return found


def _count(found: Counts, matter: int, count: int, last: datetime) -> None:
    before, day = found.get(matter, (0, None))
    found[matter] = (before + count, max(filter(None, (day, legal_day(last)))))
