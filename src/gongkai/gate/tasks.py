"""The gate's minute: words that wait are compared, and by night what is public is read again."""

from __future__ import annotations

from datetime import datetime

from gongkai.gate import actions
from gongkai.kernel.clock import LEGAL_ZONE, legal_day

FIRST_HOUR, LAST_HOUR = 1, 6  # of the night, when few readers are there
TURNS = 3


def minute(moment: datetime) -> None:
    """A few turns of each; what is left waits for the next minute."""
    for _ in range(TURNS):
        if not actions.examine(now=moment):
            break
    if FIRST_HOUR <= moment.astimezone(LEGAL_ZONE).hour < LAST_HOUR:
        for _ in range(TURNS):
            if actions.sweep_on(night=legal_day(moment), now=moment):
                break
