"""Accounts, roles, posts, hand-over and leave: the actions and their pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from gongkai.law.refusal import Refused
from gongkai.orgs import actions, queries
from gongkai.orgs.accounts import PROVEN
from gongkai.orgs.models import Duty, Leave, Person, Post, PostHolding, RoleHolding
from gongkai.orgs.roles import Role
from gongkai.trail.models import TrailRow

LOGIN = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(world: Any, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name], backend=LOGIN)
    session = client.session
    session[PROVEN] = str(world.people[name].pk)
    session.save()
    return client


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {refusal.code for refusal in refused.value.refusals}


def last_verb() -> str:
    return TrailRow.objects.order_by("-seq").values_list("verb", flat=True)[0]


@pytest.fixture
def post(world: Any) -> Post:
    """The finance officer's post with a duty."""
    made = actions.set_up_post(
        unit=world.units["finance"],
        title="信息公开员",
        duties=["预决算栏目", "", "预决算栏目"],
        by=world.actor("finance.leader"),
        now=world.now,
    )
    actions.take_post(
        post=made,
        person=world.people["finance.officer"],
        seat=PostHolding.Seat.MAIN,
        by=world.actor("finance.leader"),
        now=world.now,
    )
    return made


def disable(world: Any, name: str, by: str = "system") -> None:
    actions.disable_person(person=world.people[name], by=world.actor(by), now=world.now)


@pytest.mark.feature("C12")
def test_nobody_leaves_before_his_duties_have_another(world: Any, post: Post) -> None:
    assert Duty.objects.count() == 1
    with pytest.raises(Refused) as refused:
        disable(world, "finance.officer")
    assert codes(refused) == {"orgs.open_duties"}
    actions.hand_over(
        person=world.people["finance.officer"],
        to=world.people["finance.officer2"],
        by=world.actor("finance.leader"),
        now=world.now,
    )
    heir = world.people["finance.officer2"]
    assert [str(duty) for duty in queries.open_duties_of(heir, on=world.today)] == ["预决算栏目"]
    disable(world, "finance.officer")
    gone = Person.objects.get(username="finance.officer")
    assert not gone.is_active and gone.left_on == world.today
    assert world.actor("finance.officer").held == ()
    assert last_verb() == "orgs.disable_person"


def test_nobody_hands_over_to_another_unit(world: Any, post: Post) -> None:
    with pytest.raises(Refused) as refused:
        actions.hand_over(
            person=world.people["finance.officer"],
            to=world.people["civil.officer"],
            by=world.actor("finance.leader"),
            now=world.now,
        )
    assert "orgs.not_of_unit" in codes(refused)


@pytest.mark.parametrize(("by", "code"), [("system", "orgs.not_granted"), ("audit", "orgs.not_granted")])
def test_only_security_grants_roles(world: Any, by: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        grant(world, "finance.officer", Role.REVIEWER, by)
    assert code in codes(refused)


def grant(world: Any, name: str, role: Role, by: str = "security") -> RoleHolding:
    person = world.people[name]
    return actions.grant_role(person=person, role=role, unit=person.unit, by=world.actor(by), now=world.now)


def test_three_administrators_stay_three_people(world: Any) -> None:
    with pytest.raises(Refused) as refused:
        grant(world, "audit", Role.SYSTEM_ADMIN)
    assert codes(refused) == {"orgs.three_administrators"}
    with pytest.raises(Refused) as refused:
        grant(world, "security", Role.LEADER)
    assert "orgs.own_role" in codes(refused)


def test_role_counts_from_grant_to_end(world: Any) -> None:
    holding = grant(world, "finance.officer", Role.REVIEWER)
    assert Role.REVIEWER in {held.role for held in world.actor("finance.officer").held}
    actions.end_role(holding=holding, by=world.actor("security"), now=world.now)
    assert Role.REVIEWER not in {held.role for held in world.actor("finance.officer").held}


@pytest.mark.feature("C15")
def test_deputy_has_the_task_at_once_and_loses_it_with_the_return(world: Any) -> None:
    leader, reviewer = world.people["finance.leader"], world.people["finance.reviewer"]
    leave = actions.enter_leave(
        person=leader,
        deputy=reviewer,
        first_day=world.today,
        last_day=world.today + timedelta(days=3),
        by=world.actor("finance.leader"),
        now=world.now,
    )
    held = {(one.role, one.instead_of) for one in world.actor("finance.reviewer").held}
    assert (Role.LEADER, leader.pk) in held
    actions.cancel_leave(leave=leave, by=world.actor("finance.leader"), now=world.now)
    assert all(one.instead_of is None for one in world.actor("finance.reviewer").held)
    assert not Leave.objects.exists()


@pytest.mark.parametrize(
    ("person", "deputy", "by", "code"),
    [
        ("finance.officer", "finance.officer", "finance.officer", "orgs.leave_self"),
        ("finance.officer", "civil.officer", "finance.officer", "orgs.deputy_elsewhere"),
        ("finance.officer", "finance.officer2", "finance.reviewer", "orgs.leave_not_yours"),
        ("civil.officer", "civil.officer2", "finance.leader", "orgs.leave_not_yours"),
    ],
)
def test_absence_that_cannot_be(world: Any, person: str, deputy: str, by: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.enter_leave(
            person=world.people[person],
            deputy=world.people[deputy],
            first_day=world.today,
            last_day=world.today,
            by=world.actor(by),
            now=world.now,
        )
    assert code in codes(refused)


# -- pages --------------------------------------------------------------------------------------------


def test_leader_sees_only_his_own_unit_and_trail(world: Any) -> None:
    client = client_of(world, "finance.leader")
    actions.keep_unit(
        unit=world.units["civil"], values={"phone": "1"}, by=world.actor("civil.leader"), now=world.now
    )
    listed = client.get(reverse("orgs:units")).content.decode()
    assert "区财政局" in listed and "区民政局" not in listed
    assert client.get(reverse("orgs:unit", args=[world.units["civil"].pk])).status_code == 404
    assert client.get(reverse("orgs:person", args=[world.people["civil.officer"].pk])).status_code == 404
    assert "修改机构信息" not in client.get(reverse("orgs:trail")).content.decode()
    audit = client_of(world, "audit").get(reverse("orgs:trail"), {"station": "orgs"}).content.decode()
    assert "修改机构信息" in audit


def test_export_of_the_trail_is_noted_and_harmless(world: Any) -> None:
    actions.add_person(
        username="x", name="=cmd()", unit=world.units["finance"], by=world.actor("system"), now=world.now
    )
    answer = client_of(world, "audit").get(reverse("orgs:export_trail"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "开设账号" in text and "'=cmd()" in text and ",=cmd()" not in text
    assert last_verb() == "trail.export"


def test_account_is_made_and_its_password_shown_once(world: Any) -> None:
    client = client_of(world, "system")
    where = reverse("orgs:new_person", args=[world.units["finance"].pk])
    page = client.post(where, {"name": "新人", "username": "czj.new"}).content.decode()
    person = Person.objects.get(username="czj.new")
    password = page.split('class="hash">')[1].split("<")[0]
    assert person.check_password(password)
    assert client.post(where, {"name": "新人", "username": "CZJ.NEW"}).status_code == 422


def test_unit_page_form_and_leave_form(world: Any) -> None:
    client = client_of(world, "finance.leader")
    unit = world.units["finance"]
    assert client.post(reverse("orgs:keep_unit", args=[unit.pk]), {"phone": "0000-2"}).status_code == 302
    unit.refresh_from_db()
    assert unit.phone == "0000-2"
    day = world.today + timedelta(days=3650)
    sent = {
        "person": world.people["finance.officer"].pk,
        "deputy": world.people["finance.officer2"].pk,
        "first_day": day.isoformat(),
        "last_day": day.isoformat(),
    }
    assert client.post(reverse("orgs:leave"), sent).status_code == 302
    assert Leave.objects.get().first_day == day
    again = client.post(reverse("orgs:leave"), sent)
    assert again.status_code == 422 and "已登记请假" in again.content.decode()


def test_permission_page_is_the_table_itself(world: Any) -> None:
    from gongkai.orgs.wall import TABLE

    page = client_of(world, "finance.officer").get(reverse("orgs:permissions")).content.decode()
    assert all(policy.label in page for policy in TABLE.values())


def test_operator_makes_the_first_account_and_resets_a_lost_login(world: Any) -> None:
    call_command("account", "add", "op", "--name", "运维", "--unit", "区财政局", "--role", "system_admin")
    person = Person.objects.get(username="op")
    before = person.password
    call_command("account", "reset", "op")
    person.refresh_from_db()
    assert person.password != before
    assert last_verb() == "orgs.reset_login"
    with pytest.raises(CommandError, match="最接近的是：区财政局"):
        call_command("account", "add", "op3", "--name", "运维", "--unit", "财正局")
