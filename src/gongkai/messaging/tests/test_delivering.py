"""Carrying out: claimed once, tried again when it failed, never at night, and nowhere else than asked."""

from __future__ import annotations

import hashlib
import hmac as plain_hmac
import json
import smtplib
import time
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, hmac
from django.core import mail as letters

from gongkai.law.refusal import Refused
from gongkai.messaging import states, tasks
from gongkai.messaging.actions import (
    choose_channel,
    deliver_next,
    recover_claims,
    send,
    send_again,
    send_outside,
)
from gongkai.messaging.carriers import Carried, Carriers, posting
from gongkai.messaging.carriers.mail import Postman
from gongkai.messaging.models import Delivery, Endpoint, SendingRules
from gongkai.messaging.readiness import checks
from gongkai.messaging.rules.repeats import CLAIM_HOLDS, Outcome
from gongkai.messaging.tests.receiver import FINE, SECRET_WORD, Receiver, endpoint, running, set_clock
from gongkai.trail.chain import SYSTEM
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.feature("X15"), pytest.mark.django_db]
TOO_LATE = (503, b"", {})


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running() as server:
        yield server


def say(world: Any, key: str = "k", **more: Any) -> None:
    fields = {"subject": "请核对", "text": "第3项", "url": "/workbench/ledger/"} | more
    send(to=world.people["finance.officer"], key=key, now=world.now, urgent=True, **fields)


def carry_one(world: Any, now: datetime | None = None) -> Delivery | None:
    with Carriers() as carriers:
        return deliver_next(now=now or world.now, carry=carriers.carry)


def test_json_carries_the_documented_payload_with_both_signatures(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    say(world, due=world.today)
    delivery = carry_one(world)
    assert delivery is not None and delivery.state == states.SENT
    _, headers, body = receiver.taken[0]
    assert body == {
        "version": 1,
        "id": str(delivery.pk),
        "kind": "message",
        "to": {
            "account": "finance.officer",
            "name": world.people["finance.officer"].name,
            "unit": "区财政局",
        },
        "subject": "请核对",
        "text": "第3项",
        "url": body["url"],
        "due": "2026-10-14",
    }
    assert body["url"].startswith("http") and body["url"].endswith("/workbench/ledger/")
    raw = json.dumps(body, ensure_ascii=False).encode()
    signed = f"{headers['X-Gongkai-Timestamp']}.".encode() + raw
    sm3 = hmac.HMAC(SECRET_WORD.encode(), hashes.SM3())
    sm3.update(signed)
    sha = plain_hmac.new(SECRET_WORD.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Gongkai-Signature"] == f"hmac-sm3={sm3.finalize().hex()}, hmac-sha256={sha}"
    assert headers["X-Gongkai-Delivery"] == str(delivery.pk)


def test_wecom(world: Any, receiver: Receiver) -> None:
    robot = endpoint(receiver, now=world.now, kind="wecom")
    choose_channel(
        by=world.actor("finance.officer"), endpoint=robot, on=True, account="wang.fang", now=world.now
    )
    say(world)
    carry_one(world)
    body = receiver.bodies[0]
    assert body["msgtype"] == "text" and body["text"]["mentioned_list"] == ["wang.fang"]
    assert "请核对\n第3项\nhttp" in body["text"]["content"]


def test_dingtalk_signs_in_the_address(world: Any, receiver: Receiver) -> None:
    robot = endpoint(receiver, now=world.now, kind="dingtalk")
    choose_channel(
        by=world.actor("finance.officer"), endpoint=robot, on=True, account="13812345678", now=world.now
    )
    say(world)
    carry_one(world)
    path, _, body = receiver.taken[0]
    assert body["at"] == {"isAtAll": False, "atMobiles": ["13812345678"]}
    assert path.startswith("/in?key=1&timestamp=") and "&sign=" in path


def test_feishu_signs_in_the_body(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now, kind="feishu", brief=True)
    say(world)
    carry_one(world)
    body = receiver.bodies[0]
    key = f"{body['timestamp']}\n{SECRET_WORD}".encode()
    assert body["sign"] == b64encode(plain_hmac.new(key, b"", hashlib.sha256).digest()).decode()
    # Brief: the group learns that there is something, not what.
    assert "请核对" not in body["content"]["text"] and "1 条新消息" in body["content"]["text"]


@pytest.mark.parametrize(
    ("kind", "answer", "state"),
    [
        ("wecom", b'{"errcode": 93000}', states.GIVEN_UP),
        ("wecom", b'{"errcode": 45009}', states.FAILED),
        ("dingtalk", b'{"errcode": 310000}', states.GIVEN_UP),
        ("feishu", b'{"code": 19021}', states.GIVEN_UP),
        ("feishu", b'{"code": 11232}', states.FAILED),
        ("feishu", b"<html>", states.GIVEN_UP),
        ("feishu", b"[]", states.GIVEN_UP),
    ],
)
def test_a_robot_that_says_no(world: Any, receiver: Receiver, kind: str, answer: bytes, state: str) -> None:
    endpoint(receiver, now=world.now, kind=kind)
    receiver.answers.append((200, answer, {}))
    say(world)
    delivery = carry_one(world)
    assert delivery is not None and delivery.state == state and delivery.last_error


def test_a_failed_try_is_repeated_with_growing_waits_and_the_same_number(
    world: Any, receiver: Receiver
) -> None:
    endpoint(receiver, now=world.now)
    receiver.answers.extend([TOO_LATE] * 3)
    say(world)
    waits, now = [], world.now
    for _ in range(4):
        delivery = carry_one(world, now)
        assert delivery is not None
        assert carry_one(world, now) is None  # not before its time
        waits.append(delivery.next_at - now)
        now = delivery.next_at
    assert [wait // timedelta(minutes=1) for wait in waits[:3]] == [1, 5, 15]
    assert delivery.state == states.SENT
    assert len(receiver.bodies) == 4 and len({body["id"] for body in receiver.bodies}) == 1


def test_after_the_last_try_it_is_given_up_and_the_operator_sees_it(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    receiver.answers.extend([TOO_LATE] * 20)
    say(world)
    set_clock(world.now)
    assert all(good for _, good, _, _ in checks())
    now, delivery = world.now, None
    while (tried := carry_one(world, now)) is not None:
        delivery, now = tried, max(tried.next_at, now + timedelta(minutes=1))
    assert delivery is not None and delivery.state == states.GIVEN_UP and delivery.attempts == 6
    set_clock(now)
    assert [name for name, good, _, _ in checks() if not good] == ["messages_given_up"]
    again = send_again(delivery=delivery, by=world.actor("system"), now=now)
    assert (again.state, again.attempts) == (states.WAITING, 0)
    with pytest.raises(Refused):
        send_again(delivery=again, by=world.actor("system"), now=now)
    with pytest.raises(Refused):
        send_again(delivery=delivery, by=world.actor("office.head"), now=now)


def silence(desk: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


def drip(desk: BaseHTTPRequestHandler) -> None:
    desk.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(40):
        desk.wfile.write(b"X-Slow: 1\r\n")
        time.sleep(0.05)


@pytest.mark.parametrize("way", [silence, drip])
@pytest.mark.parametrize(("kind", "state"), [("json", states.FAILED), ("wecom", states.GIVEN_UP)])
def test_no_answer_means_unclear(
    world: Any, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, way: Any, kind: str, state: str
) -> None:
    monkeypatch.setattr(posting, "WHOLE_SECONDS", 0.2)
    endpoint(receiver, now=world.now, kind=kind)
    receiver.answers.append(way)
    say(world)
    delivery = carry_one(world)
    # The gateway knows the number and may get it again; a robot would show it twice.
    assert delivery is not None and delivery.state == state and "不知是否送达" in delivery.last_error


def test_a_redirect_is_not_followed(world: Any, receiver: Receiver) -> None:
    with running() as elsewhere:
        endpoint(receiver, now=world.now)
        receiver.answers.append((307, b"", {"Location": elsewhere.url}))
        say(world)
        delivery = carry_one(world)
        assert delivery is not None and delivery.state == states.GIVEN_UP and not elsewhere.taken


@pytest.mark.parametrize("inside", [False, True])
def test_a_name_that_leads_inside_is_not_reached(
    world: Any, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    answers = iter(["127.0.0.1"] if not inside else ["169.254.169.254"])

    def looked_up(*_: object, **__: object) -> list[Any]:
        return [(2, 1, 6, "", (next(answers), receiver.server_port))]

    monkeypatch.setattr(posting.socket, "getaddrinfo", looked_up)
    scheme = "http" if inside else "https"
    answer = posting.post(
        f"{scheme}://rebound.example:{receiver.server_port}/", body=b"{}", headers={}, inside=inside
    )
    assert answer.outcome is Outcome.REFUSED and not receiver.taken


def test_the_checked_number_is_the_one_that_is_asked(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers differently the second time finds nobody who asks twice."""
    lookups = []

    def looked_up(host: str, port: int, **_: object) -> list[Any]:
        lookups.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(lookups) == 1 else "169.254.169.254", port))]

    monkeypatch.setattr(posting, "_numbers", lambda host, port: [looked_up(host, port)[0][4][0]])
    url = f"http://rebound.example:{receiver.server_port}/"
    answer = posting.post(url, body=b"{}", headers={}, inside=True)
    assert answer.outcome is Outcome.ARRIVED and lookups == ["rebound.example"]
    assert receiver.taken[0][1]["Host"].startswith("rebound.example")


def test_nobody_there(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    receiver.shutdown()
    receiver.server_close()
    say(world)
    delivery = carry_one(world)
    assert delivery is not None and delivery.state == states.FAILED and "连不上" in delivery.last_error


def test_two_workers_never_hold_the_same(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    say(world)
    seen: list[Delivery | None] = []

    def slow(parcel: Any) -> Carried:
        # While the first worker sends, the second looks for work.
        seen.append(deliver_next(now=world.now, carry=slow))
        return Carried(Outcome.ARRIVED)

    assert deliver_next(now=world.now, carry=slow) is not None
    assert seen == [None]


@pytest.mark.parametrize(("kind", "state"), [("json", states.FAILED), ("wecom", states.GIVEN_UP)])
def test_a_killed_worker_leaves_it_unclear(world: Any, receiver: Receiver, kind: str, state: str) -> None:
    endpoint(receiver, now=world.now, kind=kind)
    say(world)

    def killed(parcel: Any) -> Carried:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver_next(now=world.now, carry=killed)
    assert Delivery.objects.get().state == states.SENDING
    assert recover_claims(now=world.now + CLAIM_HOLDS) == 0
    assert recover_claims(now=world.now + CLAIM_HOLDS + timedelta(seconds=1)) == 1
    assert Delivery.objects.get().state == state


def test_nothing_leaves_at_night_not_even_a_repetition(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    receiver.answers.append(TOO_LATE)
    say(world)
    late = world.now.replace(hour=12, minute=59, second=30)  # 20:59:30 in China
    delivery = carry_one(world, late)
    assert delivery is not None and delivery.state == states.FAILED
    assert delivery.next_at == late.replace(hour=0, minute=0, second=0) + timedelta(days=1)
    night = late.replace(hour=13, minute=0, second=0)
    while night < delivery.next_at:
        assert carry_one(world, night) is None
        night += timedelta(minutes=37)
    assert len(receiver.taken) == 1
    assert carry_one(world, delivery.next_at) is not None


def test_a_robot_gets_no_more_than_its_minute_takes(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now, kind="wecom", per_minute=3)
    for number in range(5):
        say(world, key=str(number))
    done = [carry_one(world) for _ in range(5)]
    assert [bool(one) for one in done] == [True, True, True, False, False]
    assert carry_one(world, world.now + timedelta(seconds=61)) is not None


def test_who_left_and_what_was_closed_is_dropped(world: Any, receiver: Receiver) -> None:
    way = endpoint(receiver, now=world.now)
    say(world, key="a")
    Endpoint.objects.filter(pk=way.pk).update(active=False)
    assert carry_one(world).state == states.DROPPED  # type: ignore[union-attr]
    Endpoint.objects.filter(pk=way.pk).update(active=True)
    say(world, key="b")
    person = world.people["finance.officer"]
    person.is_active = False
    person.save()
    assert carry_one(world).state == states.DROPPED  # type: ignore[union-attr]
    assert not receiver.taken


def test_short_messages_stop_when_the_day_is_full(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now, kind="sms")
    SendingRules.objects.create(sms_per_day=2, sms_each_per_day=9)
    for number in range(3):
        send_outside(
            unit=world.units["finance"], channel="sms", address=f"1381234567{number}", text="已收到",
            purpose="回执", key=str(number), by=SYSTEM, now=world.now,
        )  # fmt: skip
    done = [carry_one(world) for _ in range(4)]
    assert [one.state for one in done if one] == [states.SENT, states.SENT, states.WAITING]
    assert done[2].next_at > world.now and done[2].attempts == 0  # type: ignore[union-attr]
    assert receiver.bodies[0]["phone"] == "13812345670" and receiver.bodies[0]["text"] == "已收到"


# -- mail -----------------------------------------------------------------------------------------------


@pytest.fixture
def by_mail(world: Any, settings: Any) -> None:
    settings.EMAIL_URL = "memorymail://"
    person = world.people["finance.officer"]
    person.email = "a@example.cn"
    person.save()


def test_a_letter_carries_its_number(world: Any, by_mail: None) -> None:
    say(world)
    delivery = carry_one(world)
    assert delivery is not None and delivery.state == states.SENT
    letter = letters.outbox[0]
    assert letter.to == ["a@example.cn"] and letter.subject == "【公开工作台】请核对"
    assert str(delivery.pk) in letter.extra_headers["Message-ID"]
    assert "第3项" in letter.body and "/workbench/ledger/" in letter.body


@pytest.mark.parametrize(
    ("problem", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"a@example.cn": (550, b"no")}), states.GIVEN_UP),
        (smtplib.SMTPRecipientsRefused({"a@example.cn": (450, b"later")}), states.FAILED),
        (smtplib.SMTPDataError(554, b"spam"), states.GIVEN_UP),
        (smtplib.SMTPServerDisconnected("gone"), states.GIVEN_UP),
    ],
)
def test_what_the_mail_server_says(
    world: Any, by_mail: None, monkeypatch: pytest.MonkeyPatch, problem: Exception, state: str
) -> None:
    class Server:
        def open(self) -> None: ...
        def close(self) -> None: ...
        def send_messages(self, _: object) -> int:
            raise problem

    monkeypatch.setattr(Postman, "_open", lambda self: Server())
    say(world)
    delivery = carry_one(world)
    assert delivery is not None and delivery.state == state and delivery.last_error
    assert "a@example.cn" not in delivery.last_error


def test_without_a_mail_server_it_waits(world: Any, by_mail: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(self: Postman) -> Any:
        raise ConnectionRefusedError

    monkeypatch.setattr(Postman, "_open", nobody)
    say(world)
    delivery = carry_one(world)
    assert delivery is not None and delivery.state == states.FAILED


# -- the job --------------------------------------------------------------------------------------------


def test_the_job_carries_everything_and_passes_over_a_dead_gateway(world: Any, receiver: Receiver) -> None:
    with running() as dead:
        endpoint(dead, now=world.now, kind="wecom")
        dead.shutdown()
        dead.server_close()
    endpoint(receiver, now=world.now)
    for number in range(6):
        say(world, key=str(number))
    set_clock(world.now + timedelta(seconds=5))
    assert tasks.deliver() == 6 + tasks.FAILURES_TO_PASS
    assert len(receiver.taken) == 6
    assert tasks.deliver() == tasks.FAILURES_TO_PASS


def test_the_minute_asks_for_the_job_only_when_something_waits(
    world: Any, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(tasks.jobs, "soon", asked.append)
    endpoint(receiver, now=world.now)
    tasks.minute(world.now)
    assert asked == []
    say(world)
    tasks.minute(world.now)
    assert asked == [tasks.DELIVER]


def test_nothing_readable_of_addresses_and_secrets_is_stored(world: Any, receiver: Receiver) -> None:
    robot = endpoint(receiver, now=world.now, kind="sms")
    choose_channel(
        by=world.actor("finance.officer"), endpoint=robot, on=True, account="13812345678", now=world.now
    )
    say(world)
    stored = str(list(Endpoint.objects.values())) + str(list(Delivery.objects.values()))
    stored += str(list(TrailRow.objects.values()))
    assert "13812345678" not in stored and SECRET_WORD not in stored and "key=1" not in stored
    assert FINE[0] == 200
