"""Pages of progress, search, texts and errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongkai.portal.context.information import Entrance, Strip
from gongkai.portal.context.shared import Empty, Light, Link, LinkGroup, Page, Pager, UnitField

# A text in pieces; True marks the words that were searched for.
Marked = tuple[tuple[str, bool], ...]


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
    # From which task of last year it was carried over; empty for a task of this year.
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class ProgressPage(Page):
    """The tasks of the year: which are done, which are late, and who must act."""

    template = "portal/progress.html"
    strip: Strip
    tasks: tuple[TaskRow, ...]
    # How a light is decided, one sentence each.
    thresholds: tuple[str, ...]
    plan: Link | None = None
    carried: tuple[TaskRow, ...] = ()
    # The plan of an earlier year stands as it was on its last day.
    as_of: date | None = None
    years: tuple[Link, ...] = ()
    exports: tuple[Link, ...] = ()
    empty: Empty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Progress that the district office accepted; ``id`` is its anchor on the page."""

    unit: str
    text: str
    on: date
    id: int = 0
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
    origin: str = ""
    origin_url: str = ""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One paragraph of a paper in force that answers the question by itself; an extract, never our own words."""

    text: Marked
    article: str
    url: str
    source: str
    validity: str
    on: date


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
    quote: Quote | None = None
    # 您是不是要找: the question with one slip mended.
    meant: tuple[Link, ...] = ()
    # 热门搜索: what many looked for and found lately.
    popular: tuple[Link, ...] = ()
    chosen: tuple[Link, ...] = ()
    problem: str = ""
    relaxed: str = ""
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
class ApplyPage(Page):
    """依申请公开: the doors first, then the law in a few sentences."""

    template = "portal/apply.html"
    lede: str
    doors: tuple[Entrance, ...]
    html: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """What became of a reader's report; neither its words nor who wrote or answered it."""

    number: str
    at: datetime
    is_new: bool = False
    outcome: str = ""
    answer: str = ""
    handled_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ErrorFindPage(Page):
    """我为政府网站找错: a form, or what became of the report with this number."""

    template = "portal/find_errors.html"
    form: Any = field(default=None, compare=False)
    report: ReportState | None = None
    # A number that was asked for and that nobody was given.
    unknown: str = ""
