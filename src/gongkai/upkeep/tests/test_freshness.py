"""How fresh a column is: rules by property, warnings by a simulated clock, the street's warning (C04, A12)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.columns import actions as columns
from gongkai.columns import queries as column_queries
from gongkai.columns.models import Column
from gongkai.law.refusal import Refused
from gongkai.orgs.models import Leave, Person, RoleHolding, Unit
from gongkai.orgs.roles import Role
from gongkai.publishing.models import Entry, Listing
from gongkai.publishing.tests.world import AT, World
from gongkai.trail.chain import SYSTEM
from gongkai.upkeep import actions, queries, states
from gongkai.upkeep.desk import tasks_for
from gongkai.upkeep.models import Placement
from gongkai.upkeep.rules.freshness import WARN_DAYS, Thresholds, standing_of, with_children

NATIONAL = Thresholds(14, 6, 12)
SLOW_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.fixture
def town(db: None) -> World:
    """Two bureaus, the office, and a record that can be published."""
    return World()


def a_column(town: World, **more: Any) -> Column:
    given = {
        "name": "财政资金", "owner": town.finance, "upkeep": "own", "cycle_days": 30, "tag_type": "专题专栏", **more,
    }  # fmt: skip
    return columns.open_column(given=given, by=SYSTEM, now=AT)


@SLOW_MACHINE
@given(
    DAYS, st.integers(1, 400), st.integers(-5, 500), st.sampled_from(["news", "notice", "own", "planning"])
)
def test_light_and_last_day_agree(last: date, cycle: int, later: int, upkeep: str) -> None:
    today = last + timedelta(days=later)
    found = standing_of(
        opened_on=last, last=last, upkeep=upkeep, cycle_days=cycle, thresholds=NATIONAL, today=today
    )
    assert found.due is not None and found.due <= last + timedelta(days=cycle)
    if upkeep == "news":
        assert found.due <= last + timedelta(days=14)
    left = (found.due - today).days
    assert (found.light == "late") == (left < 0)
    assert (found.light == "soon") == (0 <= left <= WARN_DAYS)


@SLOW_MACHINE
@given(st.dictionaries(st.integers(1, 8), st.none() | DAYS, min_size=1), st.data())
def test_a_parent_is_as_fresh_as_the_freshest_below(own: dict[int, date | None], data: Any) -> None:
    parents = {key: data.draw(st.sampled_from([None, *(one for one in own if one < key)])) for key in own}
    found = with_children(own, parents)
    for key, parent in parents.items():
        if parent is not None and found[key] is not None:
            assert found[parent] is not None and found[parent] >= found[key]
    assert all(own[key] is None or found[key] >= own[key] for key in own)


@pytest.mark.feature("C04", "A13")
@pytest.mark.law("国办秘函〔2019〕19号")
def test_the_owner_is_warned_three_days_before_and_on_breach(town: World) -> None:
    officer = town.people["czj", "officer"]
    column = a_column(town, person=officer)
    town.published(column=column)
    by = town.actor(town.finance, "officer")
    published = AT.date()

    def told(day: date, actor: Any = by) -> list[str]:
        return [one.title for one in tasks_for(actor, day)]

    assert not told(published) and not told(published + timedelta(days=26))
    assert told(published + timedelta(days=27)) == ["专栏更新　财政资金　还有 3 天到期"]
    assert told(published + timedelta(days=30)) == ["专栏更新　财政资金　今天到期"]
    late = published + timedelta(days=31)
    assert told(late) == ["专栏更新　财政资金　超期 1 天"]
    item = tasks_for(by, late)[0]
    assert item.due == published + timedelta(days=30) and item.article == "本栏更新周期"
    assert not told(late, town.actor(town.finance, "first")) and not told(
        late, town.actor(town.civil, "officer")
    )
    # While the person is away the deputy has it; with nobody named, every officer of the owner.
    columns.change_column(column=column, given={"deputy": town.people["czj", "first"]}, by=SYSTEM, now=AT)
    Leave.objects.create(person=officer, deputy=town.people["czj", "reviewer"], first_day=late, last_day=late)
    assert told(late, town.actor(town.finance, "first"))
    columns.change_column(column=column, given={"person": None, "deputy": None}, by=SYSTEM, now=AT)
    assert told(late, town.actor(town.finance, "first"))
    columns.close_column(column=column, by=SYSTEM, now=AT)
    assert not told(late)


@pytest.mark.feature("C04")
def test_national_thresholds_hold_beside_the_own_cycle(town: World) -> None:
    a_column(town, name="要闻", upkeep="news", cycle_days=None)
    a_column(town, name="公告", upkeep="notice", cycle_days=90)
    a_column(town, name="一次", upkeep="once", cycle_days=None)
    opened = AT.date()
    due = {one.column.name: one.standing.due for one in queries.upkeep_of_all(today=opened)}
    assert due == {"要闻": opened + timedelta(days=14), "公告": opened + timedelta(days=90), "一次": None}
    lines = queries.upkeep_of_all(today=opened + timedelta(days=400))
    assert [(one.count, one.failed) for one in queries.vetoes_of(lines)] == [
        (0, False),
        (0, False),
        (2, False),
    ]


@pytest.mark.feature("A12")
def test_an_overdue_community_warns_its_street_and_nobody_else(town: World) -> None:
    street = Unit.objects.create(
        code="jd", name="测试街道办事处", short_name="测试街道", kind="street", parent=town.government
    )
    homes = [
        Unit.objects.create(code=f"sq{n}", name=f"第{n}社区居委会", short_name=f"第{n}社区", kind="community", parent=street)
        for n in (1, 2)
    ]  # fmt: skip
    actors = {}
    for unit in (street, *homes):
        town._person(unit, "officer", Role.OFFICER)
        actors[unit.code] = town.actor(unit, "officer")
    pack = column_queries.shipped_pack("three-affairs")
    assert pack
    columns.install(pack=pack, by=SYSTEM, now=AT, unit=homes[0])
    late = AT.date() + timedelta(days=31)  # 居务 is to be brought up to date every month
    assert [one.title for one in tasks_for(actors["sq1"], late)] == [
        "专栏更新　第1社区居务公开　空白，超期 1 天"
    ]
    warned = tasks_for(actors["jd"], late)
    assert [(one.verb, one.title) for one in warned] == [("去督促", "第1社区居务公开　空白，超期 1 天")]
    assert not tasks_for(actors["sq2"], late) and not tasks_for(town.actor(town.civil, "officer"), late)


@pytest.mark.feature("A12")
def test_one_entry_in_two_columns_each_with_its_own_approver(town: World) -> None:
    own = a_column(town, name="居务公开")
    other = a_column(town, name="政务公开", owner=town.civil)
    publication = town.published(column=own)
    clerk, approver = town.actor(town.finance, "officer"), town.actor(town.civil, "leader")
    placement = actions.ask(publication=publication, column=other, by=clerk, now=AT)
    assert "去确认" in [one.verb for one in tasks_for(approver, AT.date())]
    with pytest.raises(Refused, match="审核人或者负责人确认"):
        actions.decide(
            placement=placement, verb="take", reason="", by=town.actor(town.finance, "leader"), now=AT
        )
    with pytest.raises(Refused, match="已经报送过"):
        actions.ask(publication=publication, column=other, by=clerk, now=AT)
    assert not Listing.objects.filter(address=f"/columns/{other.code}/").exists()
    actions.decide(placement=placement, verb="take", reason="", by=approver, now=AT)
    shown = Entry.objects.filter(
        publication=publication, present=True, listing__address__startswith="/columns/"
    )
    assert {one.listing.address for one in shown.select_related("listing")} == {
        f"/columns/{own.code}/", f"/columns/{other.code}/",
    }  # fmt: skip
    counts = {one.column.name: one.count for one in queries.upkeep_of_all(today=AT.date())}
    assert counts == {"居务公开": 1, "政务公开": 1}
    # Published anew, it stands there again.
    Entry.objects.filter(publication=publication, listing__address=f"/columns/{other.code}/").update(
        present=False
    )
    actions.follow(publication=publication, now=AT)
    actions.follow(publication=publication, now=AT)
    assert shown.count() == 2
    actions.decide(placement=placement, verb="end", reason="不再相关", by=approver, now=AT)
    assert shown.count() == 1 and Placement.objects.unscoped("test").get().state == states.ENDED


def test_the_stale_list_costs_the_same_for_one_and_for_thirty(town: World) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            tasks_for(town.actor(town.finance, "officer"), AT.date() + timedelta(days=99))
        return len(seen)

    a_column(town)
    few = count()
    for at in range(29):
        a_column(town, name=f"专栏{at}")
    assert count() == few


def test_a_person_without_a_unit_role_is_told_nothing(town: World) -> None:
    a_column(town)
    RoleHolding.objects.filter(person=town.people["czj", "officer"]).delete()
    actor = town.actor(Unit.objects.get(code="czj"), "officer")
    assert not tasks_for(actor, datetime(2027, 1, 1, tzinfo=UTC).date()) and Person.objects.exists()
