"""The counter: take down, find by the card, confirm, hand over; a unit's ways in; figures of suggestions."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.foi.models import Case, Deflection, UnitChannels
from gongkai.foi.queries import results
from gongkai.foi.queries.codes import code_of
from gongkai.foi.tests.cases import CARD, new_case
from gongkai.foi.tests.test_answers import signed
from gongkai.foi.tests.test_intake import counter_person, sent_in
from gongkai.kernel import clock
from gongkai.orgs.accounts import PROVEN
from gongkai.portal.pages.applying import apply_outputs
from gongkai.portal.pages.scene import scene
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("K06")]
DESK = "/workbench/foi/counter/"
FORM = {
    "unit": "finance",
    "channel": "counter",
    "arrived_on": "2026-10-14",
    "content": "2025年道路改造工程的中标结果",
    "delivery_wanted": "pickup",
    "form_wanted": "paper",
    "kind": "person",
    "name": "王小明",
    "document": "id_card",
    "document_number": CARD,
    "phone": "0532-88880101",
    "submit_key": "s" * 43,
}


@pytest.fixture
def browse(world: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.setattr(clock, "now", lambda: world.now)
    counter_person(world)

    def as_(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[PROVEN] = str(world.people[name].pk)
        session.save()
        return client

    return as_


@pytest.mark.feature("D01")
def test_the_counter_takes_a_request_down_and_prints_the_slip(browse: Any, world: Any) -> None:
    client = browse("assessor")
    answer = client.post(DESK + "new/", FORM)
    case = Case.objects.unscoped("test").get()
    assert answer["Location"] == f"{DESK}{case.pk}/" and case.registered_by == world.people["assessor"]
    text = client.get(answer["Location"]).content.decode()
    assert case.number in text and code_of("s" * 43) in text and "最迟 2026年11月11日" in text
    assert client.post(DESK + "new/", FORM)["Location"] == answer["Location"]
    assert Case.objects.unscoped("test").count() == 1


def test_the_code_is_printed_on_the_day_by_whom_it_was_entered(
    browse: Any, world: Any, monkeypatch: Any
) -> None:
    browse("assessor").post(DESK + "new/", FORM)
    place = f"{DESK}{Case.objects.unscoped('test').get().pk}/"
    assert code_of("s" * 43) not in browse("finance.officer").get(place).content.decode()
    monkeypatch.setattr(clock, "now", lambda: world.now + timedelta(days=1))
    assert code_of("s" * 43) not in browse("assessor").get(place).content.decode()


@pytest.mark.feature("D01")
@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("arrived_on", "2026-10-15", "晚于今天"),
        ("arrived_on", "2026-09-31", "不是日期"),
        ("document_number", "110105194912310021", "校验位"),
        ("unit", "nobody", "选择"),
        ("channel", "email", "没有开通"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(browse: Any, field: str, typed: str, said: str) -> None:
    answer = browse("assessor").post(DESK + "new/", FORM | {field: typed})
    text = answer.content.decode()
    assert answer.status_code == 422 and said in text and FORM["content"] in text and "王小明" in text
    assert not Case.objects.unscoped("test").exists()


def test_mail_of_another_office_needs_the_day_on_which_it_came_over(browse: Any) -> None:
    mail = FORM | {"channel": "registered_mail", "arrived_on": "2026-10-09", "other_office": "on"}
    assert "请填写公开机构收到的日期" in browse("assessor").post(DESK + "new/", mail).content.decode()
    browse("assessor").post(DESK + "new/", mail | {"reached_office_on": "2026-10-13"})
    assert Case.objects.unscoped("test").get().received_on == date(2026, 10, 13)


@pytest.mark.parametrize(
    "kind",
    [
        {
            "kind": "record",
            "record": "社保记录一份",
            "stands": "未缴",
            "should": "已缴",
            "evidence": "缴费凭证",
        },
        {"kind": "appeal", "institution": "第一小学", "sector": "education", "item": "收费项目"},
    ],
)
def test_the_kind_of_the_page_and_of_the_applicant_do_not_meet(browse: Any, kind: dict[str, str]) -> None:
    """Both are a kind; the form of the counter keeps them apart."""
    client, page = browse("assessor"), kind["kind"]
    given = {key: text for key, text in FORM.items() if key != "content"} | kind | {"kind": "person"}
    assert f'name="case_kind" value="{page}"' in client.get(f"{DESK}new/?kind={page}").content.decode()
    assert client.post(f"{DESK}new/", given | {"case_kind": page}).status_code == 302
    case = Case.objects.unscoped("test").get()
    assert (case.kind, case.applicant.kind) == (page, "person")


@pytest.mark.parametrize(
    "typed", [CARD, CARD.lower(), f" {CARD[:6]} {CARD[6:]} ", "SQ2026-FINANCE-0001", "code"]
)
def test_a_card_number_code_or_case_number_finds_the_case(browse: Any, world: Any, typed: str) -> None:
    case = sent_in(world)
    typed = code_of(case.submit_key or "") if typed == "code" else typed
    answer = browse("assessor").post(DESK, {"typed": typed})
    text = answer.content.decode()
    assert f"{DESK}{case.pk}/" in text and CARD not in text
    assert CARD not in json.dumps([str(row) for row in TrailRow.objects.values_list()])


def test_a_name_finds_nothing_and_another_unit_finds_nothing(browse: Any, world: Any) -> None:
    sent_in(world)
    assert "没有找到" in browse("assessor").post(DESK, {"typed": "诸葛金丝雀"}).content.decode()
    assert "没有找到" in browse("civil.officer").post(DESK, {"typed": CARD}).content.decode()


def test_other_units_and_other_roles_are_kept_out(browse: Any, world: Any) -> None:
    case = sent_in(world)
    for place in (f"{DESK}{case.pk}/", f"/workbench/foi/{case.pk}/confirm/"):
        assert browse("civil.officer").post(place, {"on": "2026-10-14"}).status_code in (403, 404, 405)
    assert browse("finance.leader").get(DESK).status_code == 403
    assert browse("civil.officer").post(DESK + "new/", FORM).status_code == 422
    assert browse("finance.officer").get("/workbench/foi/deflection/").status_code == 403
    case.refresh_from_db()
    assert case.state == "arrived"


@pytest.mark.law("条例31")
def test_confirming_at_the_counter_starts_the_clock(browse: Any, world: Any) -> None:
    case, client = sent_in(world), browse("assessor")
    place = f"/workbench/foi/{case.pk}/"
    assert "与申请人确认收到" in client.get(f"{DESK}{case.pk}/").content.decode()
    assert client.post(place + "confirm/", {"on": "2026-10-15"}).status_code == 422
    assert client.post(place + "not-reached/", {"away-how": ""}).status_code == 422
    assert client.post(place + "not-reached/", {"away-how": "9:30 无人接听"}).status_code == 302
    assert client.post(place + "confirm/", {"on": "2026-10-14", "how": "电话"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("registered", date(2026, 11, 11))
    assert "与申请人确认收到" not in client.get(f"{DESK}{case.pk}/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_asks_as_often_for_thirty_as_for_one(browse: Any, world: Any, count: int) -> None:
    for number in range(count):
        sent_in(world, key=f"{number:043}")
        new_case(world, asking={"document_number": CARD})
    client = browse("assessor")
    client.get(DESK)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(DESK)
    assert page.content.decode().count(f'href="{DESK}') >= count
    assert len(asked) <= 16
    with CaptureQueriesContext(connection) as looking:
        client.post(DESK, {"typed": CARD})
    assert len(looking) <= 17


@pytest.mark.law("国办公开办函〔2016〕235号")
def test_an_answer_is_handed_over_and_the_day_of_signing_is_its_service(browse: Any, world: Any) -> None:
    case = signed(world)
    Case.objects.unscoped("test").filter(pk=case.pk).update(delivery_wanted="pickup")
    client, letter = browse("assessor"), results.answer_of(case)
    assert letter is not None and case.number in client.get(DESK).content.decode()
    assert "登记当面交付" in client.get(f"{DESK}{case.pk}/").content.decode()
    place = f"/workbench/foi/{case.pk}/hand/{letter.pk}/"
    client.post(place, {"received_by": " "})
    case.refresh_from_db()
    assert case.state == "signed"
    client.post(place, {"received_by": "王某（本人）"})
    case.refresh_from_db()
    letter.refresh_from_db()
    assert (case.state, case.closed_on, case.served_on) == ("answered", world.today, world.today)
    assert (letter.way, letter.received_on, letter.received_by) == ("hand", world.today, "王某（本人）")
    client.get(DESK)  # takes the notice along
    assert "登记当面交付" not in client.get(f"{DESK}{case.pk}/").content.decode()


# -- a unit's ways in, figures --------------------------------------------------------------------------


@pytest.mark.law("条例12")
def test_a_unit_says_its_ways_and_the_public_pages_follow(browse: Any, world: Any) -> None:
    unit, client = world.units["finance"], browse("finance.officer")
    place = f"/workbench/foi/channels/{unit.pk}/"
    assert client.get("/workbench/foi/channels/")["Location"] == place
    ways = ["counter", "registered_mail", "plain_mail", "oral"]
    given = {"channels": [*ways, "email"], "place": "海堤路1号一楼", "phone": "0532-88880101"}
    answer = client.post(place, given)
    assert answer.status_code == 422 and "要填写电子邮箱" in answer.content.decode()
    assert client.post(place, given | {"channels": ["web"]}).status_code == 422
    assert client.post(place, given | {"email": "gk@example.com"}).status_code == 302
    row = UnitChannels.objects.get()
    assert "web" not in row.channels and row.changed_by == world.people["finance.officer"]
    files = {one.path: one.body.decode() for one in apply_outputs(scene(world.today))}
    assert "海堤路1号一楼" in files["/apply/units/index.html"] and 'href="new/"' in files["/apply/index.html"]
    data = {one["code"]: one for one in json.loads(files["/apply/units.json"])["units"]}
    assert data["finance"]["email"] == "gk@example.com" and data["civil"]["email"] == ""
    assert TrailRow.objects.filter(verb="foi.change_channels").count() == 1
    assert browse("civil.officer").get(place).status_code == 404


@pytest.mark.feature("D02")
def test_the_district_office_reads_the_figures(browse: Any, world: Any) -> None:
    for month, shown, clicked in ((9, 10, 4), (10, 6, 2)):
        Deflection.objects.create(
            unit=world.units["finance"], month=date(2026, month, 1), shown=shown, clicked=clicked, submitted=3
        )
    Deflection.objects.create(unit=world.units["civil"], month=date(2025, 9, 1), shown=99)
    text = browse("office.head").get("/workbench/foi/deflection/").content.decode()
    assert "38% 的人看了推荐就不用申请了" in text and "2026-09" in text and "2025-09" not in text
