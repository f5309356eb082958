"""Whose a task is: deputies see it with a name, leaders see it with its people, senders see where it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.documents import actions as documents
from gongkai.law.queries import calendar
from gongkai.orgs.models import Leave, Person, RoleHolding
from gongkai.review import actions as review
from gongkai.workbench import desk
from gongkai.workbench.unit_desk import unit_groups

pytestmark = [pytest.mark.django_db, pytest.mark.feature("C15")]
LOGIN = "allauth.account.auth_backends.AuthenticationBackend"


def draft(world: Any, title: str, by: str = "finance.officer") -> Any:
    actor = world.actor(by)
    return documents.draft(
        unit=world.units[by.split(".")[0]],
        by=actor,
        now=world.now,
        fields={"title": title, "written_on": date(2026, 10, 12), "body": "<p>十一月一日起搬迁。</p>"},
    )


def submitted(world: Any, title: str) -> Any:
    document, actor = draft(world, title), world.actor("finance.officer")
    documents.determine(document=document, by=actor, now=world.now, openness="主动公开")
    return documents.submit(document=document, by=actor, now=world.now)


def away(world: Any, person: str, deputy: str, days: int = 0) -> None:
    Leave.objects.create(
        person=world.people[person],
        deputy=world.people[deputy],
        first_day=world.today,
        last_day=world.today + timedelta(days=days),
    )


def page(world: Any, name: str, address: str = "/workbench/") -> str:
    client = Client()
    person = world.people[name]
    client.force_login(person, backend=LOGIN)
    session = client.session
    from gongkai.orgs.accounts import PROVEN

    session[PROVEN] = str(person.pk)
    session.save()
    return client.get(address).content.decode()


@pytest.fixture(autouse=True)
def clock_of_the_world(world: Any) -> None:
    from gongkai.messaging.tests.receiver import set_clock

    set_clock(world.now)


def test_a_deputy_sees_the_task_with_the_name_of_the_absent(world: Any) -> None:
    document = submitted(world, "关于办事窗口搬迁的公告")
    review.decide(document=document, by=world.actor("finance.officer2"), now=world.now, approve=True)
    own = draft(world, "民政局自己的草稿", by="civil.officer")
    away(world, "finance.reviewer", "civil.officer")
    found = {item.title: item.instead_of for item in desk.tasks(world.actor("civil.officer"), world.today)}
    name = world.people["finance.reviewer"].name
    assert found[document.title] == name and found[own.title] == ""
    assert f"代 {name}" in page(world, "civil.officer")
    # The day after it is gone again.
    from gongkai.orgs.actor import actor_of

    later = actor_of(world.people["civil.officer"], today=world.today + timedelta(days=1))
    assert document.title not in [item.title for item in desk.tasks(later, world.today)]


def test_what_is_his_own_too_names_nobody(world: Any) -> None:
    document = submitted(world, "关于办事窗口搬迁的公告")
    away(world, "finance.reviewer", "finance.leader")
    marks = {item.title: item.instead_of for item in desk.tasks(world.actor("finance.leader"), world.today)}
    if document.title in marks:
        assert marks[document.title] in ("", world.people["finance.reviewer"].name)
    away(world, "finance.officer", "finance.officer2")
    draft(world, "两人都能写的草稿")
    marks = {item.title: item.instead_of for item in desk.tasks(world.actor("finance.officer2"), world.today)}
    assert marks["两人都能写的草稿"] == ""


def test_who_stands_in_for_nobody_is_asked_once(world: Any) -> None:
    draft(world, "草稿")
    with CaptureQueriesContext(connection) as plain:
        desk.tasks(world.actor("finance.officer"), world.today)
    away(world, "civil.officer", "finance.officer2")
    with CaptureQueriesContext(connection) as again:
        desk.tasks(world.actor("finance.officer"), world.today)
    assert len(again) == len(plain)


def test_senders_see_where_it_is(world: Any) -> None:
    document = submitted(world, "关于办事窗口搬迁的公告")
    review.decide(document=document, by=world.actor("finance.officer2"), now=world.now, approve=True)
    assert [item.title for item in desk.waiting(world.actor("finance.officer"), world.today)] == [
        document.title
    ]
    mine = desk.waiting(world.actor("finance.officer2"), world.today)
    assert [(item.title, item.now_with) for item in mine] == [(document.title, "您已初审，现在审核中")]
    assert desk.waiting(world.actor("civil.officer2"), world.today) == []


def test_the_leader_sees_everything_of_his_unit_and_whose_it_is(world: Any) -> None:
    submitted(world, "送审的公告")
    draft(world, "还在写的通知")
    away(world, "finance.officer", "civil.officer")
    shown = page(world, "finance.leader", "/workbench/unit/")
    assert "送审的公告" in shown and "还在写的通知" in shown
    assert f"{world.people['finance.officer'].name}（请假，{world.people['civil.officer'].name}代）" in shown
    assert "看本单位全部待办" in page(world, "finance.leader")


def test_only_leaders_and_only_their_own_unit(world: Any) -> None:
    draft(world, "财政局的草稿")
    assert "看本单位全部待办" not in page(world, "finance.officer")
    assert "财政局的草稿" not in page(world, "finance.officer", "/workbench/unit/")
    other = page(world, "civil.leader", f"/workbench/unit/?unit={world.units['finance'].pk}")
    assert "财政局的草稿" not in other


def test_the_leaders_view_costs_the_same_for_many_people_and_papers(world: Any) -> None:
    unit = world.units["finance"]
    draft(world, "第一件")
    counts = []
    for more in (0, 29):
        for at in range(more):
            draft(world, f"第{at}件草稿")
            person = Person.objects.create(username=f"x{at}", name=f"人{at}", unit=unit, password="!")
            RoleHolding.objects.create(person=person, role="officer", unit=unit, valid_from=date(2020, 1, 1))
        with CaptureQueriesContext(connection) as asked:
            groups = unit_groups(unit, world.today, calendar())
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert sum(len(group.lines) for group in groups) == 30


def test_nothing_to_do_is_said_calmly(world: Any) -> None:
    shown = page(world, "civil.officer")
    assert "没有要您办的事" in shown and "提醒方式" in shown
    assert "没有待办的事" in page(world, "civil.leader", "/workbench/unit/")
