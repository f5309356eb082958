"""Rows come in, are let out by somebody else, are changed, taken back, end and are forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gongkai.law.refusal import Refused
from gongkai.records import actions, queries, states
from gongkai.records.desk import tasks_for
from gongkai.records.models import RecordRow
from gongkai.trail.models import TrailRow

pytestmark = pytest.mark.django_db


def kind(code: str) -> Any:
    found = queries.kind_of(code)
    assert found is not None
    return found


def values_of(code: str, /, **given: str) -> dict[str, str]:
    """Something for every required field; dates are of early October 2026."""
    plain = {"date": "2026-10-09", "number": "12.50", "integer": "3", "boolean": "是"}
    found = {}
    for field in kind(code).fields:
        if field.required or field.name in given:
            sample = field.choices[0] if field.choices else plain.get(field.kind, f"{field.label}甲")
            found[field.name] = given.get(field.name, sample)
    return found


def add(world: Any, code: str, /, *, by: str = "finance.officer", **given: str) -> RecordRow:
    unit = world.units[by.split(".")[0]]
    return actions.add_row(
        kind=kind(code), unit=unit, values=values_of(code, **given), by=world.actor(by), now=world.now
    )


def let_out(world: Any, code: str, *rows: RecordRow, unit: str = "finance") -> None:
    ids = [row.pk for row in rows]
    actions.submit(kind=kind(code), ids=ids, by=world.actor(f"{unit}.officer"), now=world.now)
    actions.publish(kind=kind(code), ids=ids, by=world.actor(f"{unit}.leader"), now=world.now)


def fresh(row: RecordRow) -> RecordRow:
    return RecordRow.objects.unscoped("test").get(pk=row.pk)


@pytest.mark.feature("A21")
def test_a_row_needs_a_second_pair_of_eyes(world: Any) -> None:
    row = add(world, "enforcement", number="测罚〔2026〕1号")
    officer, leader = world.actor("finance.officer"), world.actor("finance.leader")
    with pytest.raises(Refused, match="相同的一行"):
        add(world, "enforcement", number="测罚〔2026〕1号")
    with pytest.raises(Refused, match="权限"):
        actions.submit(kind=kind("enforcement"), ids=[row.pk], by=world.actor("civil.officer"), now=world.now)
    with pytest.raises(Refused, match="不能公开"):
        actions.publish(kind=kind("enforcement"), ids=[row.pk], by=leader, now=world.now)
    actions.submit(kind=kind("enforcement"), ids=[row.pk], by=officer, now=world.now)
    assert [one.verb for one in tasks_for(leader, world.today)] == ["去审核"]
    with pytest.raises(Refused, match="权限"):
        actions.publish(kind=kind("enforcement"), ids=[row.pk], by=officer, now=world.now)
    actions.publish(kind=kind("enforcement"), ids=[row.pk], by=leader, now=world.now)
    row = fresh(row)
    assert (row.state, row.version, row.public_until) == (
        states.LIVE, 1, world.today + timedelta(days=1095)
    )  # fmt: skip
    own = add(world, "enforcement", by="office.officer", number="2")
    head = world.actor("office.head")
    other = actions.add_row(
        kind=kind("enforcement"), unit=world.units["office"], values=values_of("enforcement", number="3"),
        by=head, now=world.now,
    )  # fmt: skip
    actions.submit(kind=kind("enforcement"), ids=[own.pk, other.pk], by=head, now=world.now)
    with pytest.raises(Refused, match="自己录入"):
        actions.publish(kind=kind("enforcement"), ids=[own.pk, other.pk], by=head, now=world.now)
    assert fresh(own).state == states.WAITING


def test_a_public_row_is_changed_after_review_and_keeps_its_history(world: Any) -> None:
    row = add(world, "enforcement", number="1", result="罚款一百元")
    let_out(world, "enforcement", row)
    officer, leader, k = world.actor("finance.officer"), world.actor("finance.leader"), kind("enforcement")
    new = {**fresh(row).values, "result": "罚款二百元"}
    with pytest.raises(Refused, match="修改原因"):
        actions.edit_row(kind=k, row=row, values=new, by=officer, now=world.now)
    actions.edit_row(kind=k, row=row, values=new, by=officer, now=world.now, reason="数额写错")
    shown = queries.drawn(k, queries.public_rows(k, today=world.today), today=world.today)
    assert shown[0].values["result"] == "罚款一百元"
    actions.publish(kind=k, ids=[row.pk], by=leader, now=world.now)
    row = fresh(row)
    assert row.values["result"] == "罚款二百元" and row.version == 2 and row.proposed is None
    assert [(one.number, one.values["result"]) for one in queries.editions(row, officer)] == [
        (1, "罚款一百元")
    ]
    assert [reason for _, reason in queries.changes_of(row.pk)] == ["数额写错"]
    actions.edit_row(
        kind=k, row=row, values={**new, "result": "错"}, by=officer, now=world.now, reason="再改"
    )
    actions.return_rows(kind=k, ids=[row.pk], reason="依据不足", by=leader, now=world.now)
    assert fresh(row).values["result"] == "罚款二百元" and fresh(row).proposed is None
    actions.hide(kind=k, ids=[row.pk], reason="发布有误", by=leader, now=world.now)
    assert not queries.public_rows(k, today=world.today).exists() and fresh(row).state == states.HIDDEN
    with pytest.raises(Refused, match="没公开过"):
        actions.discard(kind=k, ids=[row.pk], by=officer, now=world.now)


@pytest.mark.feature("A18")
@pytest.mark.law("个人信息保护法47")
def test_after_the_public_period_persons_are_gone_from_row_history_and_key(world: Any) -> None:
    k = kind("subsidies")
    row = add(world, "subsidies", batch="一批", name="欧阳测试", id_number="11010519491231002X",
              phone="13800001234", amount="600")  # fmt: skip
    let_out(world, "subsidies", row)
    officer, leader = world.actor("finance.officer"), world.actor("finance.leader")
    actions.edit_row(kind=k, row=row, values={**fresh(row).values, "amount": "700"}, by=officer, now=world.now,
                     reason="金额更正")  # fmt: skip
    actions.publish(kind=k, ids=[row.pk], by=leader, now=world.now)
    shown = queries.drawn(k, queries.public_rows(k, today=world.today), today=world.today)[0]
    assert shown.values["id_number"] == "110105**********2X" and shown.values["phone"] == "138******34"
    last = world.today + timedelta(days=30)
    assert queries.public_rows(k, today=last).exists()
    assert not queries.public_rows(k, today=last + timedelta(days=1)).exists()
    assert actions.end_due(now=world.now + timedelta(days=30)) == 0
    later = world.now + timedelta(days=31)
    assert actions.end_due(now=later) == 1 and actions.anonymise_due(now=later) == 1
    assert actions.end_due(now=later) == 0 and actions.anonymise_due(now=later) == 0
    before, row = row, fresh(row)
    assert row.state == states.ENDED and row.key != before.key and row.values["amount"] == "700"
    edition = row.editions.unscoped("test").get()
    for text in (str(row.values), row.title, row.words, str(edition.values)):
        assert "欧阳" not in text and "1949" not in text and "1380" not in text
    verbs = list(
        TrailRow.objects.filter(verb__in=("records.end", "records.anonymise")).values_list("verb", flat=True)
    )
    assert sorted(verbs) == ["records.anonymise", "records.end"]
    told = "".join(str(one.facts) + one.object_name + one.note for one in TrailRow.objects.all())
    assert "欧阳" not in told and "19491231" not in told


@pytest.mark.feature("A31")
def test_traces_lose_persons_thirty_days_after_the_end_and_keep_their_figures(world: Any) -> None:
    k = kind("traces")
    row = add(world, "traces", person="王小明", home="甲小区", place="乙市场", contacts="7", ended_on="2026-10-20",
              on="2026-10-09")  # fmt: skip
    people = [world.people["finance.reviewer"], world.people["finance.leader"]]
    actions.submit(kind=k, ids=[row.pk], by=world.actor("finance.officer"), now=world.now, approvers=people)
    for name in ("finance.reviewer", "finance.leader"):
        actions.approve(kind=k, row=row, by=world.actor(name), now=world.now)
    start = world.now + timedelta(days=6)  # 2026-10-20
    assert actions.end_due(now=start + timedelta(days=40)) == 0
    assert actions.anonymise_due(now=start + timedelta(days=29)) == 0
    assert actions.anonymise_due(now=start + timedelta(days=30)) == 1
    row = fresh(row)
    shown = queries.drawn(
        k, queries.public_rows(k, today=world.today + timedelta(days=60)), today=world.today
    )
    assert row.state == states.LIVE and shown[0].anonymised
    assert shown[0].values["contacts"] == "7" and not any(
        shown[0].values[n] for n in ("person", "home", "place")
    )


@pytest.mark.feature("A24")
def test_health_news_needs_its_two_named_approvers_and_is_public_at_once(world: Any) -> None:
    k = kind("health")
    with pytest.raises(Refused, match="信息来源"):
        add(world, "health", source="")
    row = add(world, "health", topic="关于某事件的情况")
    officer = world.actor("finance.officer")
    reviewer, leader = world.people["finance.reviewer"], world.people["finance.leader"]
    for wrong in ([], [reviewer], [reviewer, reviewer], [reviewer, world.people["civil.leader"]]):
        with pytest.raises(Refused):
            actions.submit(kind=k, ids=[row.pk], by=officer, now=world.now, approvers=wrong)
    actions.submit(kind=k, ids=[row.pk], by=officer, now=world.now, approvers=[reviewer, leader])
    with pytest.raises(Refused, match="指定的"):
        actions.publish(kind=k, ids=[row.pk], by=world.actor("finance.leader"), now=world.now)
    with pytest.raises(Refused, match="不是这一行指定的"):
        actions.approve(kind=k, row=row, by=world.actor("office.head"), now=world.now)
    actions.approve(kind=k, row=row, by=world.actor("finance.reviewer"), now=world.now)
    with pytest.raises(Refused, match="已经同意过"):
        actions.approve(kind=k, row=row, by=world.actor("finance.reviewer"), now=world.now)
    assert fresh(row).state == states.WAITING
    actions.approve(kind=k, row=row, by=world.actor("finance.leader"), now=world.now)
    assert fresh(row).published_at == world.now


def test_last_years_rows_come_again_with_moved_days_to_be_confirmed(world: Any) -> None:
    k = kind("procurement")
    row = add(world, "procurement", number="ZFCG-2025年-7", name="2025年度印刷服务", issued_on="2025-03-03",
              closes_on="2026-12-31")  # fmt: skip
    let_out(world, "procurement", row)
    officer = world.actor("finance.officer")
    with pytest.raises(Refused, match="没有 2024 年"):
        actions.copy_last_year(kind=k, unit=row.unit, year=2024, by=officer, now=world.now)
    assert actions.copy_last_year(kind=k, unit=row.unit, year=2025, by=officer, now=world.now).count == 1
    assert actions.copy_last_year(kind=k, unit=row.unit, year=2025, by=officer, now=world.now).count == 0
    copy = RecordRow.objects.unscoped("test").get(state=states.DRAFT)
    assert copy.values["name"] == "2026年度印刷服务" and copy.values["issued_on"] == "2026-03-03"
    assert set(copy.to_confirm) == {"number", "name", "issued_on", "closes_on"}
    with pytest.raises(Refused, match="还没有确认"):
        actions.submit(kind=k, ids=[copy.pk], by=officer, now=world.now)
    actions.confirm_rows(kind=k, rows=[copy], by=officer, now=world.now)
    actions.submit(kind=k, ids=[copy.pk], by=officer, now=world.now)


@pytest.mark.feature("A30")
def test_a_place_that_nobody_checked_for_ninety_days_is_stale(world: Any) -> None:
    k = kind("legal-services")
    row = add(world, "legal-services")
    let_out(world, "legal-services", row)
    late = world.today + timedelta(days=91)
    officer = world.actor("finance.officer")
    stale = [
        queries.drawn(k, queries.public_rows(k, today=day), today=day)[0].stale
        for day in (late - timedelta(days=1), late)
    ]
    assert stale == [False, True]
    assert any("没有核对" in one.title for one in tasks_for(officer, late))
    actions.check(kind=k, ids=[row.pk], by=officer, now=world.now + timedelta(days=91))
    assert not tasks_for(officer, late)


def test_an_unpublished_row_past_its_period_is_on_the_desk(world: Any) -> None:
    add(world, "enforcement", number="1", decided_on="2026-09-01")
    found = tasks_for(world.actor("finance.officer"), world.today)
    assert len(found) == 1 and "逾期" in found[0].title and found[0].due and found[0].due < world.today
    assert not tasks_for(world.actor("civil.officer"), world.today)
