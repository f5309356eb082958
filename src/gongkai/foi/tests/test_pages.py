"""Pages of whoever handles a case: queries, forms that keep what was typed, grey buttons with their reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.foi import states
from gongkai.foi.actions import consulting, deliberating, extending, searching
from gongkai.foi.models import Case, DeliberationOpinion
from gongkai.foi.tests.cases import at, in_hand, letter, new_case
from gongkai.trail.models import TrailRow


@pytest.fixture
def browse(world: Any, client: Client) -> Any:
    """Log somebody in with the second factor proven."""
    from gongkai.orgs.accounts import PROVEN

    def as_(name: str) -> Client:
        client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[PROVEN] = str(world.people[name].pk)
        session.save()
        return client

    return as_


@pytest.fixture(autouse=True)
def day_of_the_world(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask the clock; here it shows the day of the test's district."""
    monkeypatch.setattr("gongkai.kernel.clock.now", lambda: world.now)


@pytest.mark.feature("D12")
@pytest.mark.parametrize("rows", [1, 30])
def test_list_asks_as_often_for_one_row_as_for_thirty(
    world: Any, browse: Any, django_assert_max_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        in_hand(world)
    for who in ("finance.officer", "office.head"):
        client = browse(who)
        client.get(reverse("foi:list"))
        with django_assert_max_num_queries(8):
            answer = client.get(reverse("foi:list"))
        assert answer.status_code == 200 and answer.content.decode().count("SQ2026-FINANCE-") == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_case_asks_as_often_for_one_row_as_for_thirty(
    world: Any, browse: Any, django_assert_max_num_queries: Any, rows: int
) -> None:
    case, officer = in_hand(world), world.actor("finance.officer")
    for number in range(rows):
        consulting.add_consultation(
            case=case, by=officer, kind="third_party", party=f"公司{number}", concerning="单价", now=world.now
        )
        new_case(world)
    client = browse("finance.officer")
    client.get(reverse("foi:case", args=[case.pk]))
    with django_assert_max_num_queries(12):
        answer = client.get(reverse("foi:case", args=[case.pk]))
    assert answer.status_code == 200 and answer.content.decode().count("<strong>公司") == rows


def test_refused_form_keeps_what_was_typed_and_opens_again(world: Any, browse: Any) -> None:
    case, client = in_hand(world), browse("finance.officer")
    address = reverse("foi:do", args=[case.pk, "propose_extension"])
    answer = client.post(address, {"days": "30", "reason": "跨三个单位核对，量很大"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "延长合计最多20个工作日" in page and "跨三个单位核对，量很大" in page
    assert 'id="propose_extension" open' in page
    answer = client.post(address, {"days": "x", "reason": ""})
    assert "不是整数" in answer.content.decode() and answer.status_code == 422


@pytest.mark.feature("D04")
def test_verbs_go_through_their_one_address(world: Any, browse: Any) -> None:
    case, client = new_case(world), browse("finance.officer")
    do = lambda verb, **data: client.post(reverse("foi:do", args=[case.pk, verb]), data)  # noqa: E731
    assert do("sign_for").url == reverse("foi:case", args=[case.pk])
    assert do("assign", to=world.units["civil"].pk, note="信息由你局保存").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.holder) == (states.ASSIGNED, world.units["civil"])
    assert do("no-such-verb").status_code == 404
    assert browse("civil.officer").get(reverse("foi:case", args=[case.pk])).status_code == 200
    assert browse("tiny.officer").get(reverse("foi:case", args=[case.pk])).status_code == 404


@pytest.mark.feature("D05")
def test_page_says_what_next_by_when_why_and_on_what(world: Any, browse: Any) -> None:
    case = in_hand(world)
    page = browse("finance.officer").get(reverse("foi:case", args=[case.pk])).content.decode()
    assert "确定办理结果" in page and case.due_on.isoformat() in page and "条例第三十六条" in page
    letter(world, case, "correction_notice", on=world.today, period_working_days=15)
    page = browse("finance.officer").get(reverse("foi:case", args=[case.pk])).content.decode()
    assert "等申请人补正" in page and "先登记通知的送达日期" in page
    assert "按逾期不补正登记</b>：还没有登记补正告知书的送达日期" in page


def test_two_dates_stand_side_by_side_where_the_notice_was_late(world: Any, browse: Any) -> None:
    from gongkai.foi.actions.answers_from_applicant import correction_arrives

    case = in_hand(world, on=date(2026, 9, 14))
    letter(world, case, "correction_notice", on=date(2026, 9, 28), late_confirmed=True)
    officer, day = world.actor("finance.officer"), date(2026, 9, 30)
    correction_arrives(case=case, by=officer, on=day, now=at(day), text="补正")
    page = browse("finance.officer").get(reverse("foi:case", args=[case.pk])).content.decode()
    assert "两个日期" in page and "2026-11-03" in page and "2026-10-16" in page


def test_last_day_after_four_warns_that_the_post_counter_closes(
    world: Any, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = in_hand(world, on=date(2026, 9, 14))
    last = date(2026, 10, 16)
    for hour, warned in ((15, False), (16, True)):
        monkeypatch.setattr("gongkai.kernel.clock.now", lambda hour=hour: at(last, hour))
        page = browse("finance.officer").get(reverse("foi:case", args=[case.pk])).content.decode()
        assert ("邮政网点" in page) is warned


@pytest.mark.feature("D13")
def test_hints_are_explained_and_change_nothing(world: Any, browse: Any) -> None:
    new_case(world)
    case = new_case(world, asked={"content": "我要投诉，请查处2025年道路改造工程的资金使用明细"})
    page = browse("finance.officer").get(reverse("foi:case", args=[case.pk])).content.decode()
    assert "像是信访、投诉、举报" in page and "SQ2026-FINANCE-0001" in page and "条例第三十九条" in page
    case.refresh_from_db()
    assert case.state == states.REGISTERED and not case.disposition


@pytest.mark.feature("D01")
def test_identity_page_asks_for_a_reason_shows_once_and_leaves_a_row(world: Any, browse: Any) -> None:
    case, client = in_hand(world), browse("finance.officer")
    address = reverse("foi:identity", args=[case.pk])
    assert "11010519491231002X" not in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    answer = client.post(address, {"reason": "邮寄答复书核对地址"})
    assert "11010519491231002X" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "11010519491231002X" not in client.get(address).content.decode()
    assert TrailRow.objects.filter(verb="foi.reveal").count() == 1
    assert browse("civil.officer").get(address).status_code == 404
    assert browse("legal").post(address, {"reason": "邮寄答复书核对地址"}).status_code == 403


@pytest.mark.feature("D08")
def test_asked_unit_sees_the_question_and_not_the_applicant(world: Any, browse: Any) -> None:
    case, officer = in_hand(world), world.actor("finance.officer")
    deliberating.deliberate(
        case=case, by=officer, question="能否公开", now=world.now,
        asked=[
            deliberating.Asked("holder", world.units["finance"]),
            deliberating.Asked("legal", world.units["office"]),
            deliberating.Asked("related", world.units["civil"]),
        ],
    )  # fmt: skip
    row = DeliberationOpinion.objects.unscoped("the row of the test").get(asked_unit=world.units["civil"])
    address = reverse("foi:opinion", args=[row.pk])
    client = browse("civil.officer")
    page = client.get(address).content.decode()
    assert "能否公开" in page and "王某" not in page
    assert "能否公开" in client.get(reverse("foi:opinions")).content.decode()
    assert client.get(reverse("foi:case", args=[case.pk])).status_code == 404
    assert client.post(address, {"text": "可以公开"}).status_code == 302
    assert "能否公开" not in client.get(reverse("foi:opinions")).content.decode()
    assert browse("tiny.officer").get(address).status_code == 404


@pytest.mark.feature("D12")
def test_lists_hold_near_overdue_stopped_and_closed_late(
    world: Any, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongkai.foi.tests.cases import answered

    monday, today = date(2026, 9, 14), date(2026, 10, 14)
    near = in_hand(world, on=monday)
    over = in_hand(world, on=date(2026, 8, 3))
    stopped = in_hand(world, on=monday)
    letter(world, stopped, "correction_notice", on=date(2026, 9, 15), period_working_days=15)
    late = answered(world, in_hand(world, on=date(2026, 8, 3)), on=date(2026, 10, 9))
    monkeypatch.setattr("gongkai.kernel.clock.now", lambda: at(today))
    client = browse("office.head")
    for which, case in (("near", near), ("overdue", over), ("stopped", stopped), ("late", late)):
        page = client.get(reverse("foi:list"), {"list": which}).content.decode()
        assert page.count("SQ2026-FINANCE-") == 1 and case.number in page
    assert client.get(reverse("foi:list"), {"q": "没有这个词"}).content.decode().count("SQ2026-") == 0
    assert client.get(reverse("foi:list"), {"q": near.number}).content.decode().count("SQ2026-FINANCE-") >= 1
    assert (
        client.get(reverse("foi:list"), {"unit": "x", "year": "99999999999", "page": "z"}).status_code == 200
    )


@pytest.mark.feature("D04")
@pytest.mark.law("条例45")
@pytest.mark.parametrize("rows", [1, 30])
def test_register_keeps_every_number_and_masks_names(
    world: Any, browse: Any, django_assert_max_num_queries: Any, rows: int
) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    for _ in range(rows):
        in_hand(world)
    client = browse("finance.officer")
    client.get(reverse("foi:register"))
    with django_assert_max_num_queries(9):
        page = client.get(reverse("foi:register")).content.decode()
    assert page.count("SQ2026-FINANCE-") == rows and "王某" not in page
    answer = client.get(reverse("foi:register"), {"format": "xlsx", "year": "2026"})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    text = "".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert text.count("SQ2026-FINANCE-") >= rows and "王某" not in text


@pytest.mark.feature("D23")
def test_places_of_search_are_kept_by_the_unit(world: Any, browse: Any) -> None:
    client = browse("finance.officer")
    assert client.post(reverse("foi:places"), {"name": "机关档案室", "required": "on"}).status_code == 302
    again = client.post(reverse("foi:places"), {"name": "机关档案室"})
    assert again.status_code == 422 and "已经有了" in again.content.decode()
    case = in_hand(world)
    page = client.get(reverse("foi:case", args=[case.pk]), {"open": "record_search"}).content.decode()
    assert "机关档案室（必查）" in page
    place = searching.add_place(
        unit=world.units["finance"],
        by=world.actor("finance.officer"),
        name="旧库",
        required=True,
        now=world.now,
    )
    client.post(reverse("foi:place", args=[place.pk]), {"required": "1", "active": "0"}, follow=True)
    assert (
        "旧库"
        not in client.get(reverse("foi:case", args=[case.pk]), {"open": "record_search"}).content.decode()
    )


def test_script_in_every_field_is_inert(world: Any, browse: Any) -> None:
    evil = "<script>alert(1)</script>"
    case = in_hand(
        world, asking={"name": evil, "contact_person": evil}, asked={"title": evil, "content": evil}
    )
    officer = world.actor("finance.officer")
    consulting.add_consultation(
        case=case, by=officer, kind="third_party", party=evil, concerning=evil, now=world.now
    )
    extending.propose_extension(case=case, by=officer, days=5, reason=evil, now=world.now)
    client = browse("finance.officer")
    for name in ("foi:case", "foi:days", "foi:identity"):
        assert evil not in client.get(reverse(name, args=[case.pk])).content.decode()
    assert evil not in client.get(reverse("foi:list")).content.decode()
    assert evil not in client.get(reverse("foi:register")).content.decode()


@pytest.mark.feature("D12")
def test_desk_shows_each_case_to_whose_turn_it_is(world: Any) -> None:
    from gongkai.foi import desk

    case = new_case(world)
    titles = lambda who: [one.title for one in desk.tasks_for(world.actor(who), world.today)]  # noqa: E731
    assert len(titles("finance.officer")) == len(titles("finance.officer2")) == 1
    assert titles("civil.officer") == titles("finance.reviewer") == titles("finance.leader") == []
    from gongkai.foi.actions.routing import sign_for

    sign_for(case=case, by=world.actor("finance.officer"), now=world.now)
    assert len(titles("finance.officer")) == 1 and titles("finance.officer2") == []
    officer = world.actor("finance.officer")
    extending.propose_extension(case=case, by=officer, days=5, reason="量大", now=world.now)
    assert len(titles("finance.reviewer")) == 1
    letter(world, case, "correction_notice", on=world.today, period_working_days=15)
    assert titles("finance.officer") == []
    assert desk.waiting_for(officer, world.today)[0].now_with == "等待补正"
    assert [one.title for one in desk.finds(officer, case.number, 5)] == [f"{case.number}　{case.title}"]
    assert desk.finds(world.actor("civil.officer"), case.number, 5) == []
    assert Case.objects.unscoped("a count").count() == 1
