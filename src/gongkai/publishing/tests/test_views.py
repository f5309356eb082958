"""Clerks' pages: what waits, publishing, the ledger, taking back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from gongkai.kernel import clock
from gongkai.orgs.accounts import PROVEN
from gongkai.orgs.models import Person
from gongkai.publishing.models import Publication, Withdrawal
from gongkai.publishing.tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def at_desk(world: World, unit: Any, seat: str) -> Client:
    client = Client()
    person: Person = world.people[unit.code, seat]
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[PROVEN] = str(person.pk)  # these tests are about pages; the login has its own
    session.save()
    return client


def test_leader_publishes_what_waits_and_takes_it_back(world: World) -> None:
    document = world.approved(now=clock.now(), title="等待发布的公示")
    client = at_desk(world, world.finance, "leader")
    waiting = client.get("/workbench/publishing/")
    assert waiting.status_code == 200 and "等待发布的公示" in waiting.content.decode()
    page = client.get(f"/workbench/publishing/document/{document.pk}/")
    assert "可以发布" in page.content.decode()
    answer = client.post(f"/workbench/publishing/document/{document.pk}/")
    published = Publication.objects.unscoped("test").get()
    assert answer.status_code == 302 and answer.headers["Location"].endswith(f"/publishing/{published.pk}/")
    receipt = client.get(answer.headers["Location"]).content.decode()
    assert published.receipt in receipt and published.digest in receipt
    wrong = client.post(
        f"/workbench/publishing/{published.pk}/withdraw/",
        {"kind": "并入", "reason": "并到别处", "successor": "/nothing"},
    )
    assert wrong.status_code == 422 and "没有找到这条信息" in wrong.content.decode()
    client.post(f"/workbench/publishing/{published.pk}/withdraw/", {"kind": "误发", "reason": "发错了文件"})
    assert Withdrawal.objects.get().kind == "误发"
    assert "已撤回" in client.get(f"/workbench/publishing/{published.pk}/").content.decode()


@pytest.mark.feature("B08")
def test_late_document_is_published_after_its_reason(world: World) -> None:
    document = world.approved(now=clock.now(), written_on=clock.today() - timedelta(days=60))
    client = at_desk(world, world.finance, "leader")
    page = client.get(f"/workbench/publishing/document/{document.pk}/").content.decode()
    assert "还不能发布" in page and "说明逾期理由" in page
    client.post(f"/workbench/publishing/document/{document.pk}/")
    assert not Publication.objects.unscoped("test").exists()
    client.post(f"/workbench/publishing/document/{document.pk}/late/", {"reason": "等待上级批复，延误公开"})
    client.post(f"/workbench/publishing/document/{document.pk}/")
    assert Publication.objects.unscoped("test").exists()


@pytest.mark.feature("X02")
def test_other_unit_sees_and_does_nothing(world: World) -> None:
    document = world.approved(now=clock.now())
    published = world.published(now=clock.now(), title="财政局自己的公示")
    client = at_desk(world, world.civil, "leader")
    for path in (f"document/{document.pk}/", f"{published.pk}/", f"{published.pk}/withdraw/"):
        assert client.get(f"/workbench/publishing/{path}").status_code == 404
        assert client.post(
            f"/workbench/publishing/{path}", {"kind": "误发", "reason": "不是我的单位"}
        ).status_code in (404, 405)
    assert "财政局自己的公示" not in client.get("/workbench/publishing/ledger/").content.decode()
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize("seat", ["officer", "reviewer"])
def test_officer_and_reviewer_do_not_publish(world: World, seat: str) -> None:
    document = world.approved(now=clock.now())
    client = at_desk(world, world.finance, seat)
    assert client.post(f"/workbench/publishing/document/{document.pk}/").status_code == 403
    assert not Publication.objects.unscoped("test").exists()


@pytest.mark.parametrize("path", ["/workbench/publishing/ledger/", "/workbench/publishing/"])
def test_lists_ask_the_same_number_of_questions_for_one_and_for_many(
    world: World, path: str, django_assert_max_num_queries: Any
) -> None:
    client = at_desk(world, world.finance, "leader")
    for count in (1, 12):
        for _ in range(count):
            if "ledger" in path:
                world.published(now=clock.now())
            else:
                world.approved(now=clock.now())
        client.get(path)
        # Session and person take two; the page itself stays within the office's eight.
        with django_assert_max_num_queries(12) as counted:
            assert client.get(path).status_code == 200
        if count == 1:
            few = len(counted)
    assert len(counted) == few


def test_disclosure_office_sets_numbers_and_reads_reports(world: World) -> None:
    client = at_desk(world, world.office, "disclosure")
    assert client.post("/workbench/publishing/numbers/", {"template": "{uscc}/{seq}"}).status_code == 422
    assert (
        client.post("/workbench/publishing/numbers/", {"template": "{uscc}-{year}-{seq:06d}"}).status_code
        == 302
    )
    assert at_desk(world, world.finance, "leader").get("/workbench/publishing/numbers/").status_code == 403


def test_desk_shows_what_waits_with_its_last_day(world: World) -> None:
    from gongkai.publishing.desk import finds, tasks_for

    world.approved(now=clock.now(), written_on=clock.today() - timedelta(days=1), title="桌上的公示")
    world.published(now=clock.now(), title="已经公开的公示")
    leader = world.actor(world.finance, "leader", on=clock.today())
    (item,) = tasks_for(leader, clock.today())
    assert item.title == "桌上的公示" and item.due is not None and item.due > clock.today()
    assert tasks_for(world.actor(world.civil, "leader", on=clock.today()), date.today()) == []  # noqa: DTZ011
    assert [found.title for found in finds(leader, "已经公开", 5)] == ["已经公开的公示"]


@pytest.mark.feature("C14")
def test_office_answers_what_a_reader_found_once(world: World) -> None:
    from gongkai.publishing import actions
    from gongkai.publishing.desk import tasks_for
    from gongkai.trail.models import TrailRow

    report = actions.report_error(
        address="/", problem="首页电话是旧的", contact="", sender_address="192.0.2.1", now=clock.now()
    )
    office = at_desk(world, world.office, "disclosure")
    items = tasks_for(world.actor(world.office, "disclosure", on=clock.today()), clock.today())
    assert [item.verb for item in items if item.rail == "publishing-errors"] == ["去答复"]
    url = f"/workbench/publishing/errors/{report.pk}/"
    assert report.code in office.get("/workbench/publishing/errors/").content.decode()
    assert "首页电话是旧的" in office.get(url).content.decode()
    for data in ({}, {"outcome": "别的", "answer": "已经改好了。"}, {"outcome": "已改正", "answer": "好"}):
        assert office.post(url, data).status_code == 422
    assert at_desk(world, world.finance, "leader").post(
        url, {"outcome": "已改正", "answer": "已经改好了。"}
    ).status_code in (403, 404)
    assert office.post(url, {"outcome": "已改正", "answer": "已经改好了。"}).status_code == 302
    report.refresh_from_db()
    assert (report.outcome, report.answer, report.sender) == ("已改正", "已经改好了。", "")
    assert report.handled_at is not None and report.by is not None
    assert TrailRow.objects.filter(verb="publishing.answer_error").count() == 1
    again = office.post(url, {"outcome": "经核对无误", "answer": "又改了一次。"})
    assert again.status_code == 302 and "已经办结" in office.get(url).content.decode()
    report.refresh_from_db()
    assert report.answer == "已经改好了。"
    assert report.code in office.get("/workbench/publishing/errors/?list=done").content.decode()


def test_list_of_reports_asks_the_same_for_one_and_for_many(
    world: World, django_assert_max_num_queries: Any
) -> None:
    from gongkai.publishing import actions

    office, few = at_desk(world, world.office, "disclosure"), 0
    for count in (1, 30):
        for at in range(count):
            actions.report_error(
                address="/", problem=f"问题 {count} {at} 在这里", contact="", now=clock.now()
            )
        office.get("/workbench/publishing/errors/")
        with django_assert_max_num_queries(15) as counted:
            office.get("/workbench/publishing/errors/")
        few = few or len(counted)
    assert len(counted) == few
