"""By which ways a colleague is reached outside the workbench."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from gongkai.kernel.sealing import Shut, unseal
from gongkai.messaging.models import ChannelChoice, Endpoint, SendingRules
from gongkai.messaging.rules.targets import EMAIL
from gongkai.orgs.models import Person

ACCOUNT, URL, SECRET = "messaging.account", "messaging.url", "messaging.secret"
# Kinds whose account must be known; the others fall back to the login name, or speak to the whole group.
NEEDS_ACCOUNT = frozenset({EMAIL, Endpoint.Kind.SMS})


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to one colleague: e-mail where ``endpoint`` is None. ``account`` is who he is there."""

    kind: str
    endpoint: Endpoint | None
    account: str
    on: bool

    @property
    def name(self) -> str:
        return self.endpoint.name if self.endpoint else "邮件"


def sending_rules() -> SendingRules:
    """The hours and limits that hold now."""
    return SendingRules.objects.filter(pk=SendingRules.ONLY).first() or SendingRules()


def mail_is_set_up() -> bool:
    """Whether the installation has a mail server."""
    return bool(settings.EMAIL_URL)


def opened(sealed: str, purpose: str) -> str:
    """A sealed account or address; empty where it was sealed by another installation."""
    try:
        return unseal(sealed, purpose=purpose) if sealed else ""
    except Shut:
        return ""


def offered_to(person: Person) -> list[Channel]:
    """Every way that this person may choose, with his choice or the default. Two queries."""
    return _offered([person])[person.pk]


def channels_of(people: Iterable[Person]) -> dict[int, list[Channel]]:
    """The ways that are switched on and usable, by person. Two queries, however many people."""
    return {
        pk: [one for one in offered if one.on and (one.account or one.kind not in NEEDS_ACCOUNT)]
        for pk, offered in _offered(list(people)).items()
    }


def _offered(people: list[Person]) -> dict[int, list[Channel]]:
    endpoints = list(Endpoint.objects.filter(active=True).order_by("pk")) if people else []
    chosen = {
        (choice.person_id, choice.endpoint_id): choice
        for choice in ChannelChoice.objects.filter(person__in=[person.pk for person in people])
    }
    return {person.pk: _of(person, endpoints, chosen) for person in people}


def _of(
    person: Person, endpoints: list[Endpoint], chosen: dict[tuple[int, int | None], ChannelChoice]
) -> list[Channel]:
    found = []
    if mail_is_set_up():
        choice = chosen.get((person.pk, None))
        account = (opened(choice.account_sealed, ACCOUNT) if choice else "") or person.email
        found.append(Channel(EMAIL, None, account, choice.on if choice else bool(account)))
    for endpoint in endpoints:
        if endpoint.unit_id not in (None, person.unit_id):
            continue
        choice = chosen.get((person.pk, endpoint.pk))
        account = opened(choice.account_sealed, ACCOUNT) if choice else ""
        if not account and endpoint.kind == Endpoint.Kind.JSON:
            account = person.username
        found.append(Channel(endpoint.kind, endpoint, account, choice.on if choice else endpoint.by_default))
    return found
