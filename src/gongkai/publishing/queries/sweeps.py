"""How the sweep stands: the alarms that are open, those that were closed, the last turn."""

from __future__ import annotations

from gongkai.publishing.models import Damage, IntegrityTurn


def open_damages(limit: int = 200) -> list[Damage]:
    """Alarms that nobody has closed yet, newest first."""
    return list(Damage.objects.filter(closed_at=None).order_by("-pk")[:limit])


def closed_damages(limit: int = 50) -> list[Damage]:
    """Alarms with what they turned out to be."""
    rows = Damage.objects.filter(closed_at__isnull=False).select_related("closed_by")
    return list(rows.order_by("-closed_at", "-pk")[:limit])


def last_sweep() -> IntegrityTurn | None:
    """The turn that is under way or was the last."""
    return IntegrityTurn.objects.order_by("-pk").first()
