"""Pages of a record's history: its editions, two of them side by side, what changed on the site, checking a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from gongkai.portal.context.shared import Empty, Link, Page, Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """One edition in the list of a record; ``closed`` says why it cannot be read any more."""

    number: int
    since: datetime
    until: datetime | None = None
    ended_by: str = ""
    note: str = ""
    receipt: str = ""
    receipt_url: str = ""
    digest: str = ""
    url: str = ""
    compare_url: str = ""
    closed: str = ""
    files: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EditionsPage(Page):
    """Every edition of a record; ``asked`` and ``answer`` are for the question how it stood on a day."""

    template = "portal/editions.html"
    record_title: str
    record_url: str
    rows: tuple[EditionRow, ...]
    on_url: str
    changes: tuple[tuple[str, str, datetime], ...] = ()
    asked: str = ""
    answer: str = ""
    answer_link: Link | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A paragraph of two texts in pieces; a verb is same, del or ins."""

    pieces: tuple[tuple[str, str], ...]
    same: bool


@dataclass(frozen=True, slots=True)
class ComparedField:
    """A field or the list of files that differs."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ComparePage(Page):
    """What was taken out and what was put in between two editions."""

    template = "portal/compare.html"
    record_title: str
    older: Link
    newer: Link
    note: str = ""
    fields: tuple[ComparedField, ...] = ()
    lines: tuple[ComparedLine, ...] = ()
    removed: int = 0
    added: int = 0
    editions: tuple[int, ...] = ()
    chosen: tuple[int, int] = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One line of the page of changes; ``id`` is its anchor."""

    id: int
    word: str
    tone: Literal["main", "amb", "red"]
    title: str
    url: str
    unit: str
    note: str
    at: datetime
    edition: int = 1
    compare_url: str = ""


@dataclass(frozen=True, kw_only=True)
class ChangesPage(Page):
    """What was corrected, withdrawn, came back or ran out, newest first."""

    template = "portal/changes.html"
    rows: tuple[ChangeRow, ...]
    pager: Pager | None = None
    exports: tuple[Link, ...] = ()
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One comparison: what was compared, whether it agrees, what a reader should know."""

    what: str
    agrees: bool
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReceipt:
    """A receipt as it stands in the ledger now."""

    code: str
    title: str
    url: str
    unit: str
    index_number: str
    edition: int
    published_at: datetime
    digest: str
    trail_seq: int
    trail_digest: str
    standing: str
    download: str


@dataclass(frozen=True, kw_only=True)
class VerifyPage(Page):
    """核验: a receipt number, the words of a page or a file against what was sealed."""

    template = "portal/verify.html"
    code: str = ""
    words: str = ""
    receipt: PublicReceipt | None = None
    verdicts: tuple[Verdict, ...] = ()
    problem: str = ""
    on: date | None = None
