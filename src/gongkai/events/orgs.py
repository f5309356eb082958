"""Events of the register of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class UnitChanged:
    """A unit was renamed, merged, split, abolished, or its public details were corrected.

    ``kind`` is a ``UnitChange.Kind`` or ``details``; ``successor_id`` is who carries on, if anybody.
    """

    unit_id: int
    kind: str
    on: date
    successor_id: int | None = None
