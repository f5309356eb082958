"""The ledger's minute: found by looking at the rows, so that a missed minute loses nothing."""

from __future__ import annotations

from datetime import datetime

from gongkai.kernel.clock import legal_day
from gongkai.law.queries import calendar
from gongkai.ledger import actions, queries

CHUNKS = 8  # of `actions.matching.CHUNK` records; a minute stays far below a minute


def minute(moment: datetime) -> None:
    """Send the reminders that fell due; look for evidence where the plan, its units or the words changed, or
    records came in unheard."""
    if calendar().is_workday(legal_day(moment)):  # nobody is reminded on a day of rest
        actions.remind(now=moment)
    left = CHUNKS
    for plan in queries.plans_to_sweep():
        lookout = queries.lookout_of(plan)
        while left and not actions.sweep(lookout=lookout, now=moment):
            left -= 1
