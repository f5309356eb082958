"""What every public page has: who runs the site, links, rows, the page itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

Light = Literal["done", "ok", "soon", "late", "paused", "idle"]


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
class LinkGroup:
    """Links under a heading."""

    title: str
    links: tuple[Link, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitField:
    """One of the facts about a unit; missing is shown in its place."""

    label: str
    value: str = ""
