"""Search's minute: visitors of days that are over are forgotten; on Mondays the editors get the week's report."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.kernel.clock import LEGAL_ZONE, legal_day
from gongkai.search import actions, queries

REPORT_FROM = 9  # o'clock; a report of the night is read in the morning


def minute(moment: datetime) -> None:
    """Found by looking at the rows, so that a missed minute loses nothing."""
    today = legal_day(moment)
    actions.forget_marks(today=today)
    monday = today - timedelta(days=today.weekday())
    due = today > monday or moment.astimezone(LEGAL_ZONE).hour >= REPORT_FROM
    if due and queries.report_waits(monday):
        actions.report_week(monday=monday, now=moment)
