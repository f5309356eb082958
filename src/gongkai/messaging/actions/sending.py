"""Saying something to colleagues: in the workbench at once, outside with the next digest, or sooner if urgent.

Sending is a consequence of an act that has its own row of the trail; the messages themselves are the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, models, transaction

from gongkai.kernel.clock import LEGAL_ZONE, legal_day
from gongkai.kernel.sealing import seal
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.messaging import queries
from gongkai.messaging.models import Delivery, Message
from gongkai.messaging.queries.channels import ACCOUNT
from gongkai.messaging.rules.hours import leaves_at
from gongkai.messaging.rules.targets import path_faults
from gongkai.orgs.models import Leave, Person, Unit
from gongkai.orgs.queries import who_may

LONGEST_SUBJECT, LONGEST_TEXT, LONGEST_KEY = 200, 4000, 160
Recipients = Person | int | Iterable[Person | int]


def why_not_send(*, subject: str, text: str = "", url: str = "", key: str) -> list[Refusal]:
    """Why this cannot be said; a fault of the calling station, so it is told in the tests of that station."""
    found = path_faults(url)
    if not key or len(key) > LONGEST_KEY:
        found.append(Refusal("messaging.key", "", f"消息要有事由编号，最多 {LONGEST_KEY} 个字符。"))
    if not subject.strip():
        found.append(Refusal("messaging.subject", "", "消息没有标题。请用一句话写明什么事。"))
    if len(text) > LONGEST_TEXT:
        found.append(Refusal("messaging.text", "", f"消息最多 {LONGEST_TEXT} 字。请精简，其余放在页面上。"))
    return found


@transaction.atomic
def send(
    *,
    to: Recipients,
    subject: str,
    text: str = "",
    url: str = "",
    key: str,
    now: datetime,
    due: date | None = None,
    urgent: bool = False,
    about: models.Model | None = None,
) -> list[Message]:
    """Say something to one or more colleagues, each once: the same ``key`` never reaches a person twice.

    The message stands in the workbench at once. By the person's own channels it goes out in the digest of the
    next working day; ``urgent`` ones go out now, at night in the morning. ``url`` is a page of this site
    (``/workbench/…``), ``key`` names the occasion (``ledger.overdue:17:2026-10``). Who is on leave is told, and
    his deputy gets a copy that names him. Returns the messages that are new; raises ``Refused``.
    """
    refuse_if(why_not_send(subject=subject, text=text, url=url, key=key))
    addressed = _with_deputies(_people(to), on=legal_day(now))
    rows = _rows(
        addressed,
        key=key,
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        text=text.strip(),
        url=url,
        due=due,
        urgent=urgent,
        at=now,
        told_on=legal_day(now) if urgent else None,
        about_kind=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
    )
    if urgent:
        put_on_channels(messages=rows, now=now)
    return rows


@transaction.atomic
def send_to_role(
    *,
    action: str,
    unit: Unit,
    subject: str,
    text: str = "",
    url: str = "",
    key: str,
    now: datetime,
    due: date | None = None,
    urgent: bool = False,
    about: models.Model | None = None,
) -> list[Message]:
    """As ``send``, to everybody who may do ``action`` (of the table of the wall) for this unit today."""
    people = who_may(action, unit, legal_day(now))
    return send(
        to=people, subject=subject, text=text, url=url, key=key, now=now, due=due, urgent=urgent, about=about
    )


@transaction.atomic
def put_on_channels(*, messages: list[Message], now: datetime) -> list[Delivery]:
    """Queue messages on every channel that their people chose; none leaves in the quiet hours."""
    if not messages:
        return []
    people = Person.objects.in_bulk([message.person_id for message in messages])
    channels = queries.channels_of(people.values())
    leaves = leaves_at(now.astimezone(LEGAL_ZONE), queries.sending_rules().hours)
    return Delivery.objects.bulk_create(
        Delivery(
            message=message,
            kind=channel.kind,
            endpoint=channel.endpoint,
            account_sealed=seal(channel.account, purpose=ACCOUNT) if channel.account else "",
            created_at=now,
            next_at=leaves,
        )
        for message in messages
        for channel in channels[message.person_id]
    )


def _people(to: Recipients) -> list[Person]:
    """The people in office, each once."""
    given = [to] if isinstance(to, Person | int) else list(to)
    numbers = dict.fromkeys(one.pk if isinstance(one, Person) else one for one in given)
    found = Person.objects.filter(is_active=True).in_bulk(list(numbers))
    return [found[pk] for pk in numbers if pk in found]


def _with_deputies(people: list[Person], *, on: date) -> dict[int, int | None]:
    """Each person, and who stands in for him today; the value is the person stood in for."""
    addressed: dict[int, int | None] = {person.pk: None for person in people}
    leaves = Leave.objects.filter(
        person__in=list(addressed), first_day__lte=on, last_day__gte=on, deputy__is_active=True
    )
    for person_id, deputy_id in leaves.order_by("pk").values_list("person_id", "deputy_id"):
        addressed.setdefault(deputy_id, person_id)
    return addressed


def _rows(addressed: dict[int, int | None], *, key: str, **fields: object) -> list[Message]:
    free = Message.objects.unscoped("a message is written to people of any unit")
    told = set(free.filter(key=key, person__in=list(addressed)).values_list("person_id", flat=True))
    rows = [
        Message(person_id=pk, instead_of_id=instead, key=key, **fields)
        for pk, instead in addressed.items()
        if pk not in told
    ]
    try:
        with transaction.atomic():
            return list(Message.objects.bulk_create(rows))
    except IntegrityError:
        # Another process said the same at the same moment; only what it left out is new.
        return [row for row in rows if _is_new(row)]


def _is_new(row: Message) -> bool:
    try:
        with transaction.atomic():
            row.pk = None
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True
