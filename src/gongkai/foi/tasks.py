"""What the minute does for disclosure requests: silences that take effect, then people who have to be told."""

from __future__ import annotations

from datetime import datetime

from gongkai.foi.actions.archiving import purge_due
from gongkai.foi.actions.drafts import drop_old_drafts
from gongkai.foi.actions.lapsing import lapse_what_is_due
from gongkai.foi.actions.reminding import remind


def minute(moment: datetime) -> None:
    """Look at what is due now; found by the rows, so that a missed minute loses nothing."""
    lapse_what_is_due(now=moment)
    remind(now=moment)
    purge_due(now=moment)
    drop_old_drafts(now=moment)
