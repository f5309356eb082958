"""What the pages of typed records show: the index, a list, one row, what a reader looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from gongkai.portal.context.information import MetaField
from gongkai.portal.context.service import Choice
from gongkai.portal.context.shared import Empty, Link, LinkGroup, Page, Pager


@dataclass(frozen=True, slots=True)
class RecordCell:
    """One value of a row under its head; ``url`` leads to the document that it names, ``look`` is num or nb."""

    head: str
    text: str
    url: str = ""
    look: str = ""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One row of a list; ``light`` and ``words`` say what is the matter with it."""

    anchor: str
    cells: tuple[RecordCell, ...]
    url: str = ""
    light: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class RecordStep:
    """A stage or a link of the chain: there, missing or overdue."""

    title: str
    light: str
    words: str
    on: date | None
    due: date | None
    texts: tuple[tuple[str, str], ...]
    documents: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DictionaryLine:
    """A field as the data explain it."""

    label: str
    name: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place on the plain map; its number stands in the list beside it."""

    number: int
    x: int
    y: int
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """A type in the index."""

    link: Link
    count: int | None
    changed_at: datetime | None
    description: str
    exports: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TypeGroup:
    """The types under one item of the statutory catalogue."""

    anchor: str
    title: str
    note: str
    entries: tuple[TypeEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsPage(Page):
    """All lists of the district by the items of arts. 20 and 21."""

    template: ClassVar[str] = "portal/records.html"
    groups: tuple[TypeGroup, ...]
    empty: Empty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordListPage(Page):
    """One list: its rows, its facets, its data and what each field means."""

    template: ClassVar[str] = "portal/record_list.html"
    heading: str
    lede: str
    facts: tuple[MetaField, ...]
    heads: tuple[str, ...]
    lines: tuple[RecordLine, ...]
    count: int | None
    updated_on: date | None
    find_url: str
    find_label: str
    guarded: bool = False
    pager: Pager | None = None
    facets: tuple[LinkGroup, ...] = ()
    exports: tuple[Link, ...] = ()
    dictionary: tuple[DictionaryLine, ...] = ()
    schema_url: str = ""
    empty: Empty | None = None
    sums: tuple[tuple[str, int], ...] = ()
    points: tuple[MapPoint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage(Page):
    """One row with its stages, its documents and what was corrected."""

    template: ClassVar[str] = "portal/record.html"
    fields: tuple[MetaField, ...]
    texts: tuple[tuple[str, str], ...]
    steps: tuple[RecordStep, ...]
    steps_title: str
    documents: tuple[Link, ...]
    related: tuple[Link, ...]
    history: tuple[tuple[datetime, str], ...]
    list_url: str
    list_title: str
    stale: str = ""


@dataclass(frozen=True, slots=True)
class FacetField:
    """A choice of the look-up form."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFindPage(Page):
    """What a reader looked for in one list."""

    template: ClassVar[str] = "portal/record_find.html"
    text: str
    asked: bool
    label: str
    hint: str
    total: int
    heads: tuple[str, ...]
    lines: tuple[RecordLine, ...]
    facets: tuple[FacetField, ...]
    list_url: str
    list_title: str
    pager: Pager | None = None
    problem: str = ""
    guarded: bool = False
    exports: tuple[Link, ...] = ()
