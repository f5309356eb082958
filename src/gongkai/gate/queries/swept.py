"""What the nightly sweep found, and how far it has come."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from gongkai.gate.models import LiveFinding, NightSweep
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import visible


def live_findings(actor: Actor, *, level: str = "") -> QuerySet[LiveFinding]:
    """Open findings on public pages of the units that the actor sees, blocking ones first."""
    rows = visible(LiveFinding, actor).filter(gone_at__isnull=True).select_related("unit")
    if level:
        rows = rows.filter(level=level)
    return rows.order_by("level", "-found_at", "-pk")


def owed(actor: Actor, *, limit: int = 50) -> list[LiveFinding]:
    """What this person's units have to put right: blocking findings on what is public."""
    return list(live_findings(actor, level="block")[:limit])


def open_under(prefix: str, limit: int = 2000) -> set[str]:
    """The records of one kind on which something is open, for the station that knows them."""
    rows = LiveFinding.objects.unscoped("the station asks for its own records")
    found = rows.filter(gone_at__isnull=True, key__startswith=prefix).order_by("-pk")
    return set(found.values_list("key", flat=True)[:limit])


def sweep_of(night: date) -> NightSweep | None:
    """The sweep of a night, begun or done."""
    return NightSweep.objects.filter(night=night).first()


def sweeps(limit: int = 7) -> list[NightSweep]:
    """The last nights."""
    return list(NightSweep.objects.order_by("-night")[:limit])
