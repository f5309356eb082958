"""What disclosure requests tell: a case moved, a date moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """Something happened to a case; ``event`` and ``state`` are words of ``foi.states``."""

    case_id: int
    unit_id: int
    event: str
    state: str


@dataclass(frozen=True, slots=True)
class CaseDueMoved:
    """The day until which a case must be answered moved, or became certain, by a holiday notice."""

    case_id: int
    unit_id: int
    before: date
    after: date
    provisional: bool
