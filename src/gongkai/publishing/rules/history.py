"""Editions through time: which text stood in public on a day, and where an edition is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongkai.publishing.rules.address import attachment_path


@dataclass(frozen=True, slots=True)
class Stretch:
    """An edition stood in public from one moment to another; ``until`` is None for what stands there now.

    ``ended_by`` says what ended it: 更正, or the kind of the withdrawal.
    """

    edition: int
    since: datetime
    until: datetime | None = None
    ended_by: str = ""


def stretches(
    *, releases: Sequence[tuple[datetime, int]], endings: Sequence[tuple[datetime, str]]
) -> list[Stretch]:
    """When which edition stood in public, from what was published and what was taken back, oldest first.

    >>> from datetime import timedelta
    >>> one = datetime(2026, 3, 1); two = one + timedelta(days=5)
    >>> [(s.edition, s.until) for s in stretches(releases=[(one, 1), (two, 2)], endings=[])]
    [(1, datetime.datetime(2026, 3, 6, 0, 0)), (2, None)]
    """
    found: list[Stretch] = []
    moments = sorted(
        [(at, 1, number, "") for at, number in releases] + [(at, 0, 0, kind) for at, kind in endings]
    )
    open_one: tuple[int, datetime] | None = None
    for at, is_release, number, kind in moments:
        if open_one is not None:
            found.append(Stretch(open_one[0], open_one[1], at, "更正" if is_release else kind))
            open_one = None
        if is_release:
            open_one = (number, at)
    if open_one is not None:
        found.append(Stretch(*open_one))
    return found


def standing_at(found: Sequence[Stretch], moment: datetime) -> Stretch | None:
    """What stood in public at a moment; None where nothing did."""
    for stretch in reversed(found):
        if stretch.since <= moment and (stretch.until is None or moment < stretch.until):
            return stretch
    return None


def editions_path(page: str) -> str:
    """The list of editions of a record.

    >>> editions_path("/doc/2026/417.html")
    '/doc/2026/417/editions/'
    """
    return page.removesuffix(".html") + "/editions/"


def edition_path(page: str, number: int) -> str:
    """The permanent address of one edition, beside that of the record itself.

    >>> edition_path("/doc/2026/417.html", 1)
    '/doc/2026/417/editions/1.html'
    """
    return f"{editions_path(page)}{number}.html"


def past_attachment_path(page: str, *, attachment_id: int, kind: str) -> str:
    """Where a file of an earlier edition is found; its own old address leads on to its successor.

    >>> past_attachment_path("/doc/2026/417.html", attachment_id=9, kind="docx")
    '/doc/2026/417/editions/9.docx'
    """
    return attachment_path(editions_path(page).rstrip("/") + ".html", attachment_id=attachment_id, kind=kind)
