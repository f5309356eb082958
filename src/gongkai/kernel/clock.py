"""The one place where time enters: views, tasks and commands ask here and pass it on.

Stored times are UTC; a legal day is the day in Asia/Shanghai. A demo or training installation may run on
a shifted clock (``trail.installation.set_clock`` is the only way to shift it, and it refuses elsewhere).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from gongkai.kernel.models import SimulatedClock

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment of this installation, aware and in UTC."""
    shift = SimulatedClock.objects.values_list("offset_seconds", flat=True).first()
    return timezone.now() + timedelta(seconds=shift or 0)


def legal_day(moment: datetime) -> date:
    """The day on which a moment falls for the law: the day in China."""
    return moment.astimezone(LEGAL_ZONE).date()


def today() -> date:
    """The present legal day."""
    return legal_day(now())
