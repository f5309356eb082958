"""A colleague's own messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.law.queries import calendar
from gongkai.messaging.models import Digest, Message
from gongkai.messaging.queries.channels import sending_rules
from gongkai.messaging.rules.hours import digest_is_due
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person


def my_messages(actor: Actor, *, unread_only: bool = False) -> QuerySet[Message]:
    """What was said to this person, newest first; digests are left out, they repeat the desk."""
    rows = Message.objects.unscoped("a person reads what was sent to him, whatever his roles are")
    if actor.person_id is None:
        return rows.none()
    found = rows.filter(person_id=actor.person_id).exclude(kind=Message.Kind.DIGEST)
    return (found.filter(read_at=None) if unread_only else found).select_related("instead_of")


def unread_count(actor: Actor) -> int:
    """The number at the bell."""
    return my_messages(actor, unread_only=True).count()


def to_tell(people: Iterable[int]) -> dict[int, list[Message]]:
    """Unread messages that no digest has carried yet, oldest first, by person. One query."""
    rows = Message.objects.unscoped("the digest of every person is made by the system")
    found: dict[int, list[Message]] = {}
    for row in rows.filter(
        person__in=list(people), kind=Message.Kind.NOTICE, read_at=None, told_on=None
    ).order_by("at", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def awaiting_digest(*, now: datetime, limit: int) -> list[Person]:
    """People whose digest of this day is not made yet; empty before its hour, after it, and on days of rest."""
    local = now.astimezone(LEGAL_ZONE)
    day = local.date()
    if not digest_is_due(local, sending_rules().hours, is_workday=calendar().is_workday(day)):
        return []
    made = Digest.objects.filter(day=day).values("person")
    return list(Person.objects.filter(is_active=True).exclude(pk__in=made).order_by("pk")[:limit])
