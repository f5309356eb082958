"""Pages of what is public: home, 政府信息公开, lists, documents, units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from gongkai.portal.context.shared import Empty, Light, Link, LinkGroup, Page, Pager, Row, UnitField

# What a phone shows of the header block before 展开全部.
KEY_FIELDS = frozenset({"发文机关", "发文单位", "发文字号", "发布日期", "有效性"})


@dataclass(frozen=True, slots=True)
class Entrance:
    """One of the large entries of the home page; ``large_only`` shows it in 大字版 only."""

    icon: str
    title: str
    url: str
    note: str
    large_only: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One task of the year's plan in the strip."""

    number: int
    light: Light
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The tasks of the year at a glance; ``counts`` are (light, number of tasks) in the order drawn."""

    year: int
    url: str
    cells: tuple[Cell, ...]
    counts: tuple[tuple[Light, int], ...]
    remark: str = ""
    updated_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """What is new, how do I ask or apply, does the district keep its plan."""

    template = "portal/home.html"
    entrances: tuple[Entrance, ...]
    popular: tuple[Link, ...] = ()
    policies: tuple[Row, ...] = ()
    policies_url: str = ""
    notices: tuple[Row, ...] = ()
    notices_url: str = ""
    # The six entries of 政府信息公开, with what stands behind each in ``note``.
    open_info: tuple[Link, ...] = ()
    open_info_url: str = ""
    strip: Strip | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """An entry of the left menu of 政府信息公开; one with nothing in it stays and says why."""

    text: str
    url: str
    count: int | None = None
    why: str = ""
    current: bool = False
    children: tuple[MenuItem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ColumnPage(Page):
    """政府信息公开 of the district or of a unit: a list, or one text (指南, 制度), beside the left menu."""

    template = "portal/column.html"
    unit_name: str
    unit_url: str = ""
    menu: tuple[MenuItem, ...]
    heading: str
    apply_url: str = ""
    units: tuple[Link, ...] = ()
    platforms: tuple[Link, ...] = ()
    count: int | None = None
    updated_on: date | None = None
    rows: tuple[Row, ...] = ()
    pager: Pager | None = None
    exports: tuple[Link, ...] = ()
    empty: Empty | None = None
    html: str = ""
    hint: str = ""
    # Typed records under this item, each a list with its data.
    lists: tuple[Link, ...] = ()
    # Whether the bar that searches in this column stands over the list.
    filtered: bool = False


@dataclass(frozen=True, kw_only=True)
class ListPage(Page):
    """A plain list, newest first, paged from the oldest end."""

    template = "portal/list.html"
    lede: str = ""
    count: int | None = None
    updated_on: date | None = None
    rows: tuple[Row, ...] = ()
    pager: Pager | None = None
    exports: tuple[Link, ...] = ()
    empty: Empty | None = None
    side: tuple[LinkGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class MetaField:
    """One pair of the header block (A07); an empty value is printed as 无."""

    label: str
    value: str | date | datetime | None = None
    url: str = ""
    badge: str = ""
    note: str = ""
    wide: bool = False

    @property
    def key(self) -> bool:
        """Whether a phone shows it before 展开全部."""
        return self.label in KEY_FIELDS


@dataclass(frozen=True, slots=True)
class Download:
    """An attachment with its type and size."""

    title: str
    url: str
    kind: str
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a reader needs to check that the page was not changed since its publication."""

    code: str
    published_at: datetime
    digest: str
    edition: int = 1
    url: str = ""
    history_url: str = ""
    algorithm: str = "SM3"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStop:
    """One stop in the course of a document; ``gap`` where something ought to stand and does not."""

    icon: str
    title: str
    links: tuple[Link, ...] = ()
    words: str = ""
    here: bool = False
    gap: bool = False


@dataclass(frozen=True, kw_only=True)
class DocumentPage(Page):
    """One official document or item: is this the text, is it valid, where did it come from."""

    template = "portal/document.html"
    fields: tuple[MetaField, ...]
    # The name over the red line; empty for items that are no official document.
    masthead: str = ""
    number: str = ""
    body: str
    attachments: tuple[Download, ...] = ()
    receipt: Receipt | None = None
    original: Download | None = None
    interpretations: tuple[Link, ...] = ()
    interprets: Link | None = None
    contact: str = ""
    contact_phone: str = ""
    full_url: str = ""
    exports: tuple[Link, ...] = ()
    # How to cite it, with edition and digest; its articles with their anchors; the course that it took.
    cite: str = ""
    clauses: tuple[Link, ...] = ()
    chain: tuple[ChainStop, ...] = ()
    large_url: str = ""
    verify_url: str = ""
    # Only on the page of an earlier edition: which one.
    past: int = 0


@dataclass(frozen=True, kw_only=True)
class TombstonePage(Page):
    """What stands at the address of a withdrawn item; 误发 is answered with status 410."""

    template = "portal/tombstone.html"
    kind: Literal["误发", "并入", "失效", "期满归档", "期满撤下"]
    unit: str
    at: datetime
    reason: str
    successor: Link | None = None
    index_number: str = ""
    next: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UnitPage(Page):
    """A unit: the six fields of 机构概况, what is missing, its columns, its former names."""

    template = "portal/unit.html"
    kind: str
    fields: tuple[UnitField, ...]
    columns: tuple[Link, ...] = ()
    latest: tuple[Row, ...] = ()
    latest_url: str = ""
    below: tuple[Link, ...] = ()
    former_names: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(item.label for item in self.fields if not item.value)


@dataclass(frozen=True, kw_only=True)
class UnitsPage(Page):
    """All units by kind."""

    template = "portal/units.html"
    groups: tuple[LinkGroup, ...]
