"""Reckoning open dates anew after a notice was imported: which of them moved, or became certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.calendar import WorkCalendar
from gongkai.law.clock import Clock


@dataclass(frozen=True, slots=True)
class OpenDate:
    """A deadline that still runs: what it belongs to, its clock, and the date last told to people."""

    key: int
    clock: Clock
    due: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class MovedDate:
    """A deadline whose date or certainty changed; its station stores it and emits one event."""

    key: int
    before: date
    after: date
    provisional: bool

    @property
    def is_other_day(self) -> bool:
        return self.before != self.after


def moved(open_dates: Iterable[OpenDate], calendar: WorkCalendar) -> Iterator[MovedDate]:
    """Those of the open dates that are different by ``calendar``; asking again after storing yields none."""
    for one in open_dates:
        reckoning = one.clock.reckon(calendar)
        if (reckoning.due, reckoning.provisional) != (one.due, one.provisional):
            yield MovedDate(one.key, one.due, reckoning.due, reckoning.provisional)
