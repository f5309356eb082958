"""The digest of the morning: what stands on each person's desk, handed to the message port."""

from __future__ import annotations

import logging
import time
from datetime import date, datetime

from django.urls import reverse

from gongkai.kernel import clock, jobs
from gongkai.kernel.desk import DeskItem, many_desks
from gongkai.messaging import actions, queries
from gongkai.messaging.actions import DigestDraft
from gongkai.messaging.queries import DigestLine, address_of
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person
from gongkai.orgs.queries import absent_on
from gongkai.workbench import desk

log = logging.getLogger(__name__)
DIGESTS = "gongkai.workbench.tasks.digests"
# A job is killed after 50 seconds; the next minute goes on where this one stopped.
SECONDS = 30.0
AT_ONCE = 20


def minute(moment: datetime) -> None:
    """Called each minute; from half past eight on working days the digests are made, a few people at a time."""
    if queries.awaiting_digest(now=moment, limit=1):
        jobs.soon(DIGESTS)


def digests() -> int:
    """Make the digests of this morning for as many people as half a minute allows. Returns how many were made."""
    until, made = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        now = clock.now()
        people = queries.awaiting_digest(now=now, limit=AT_ONCE)
        if not people:
            break
        made += give(people, now=now)
    return made


def give(people: list[Person], *, now: datetime) -> int:
    """The digests of these people. Who is on leave, or chose no way out of the house, gets none."""
    day = clock.legal_day(now)
    away, ways = absent_on(day), queries.channels_of(people)
    with many_desks():
        drafts = [
            DigestDraft(person, None if person.pk in away or not ways[person.pk] else _lines(person, day))
            for person in people
        ]
    return len(actions.give_digests(drafts=drafts, desk=reverse("workbench:desk"), now=now))


def _lines(person: Person, day: date) -> tuple[DigestLine, ...]:
    try:
        return tuple(_line(item) for item in desk.tasks(actor_of(person, today=day), day))
    except Exception:  # noqa: BLE001 -- a fault in one person's desk must not keep the digest from all others
        log.exception("the desk of person %s could not be read for the digest", person.pk)
        return ()


def _line(item: DeskItem) -> DigestLine:
    return DigestLine(
        title=item.title, url=address_of(item.url), why=item.why, due=item.due, instead_of=item.instead_of
    )
