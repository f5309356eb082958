"""Work in the background: one function each minute, and work to be done soon, on django-q2.

A job gets ids, never objects, takes less than a minute, and may run twice: after a kill it runs again.
"""

from __future__ import annotations

from django_q.models import Schedule
from django_q.tasks import async_task


def each_minute(function: str) -> None:
    """Run a function (dotted name) each minute; saying it again changes nothing."""
    Schedule.objects.update_or_create(
        name=function,
        defaults={"func": function, "schedule_type": Schedule.MINUTES, "minutes": 1, "repeats": -1},
    )


def soon(function: str, *ids: int | str) -> None:
    """Run a function (dotted name) in the worker as soon as it is free."""
    async_task(function, *ids)
