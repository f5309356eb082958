"""The port of search: five methods that every engine offers, and what goes through them.

Words are cut by ``search.rules`` before they reach an engine, so that the embedded engine and a cluster rank
alike. Whose eyes a query has is a mandatory argument, not a filter that a caller may forget.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from gongkai.search.rules.question import Question

FACETS = ("kind", "validity", "unit", "theme", "year")


@dataclass(frozen=True, slots=True)
class SearchDoc:
    """One record as it is to be found. ``key`` is station and id (``publication:12``).

    ``publishing.queries.index_doc`` gives the same field names for a publication; ``kind`` is a word of the
    page vocabulary (政策, 解读, 公示 …), ``validity`` one of 有效, 尚未施行, 已修改, 失效, 废止.
    """

    key: str
    version: int
    path: str
    title: str
    body: str = ""
    number: str = ""
    index_number: str = ""
    unit: str = ""
    unit_id: int = 0
    issuer: str = ""
    kind: str = ""
    theme: str = ""
    validity: str = "有效"
    written_on: date | None = None
    published_at: datetime | None = None
    effective_on: date | None = None
    valid_until: date | None = None
    keywords: tuple[str, ...] = ()
    public: bool = True


@dataclass(frozen=True, slots=True)
class Visibility:
    """Whose eyes: everybody sees what is public; a clerk also the records of these units (None: of all)."""

    units: frozenset[int] | None = frozenset()


PUBLIC = Visibility()


@dataclass(frozen=True, slots=True)
class Filters:
    """Chosen values by facet (any of them counts) and a span of publication days."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    published_from: date | None = None
    published_to: date | None = None


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of shown text; ``hit`` when the question's words stand there."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found, with its marked title and extract. ``pinned``: its title or number was typed in full."""

    key: str
    path: str
    title: str
    marked_title: tuple[Fragment, ...]
    extract: tuple[Fragment, ...]
    number: str
    unit: str
    kind: str
    theme: str
    validity: str
    published_at: datetime | None
    valid_until: date | None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to narrow by, with the number of records behind it."""

    value: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One page of an answer. ``relaxed``: no record had all words, so any of them counted."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    page: int
    pages: int
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title that begins or holds what was typed so far."""

    title: str
    path: str
    kind: str
    validity: str
    number: str


class Unusable(Exception):  # noqa: N818 -- reads as what is wrong
    """There is no index, or it is damaged: nothing can be found until it is built anew."""


class SearchEngine(Protocol):
    """The five methods; any of them may raise ``Unusable``. ``index`` and ``delete`` return only when a crash can no longer lose the change."""

    def index(self, docs: Iterable[SearchDoc]) -> None: ...

    def delete(self, keys: Iterable[str]) -> None: ...

    def query(
        self,
        question: Question,
        *,
        visibility: Visibility,
        filters: Filters = NO_FILTERS,
        facets: Sequence[str] = FACETS,
        sort: str = "relevance",
        page: int = 1,
        size: int = 20,
        today: date,
    ) -> Found: ...

    def suggest(self, prefix: str, *, visibility: Visibility, limit: int = 8) -> tuple[Suggestion, ...]: ...

    def rebuild(self, docs: Iterable[SearchDoc]) -> int: ...

    def version(self) -> str | None:
        """The version of what is on disk; ``None`` when there is no usable index."""
