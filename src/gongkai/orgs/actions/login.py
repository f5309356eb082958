"""What a login leaves behind: a row in the trail, and the count of failures that makes the next one wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongkai.orgs.models import FailedLogins, Person
from gongkai.orgs.queries.login import Counted, masked
from gongkai.orgs.rules.delay import FORGET_AFTER, still_counted
from gongkai.trail.chain import SystemActor, record

NOBODY = SystemActor(name="未登录")


def who(person: Person) -> SystemActor:
    """A person as the trail names him, before the wall knows his roles."""
    return SystemActor(
        name=person.name,
        person_id=person.pk,
        unit_id=person.unit_id,
        unit_name=person.unit.short_name,
    )


@transaction.atomic
def note_login(*, person: Person, method: str, address: str, clear: Iterable[Counted], at: datetime) -> None:
    """A person is in: the row in the trail, and his own failures are forgotten."""
    FailedLogins.objects.filter(key__in=[key for _, key in clear]).delete()
    record(
        verb="account.login",
        by=who(person),
        at=at,
        about=person,
        facts={"method": method, "address": masked(address)},
    )


@transaction.atomic
def note_failed_login(
    *, person: Person | None, counted: Iterable[Counted], address: str, step: str, at: datetime
) -> None:
    """Count a failure and note it, without the name that was typed: people type passwords into it."""
    FailedLogins.objects.filter(last_at__lt=at - FORGET_AFTER).delete()
    for _, key in counted:
        row = FailedLogins.objects.select_for_update().filter(key=key).first()
        failures = still_counted(row.failures, row.last_at, at) if row else 0
        FailedLogins.objects.update_or_create(key=key, defaults={"failures": failures + 1, "last_at": at})
    record(
        verb="account.login_failed",
        by=NOBODY,
        at=at,
        about=person,
        facts={"step": step, "address": masked(address)},
    )


@transaction.atomic
def note_logout(*, person: Person, why: str, at: datetime) -> None:
    """A person is out: by his own hand, or because the login was idle or too old."""
    record(verb="account.logout", by=who(person), at=at, about=person, facts={"why": why})


@transaction.atomic
def note_secret_changed(*, person: Person, what: str, at: datetime) -> None:
    """A password or a second factor was set, changed or removed."""
    record(verb="account.change_secret", by=who(person), at=at, about=person, facts={"what": what})
