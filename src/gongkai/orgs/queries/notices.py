"""Bands and grey mode: what is scheduled, what stands over the site."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from gongkai.orgs.models import SiteNotice
from gongkai.orgs.rules.notices import standing

SHOWN = 50


def notices() -> list[SiteNotice]:
    """The newest notices with who entered them."""
    return list(SiteNotice.objects.select_related("by")[:SHOWN])


def standing_notices(now: datetime) -> list[SiteNotice]:
    """What readers are to see now."""
    return standing(SiteNotice.objects.filter(starts_at__lte=now, ends_at__gt=now), now)


def shown_notices() -> list[SiteNotice]:
    """What the pages show at present; it follows the schedule with the next minute."""
    return list(SiteNotice.objects.filter(shown_at__isnull=False, hidden_at__isnull=True))


def due_switches(now: datetime) -> list[SiteNotice]:
    """Notices whose time has come or gone since the last look, also after missed minutes."""
    begins = Q(shown_at__isnull=True, hidden_at__isnull=True, starts_at__lte=now)
    ends = Q(shown_at__isnull=False, hidden_at__isnull=True, ends_at__lte=now)
    return list(SiteNotice.objects.filter(begins | ends).order_by("pk"))
