"""What falls due by itself: documents that come into force or run out today."""

from __future__ import annotations

from datetime import datetime

from gongkai.kernel.clock import legal_day
from gongkai.publishing import actions, queries


def minute(moment: datetime) -> None:
    """Turn what turns today; found by looking at the rows, so a missed minute loses nothing."""
    for publication in queries.turning(legal_day(moment)):
        actions.turn(publication=publication, now=moment)
