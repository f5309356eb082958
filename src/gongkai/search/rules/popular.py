"""What many people look for: from how many on it may be shown, and weeks for the report. House rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

POPULAR_DAYS = 30
LEAST_ASKERS = 5  # fewer could point at a person
LEAST_DAYS = 2  # one day of many is an event or a game, not what people look for
MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """Words with the visitors who asked for them, each once a day, and on how many days."""

    words: str
    askers: int
    days: int


def first_day(today: date) -> date:
    """The first of the days that count for what is popular.

    >>> first_day(date(2026, 11, 24))
    datetime.date(2026, 10, 26)
    """
    return today - timedelta(days=POPULAR_DAYS - 1)


def asked_by_many(rows: Iterable[Asked]) -> tuple[Asked, ...]:
    """Those that many people asked for on several days, the most frequent first; single signs say nothing.

    >>> [one.words for one in asked_by_many([Asked("养老", 5, 2), Asked("电梯", 9, 1), Asked("医保", 4, 4)])]
    ['养老']
    """
    kept = [
        one for one in rows if one.askers >= LEAST_ASKERS and one.days >= LEAST_DAYS and len(one.words) > 1
    ]
    return tuple(sorted(kept, key=lambda one: (-one.askers, one.words)))


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of a day's week.

    >>> week_of(date(2026, 11, 24))
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 29))
    """
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
