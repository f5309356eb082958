"""What falls due by itself: documents that come into force or run out today, public periods that are over."""

from __future__ import annotations

from datetime import datetime

from gongkai.kernel.clock import legal_day
from gongkai.publishing import actions, queries


def minute(moment: datetime) -> None:
    """Turn what turns today; found by looking at the rows, so a missed minute loses nothing."""
    today = legal_day(moment)
    for publication in queries.turning(today):
        actions.turn(publication=publication, now=moment)
    for publication in queries.over(today):
        actions.run_period(publication=publication, now=moment)
    for ending in queries.by_hand(today):
        actions.ask_by_hand(ending=ending, now=moment)
