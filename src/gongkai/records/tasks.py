"""Long sheets that a job stores, and the minute: sheets whose job was killed, public periods that are over, persons to be forgotten."""

from __future__ import annotations

from datetime import datetime

from gongkai.kernel import clock
from gongkai.records import actions


def import_sheet(pk: int) -> None:
    """Read and store one long sheet; a second run of a finished one does nothing."""
    actions.go_on_import(pk=pk, now=clock.now())


def minute(now: datetime) -> None:
    """Level-triggered: what a missed minute left is done in the next one."""
    actions.take_up_imports(now=now)
    actions.end_due(now=now)
    actions.anonymise_due(now=now)
    if now.astimezone().minute == 7:
        actions.forget_looks(now=now)
