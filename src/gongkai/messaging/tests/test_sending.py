"""Saying something to colleagues and citizens: once, to the right people, sealed where it must be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gongkai.law.refusal import Refused
from gongkai.messaging import states
from gongkai.messaging.actions import erase_outside, send, send_outside, send_to_role
from gongkai.messaging.models import Delivery, Endpoint, Message, OutsideNotice
from gongkai.messaging.queries import my_messages, notices_about, to_tell, unread_count
from gongkai.orgs.models import Leave
from gongkai.trail.chain import SYSTEM
from gongkai.trail.models import TrailRow

pytestmark = pytest.mark.feature("X15")
NIGHT = datetime(2026, 10, 14, 14, 0, tzinfo=UTC)  # 22:00 in China


@pytest.fixture
def mail(settings: Any) -> Iterator[None]:
    settings.EMAIL_URL = "memorymail://"
    yield


@pytest.fixture
def gateway(world: Any) -> Endpoint:
    return Endpoint.objects.create(
        name="短信", kind="sms", host="sms.example", url_sealed="x", changed_at=world.now
    )


def say(world: Any, *names: str, **more: Any) -> list[Message]:
    fields = {"subject": "请核对台账", "key": "ledger.check:1", "now": world.now} | more
    return send(to=[world.people[name] for name in names], **fields)


def test_the_same_key_reaches_a_person_once(world: Any) -> None:
    assert len(say(world, "finance.officer")) == 1
    assert [row.person for row in say(world, "finance.officer", "civil.officer")] == [
        world.people["civil.officer"]
    ]
    assert say(world, "finance.officer", subject="别的字") == []
    assert unread_count(world.actor("finance.officer")) == 1


def test_a_person_sees_only_his_own(world: Any) -> None:
    say(world, "finance.officer")
    assert [row.subject for row in my_messages(world.actor("finance.officer"))] == ["请核对台账"]
    for other in ("finance.leader", "office.head", "system", "audit"):
        assert list(my_messages(world.actor(other))) == []


def test_a_role_is_told_with_its_deputies(world: Any) -> None:
    Leave.objects.create(
        person=world.people["finance.leader"],
        deputy=world.people["finance.officer2"],
        first_day=world.today,
        last_day=world.today,
    )
    rows = send_to_role(
        action="publishing.publish",
        unit=world.units["finance"],
        subject="等您发布",
        key="publish:1",
        now=world.now,
    )
    told = {row.person_id: row.instead_of_id for row in rows}
    assert world.people["finance.leader"].pk in told and world.people["finance.officer2"].pk in told
    assert world.people["civil.leader"].pk not in told


def test_the_deputy_gets_a_copy_that_names_the_absent(world: Any) -> None:
    Leave.objects.create(
        person=world.people["finance.officer"],
        deputy=world.people["finance.officer2"],
        first_day=date(2026, 10, 12),
        last_day=date(2026, 10, 16),
    )
    rows = say(world, "finance.officer")
    assert [(row.person.username, row.instead_of and row.instead_of.username) for row in rows] == [
        ("finance.officer", None),
        ("finance.officer2", "finance.officer"),
    ]


def test_nobody_who_left_is_told(world: Any) -> None:
    person = world.people["finance.officer"]
    person.is_active = False
    person.save()
    assert say(world, "finance.officer") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://elsewhere.example/"},
        {"url": "//elsewhere.example/"},
        {"url": "/\\elsewhere.example"},
        {"url": "javascript:alert(1)"},
        {"subject": "  "},
        {"key": ""},
        {"text": "字" * 4001},
    ],
)
def test_what_cannot_be_said(world: Any, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        say(world, "finance.officer", **wrong)
    assert not Message._base_manager.exists()


def test_a_plain_message_waits_for_the_digest_an_urgent_one_leaves_in_the_morning(
    world: Any, mail: None
) -> None:
    person = world.people["finance.officer"]
    person.email = "a@example.cn"
    person.save()
    say(world, "finance.officer", now=NIGHT)
    assert not Delivery.objects.exists()
    say(world, "finance.officer", key="urgent", urgent=True, now=NIGHT)
    delivery = Delivery.objects.get()
    assert delivery.next_at == datetime(2026, 10, 15, 0, 0, tzinfo=UTC)  # 08:00 in China
    # What left by itself is not told again in the digest.
    assert [row.key for row in to_tell([person.pk])[person.pk]] == ["ledger.check:1"]


def outside(world: Any, **more: Any) -> OutsideNotice:
    fields = {
        "unit": world.units["finance"],
        "channel": "sms",
        "address": "13812345678",
        "text": "您的申请已收到。",
        "purpose": "收到回执",
        "key": "foi.receipt:1",
        "by": SYSTEM,
        "now": world.now,
        "about": world.units["finance"],
    } | more
    return send_outside(**fields)


@pytest.mark.feature("D12")
def test_a_citizen_is_told_once_and_nothing_of_him_is_readable(world: Any, gateway: Endpoint) -> None:
    notice = outside(world)
    assert outside(world).pk == notice.pk
    assert Delivery.objects.filter(outside=notice, endpoint=gateway).count() == 1
    stored = str(OutsideNotice._base_manager.values().get()) + str(TrailRow.objects.values().last())
    assert "13812345678" not in stored and "已收到" not in stored
    assert notice.address_mark == "138****5678"


def test_erasing_leaves_that_something_was_sent(world: Any, gateway: Endpoint) -> None:
    notice = outside(world)
    assert erase_outside(about=world.units["finance"], by=SYSTEM, now=world.now) == 1
    assert erase_outside(about=world.units["finance"], by=SYSTEM, now=world.now) == 0
    stored = OutsideNotice._base_manager.get(pk=notice.pk)
    assert (stored.address_sealed, stored.content_sealed, stored.address_mark) == ("", "", "")
    assert stored.purpose == "收到回执"
    assert Delivery.objects.get().state == states.DROPPED
    assert [
        row.pk for row in notices_about(world.units["finance"], actor=world.actor("finance.officer"))
    ] == [notice.pk]
    assert not notices_about(world.units["finance"], actor=world.actor("civil.officer"))


def test_one_number_is_not_bombed(world: Any, gateway: Endpoint) -> None:
    for number in range(30):
        outside(world, key=f"receipt:{number}")
    assert Delivery.objects.filter(state=states.WAITING).count() == 5
    assert Delivery.objects.filter(state=states.GIVEN_UP, last_error__contains="已满").count() == 25


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "1381234567"},
        {"address": "+8613812345678"},
        {"channel": "email", "address": "a@b"},
        {"channel": "email", "address": "a@example.cn\nBcc: b@example.cn", "subject": "收到"},
        {"channel": "pigeon"},
        {"text": ""},
        {"text": "字" * 201},
    ],
)
def test_what_cannot_be_sent_outside(world: Any, gateway: Endpoint, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        outside(world, **wrong)
    assert not OutsideNotice._base_manager.exists()


def test_without_a_way_out_it_says_what_to_do(world: Any) -> None:
    with pytest.raises(Refused, match="短信通道"):
        outside(world)
    with pytest.raises(Refused, match="邮件服务器"):
        outside(world, channel="email", address="a@example.cn", subject="收到")
