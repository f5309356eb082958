"""Two real workers at half past eight, each with a connection of its own."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections

from gongkai.messaging import tasks as carrying
from gongkai.messaging.actions import send
from gongkai.messaging.models import Digest, Message
from gongkai.messaging.tests.receiver import endpoint, running, set_clock
from gongkai.orgs.models import Person
from gongkai.workbench import tasks

MORNING = datetime(2026, 10, 14, 8, 30, 1, tzinfo=ZoneInfo("Asia/Shanghai"))


def at_once(work: Any, workers: int = 3) -> None:
    """The same work in several threads that begin together; a fault in one is a fault of the test."""
    ready, faults = threading.Barrier(workers), []

    def run() -> None:
        try:
            ready.wait(10)
            work()
        except Exception as fault:  # noqa: BLE001 -- raised again in the test's own thread
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []


@pytest.mark.feature("X15")
@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_twice(world: Any) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the test database is in memory and has one connection; runs on PostgreSQL")
    people = [
        Person.objects.create(username=f"p{at}", name=f"人{at}", unit=world.units["civil"], password="!")
        for at in range(60)
    ]
    send(to=people, subject="请看", url="/workbench/", key="k", now=MORNING - timedelta(hours=14))
    with running() as receiver:
        endpoint(receiver, now=world.now)
        set_clock(MORNING)
        at_once(tasks.digests)
        assert Message._base_manager.filter(kind=Message.Kind.DIGEST).count() == len(people)
        assert Digest.objects.count() == Person.objects.count()
        set_clock(MORNING + timedelta(minutes=1))
        at_once(carrying.deliver)
    told = Counter(body["to"]["account"] for body in receiver.bodies)
    assert len(told) == len(people) and set(told.values()) == {1}
