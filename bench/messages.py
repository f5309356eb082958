"""The morning's digest for 300 people: read every desk, claim every day, write every message."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from bench.ground import START
from bench.report import Result, write
from gongkai.kernel.sealing import seal
from gongkai.law.queries import calendar
from gongkai.messaging.models import Digest, Endpoint, Message
from gongkai.messaging.queries.channels import URL
from gongkai.orgs.models import Person, RoleHolding, Unit
from gongkai.orgs.roles import Role
from gongkai.workbench import tasks

PEOPLE, AT_ONCE, MOST_SECONDS = 300, 20, 10
CHINA = ZoneInfo("Asia/Shanghai")


def measure() -> None:
    """300 officers, each with an unread message, on a working morning at half past eight."""
    people = _people()
    day = calendar().next_workday(timezone.localdate() + timedelta(days=1))
    now = datetime(day.year, day.month, day.day, 8, 30, tzinfo=CHINA)
    Endpoint.objects.create(
        name="接口",
        kind=Endpoint.Kind.JSON,
        by_default=True,
        brief=False,
        host="gateway.example",
        url_sealed=seal("https://gateway.example/in", purpose=URL),
        changed_at=now,
    )
    Message._base_manager.bulk_create(
        Message(
            person=person, key="bench", subject="有一件要办", url="/workbench/", at=now - timedelta(hours=12)
        )
        for person in people
    )
    began = time.perf_counter()
    made = sum(tasks.give(people[at : at + AT_ONCE], now=now) for at in range(0, PEOPLE, AT_ONCE))
    spent = round(time.perf_counter() - began, 2)
    again = sum(tasks.give(people[at : at + AT_ONCE], now=now) for at in range(0, PEOPLE, AT_ONCE))
    held = Digest.objects.filter(day=day, person__in=people).count()
    assert (made, again, held) == (PEOPLE, 0, PEOPLE), (made, again, held)
    write(
        Result(
            name="digest", what="digest of the morning for 300 people", peer="-", unit="s",
            sizes={"people": PEOPLE, "at once": AT_ONCE}, runs={"all": [spent]}, value=spent, goal=MOST_SECONDS,
            notes="every desk read, every day claimed; asked a second time, none was made twice",
        )
    )  # fmt: skip


def _people() -> list[Person]:
    unit = Unit.objects.filter(kind=Unit.Kind.DEPARTMENT).first()
    assert unit is not None
    people = [
        Person.objects.create(
            username=f"digest{at}", name=f"人员{at}", unit=unit, password="!", joined_on=START
        )
        for at in range(PEOPLE)
    ]
    RoleHolding.objects.bulk_create(
        RoleHolding(person=person, role=Role.OFFICER, unit=unit, valid_from=START) for person in people
    )
    return people
