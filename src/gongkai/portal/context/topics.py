"""Pages of columns: one column with its records, and all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gongkai.portal.context.information import ListPage
from gongkai.portal.context.shared import Link, Page


@dataclass(frozen=True, kw_only=True)
class TopicPage(ListPage):
    """A column (专栏): what is in it, who keeps it up to date and how often."""

    template: ClassVar[str] = "portal/topic.html"  # type: ignore[misc]
    owner: Link | None = None
    cycle: str = ""
    told: tuple[str, ...] = ()
    closed: bool = False
    below: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A column in the directory of columns."""

    link: Link
    depth: int
    owner: str
    cycle: str
    count: int
    last: object = None


@dataclass(frozen=True, kw_only=True)
class TopicsPage(Page):
    """All columns in use."""

    template: ClassVar[str] = "portal/topics.html"
    rows: tuple[TopicRow, ...]
    exports: tuple[Link, ...] = ()
