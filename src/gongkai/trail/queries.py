"""Reads of the trail: by object, by person, by unit, by day. The caller names the units that may be seen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.trail.models import TrailRow


def rows(
    *,
    units: Collection[int] | None,
    verb: str = "",
    words: str = "",
    first_day: date | None = None,
    last_day: date | None = None,
) -> QuerySet[TrailRow]:
    """Rows newest first, of these units only (None: of all, and of the system itself)."""
    found = TrailRow.objects.order_by("-seq")
    if units is not None:
        found = found.filter(unit_id__in=list(units))
    if verb:
        found = found.filter(verb__startswith=verb)
    if words:
        found = found.filter(
            Q(object_name__icontains=words) | Q(actor_name__icontains=words) | Q(note__icontains=words)
        )
    if first_day:
        found = found.filter(at__gte=datetime.combine(first_day, time.min, LEGAL_ZONE))
    if last_day:
        found = found.filter(at__lt=datetime.combine(last_day + timedelta(days=1), time.min, LEGAL_ZONE))
    return found


def stations() -> list[str]:
    """The first words of the verbs that occur, for the filter."""
    verbs = TrailRow.objects.order_by().values_list("verb", flat=True).distinct()
    return sorted({verb.split(".")[0] for verb in verbs})
