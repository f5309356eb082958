"""What upstream events start here: a holiday notice moves the dates that still run."""

from __future__ import annotations

from gongkai.documents import actions
from gongkai.events.law import CalendarImported
from gongkai.kernel import clock


def on_calendar_imported(event: CalendarImported) -> None:
    """Reckon the open publication dates anew."""
    actions.reckon_open_dates(now=clock.now())
