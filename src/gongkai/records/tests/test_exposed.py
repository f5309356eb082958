"""Public rows read anew every night: what a rule hits is told to its unit, and ends when it is put right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.gate import actions as gate
from gongkai.gate.desk import tasks_for
from gongkai.gate.models import LiveFinding, NightSweep
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.orgs.models import Unit
from gongkai.records import actions, queries
from gongkai.records.models import RecordRow
from gongkai.records.tests.test_records import add, fresh, kind, let_out
from gongkai.records.tests.test_views import AT, rows

pytestmark = [pytest.mark.django_db, pytest.mark.feature("C02")]
MOBILE, MASKED = "13905321234", "139****1234"


def public(world: Any, count: int = 1, code: str = "vacancies") -> list[RecordRow]:
    """Rows that were public before: their number was the unit's own then."""
    phone = Unit.objects.get(pk=world.units["finance"].pk).phone
    Unit.objects.filter(pk=world.units["finance"].pk).update(phone=MOBILE)
    made = rows().count()
    found = [add(world, code, number=f"岗{made + at}", contact=MOBILE) for at in range(count)]
    let_out(world, code, *found)
    Unit.objects.filter(pk=world.units["finance"].pk).update(phone=phone)
    return found


def sweep(world: Any, nights: int = 0) -> None:
    now = world.now + timedelta(days=nights)
    while not gate.sweep_on(night=world.today + timedelta(days=nights), now=now):
        pass


def left() -> Any:
    return LiveFinding.objects.unscoped("test").filter(gone_at__isnull=True)


def test_a_public_row_that_a_rule_hits_later_is_told_with_row_column_and_article(
    world: Any,
    browse: Any,  # noqa: F811
) -> None:
    Unit.objects.filter(pk=world.units["finance"].pk).update(phone=MOBILE)
    row = add(world, "vacancies", number="岗1", contact=MOBILE)
    let_out(world, "vacancies", row)
    sweep(world)
    assert not left().exists()
    Unit.objects.filter(pk=world.units["finance"].pk).update(phone="")
    sweep(world, 1)
    one = left().get()
    assert (one.key, one.rule, one.level, one.unit_id) == (
        f"record:{row.pk}", "personal.mobile", "block", row.unit_id
    )  # fmt: skip
    assert one.where == "“联系方式”列" and "条例第十五条" in one.basis and MOBILE not in one.text
    assert one.url == "/records/vacancies/" and one.title.startswith(f"{kind('vacancies').title}　")
    sweep(world, 2)
    assert left().get().pk == one.pk and left().get().found_at == one.found_at
    item = next(item for item in tasks_for(world.actor("finance.officer"), world.today))
    assert item.url == f"{AT}row/{row.pk}/" and item.note == one.where
    assert tasks_for(world.actor("civil.officer"), world.today) == []
    page = browse("finance.officer").get("/workbench/gate/live/").content.decode()
    assert "“联系方式”列" in page and f'href="{AT}row/{row.pk}/"' in page and MOBILE not in page
    assert "“联系方式”列" not in browse("civil.officer").get("/workbench/gate/live/").content.decode()


def test_it_ends_at_once_when_mended_hidden_or_out_of_its_period(world: Any) -> None:
    mended, hidden, kept = public(world, 3)
    sweep(world)
    assert left().count() == 3
    k, officer, leader = kind("vacancies"), world.actor("finance.officer"), world.actor("finance.leader")
    values = {**fresh(mended).values, "contact": "0000-88880123"}
    actions.edit_row(kind=k, row=mended, values=values, by=officer, now=world.now, reason="不应公开")
    assert left().count() == 3  # readers still see it
    actions.publish(kind=k, ids=[mended.pk], by=leader, now=world.now)
    assert left().count() == 2
    actions.hide(kind=k, ids=[hidden.pk], reason="不应公开", by=leader, now=world.now)
    assert left().get().key == f"record:{kept.pk}"
    rows().filter(pk=kept.pk).update(public_until=world.today - timedelta(days=1))
    actions.end_due(now=world.now)
    assert not left().exists()


def test_it_ends_when_a_named_person_answers_for_it(world: Any, browse: Any) -> None:  # noqa: F811
    public(world)
    client = browse("finance.officer")
    group = {"field": "contact", "rule": "personal.mobile", "reason": "经营者登记的联系电话"}
    assert "“联系方式”列" not in client.get(f"{AT}vacancies/gate/").content.decode()
    sweep(world)
    assert MASKED in client.get(f"{AT}vacancies/gate/").content.decode()
    assert client.post(f"{AT}vacancies/gate/", group).status_code == 302
    assert not left().exists()
    sweep(world, 1)
    assert not left().exists() and LiveFinding.objects.unscoped("test").count() == 1


def test_a_row_that_left_by_hand_is_forgotten_by_the_next_night(world: Any) -> None:
    (row,) = public(world)
    sweep(world)
    rows().filter(pk=row.pk).delete()
    assert left().exists()
    sweep(world, 1)
    assert not left().exists()


def test_a_list_of_people_stays_a_list_when_one_of_its_rows_is_touched(world: Any) -> None:
    names = ("张伟", "王芳", "李娜", "刘洋", "陈静", "杨帆")
    found = [add(world, "vacancies", number=f"岗{at}") for at in range(len(names))]
    let_out(world, "vacancies", *found)
    for row, name in zip(found, names, strict=True):
        rows().filter(pk=row.pk).update(code="aid", values={"name": name})
    sweep(world)
    assert set(left().values_list("rule", flat=True)) == {"personal.name_list"} and left().count() == 6
    again = queries.exposed_again([found[0].pk])
    assert [len(one) for _, one in again] == [1]


def test_a_killed_sweep_goes_on_and_asks_the_same_for_one_row_and_for_thirty(world: Any) -> None:
    public(world)

    def count(nights: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            sweep(world, nights)
        return len(asked)

    count(0)
    before = count(1)
    public(world, 15)
    public(world, 14)
    assert count(2) - before <= 1 and left().count() == 30  # the new findings are written in one statement
    assert count(3) == before
    night = world.today + timedelta(days=9)
    turns = 1
    while not gate.sweep_on(night=night, now=world.now, limit=1):
        turns += 1
    assert turns == 7 and NightSweep.objects.get(night=night).seen == 30
