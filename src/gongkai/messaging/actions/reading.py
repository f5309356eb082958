"""A colleague has read his messages. Nobody else is concerned, so the trail is not written."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.messaging.queries import my_messages
from gongkai.orgs.actor import Actor


@transaction.atomic
def mark_read(*, by: Actor, now: datetime, number: int | None = None) -> int:
    """One message of this person, or all of them, is read. Returns how many were unread."""
    rows = my_messages(by, unread_only=True).select_related(None)
    return (rows if number is None else rows.filter(pk=number)).update(read_at=now)
