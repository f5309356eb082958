"""What the public pages show, as plain frozen values: filled by ``pages``, drawn by the templates.

Nothing here reads a database, a clock or a request, so a page can be drawn, tested and compared anywhere.
``body`` and ``html`` fields hold HTML that was sanitised when it was stored; every other text is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Literal

Light = Literal["done", "ok", "soon", "late", "paused", "idle"]
KEY_FIELDS = frozenset({"发文机关", "发文单位", "发文字号", "发布日期", "有效性"})
# A text in pieces; True marks the words that were searched for.
Marked = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads somewhere; ``note`` stands beside it, ``foreign`` warns that it leaves the site."""

    text: str
    url: str = ""
    note: str = ""
    foreign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Who runs the site, as it stands in head and foot of every page (国办发〔2017〕47号)."""

    name: str
    government: str
    domain: str
    id_code: str
    url: str
    sponsor: str = ""
    operator: str = ""
    postal_address: str = ""
    postcode: str = ""
    phone: str = ""
    phone_hours: str = ""
    icp: str = ""
    police: str = ""
    ipv6: bool = True
    # 演示环境 or 培训环境; printed on every page of such an installation.
    label: str = ""
    nav: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The column that a page belongs to: the official Column* tags."""

    name: str
    type: str
    description: str = ""
    keywords: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The official Article* tags of a content page."""

    title: str
    published_at: datetime
    source: str
    author: str = ""
    keywords: str = ""
    description: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One record in a list."""

    title: str
    url: str
    on: date | None = None
    number: str = ""
    unit: str = ""
    validity: str = ""
    kind: str = ""
    related: tuple[Link, ...] = ()
    written_on: date | None = None
    files: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Pager:
    """Pages under permanent addresses, counted from the oldest; ``None`` is a gap between numbers."""

    current: int
    numbers: tuple[Link | None, ...]
    newer: str = ""
    older: str = ""
    per_page: int = 0


@dataclass(frozen=True, slots=True)
class Empty:
    """Why a list is empty and what to do next."""

    what: str
    why: str
    next: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Banner:
    """A sentence over a page: red for 失效 and withdrawal, amber for a warning, main for 暂定."""

    tone: Literal["red", "amb", "main"]
    strong: str
    text: str = ""
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every page has. ``address`` is its path in the tree, ``section`` the current entry of the menu."""

    template: ClassVar[str] = ""
    address: str
    title: str
    description: str = ""
    section: str = ""
    crumbs: tuple[Link, ...] = ()
    column: Column | None = None
    article: Article | None = None
    feed: str = ""
    robots: str = ""
    banners: tuple[Banner, ...] = ()


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
class LinkGroup:
    """Links under a heading."""

    title: str
    links: tuple[Link, ...]
    note: str = ""


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


@dataclass(frozen=True, kw_only=True)
class TombstonePage(Page):
    """What stands at the address of a withdrawn item; 误发 is answered with status 410."""

    template = "portal/tombstone.html"
    kind: Literal["误发", "并入", "失效"]
    unit: str
    at: datetime
    reason: str
    successor: Link | None = None
    index_number: str = ""
    next: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitField:
    """One of the facts about a unit; missing is shown in its place."""

    label: str
    value: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task of the plan in the public table."""

    number: int
    field: str
    title: str
    url: str
    units: str
    deadline: str
    light: Light
    light_words: str
    evidence: int = 0
    updated_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ProgressPage(Page):
    """The tasks of the year: which are done, which are late, and who must act."""

    template = "portal/progress.html"
    strip: Strip
    tasks: tuple[TaskRow, ...]
    # How a light is decided, one sentence each.
    thresholds: tuple[str, ...]
    plan: Link | None = None
    empty: Empty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Progress that the district office accepted."""

    unit: str
    text: str
    on: date
    evidence: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProgressTaskPage(Page):
    """One task: what, who, by when, what was done."""

    template = "portal/progress_task.html"
    number: int
    field_name: str
    requirement: str
    units: tuple[tuple[str, str], ...]
    deadline: str
    light: Light
    light_words: str
    reason: str
    reports: tuple[Report, ...] = ()
    newer: Link | None = None
    older: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result of a search; withdrawn and ended documents keep their place with their successor."""

    title: Marked
    url: str
    kind: str = ""
    validity: str = ""
    snippet: Marked = ()
    number: str = ""
    unit: str = ""
    on: date | None = None
    successor: Link | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a facet; its address adds or removes it."""

    text: str
    url: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of options beside the results."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """Is there one answer, and is it valid today?"""

    template = "portal/search.html"
    text: str
    total: int
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    sorts: tuple[Choice, ...] = ()
    pager: Pager | None = None
    synonyms: tuple[str, ...] = ()
    exact_url: str = ""
    chosen: tuple[Link, ...] = ()
    problem: str = ""
    next: tuple[Link, ...] = ()
    # Choices of the address that a new search keeps.
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class TextPage(Page):
    """A page of text: statement, accessibility, how to apply."""

    template = "portal/text.html"
    html: str
    updated_on: date | None = None
    contact: tuple[UnitField, ...] = ()
    side: tuple[LinkGroup, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SiteMapPage(Page):
    """All columns of the site."""

    template = "portal/site_map.html"
    groups: tuple[LinkGroup, ...]


@dataclass(frozen=True, kw_only=True)
class NotFoundPage(Page):
    """Nothing at this address: why that may be, and where to go."""

    template = "portal/not_found.html"
    next: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ErrorFindPage(Page):
    """我为政府网站找错: a form, or what happens after it was sent (``receipt``)."""

    template = "portal/find_errors.html"
    form: Any = field(default=None, compare=False)
    receipt: str = ""
