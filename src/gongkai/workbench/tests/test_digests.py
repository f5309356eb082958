"""The morning's digest: one a working day for each person, none at night, none twice, nothing when nothing is to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as letters
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.kernel import clock
from gongkai.law.queries import calendar
from gongkai.ledger.specimens import specimens as reports_to_judge
from gongkai.messaging import tasks as carrying
from gongkai.messaging.actions import DigestDraft, give_digests, send
from gongkai.messaging.models import Delivery, Digest, Endpoint, Message, SendingRules
from gongkai.messaging.queries import DigestLine, awaiting_digest, unread_count
from gongkai.messaging.tests.receiver import Receiver, endpoint, running, set_clock
from gongkai.orgs.models import Leave, Person
from gongkai.workbench import desk, tasks

pytestmark = [pytest.mark.feature("X15"), pytest.mark.feature("D12"), pytest.mark.django_db]
CHINA = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 10, 14, 8, 30, tzinfo=CHINA)  # a Wednesday


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running() as server:
        yield server


@pytest.fixture(autouse=True)
def jobs_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the minute asks the worker for is done in the same breath."""
    for module in (tasks, carrying):
        monkeypatch.setattr(module.jobs, "soon", lambda name, *ids: import_string(name)(*ids))


def minute(moment: datetime) -> None:
    set_clock(moment + timedelta(seconds=1))
    tasks.minute(clock.now())
    carrying.minute(clock.now())


def tell(world: Any, name: str, key: str, at: datetime = MORNING - timedelta(hours=15), **more: Any) -> None:
    send(to=world.people[name], subject=f"消息 {key}", url="/workbench/", key=key, now=at, **more)


def test_two_weeks_of_minutes(world: Any, receiver: Receiver) -> None:
    """Around National Day: the make-up Saturday gets a digest, the holiday and its weekends none."""
    endpoint(receiver, now=world.now)
    moment, told = datetime(2026, 9, 24, 0, 0, tzinfo=CHINA), []
    while moment < datetime(2026, 10, 12, 0, 0, tzinfo=CHINA):
        if moment.hour == 20 and moment.minute == 0:
            tell(world, "finance.officer", f"{moment:%m-%d}", moment)
        before = len(receiver.bodies)
        minute(moment)
        told += [(moment, body) for body in receiver.bodies[before:]]
        moment += timedelta(minutes=30)
    days = Counter(moment.date() for moment, _ in told)
    assert max(days.values()) == 1
    assert all(moment.time().isoformat() == "08:30:00" for moment, _ in told)
    assert all(calendar().is_workday(day) for day in days)
    assert date(2026, 10, 1) not in days and date(2026, 10, 4) not in days
    assert {
        date(2026, 9, 28),
        date(2026, 9, 29),
        date(2026, 9, 30),
        date(2026, 10, 8),
        date(2026, 10, 9),
    } <= set(days)
    assert len({body["id"] for _, body in told}) == len(told)
    # What came together over the holiday stands in one digest, each message once in all of them.
    whole = "\n".join(body["text"] for _, body in told)
    assert all(whole.count(f"消息 {key}") == 1 for key in ("09-30", "10-01", "10-05", "10-07"))


def test_tasks_of_the_desk_with_their_links(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    unit = world.units["finance"]
    reports_to_judge(unit, {"officer": world.people["finance.officer"]}, "x")
    minute(MORNING)
    bodies = {body["to"]["account"]: body for body in receiver.bodies}
    mine = bodies["office.head"]
    assert mine["kind"] == "digest" and "件待办" in mine["subject"]
    assert "第1项" in mine["text"] and "/workbench/ledger/tasks/" in mine["text"]
    assert mine["url"].endswith("/workbench/")
    # Nobody else has anything to do, so nobody else is disturbed.
    assert "legal" not in bodies and "civil.officer" not in bodies


def test_nothing_to_say_is_not_said_later_that_day(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    minute(MORNING)
    assert receiver.bodies == []
    tell(world, "finance.officer", "late", MORNING + timedelta(hours=2))
    for hours in range(1, 12):
        minute(MORNING + timedelta(hours=hours))
    assert receiver.bodies == []
    minute(MORNING + timedelta(days=1))
    assert len(receiver.bodies) == 1


def test_a_site_that_stood_still_catches_up_before_evening_only(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    tell(world, "finance.officer", "a")
    minute(MORNING.replace(hour=18, minute=0))
    assert receiver.bodies == []
    minute((MORNING + timedelta(days=1)).replace(hour=15))
    assert len(receiver.bodies) == 1


def test_a_failed_digest_is_tried_again_that_day_and_forgotten_the_next(
    world: Any, receiver: Receiver
) -> None:
    endpoint(receiver, now=world.now)
    tell(world, "finance.officer", "a")
    receiver.answers.extend([(503, b"", {})] * 99)
    moment = MORNING
    while moment < MORNING + timedelta(hours=20):
        minute(moment)
        moment += timedelta(minutes=20)
    tried = len(receiver.bodies)
    assert tried > 2 and len({body["id"] for body in receiver.bodies}) == 1
    receiver.answers.clear()
    tell(world, "finance.officer", "b", moment)
    minute(MORNING + timedelta(days=1))
    assert [body["subject"] for body in receiver.bodies[tried:]] == ["今天有 1 条未读消息"]


def test_read_and_already_told_messages_are_not_told(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    for key in ("a", "b"):
        tell(world, "finance.officer", key)
    Message._base_manager.filter(key="a").update(read_at=world.now)
    minute(MORNING)
    assert "消息 b" in receiver.bodies[0]["text"] and "消息 a" not in receiver.bodies[0]["text"]
    minute(MORNING + timedelta(days=1))
    assert len(receiver.bodies) == 1
    # In the workbench it stays unread; the digest itself is not shown there.
    assert unread_count(world.actor("finance.officer")) == 1


def test_on_leave_the_deputy_is_told(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    reports_to_judge(world.units["finance"], {"officer": world.people["finance.officer"]}, "x")
    Leave.objects.create(
        person=world.people["office.head"],
        deputy=world.people["office.officer"],
        first_day=MORNING.date(),
        last_day=MORNING.date(),
    )
    minute(MORNING)
    told = {body["to"]["account"]: body for body in receiver.bodies}
    assert "office.head" not in told
    assert f"（代{world.people['office.head'].name}）" in told["office.officer"]["text"]


def test_two_workers_give_one_digest(world: Any, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second worker comes exactly between the first one's reading of the desks and its writing."""
    endpoint(receiver, now=world.now)
    tell(world, "finance.officer", "a")
    set_clock(MORNING + timedelta(seconds=1))
    real, turns = give_digests, []

    def between(**given: Any) -> list[Message]:
        if not turns:
            turns.append(1)
            tasks.digests()
        return real(**given)

    monkeypatch.setattr(tasks.actions, "give_digests", between)
    tasks.digests()
    assert Message._base_manager.filter(kind="digest").count() == 1
    assert Delivery.objects.count() == 1


def test_a_worker_killed_in_the_middle_leaves_nothing_half(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    tell(world, "finance.officer", "a")
    person = world.people["finance.officer"]
    draft = DigestDraft(person, (DigestLine(title="甲", url="https://x.example/"),))
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        give_digests(drafts=[draft], desk="/workbench/", now=MORNING)
        raise KeyboardInterrupt
    assert not Digest.objects.exists() and not Message._base_manager.filter(kind="digest").exists()
    minute(MORNING)
    assert len(receiver.bodies) == 1
    assert give_digests(drafts=[draft], desk="/workbench/", now=MORNING) == []


def test_a_fault_in_one_desk_does_not_silence_the_others(
    world: Any, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint(receiver, now=world.now)
    for name in ("finance.officer", "civil.officer"):
        tell(world, name, "a")
    real = desk.tasks

    def broken(actor: Any, today: date) -> Any:
        if actor.person_id == world.people["finance.officer"].pk:
            raise RuntimeError
        return real(actor, today)

    monkeypatch.setattr(tasks.desk, "tasks", broken)
    minute(MORNING)
    assert len(receiver.bodies) == 2


def test_by_mail(world: Any, settings: Any) -> None:
    settings.EMAIL_URL = "memorymail://"
    Person.objects.filter(pk=world.people["finance.officer"].pk).update(email="a@example.cn")
    tell(world, "finance.officer", "a")
    minute(MORNING)
    minute(MORNING + timedelta(minutes=1))
    assert [letter.to for letter in letters.outbox] == [["a@example.cn"]]
    assert letters.outbox[0].body.startswith(world.people["finance.officer"].name)


def test_nobody_who_chose_no_way_out_is_claimed_wrongly(world: Any) -> None:
    tell(world, "finance.officer", "a")
    minute(MORNING)
    assert Digest.objects.filter(day=MORNING.date()).count() == Person.objects.count()
    # It was not told, so the digest of the day on which he chooses a channel carries it.
    assert Message._base_manager.get(key="a").told_on is None
    assert awaiting_digest(now=MORNING, limit=5) == []


def test_giving_costs_the_same_for_one_and_for_thirty(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    people = [
        Person.objects.create(username=f"p{at}", name=f"人{at}", unit=world.units["civil"], password="!")
        for at in range(31)
    ]
    counts = []
    for group in (people[:1], people[1:]):
        drafts = [DigestDraft(one, (DigestLine(title="甲", url="https://x.example/"),)) for one in group]
        with CaptureQueriesContext(connection) as asked:
            give_digests(drafts=drafts, desk="/workbench/", now=MORNING)
        counts.append(len(asked))
    assert counts[0] == counts[1]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("plain"), st.integers(0, 3), st.integers(0, 2)),
        st.tuples(st.just("urgent"), st.integers(0, 3), st.integers(0, 2)),
        st.tuples(st.just("fail"), st.integers(1, 4), st.just(0)),
        st.tuples(st.just("go"), st.integers(1, 40), st.just(0)),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.integers(0, 7 * 24 * 60))
def test_no_message_twice_and_none_in_the_quiet_hours(
    world: Any, receiver: Receiver, steps: list[tuple[str, int, int]], start: int
) -> None:
    """Whatever is said and whenever, over any failures: each digest and each urgent message arrives once, by day."""
    names = ("finance.officer", "civil.leader", "legal")
    moment = datetime(2026, 10, 12, tzinfo=CHINA) + timedelta(minutes=start)
    with transaction.atomic():
        receiver.taken.clear()
        receiver.answers.clear()
        endpoint(receiver, now=moment)
        arrived: list[tuple[datetime, dict[str, Any]]] = []
        for kind, number, who in steps:
            if kind == "go":
                for _ in range(number):
                    moment += timedelta(minutes=20)
                    open_answers = len(receiver.answers)
                    before = len(receiver.bodies)
                    minute(moment)
                    failed = open_answers - len(receiver.answers)
                    arrived += [(moment, body) for body in receiver.bodies[before + failed :]]
            elif kind == "fail":
                receiver.answers.extend([(503, b"", {})] * number)
            else:
                tell(world, names[who], f"{kind}{number}", moment, urgent=kind == "urgent")
        transaction.set_rollback(True)
    assert all(8 <= at.hour < 21 for at, _ in arrived)
    ids = [body["id"] for _, body in arrived]
    assert len(ids) == len(set(ids))
    said = Counter(
        (body["to"]["account"], body["subject"]) for _, body in arrived if body["kind"] == "message"
    )
    assert all(count == 1 for count in said.values())
    digests = Counter((body["to"]["account"], at.date()) for at, body in arrived if body["kind"] == "digest")
    assert all(count == 1 for count in digests.values())
    assert all(calendar().is_workday(day) for _, day in digests)
    lines = Counter(
        (body["to"]["account"], line.split(" ", 1)[1])
        for _, body in arrived
        if body["kind"] == "digest"
        for line in body["text"].splitlines()
        if line[:1].isdigit()
    )
    assert all(count == 1 for count in lines.values())


def test_other_hours_of_the_office_hold(world: Any, receiver: Receiver) -> None:
    rules = SendingRules(digest_at="10:00", quiet_from="18:00")
    rules.save()
    endpoint(receiver, now=world.now)
    tell(world, "finance.officer", "a")
    minute(MORNING)
    assert receiver.bodies == []
    minute(MORNING.replace(hour=10, minute=0))
    assert len(receiver.bodies) == 1
    assert Endpoint.objects.count() == 1
