"""Each minute: files that wait for the virus scanner are asked about again; by night, previews that nobody took."""

from __future__ import annotations

import time
from datetime import datetime

from django.conf import settings

from gongkai.files import actions, queries
from gongkai.files.models import StoredFile
from gongkai.files.scanning import Finding, Verdict, scan
from gongkai.files.storage import path_of
from gongkai.kernel.clock import LEGAL_ZONE

JOB_SECONDS = 40
FIRST_HOUR, LAST_HOUR = 1, 6


def minute(moment: datetime) -> None:
    """Settle what waits; between one and six o'clock take back what was sent in for a preview and forgotten."""
    if settings.CLAMD:
        _settle(moment)
    if FIRST_HOUR <= moment.astimezone(LEGAL_ZONE).hour < LAST_HOUR:
        actions.drop_previews(now=moment)


def _settle(moment: datetime) -> None:
    """Oldest first, until the time is up; a scanner that is away ends the turn."""
    until = time.monotonic() + JOB_SECONDS
    for file in queries.waiting_for_scan():
        if time.monotonic() > until or not actions.settle(file=file, verdict=_verdict(file), now=moment):
            return


def _verdict(file: StoredFile) -> Verdict:
    """The scanner's word for what lies there; content that is gone or was changed meanwhile passes nowhere."""
    try:
        verdict = scan(path_of(file))
    except FileNotFoundError:
        return Verdict(Finding.CHANGED)
    changed = verdict.finding is Finding.CLEAN and queries.changed_on_disk(file)
    return Verdict(Finding.CHANGED) if changed else verdict
