"""Pages: my messages, my reminders, the channels; same cost for one row and for thirty, nothing of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.messaging import states
from gongkai.messaging.actions import send
from gongkai.messaging.models import ChannelChoice, Delivery, Endpoint, Message, SendingRules
from gongkai.messaging.queries import channels_of, unread_count
from gongkai.messaging.tests.receiver import SECRET_WORD, Receiver, endpoint, running, set_clock
from gongkai.orgs.accounts import PROVEN
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.feature("X15"), pytest.mark.django_db]
LOGIN = "allauth.account.auth_backends.AuthenticationBackend"
NIGHT = datetime(2026, 10, 14, 14, 0, tzinfo=UTC)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running() as server:
        yield server


@pytest.fixture(autouse=True)
def clock_of_the_world(world: Any) -> None:
    set_clock(world.now)


def browse(world: Any, name: str) -> Client:
    client, person = Client(), world.people[name]
    client.force_login(person, backend=LOGIN)
    session = client.session
    session[PROVEN] = str(person.pk)
    session.save()
    return client


def tell(world: Any, name: str, *keys: str) -> None:
    for key in keys:
        send(
            to=world.people[name], subject=f"消息{key}。", text="写明理由", url="/workbench/ledger/", key=key,
            now=world.now,
        )  # fmt: skip


def asked(client: Client, address: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries), answer.content.decode()


def words(answer: Any) -> str:
    return answer.content.decode()


# -- my messages ----------------------------------------------------------------------------------------


def test_the_list_costs_the_same_for_one_and_for_thirty(world: Any) -> None:
    client = browse(world, "finance.officer")
    tell(world, "finance.officer", "0")
    client.get("/workbench/messages/")
    few, page = asked(client, "/workbench/messages/")
    assert "1 条消息还没有看" in page
    tell(world, "finance.officer", *(str(at) for at in range(1, 30)))
    many, page = asked(client, "/workbench/messages/")
    assert few == many
    assert "30 条消息还没有看" in page and "第 1 页，共 2 页" in page


def test_following_a_message_reads_it_and_leads_to_its_page(world: Any) -> None:
    tell(world, "finance.officer", "a")
    message = Message._base_manager.get()
    client = browse(world, "finance.officer")
    answer = client.get(f"/workbench/messages/{message.pk}/")
    assert answer.status_code == 302 and answer["Location"] == "/workbench/ledger/"
    assert unread_count(world.actor("finance.officer")) == 0
    assert "消息都看过了" in words(client.get("/workbench/messages/"))
    assert "没有未读的消息" in words(client.get("/workbench/messages/?show=unread"))


@pytest.mark.parametrize(
    "name", ["finance.officer2", "finance.leader", "civil.officer", "office.head", "system"]
)
def test_nobody_else_opens_or_reads_it(world: Any, name: str) -> None:
    tell(world, "finance.officer", "a")
    message = Message._base_manager.get()
    client = browse(world, name)
    assert client.get(f"/workbench/messages/{message.pk}/").status_code == 404
    client.post("/workbench/messages/read/", {"number": message.pk})
    client.post("/workbench/messages/read/")
    assert "消息a。" not in words(client.get("/workbench/messages/"))
    assert unread_count(world.actor("finance.officer")) == 1


def test_one_or_all_are_marked_as_read(world: Any) -> None:
    tell(world, "finance.officer", "a", "b", "c")
    client, first = browse(world, "finance.officer"), Message._base_manager.order_by("pk")[0]
    client.post("/workbench/messages/read/", {"number": first.pk})
    assert unread_count(world.actor("finance.officer")) == 2
    assert client.post("/workbench/messages/read/", {"number": "x"}).status_code == 404
    client.post("/workbench/messages/read/")
    assert unread_count(world.actor("finance.officer")) == 0


def test_the_bell_says_how_many(world: Any) -> None:
    tell(world, "finance.officer", "a", "b")
    client = browse(world, "finance.officer")
    for address in ("/workbench/", "/workbench/rings/"):
        bell = re.search(r'id="bell".*?</a>', words(client.get(address)), re.S)
        assert bell and "2<span" in bell[0]
    assert 'id="bell"' in words(client.get("/workbench/help/"))


def test_what_was_said_is_shown_as_text(world: Any) -> None:
    send(
        to=world.people["finance.officer"],
        subject="<b>x</b>",
        text="<script>1</script>",
        key="k",
        now=world.now,
    )
    page = words(browse(world, "finance.officer").get("/workbench/messages/"))
    assert "&lt;b&gt;x" in page and "<script>1" not in page


# -- my reminders ---------------------------------------------------------------------------------------


def test_without_any_way_it_says_what_to_do(world: Any) -> None:
    page = words(browse(world, "finance.officer").get("/workbench/reminders/"))
    assert "现在只在工作台里提醒您" in page and "系统管理员" in page


def test_a_way_is_chosen_tried_and_left(world: Any, receiver: Receiver, settings: Any) -> None:
    settings.EMAIL_URL = "memorymail://"
    way = endpoint(receiver, now=world.now, by_default=False)
    client = browse(world, "finance.officer")
    at = f"c{way.pk}"
    answer = client.post(
        "/workbench/reminders/", {"channel": way.pk, f"{at}-on": "on", f"{at}-account": "wang"}
    )
    assert answer.status_code == 302
    person = world.people["finance.officer"]
    assert [one.account for one in channels_of([person])[person.pk]] == ["wang"]
    assert "每个工作日 08:30 提醒您一次" in words(client.get("/workbench/reminders/"))
    page = words(client.post("/workbench/reminders/try/", follow=True))
    assert "已交给 1 个通道" in page and "试发" in page
    client.post("/workbench/reminders/", {"channel": way.pk, f"{at}-account": "wang"})
    assert channels_of([person])[person.pk] == []
    assert "没有选用任何提醒方式" in words(client.post("/workbench/reminders/try/", follow=True))


def test_a_wrong_address_is_kept_and_explained(world: Any, settings: Any) -> None:
    settings.EMAIL_URL = "memorymail://"
    SendingRules.objects.create(mail_domains="gov.cn")
    client = browse(world, "finance.officer")
    for typed, why in (("a@b", "邮箱地址不完整"), ("a@qq.com", "只能用 gov.cn"), ("", "请先填写邮箱地址")):
        answer = client.post("/workbench/reminders/", {"channel": "0", "c0-on": "on", "c0-account": typed})
        assert answer.status_code == 422 and why in words(answer)
        assert f'value="{typed}"' in words(answer) or not typed
    assert not ChannelChoice.objects.exists()


def test_a_try_at_night_waits_for_the_morning(world: Any, receiver: Receiver) -> None:
    endpoint(receiver, now=world.now)
    set_clock(NIGHT)
    page = words(browse(world, "finance.officer").post("/workbench/reminders/try/", follow=True))
    assert "10-15 08:00 送出" in page
    assert Delivery.objects.get().next_at == datetime(2026, 10, 15, 0, 0, tzinfo=UTC)


def test_a_way_of_another_unit_is_not_offered(world: Any, receiver: Receiver) -> None:
    way = endpoint(receiver, now=world.now, unit=world.units["civil"], name="民政群")
    client = browse(world, "finance.officer")
    assert "民政群" not in words(client.get("/workbench/reminders/"))
    client.post("/workbench/reminders/", {"channel": way.pk, f"c{way.pk}-on": "on"})
    assert not ChannelChoice.objects.exists()


# -- channels -------------------------------------------------------------------------------------------

TYPED = {"name": "政务微信", "kind": "wecom", "per_minute": "20", "brief": "on", "active": "on"}


@pytest.mark.parametrize("name", ["finance.officer", "finance.leader", "office.head", "audit"])
def test_only_administrators_keep_channels(world: Any, receiver: Receiver, name: str) -> None:
    way = endpoint(receiver, now=world.now)
    client = browse(world, name)
    for address in ("", "new/", "rules/", f"{way.pk}/"):
        assert client.get(f"/workbench/channels/{address}").status_code == 403
    client.post("/workbench/channels/new/", TYPED | {"url": "https://a.example/"})
    client.post(f"/workbench/channels/{way.pk}/try/")
    assert Endpoint.objects.count() == 1 and not receiver.taken


@pytest.mark.parametrize("name", ["system", "security"])
def test_an_endpoint_is_entered_and_its_secrets_are_never_shown(world: Any, name: str) -> None:
    client = browse(world, name)
    typed = TYPED | {"url": "https://robot.example/send?key=geheim", "secret": SECRET_WORD}
    page = words(client.post("/workbench/channels/new/", typed, follow=True))
    way = Endpoint.objects.get()
    assert (way.host, way.active, way.brief) == ("robot.example", True, True)
    page += words(client.get("/workbench/channels/")) + words(client.get(f"/workbench/channels/{way.pk}/"))
    assert "robot.example" in page and "geheim" not in page and SECRET_WORD not in page
    sealed = (way.url_sealed, way.secret_sealed)
    client.post(f"/workbench/channels/{way.pk}/", TYPED | {"name": "新名"})
    way.refresh_from_db()
    assert way.name == "新名" and (way.url_sealed, way.secret_sealed) == sealed
    rows = TrailRow.objects.filter(verb="messaging.keep_endpoint")
    assert rows.count() == 2 and "geheim" not in str(list(rows.values()))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"url": ""}, "接口网址没有写"),
        ({"url": "http://10.0.0.8/in"}, "必须用 https"),
        ({"url": "https://a:b@c.example/"}, "用户名和口令"),
        ({"url": "https://0x7f000001/"}, "普通的域名"),
        ({"url": "https://a.example/", "per_minute": "0"}, "每分钟最多"),
        ({"url": "https://a.example/", "name": ""}, "名称"),
    ],
)
def test_a_wrong_endpoint_is_explained_and_kept_on_the_page(
    world: Any, typed: dict[str, str], why: str
) -> None:
    answer = browse(world, "system").post("/workbench/channels/new/", TYPED | typed)
    assert answer.status_code == 422 and why in words(answer)
    assert not Endpoint.objects.exists()


def test_leaving_the_inner_network_asks_for_the_address_again(world: Any, receiver: Receiver) -> None:
    way = endpoint(receiver, now=world.now, kind="wecom")
    answer = browse(world, "system").post(f"/workbench/channels/{way.pk}/", TYPED)
    assert answer.status_code == 422 and "重新填写接口网址" in words(answer)
    way.refresh_from_db()
    assert way.inside


def test_the_test_button_tells_how_it_ended(world: Any, receiver: Receiver) -> None:
    way = endpoint(receiver, now=world.now, kind="wecom")
    client, at = browse(world, "system"), f"/workbench/channels/{way.pk}/try/"
    assert "试发成功" in words(client.post(at, {"account": "wang"}, follow=True))
    assert receiver.bodies[0]["text"]["mentioned_list"] == ["wang"]
    receiver.answers.append((200, b'{"errcode": 93000}', {}))
    assert "试发没有成功：机器人拒绝（代码 93000）" in words(client.post(at, {}, follow=True))
    # A test that failed is not sent again behind the administrator's back.
    assert set(Delivery.objects.values_list("state", flat=True)) == {states.SENT, states.DROPPED}
    assert "只能由文字" in words(client.post(at, {"account": "a b"}, follow=True))
    set_clock(NIGHT)
    assert "免打扰时段" in words(client.post(at, {}, follow=True))
    assert len(receiver.bodies) == 2


def test_channels_cost_the_same_for_one_and_for_thirty(world: Any, receiver: Receiver) -> None:
    client = browse(world, "system")
    person = world.people["finance.officer"]
    counts, page = [], ""
    for numbers in (range(1), range(1, 30)):
        for number in numbers:
            way = endpoint(receiver, now=world.now, name=f"通道{number}")
            message = Message._base_manager.create(
                person=person, key=f"k{number}", subject="机密标题", at=world.now
            )
            Delivery.objects.create(
                message=message, kind="json", endpoint=way, state=states.GIVEN_UP, last_error="连不上主机",
                created_at=world.now, next_at=world.now, done_at=world.now,
            )  # fmt: skip
        client.get("/workbench/channels/")
        count, page = asked(client, "/workbench/channels/")
        counts.append(count)
    assert counts[0] == counts[1]
    assert "30 条消息没有送到" in page and "通道29" in page and "机密标题" not in page


def test_given_up_is_started_anew_by_its_button(world: Any, receiver: Receiver) -> None:
    way = endpoint(receiver, now=world.now)
    message = Message._base_manager.create(person=world.people["legal"], key="k", subject="x", at=world.now)
    delivery = Delivery.objects.create(
        message=message,
        kind="json",
        endpoint=way,
        state=states.GIVEN_UP,
        created_at=world.now,
        next_at=world.now,
    )
    client = browse(world, "system")
    for said in ("已重新排队", "不用重新发送"):
        assert said in words(client.post(f"/workbench/deliveries/{delivery.pk}/again/", follow=True))
    delivery.refresh_from_db()
    assert delivery.state == states.WAITING


def test_rules_are_data_with_a_page(world: Any) -> None:
    client = browse(world, "system")
    typed = {
        "quiet_from": "20:00", "quiet_until": "07:30", "digest_at": "09:00", "digest_until": "17:00",
        "sms_each_per_day": "3", "sms_per_day": "100", "mail_domains": "gov.cn",
    }  # fmt: skip
    assert "已保存并记入留痕" in words(client.post("/workbench/channels/rules/", typed, follow=True))
    kept = SendingRules.objects.get()
    assert (f"{kept.digest_at:%H:%M}", kept.sms_per_day) == ("09:00", 100)
    answer = client.post("/workbench/channels/rules/", typed | {"digest_at": "07:00"})
    assert (
        answer.status_code == 422 and "落在免打扰时段里" in words(answer) and 'value="07:00"' in words(answer)
    )
    assert TrailRow.objects.filter(verb="messaging.change_rules").count() == 1
