"""Visits of the public pages, by day and in sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from gongkai.orgs.models import VisitDay

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Visits:
    """What is known about visits: days, newest first, and the sum since counting began."""

    days: list[VisitDay]
    views: int
    since: date | None

    @property
    def newest(self) -> VisitDay | None:
        """The last day that was counted."""
        return self.days[0] if self.days else None


def visits(shown: int | None = SHOWN) -> Visits:
    """The last days with their numbers, and all views so far."""
    rows = VisitDay.objects.all()
    total = rows.aggregate(views=Sum("views"))["views"] or 0
    first = rows.order_by("day").values_list("day", flat=True).first()
    return Visits(list(rows[:shown]), total, first)
