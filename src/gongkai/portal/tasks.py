"""What the minute and the job worker do for the tree."""

from __future__ import annotations

from datetime import datetime

from gongkai.kernel.clock import legal_day, now
from gongkai.portal import building, projection, sweeping


def minute(moment: datetime) -> None:
    """Go on with a build that is under way; give new units their pages and the plan its lights of today."""
    if building.waiting():
        building.go_on(today=legal_day(moment))
    elif building.has_mark():
        projection.show_new_units(today=legal_day(moment))
        projection.show_today(today=legal_day(moment))
        sweeping.minute(moment)


def go_on() -> None:
    """The next steps of a build; the worker is asked again while some are left."""
    if building.go_on(today=legal_day(now())):
        building.go_on_soon()
