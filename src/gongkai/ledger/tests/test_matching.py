"""The system finds evidence itself: at once, by the minute, in chunks; withdrawn records say that they are gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.kernel.clock import legal_day
from gongkai.kernel.models import OutboxRow
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries, subscribers, tasks
from gongkai.ledger.models import Match, Plan, Sweep, Task
from gongkai.ledger.rules.plan import read_plan
from gongkai.ledger.tests.samples import HEADS, YEAR, as_grid, rows
from gongkai.lines import LINES
from gongkai.publishing import actions as publishing
from gongkai.publishing.tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.feature("L03")]
TODAY = legal_day(AT)


@pytest.fixture
def district(tmp_path: Any, settings: Any) -> World:
    settings.FILES_DIR, settings.TREE_DIR = tmp_path / "files", tmp_path / "tree"
    return World()


def plan_of(world: World) -> Plan:
    source = actions.Source(name="要点.docx", digest="0" * 64)
    reading = read_plan(as_grid(rows(HEADS, "nfrud")), year=YEAR)
    return actions.import_plan(reading=reading, source=source, now=AT)[0]


def sweep(plan: Plan, limit: int = 1000) -> int:
    lookout, times = queries.lookout_of(plan), 1
    while not actions.sweep(lookout=lookout, now=AT, limit=limit):
        times += 1
    return times


def task_of(number: int) -> Task:
    return Task.objects.select_related("plan").get(number=number, origin=Task.Origin.ANNEX)


def found(number: int, *, days: int = 0) -> list[queries.FoundRecord]:
    task = task_of(number)
    return queries.told(queries.records_of(task), task, today=TODAY + timedelta(days=days))


def test_published_record_is_found_with_its_reason(district: World) -> None:
    plan = plan_of(district)
    sweep(plan)
    record = district.published(title="关于公开部门所属单位预算的公示")
    assert actions.note_publication(publication_id=record.pk, now=AT) >= 1
    (one,) = found(6)
    assert one.title == record.title and one.unit == "区财政局" and not one.stale
    assert "预算" in one.why and "区财政局是责任单位" in one.why and TODAY.isoformat() in one.why
    assert found(8) == [] and found(9) == []


def test_catalogue_and_keywords_speak_too(district: World) -> None:
    """One word of the title is not enough; with its item, or with its keywords, it is."""
    plan = plan_of(district)
    plain = {"catalogue_item": "", "theme": ""}
    district.published(title="关于公开第1批预算的公示", **plain)
    district.published(title="关于公开第2批预算的公示", catalogue_item="20-07", theme="财政、金融、审计")
    district.published(title="关于公开第3批安排的公示", keywords=["预算", "决算"], **plain)
    sweep(plan)
    why = {one.title: one.why for one in found(6)}
    assert sorted(why) == ["关于公开第2批预算的公示", "关于公开第3批安排的公示"]
    assert "法定目录“财政预决算”与任务同类" in why["关于公开第2批预算的公示"]
    assert "“预算”“决算”" in why["关于公开第3批安排的公示"]


def test_record_of_a_unit_that_does_not_answer_is_no_evidence(district: World) -> None:
    plan = plan_of(district)
    district.published(district.civil, title="关于公开补贴发放名单的公示", catalogue_item="", theme="")
    sweep(plan)
    assert found(7) == []


def test_minute_finds_what_nobody_told_of(district: World) -> None:
    plan_of(district)
    record = district.published(title="关于公开部门所属单位决算和预算的公示")
    tasks.minute(AT)
    assert [one.title for one in found(6)] == [record.title]
    row = Sweep.objects.get()
    assert row.finished_at and row.reached >= record.pk
    before = list(Match.objects.values_list("pk", flat=True))
    tasks.minute(AT + timedelta(minutes=1))
    assert list(Match.objects.values_list("pk", flat=True)) == before


def test_chunks_find_the_same_as_one_look(district: World) -> None:
    plan = plan_of(district)
    for number in range(5):
        district.published(title=f"关于公开部门所属单位第{number}批预算的公示")

    def rows_found() -> set[tuple[int, int]]:
        return set(Match.objects.values_list("task_id", "publication_id"))

    assert sweep(plan) == 1
    whole = rows_found()
    Sweep.objects.all().delete()
    Match.objects.all().delete()
    assert sweep(plan, limit=2) == 3
    assert rows_found() == whole and len(whole) >= 5


def test_withdrawn_record_no_longer_counts_and_says_so(district: World) -> None:
    plan = plan_of(district)
    record = district.published(title="关于公开部门所属单位预算的公示")
    sweep(plan)
    assert queries.row_of(task_of(6), today=TODAY).records == 1
    publishing.withdraw(
        publication=record, kind="误发", reason="发错了文件",
        by=district.actor(district.finance, "leader"), now=AT,
    )  # fmt: skip
    actions.note_publication(publication_id=record.pk, now=AT)
    assert queries.row_of(task_of(6), today=TODAY).records == 0
    assert found(6)[0].stale == "文件已经撤回，不再作数。"
    assert not queries.newest_for([task_of(6)], [district.finance.pk], today=TODAY)


@pytest.mark.feature("L04")
def test_standing_task_lives_by_found_records_until_its_cycle_ends(district: World) -> None:
    plan = plan_of(district)
    district.published(title="关于补贴发放名单的公示", catalogue_item="", theme="")
    sweep(plan)
    head = district.actor(district.office, "disclosure")
    for named in task_of(7).answerable.all():
        actions.correct_unit(task_unit=named, units=[district.finance], by=head, now=AT)
    actions.set_cycle(task=task_of(7), days=30, by=head, now=AT)
    lights = {
        days: queries.row_of(task_of(7), today=TODAY + timedelta(days=days)).light for days in (1, 25, 31)
    }
    assert [light.state for light in lights.values()] == ["ok", "soon", "late"]
    assert "系统找到的公开文件" in lights[1].reason
    assert "更新周期" in found(7, days=31)[0].stale
    assert not queries.newest_for([task_of(7)], [district.finance.pk], today=TODAY + timedelta(days=31))


def test_other_words_begin_the_search_anew(district: World) -> None:
    plan, head = plan_of(district), district.actor(district.office, "disclosure")
    record = district.published(title="关于印发道路养护安排的公示", catalogue_item="", theme="")
    sweep(plan)
    assert found(6) == []
    assert actions.set_words(task=task_of(6), words="道路养护、停车", by=head, now=AT) == ("道路养护", "停车")
    assert queries.words_used(task_of(6)) == (("道路养护", "停车"), True)
    tasks.minute(AT)
    assert [one.title for one in found(6)] == [record.title]
    actions.set_words(task=task_of(6), words="", by=head, now=AT)
    tasks.minute(AT)
    assert found(6) == []
    with pytest.raises(Refused, match="至少两个字"):
        actions.set_words(task=task_of(6), words="路", by=head, now=AT)
    with pytest.raises(Refused, match="主管部门"):
        officer = district.actor(district.finance, "officer")
        actions.set_words(task=task_of(6), words="道路", by=officer, now=AT)


def test_corrected_unit_begins_the_search_anew(district: World) -> None:
    plan, head = plan_of(district), district.actor(district.office, "disclosure")
    district.published(district.civil, title="关于补贴发放名单的公示", catalogue_item="", theme="")
    sweep(plan)
    assert found(7) == []
    named = task_of(7).answerable.first()
    actions.correct_unit(task_unit=named, units=[district.civil], by=head, now=AT)
    tasks.minute(AT)
    assert [one.unit for one in found(7)] == ["区民政局"]


def test_events_of_publishing_reach_the_search(district: World) -> None:
    """What `lines.py` wires: a record counts as soon as it is published, and no longer once it is withdrawn."""
    sweep(plan_of(district))
    heard = {stop.event: stop.handlers for stop in LINES}
    assert "gongkai.ledger.subscribers.on_published" in heard[DocumentPublished]
    assert "gongkai.ledger.subscribers.on_withdrawn" in heard[DocumentWithdrawn]
    record = district.published(title="关于公开部门所属单位预算的公示")
    same = {"publication_id": record.pk, "document_id": record.document_id, "unit_id": record.unit_id}
    subscribers.on_published(DocumentPublished(**same, path=record.path, version=1))
    assert [one.stale for one in found(6)] == [""]
    leader = district.actor(district.finance, "leader")
    publishing.withdraw(publication=record, kind="误发", reason="发错了文件", by=leader, now=AT)
    gone = DocumentWithdrawn(**same, path=record.path, kind="误发", version=2)
    for _ in range(2):  # an event may come twice
        subscribers.on_withdrawn(gone)
    assert [one.stale for one in found(6)] == ["文件已经撤回，不再作数。"]


def test_public_page_is_told_once_when_something_new_was_found(district: World) -> None:
    plan = plan_of(district)
    sweep(plan)
    record = district.published(title="关于公开部门所属单位预算的公示")
    OutboxRow.objects.all().delete()
    actions.note_publication(publication_id=record.pk, now=AT)
    assert OutboxRow.objects.filter(topic="TaskProgressChanged").count() == 1
    actions.note_publication(publication_id=record.pk, now=AT)
    assert OutboxRow.objects.filter(topic="TaskProgressChanged").count() == 1


def test_cost_does_not_grow_with_what_was_found(district: World) -> None:
    plan = plan_of(district)
    counts = []
    for number in (1, 6):
        while Match.objects.count() < number:
            district.published(title=f"关于公开部门所属单位第{Match.objects.count()}批预算的公示")
            sweep(plan)
        with CaptureQueriesContext(
            connection,
        ) as taken:
            queries.newest_for([task_of(6)], [district.finance.pk], today=TODAY)
            queries.tallies([task_of(6).pk])
        counts.append(len(taken))
    assert counts[0] == counts[1]
    assert len(queries.newest_for([task_of(6)], [district.finance.pk], today=TODAY)[
        task_of(6).pk, district.finance.pk
    ]) == 3  # fmt: skip


@pytest.mark.feature("L02")
def test_one_click_takes_a_record_into_a_report(district: World) -> None:
    plan = plan_of(district)
    record = district.published(title="关于公开部门所属单位预算的公示")
    sweep(plan)
    match = queries.match_of(found(6)[0].id)
    assert match is not None
    report = actions.report_match(match=match, by=district.actor(district.finance, "officer"), now=AT)
    assert report.text == f"已公开《{record.title}》（{TODAY.isoformat()}）。"
    (piece,) = queries.evidence_of([report])[report.pk]
    assert piece.publication_id == record.pk
    with pytest.raises(Refused, match="不是区财政局的信息员"):
        actions.report_match(match=match, by=district.actor(district.civil, "officer"), now=AT)
