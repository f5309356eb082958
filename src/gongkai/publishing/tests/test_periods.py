"""Public periods: the rule runs out on time, with log, receipt, notice, and people taken out (B14)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refused
from gongkai.publishing import actions, desk, queries, tasks
from gongkai.publishing.models import PeriodRun, Publication
from gongkai.publishing.rules.anonymising import anonymise
from gongkai.publishing.rules.public_period import Period, rule_for, type_of
from gongkai.publishing.tests.test_views import at_desk
from gongkai.publishing.tests.world import AT, World
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("B14")]
LIST = (
    "<table><tbody><tr><th>姓名</th><th>身份证号</th><th>金额</th></tr>"
    "<tr><td>王小明</td><td>1101********0000</td><td>300</td></tr></tbody></table>"
    "<p>联系人：李雷，电话0532-88880000。</p>"
)


@pytest.fixture
def world() -> World:
    return World()


def rule(world: World, **more: Any) -> Any:
    by = world.actor(world.office, "disclosure")
    given = {
        "type": "公示",
        "column": None,
        "channel": "政府网站",
        "amount": 7,
        "unit": "days",
        "then": "archive",
        "basis": "滨政办发〔2026〕2号",
        **more,
    }
    return actions.set_period(by=by, now=AT, **given)


def after(days: int) -> Any:
    return AT + timedelta(days=days)


def again(publication: Publication) -> Publication:
    return Publication.objects.unscoped("test").select_related("edition").get(pk=publication.pk)


@pytest.mark.parametrize(
    ("then", "kind", "status"), [("archive", "期满归档", 200), ("hide", "期满撤下", 410)]
)
def test_seven_days_then_the_page_gives_way(world: World, then: str, kind: str, status: int) -> None:
    rule(world, then=then)
    published = world.published()
    assert published.public_until == legal_day(AT) + timedelta(days=7)
    tasks.minute(after(7))
    assert again(published).state == "live"
    tasks.minute(after(8))
    tasks.minute(after(8))
    gone = again(published)
    assert gone.state == "withdrawn" and gone.withdrawals.get().kind == kind
    assert queries.status_of(kind) == status
    run = PeriodRun.objects.get()
    row = TrailRow.objects.get(seq=run.trail_seq)
    assert row.facts["receipt"] == run.receipt and run.due == published.public_until and run.done_at
    assert queries.index_doc(published.pk) is None
    assert list(queries.altered()) == []


def test_people_are_taken_out_and_earlier_text_is_closed(world: World) -> None:
    rule(world, then="anonymise")
    published = world.published(title="救助对象名单公示", body=LIST)
    tasks.minute(after(8))
    now = again(published)
    assert now.state == "live" and now.edition.number == 2 and now.public_until is None
    text = now.edition.body
    assert "王＊＊" in text and "李＊" in text and "300" in text
    assert "王小明" not in text and "110101" not in text and "138001" not in text
    past = queries.editions_of(now)
    assert [bool(one.closed) for one in past] == [True, False]
    assert list(queries.altered()) == []
    tasks.minute(after(9))
    assert PeriodRun.objects.count() == 1 and again(published).edition.number == 2


def test_text_without_anybody_recognised_is_archived_instead(world: World) -> None:
    rule(world, then="anonymise")
    published = world.published(body="<p>张三同志表现突出。</p>")
    tasks.minute(after(8))
    assert again(published).state == "withdrawn" and PeriodRun.objects.get().then == "archive"


def test_rule_reaches_what_is_public_and_its_preview_says_so(world: World) -> None:
    old, other = world.published(), world.published(title="关于开会的通知")
    assert old.public_until is None
    asked = Period(0, "公示", None, 7, "days", "hide")
    found = queries.preview(asked, today=legal_day(after(30)))
    assert [one.publication.pk for one in found] == [old.pk] and again(old).state == "live"
    row = rule(world)
    assert again(old).public_until and again(other).public_until is None
    actions.end_rule(period=row, by=world.actor(world.office, "disclosure"), now=AT)
    assert again(old).public_until is None


def test_new_rule_ends_the_old_one_and_history_stays(world: World) -> None:
    first, second = rule(world), rule(world, amount=10)
    first.refresh_from_db()
    assert first.ended_at == AT and second.ended_at is None
    assert TrailRow.objects.filter(verb="publishing.set_period").count() == 2
    with pytest.raises(Refused):
        rule(world, amount=10)
    with pytest.raises(Refused):
        rule(world, type="", amount=0)


def test_other_channels_are_taken_down_by_a_person(world: World) -> None:
    rule(world, channel="公开查阅点")
    published = world.published()
    tasks.minute(after(8))
    assert again(published).state == "live"
    officer = world.actor(world.finance, "officer")
    item = next(one for one in desk.tasks_for(officer, legal_day(after(8))) if one.verb == "去撤下")
    assert "公开查阅点" in item.why
    run = PeriodRun.objects.get()
    with pytest.raises(Refused):
        actions.confirm_run(run=run, by=world.actor(world.civil, "officer"), now=after(8))
    actions.confirm_run(run=run, by=officer, now=after(8))
    assert not [one for one in desk.tasks_for(officer, legal_day(after(8))) if one.verb == "去撤下"]
    tasks.minute(after(9))
    assert PeriodRun.objects.count() == 1


def test_pages_of_rules_and_runs(world: World) -> None:
    client = at_desk(world, world.office, "disclosure")
    typed = {
        "type": "公示", "channel": "政府网站", "amount": "7", "unit": "days", "then": "hide", "basis": "滨政办发〔2026〕2号",
    }  # fmt: skip
    asked = client.post("/workbench/publishing/periods/", typed).content.decode()
    assert "没有马上到期的信息" in asked and "设定规则" in asked
    assert client.post("/workbench/publishing/periods/", {**typed, "confirmed": "1"}).status_code == 302
    assert "滨政办发〔2026〕2号" in client.get("/workbench/publishing/periods/").content.decode()
    assert client.post("/workbench/publishing/periods/", {**typed, "amount": "七"}).status_code == 422
    assert client.get("/workbench/publishing/periods/runs/").status_code == 200
    assert client.get("/workbench/publishing/integrity/").status_code == 200


def test_closest_rule_counts() -> None:
    any_type, in_column = Period(1, "公示", None, 7, "days", "hide"), Period(2, "", 5, 9, "days", "hide")
    both = Period(3, "公示", 5, 3, "days", "hide")
    assert rule_for([any_type, in_column, both], type="公示", column=5) == both
    assert rule_for([any_type, in_column], type="公示", column=5) == in_column
    assert rule_for([any_type, in_column], type="公告", column=None) is None
    assert (
        type_of(kind="通知", title="拟录用人员公示") == "公示" and type_of(kind="通知", title="x") == "通知"
    )


@given(st.text(alphabet="王小明<>&0123456789 姓名：电话", max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_long_number_survives(text: str) -> None:
    from html import escape

    body = f"<p>{escape(text)} 13912345678 </p>"
    masked = anonymise(body)
    assert "13912345678" not in masked.html and anonymise(masked.html).html == masked.html


def test_date_of_end(world: World) -> None:
    rule(world, amount=5, unit="working_days")
    assert world.published().public_until == date(2026, 3, 23)
