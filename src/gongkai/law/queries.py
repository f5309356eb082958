"""All reads of the law's ground."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from gongkai.kernel.remembering import remembered
from gongkai.law.calendar import Holiday, NoticeTable, WorkCalendar
from gongkai.law.facts import calendar_tables
from gongkai.law.models import CalendarNotice


@remembered
def calendar() -> WorkCalendar:
    """The calendar of this installation: the notices of the package, then the imported ones.

    One small query a call, so that an import in another process is seen at once; fetch it once a page.
    """
    return _calendar(tuple(CalendarNotice.objects.values_list("pk", "digest")))


def notices() -> list[NoticeTable]:
    """Every notice that the calendar rests on, in the order in which they prevail."""
    return [*calendar_tables(), *(table_of(row) for row in CalendarNotice.objects.all())]


def packaged_years() -> frozenset[int]:
    """Years that came with the program."""
    return WorkCalendar(calendar_tables()).years


def table_of(notice: CalendarNotice) -> NoticeTable:
    """An imported notice as the calendar takes it."""
    return NoticeTable(
        year=notice.year,
        number=notice.number,
        title=notice.title,
        published_on=notice.published_on,
        amends=notice.amends,
        holidays=tuple(_holiday(row) for row in notice.holidays),
    )


@lru_cache(maxsize=4)
def _calendar(stored: tuple[tuple[int, str], ...]) -> WorkCalendar:
    if not stored:
        return WorkCalendar(calendar_tables())
    return WorkCalendar(notices())


def _holiday(row: dict[str, Any]) -> Holiday:
    return Holiday(
        row["name"],
        date.fromisoformat(row["first"]),
        date.fromisoformat(row["last"]),
        tuple(date.fromisoformat(day) for day in row["workdays"]),
    )
