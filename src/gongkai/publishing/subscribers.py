"""What upstream events start here: a holiday notice moves the ends of public periods in working days."""

from __future__ import annotations

from gongkai.events.law import CalendarImported
from gongkai.publishing import actions


def on_calendar_imported(event: CalendarImported) -> None:
    """Reckon the public periods anew."""
    actions.reckon_periods()
