"""Cases at which the minute has to look: a silence takes effect, somebody has to be told."""

from __future__ import annotations

from datetime import date

from gongkai.foi import states
from gongkai.foi.models import Case

WHY = "the system looks at every unit's cases"


def cases_to_lapse(today: date, limit: int) -> list[Case]:
    """Cases that wait for somebody whose period has passed."""
    rows = Case.objects.unscoped(WHY).filter(
        lapse_on__lte=today, state__in=(states.CORRECTION, states.FEE, states.REASONS, states.CONSULTING)
    )
    return list(rows.order_by("lapse_on", "pk")[:limit])


def cases_to_remind(today: date, limit: int) -> list[Case]:
    """Open cases whose next day of reminding has come; stopped and closed ones have none."""
    rows = Case.objects.unscoped(WHY).filter(remind_on__lte=today, state__in=states.OPEN, clock_stopped=False)
    return list(rows.select_related("unit", "holder", "assignee").order_by("remind_on", "pk")[:limit])
