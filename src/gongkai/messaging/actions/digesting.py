"""One digest a day for each person: the row is the claim on it, made in the transaction of the digest itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.kernel.clock import legal_day
from gongkai.messaging import queries
from gongkai.messaging.actions.sending import put_on_channels
from gongkai.messaging.models import Digest, Message
from gongkai.messaging.queries.parcels import OWN_MESSAGES, address_of
from gongkai.messaging.rules.wording import DigestLine, digest_subject, digest_text
from gongkai.orgs.models import Person


@dataclass(frozen=True, slots=True)
class DigestDraft:
    """What is on a person's desk this morning; ``tasks`` None: he gets no digest today (leave, no channel)."""

    person: Person
    tasks: tuple[DigestLine, ...] | None


@transaction.atomic
def give_digests(*, drafts: Sequence[DigestDraft], desk: str, now: datetime) -> list[Message]:
    """Give each person the digest of this day, once; who has nothing to do and nothing to read gets none.

    ``desk`` is the path of my desk. Unread messages that no digest carried yet are added and count as told.
    Called again, or by two workers at once, it gives nobody a second one. Returns the digests made.
    """
    day = legal_day(now)
    won = _claim([draft.person.pk for draft in drafts], day=day, now=now)
    wanted = [draft for draft in drafts if draft.tasks is not None and draft.person.pk in won]
    news = queries.to_tell([draft.person.pk for draft in wanted])
    messages, told = [], []
    for draft in wanted:
        own = news.get(draft.person.pk, [])
        message = _digest(draft, own, desk=desk, day=day, now=now)
        if message is not None:
            messages.append(message)
            told += [row.pk for row in own]
    made = list(Message.objects.bulk_create(messages))
    Message.objects.unscoped("the digest carries them").filter(pk__in=told).update(told_on=day)
    put_on_channels(messages=made, now=now)
    return made


def _claim(people: list[int], *, day: date, now: datetime) -> set[int]:
    """The people whose digest is ours to make."""
    mark = uuid.uuid4()
    Digest.objects.bulk_create(
        [Digest(person_id=pk, day=day, at=now, claimed_by=mark) for pk in people], ignore_conflicts=True
    )
    return set(Digest.objects.filter(day=day, claimed_by=mark).values_list("person_id", flat=True))


def _digest(
    draft: DigestDraft, unread: list[Message], *, desk: str, day: date, now: datetime
) -> Message | None:
    news = [_line(row) for row in unread]
    tasks = draft.tasks or ()
    if not tasks and not news:
        return None
    name = draft.person.name
    return Message(
        person=draft.person,
        key=f"messaging.digest:{day.isoformat()}",
        kind=Message.Kind.DIGEST,
        subject=digest_subject(tasks, news, day),
        text=digest_text(name=name, today=day, tasks=tasks, news=news, desk=address_of(desk)),
        url=desk,
        at=now,
        read_at=now,  # it repeats the desk and the page of messages, so the workbench does not show it
        told_on=day,
    )


def _line(row: Message) -> DigestLine:
    return DigestLine(title=row.subject, url=address_of(row.url or OWN_MESSAGES), due=row.due)
