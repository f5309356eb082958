"""What falls due by itself: a paper whose last day has passed is missing from then on."""

from __future__ import annotations

from datetime import datetime

from gongkai.kernel.clock import legal_day
from gongkai.registers import actions, queries

UNITS = 3  # a minute stays far below a minute


def minute(moment: datetime) -> None:
    """Compare the registers that were not compared today; found by looking, so a missed minute loses nothing."""
    for unit in queries.units_to_compare(legal_day(moment), limit=UNITS):
        actions.reconcile_unit(unit=unit, now=moment)
