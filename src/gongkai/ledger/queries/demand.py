"""What people want of the standard catalogue: searches, requests and reports of a period by item (A11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from gongkai.catalogue.models import StandardField, StandardItem
from gongkai.catalogue.queries import current_items, own_items
from gongkai.foi.queries.topics import wanted
from gongkai.kernel.clock import legal_day
from gongkai.ledger.rules.demand import Item, Wish, place, shelf_of
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can, units_for
from gongkai.publishing.queries import errors_reported_between
from gongkai.search.queries import asked_between, in_vain_between, terms_of
from gongkai.sheets.queries import Column, Kind, Sheet, SheetRow, Value

SEARCH, IN_VAIN, CASE, REPORT = "search", "in_vain", "case", "report"
SOURCES = {SEARCH: "站内搜索", IN_VAIN: "没搜到", CASE: "依申请公开", REPORT: "网站找错"}
YEAR, TWELVE = "year", "12"
PERIODS = {YEAR: "本年", TWELVE: "近12个月"}
_ENDED = {IN_VAIN: "没有搜到", SEARCH: "搜到了"}


@dataclass(frozen=True, slots=True)
class Told:
    """One sign of what people want. ``text`` holds words of the matter only; ``key`` is a case or a report."""

    kind: str
    text: str
    times: int
    wish: Wish
    key: int = 0
    number: str = ""
    on: date | None = None
    unit: str = ""


@dataclass(slots=True)
class DemandRow:
    """An item with everything that asks for it."""

    item: StandardItem
    told: list[Told] = field(default_factory=list)

    def times(self, kind: str) -> int:
        return sum(one.times for one in self.told if one.kind == kind)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """By source, in the order of the columns."""
        return [(kind, self.times(kind)) for kind in SOURCES]

    @property
    def total(self) -> int:
        return sum(one.times for one in self.told)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A search or request that no item holds; ``field`` is the one that it names."""

    told: Told
    field: StandardField | None


@dataclass(frozen=True, slots=True)
class Demand:
    """The page: rows in the order that was asked for, and what no item holds."""

    first: date
    last: date
    rows: tuple[DemandRow, ...]
    candidates: tuple[Candidate, ...]
    unit: Unit | None

    @property
    def wanted_rows(self) -> int:
        return sum(1 for row in self.rows if row.told)


def period(key: str, *, today: date) -> tuple[date, date]:
    """The days of a period: this year, or twelve months back."""
    if key == TWELVE:
        return today - timedelta(days=364), today
    return date(today.year, 1, 1), today


def demand(actor: Actor, *, key: str, today: date, everything: bool, sort: str = "total") -> Demand:
    """The items with what asks for them, as far as the actor may see it; as many queries for any number of rows.

    Every wish is held against the whole catalogue, also where only the items of the actor's own unit are shown:
    what belongs to another unit's item is not a missing one.
    """
    first, last = period(key, today=today)
    items = current_items()
    rows = {item.matter_id: DemandRow(item) for item in items}
    fields = {item.version.field_id: item.version.field for item in items}
    shelf = shelf_of([_as_item(item) for item in items])
    missing = []
    for told in _signs(actor, first, last):
        found = place(shelf, told.wish)
        for matter in found.items:
            rows[matter].told.append(told)
        if not found.items and told.kind != REPORT:  # a fault of a page is no missing item
            missing.append(Candidate(told, fields.get(found.field or 0)))
    unit = None if everything else Unit.objects.filter(pk=actor.unit_id or 0).first()
    own = {item.matter_id for item in own_items(unit)} if unit else set(rows)
    shown = [row for matter, row in rows.items() if matter in own]
    missing.sort(key=lambda one: (-one.told.times, one.told.kind, one.told.text))
    return Demand(first, last, tuple(_sorted(shown, sort)), tuple(missing), unit)


def row_of_matter(actor: Actor, matter: int, *, key: str, today: date) -> tuple[Demand, DemandRow | None]:
    """One item with what asks for it, the most frequent first."""
    page = demand(actor, key=key, today=today, everything=True)
    row = next((one for one in page.rows if one.item.matter_id == matter), None)
    return page, row


def sees_everything(actor: Actor) -> bool:
    """Whether this person looks at the whole district."""
    return units_for(actor, "ledger.demand") is None


def demand_sheet(page: Demand) -> Sheet:
    """The page as a table."""
    return Sheet(
        key="ledger.demand",
        title=f"标准目录需求排行（{page.first} 至 {page.last}）",
        name="item",
        note="搜索只有词和次数；依申请公开只计件数，不含申请人信息。",
        frozen=2,
        columns=(
            Column("field", "领域", width=14),
            Column("item", "事项", width=34),
            Column("subject", "公开主体", width=20),
            Column("total", "需求合计", Kind.NUMBER, width=10),
            *(Column(kind, label, Kind.NUMBER, width=11) for kind, label in SOURCES.items()),
            Column("words", "问得最多的说法", width=40),
        ),
    )


def demand_rows(page: Demand) -> list[SheetRow]:
    """The rows of the table; what no item holds comes last, by its words."""
    found = [
        SheetRow(
            str(row.item.matter_id),
            {
                "field": row.item.version.field.name,
                "item": str(row.item.matter),
                "subject": row.item.subject,
                "total": row.total,
                **dict(row.counts),
                "words": "、".join(one.text for one in most(row)),
            },
        )
        for row in page.rows
    ]
    for at, one in enumerate(page.candidates, 1):
        told = one.told
        values: dict[str, Value] = {
            "field": one.field.name if one.field else "",
            "item": f"（目录没有）{told.text or told.number}",
            "total": told.times,
            told.kind: told.times,
        }
        found.append(SheetRow(f"missing-{at}", values))
    return found


def most(row: DemandRow, limit: int = 3) -> list[Told]:
    """The words by which an item was asked for most often."""
    said = [one for one in row.told if one.kind in _ENDED]
    return sorted(said, key=lambda one: -one.times)[:limit]


def _signs(actor: Actor, first: date, last: date) -> Iterator[Told]:
    """Everything that people asked for and this person may know of."""
    for kind, rows in ((SEARCH, asked_between(first, last)), (IN_VAIN, in_vain_between(first, last))):
        for row in rows:
            yield Told(kind, row.words, row.askers, Wish(row.words, terms_of(row.words)))
    for case in wanted(actor, first=first, last=last):
        yield Told(
            CASE, case.words, 1, Wish(case.text), case.case_id, case.number, case.on, case.unit
        )  # fmt: skip
    if can(actor, "publishing.settings"):
        for report in errors_reported_between(first, last):
            yield Told(
                REPORT, "", 1, Wish(report.problem), report.pk, report.code, legal_day(report.at)
            )  # fmt: skip


def _as_item(item: StandardItem) -> Item:
    return Item(item.matter_id, item.version.field_id, item.version.field.name, f"{item.group}，{item.name}")


def _sorted(rows: list[DemandRow], sort: str) -> list[DemandRow]:
    """The most wanted first; equal ones in the order of the catalogue."""
    if sort in SOURCES:
        return sorted(rows, key=lambda row: -row.times(sort))
    if sort == "item":
        return rows
    return sorted(rows, key=lambda row: -row.total)
