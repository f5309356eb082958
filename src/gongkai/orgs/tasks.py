"""What the minute does for the site as a whole."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from gongkai.kernel.clock import legal_day
from gongkai.orgs.actions.notices import switch_notices
from gongkai.orgs.actions.visits import count_past_days


def minute(moment: datetime) -> None:
    """Show and hide bands and the grey mode when their time has come; count the visits of past days."""
    switch_notices(now=moment)
    count_past_days(folder=settings.VISITS_DIR, today=legal_day(moment), now=moment)
