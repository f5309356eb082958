"""What the law's ground tells the stations: a year's calendar became certain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CalendarImported:
    """A notice on holidays was imported; open dates are to be reckoned anew (``law.open_dates.moved``).

    Only periods that touch the days from ``first_changed`` to ``last_changed`` can move. Both are None where
    the notice says what was assumed; dates then stay and merely cease to be provisional.
    """

    notice_id: int
    year: int
    number: str
    first_changed: date | None
    last_changed: date | None
