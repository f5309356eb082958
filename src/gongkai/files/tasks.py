"""Each minute: files that wait for the virus scanner are asked about again."""

from __future__ import annotations

import time
from datetime import datetime

from django.conf import settings

from gongkai.files import actions, queries
from gongkai.files.models import StoredFile
from gongkai.files.scanning import Finding, Verdict, scan
from gongkai.files.storage import path_of

JOB_SECONDS = 40


def minute(moment: datetime) -> None:
    """Settle what waits, oldest first, until the time is up; a scanner that is away ends the turn."""
    if not settings.CLAMD:
        return
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
