"""Pages of progress, search, texts and errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.portal.context.information import Strip
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
