"""The minute: public periods that are over, persons to be forgotten."""

from __future__ import annotations

from datetime import datetime

from gongkai.records import actions


def minute(now: datetime) -> None:
    """Level-triggered: what a missed minute left is done in the next one."""
    actions.end_due(now=now)
    actions.anonymise_due(now=now)
    if now.astimezone().minute == 7:
        actions.forget_looks(now=now)
