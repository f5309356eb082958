"""A changed plan shows its difference and keeps the work on its tasks; an import is undone to the letter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gongkai.kernel.text.blocks import Paragraph
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries
from gongkai.ledger.models import Member, Plan, PlanImport, ProgressReport, Task, TaskUnit
from gongkai.ledger.rules.plan import PlanReading, read_plan
from gongkai.ledger.tests.samples import HEADS, PROSE, TASKS, YEAR, as_grid, rows
from gongkai.ledger.tests.test_actions import SOURCE, district, task_of
from gongkai.publishing.tests.world import AT, World
from gongkai.trail.chain import verify
from gongkai.trail.models import TrailRow

__all__ = ["district"]
pytestmark = [pytest.mark.django_db, pytest.mark.feature("L01")]
LATER = AT + timedelta(days=3)


def reading(table: list[list[str]] | None = None, prose: str = PROSE) -> PlanReading:
    lines = [Paragraph(line) for line in prose.splitlines() if line]
    return read_plan([*lines, *as_grid(table or rows(HEADS, "nfrud", blank=False))], year=YEAR)


def bring(world: World, plan: PlanReading, now: Any = AT, **more: Any) -> PlanImport:
    office = world.actor(world.office, "disclosure")
    actions.import_plan(reading=plan, source=SOURCE, by=office, now=now, **more)
    found = queries.last_import(YEAR)
    assert found is not None
    return found


def report(world: World, number: int, text: str = "在做。", now: Any = AT) -> ProgressReport:
    officer = world.actor(world.finance, "officer")
    return actions.report_progress(task=task_of(number), unit=world.finance, by=officer, now=now, text=text)


def state() -> list[list[dict[str, Any]]]:
    """Every row of the ledger with its key: what must be there again."""
    return [list(model.objects.order_by("pk").values()) for model in (Plan, Task, TaskUnit, Member)]


def undo(world: World, done: PlanImport) -> PlanImport:
    return actions.undo_import(done=done, by=world.actor(world.office, "disclosure"), now=LATER)


def changed_table() -> list[list[str]]:
    """The plan with a new row in the middle, one reworded, one gone; all later numbers move."""
    table = rows(HEADS, "nfrud", blank=False)
    new = ["3", "政策文件", "新加的任务：每份文件附二维码。", "区财政局", "10月底前"]
    table = [*table[:3], new, *([str(int(row[0]) + 1), *row[1:]] for row in table[3:-1])]
    table[2] = [*table[2][:4], "9月底前"]
    return table


def test_row_in_the_middle_is_one_new_task_and_reports_stay_with_theirs(district: World) -> None:
    bring(district, reading())
    kept = report(district, 6)
    changes = queries.changes_of(reading(changed_table()))
    assert (changes.new, changes.gone) == ((3,), (10,)) and changes.same == (1,)
    moved = next(pair for pair in changes.pairs if pair.old and pair.old.number == 6)
    assert [(f.label, f.old, f.new) for f in moved.fields] == [("序号", "6", "7")]
    bring(district, reading(changed_table()), LATER)
    kept.refresh_from_db()
    assert kept.task.number == 7 and kept.task.requirement == TASKS[5][2]


def test_chapter_tasks_show_their_difference_too(district: World) -> None:
    bring(district, reading())
    prose = PROSE.replace("各部门、各单位要按月检查专栏。", "各部门、各单位要按周检查专栏。").replace(
        "政策制定机关要同步写好解读。", "政策制定机关要同步写好解读。区司法局要抽查解读质量。"
    )
    changes = queries.changes_of(reading(prose=prose))
    assert changes.of_chapters == {"added": 1, "changed": 1, "removed": 0, "same": 3}
    bring(district, reading(prose=prose), LATER)
    chapter = Task.objects.filter(origin=Task.Origin.CHAPTER).order_by("number")
    assert [task.number for task in chapter] == [1, 2, 3, 4, 5]
    assert "抽查解读质量" in chapter[3].requirement
    assert not queries.changes_of(reading(prose=prose)).any


def test_plan_without_a_table_gives_chapter_tasks(district: World) -> None:
    lines = [Paragraph(line) for line in PROSE.splitlines() if line]
    bring(district, read_plan(lines, year=YEAR))
    assert Task.objects.filter(origin=Task.Origin.CHAPTER).count() == 4


def test_removed_task_with_reports_is_ended_and_without_work_removed(district: World) -> None:
    bring(district, reading())
    kept = report(district, 6)
    table = [row for row in rows(HEADS, "nfrud", blank=False) if row[0] not in ("6", "9")]
    assert queries.changes_of(reading(table)).likely_missing == "end"
    done = bring(district, reading(table), LATER, missing="end")
    kept.refresh_from_db()
    assert kept.task.ended_at == LATER and not Task.objects.filter(requirement=TASKS[8][2]).exists()
    assert done.facts == {"added": 0, "changed": 0, "removed": 1, "ended": 1, "tasks": 12}
    shown = [row.task.number for row in queries.ledger(year=YEAR, today=AT.date()).rows]
    assert shown == [1, 2, 3, 4, 5, 7, 8, 10]
    with pytest.raises(Refused, match="已经终止"):
        report_again = district.actor(district.finance, "officer")
        actions.report_progress(
            task=kept.task, unit=district.finance, by=report_again, now=LATER, text="还在做。"
        )


def test_supplement_keeps_what_it_does_not_name(district: World) -> None:
    bring(district, reading())
    one = [list(HEADS.values()), ["11", "平台建设", "补充任务：开设老年人专版。", "区财政局", "年底前"]]
    assert queries.changes_of(reading(one, prose="")).likely_missing == "keep"
    bring(district, reading(one, prose=""), LATER)
    assert Task.objects.filter(origin=Task.Origin.ANNEX).count() == 11
    assert Task.objects.filter(origin=Task.Origin.CHAPTER).count() == 4


@pytest.mark.parametrize("missing", ["keep", "end"])
def test_undo_restores_every_row_to_the_letter(district: World, missing: str) -> None:
    bring(district, reading())
    office = district.actor(district.office, "disclosure")
    actions.correct_unit(task_unit=task_of(5).answerable.get(), units=[district.civil], by=office, now=AT)
    report(district, 10) if district.finance.pk in queries.answerable_units(task_of(10)) else None
    before = state()
    prose = PROSE.replace("按月", "按周") + "\n"
    done = bring(district, reading(changed_table(), prose), LATER, missing=missing)
    assert state() != before
    undo(district, done)
    assert state() == before
    done.refresh_from_db()
    assert done.undone_at == LATER and done.undone_by_id == office.person_id
    assert TrailRow.objects.filter(verb="ledger.undo_import").count() == 1 and verify().ok
    newest = queries.last_import(YEAR)
    assert newest is not None and newest.pk != done.pk


def test_first_import_is_undone_to_nothing(district: World) -> None:
    done = bring(district, reading())
    undo(district, done)
    assert state() == [[], [], [], []]
    assert PlanImport.objects.get().plan is None
    bring(district, reading(), LATER)
    assert Task.objects.filter(origin=Task.Origin.ANNEX).count() == len(TASKS)


def test_undo_of_an_end_brings_the_task_back(district: World) -> None:
    bring(district, reading())
    kept = report(district, 6)
    before = state()
    table = [row for row in rows(HEADS, "nfrud", blank=False) if row[0] != "6"]
    done = bring(district, reading(table), LATER, missing="end")
    undo(district, done)
    kept.refresh_from_db()
    assert kept.task.ended_at is None and state() == before


def refusal(world: World, done: PlanImport) -> str:
    with pytest.raises(Refused) as refused:
        undo(world, done)
    return str(refused.value)


def test_undo_is_refused_where_work_stands_on_it(district: World) -> None:
    first = bring(district, reading())
    report(district, 6)
    before = state()
    assert "第 6 项已经有进展填报" in refusal(district, first) and state() == before


def test_undo_is_refused_where_a_changed_task_was_reported_on(district: World) -> None:
    bring(district, reading())
    table = rows(HEADS, "nfrud", blank=False)
    table[6][2] = "部门和所属单位的预算、决算全部公开。"
    done = bring(district, reading(table), LATER)
    report(district, 6, now=LATER + timedelta(hours=1))
    assert "第 6 项又有填报" in refusal(district, done)


def test_undo_is_refused_where_something_was_put_right_since(district: World) -> None:
    done = bring(district, reading())
    office = district.actor(district.office, "disclosure")
    actions.retitle_task(task=task_of(4), short_title="会议公开", by=office, now=AT)
    actions.correct_unit(task_unit=task_of(5).answerable.get(), units=[district.civil], by=office, now=AT)
    assert "第 4、5 项又有改动" in refusal(district, done)


def test_only_the_newest_import_is_undone_once_and_by_the_office(district: World) -> None:
    first = bring(district, reading())
    second = bring(district, reading(changed_table()), LATER)
    assert "先撤销最近的一次" in refusal(district, first)
    with pytest.raises(Refused, match="区政务公开主管部门"):
        actions.undo_import(done=second, by=district.actor(district.finance, "officer"), now=LATER)
    undo(district, second)
    assert "已经撤销过" in refusal(district, second)
    undo(district, first)
    assert state() == [[], [], [], []]


def test_same_file_is_read_with_the_decisions_of_the_last_time(district: World) -> None:
    table = rows(HEADS, "nfrud", blank=False)
    table[2][4] = "31月底前"
    given = {2: {"deadline": "11月底前"}}
    blocks = as_grid(table)
    fixed = read_plan(blocks, year=YEAR, corrections=given)
    bring(district, fixed, corrections=given, chosen={"区委编办": district.civil.pk})
    corrections, chosen = queries.earlier_decisions(SOURCE.digest, YEAR)
    assert (corrections, chosen) == (given, {"区委编办": district.civil.pk})
    assert not queries.changes_of(read_plan(blocks, year=YEAR, corrections=corrections)).any


def test_deadline_in_the_past_is_a_warning_and_no_hindrance(district: World) -> None:
    plan = reading()
    told = queries.past_deadlines(plan, today=AT.date().replace(month=12, day=1))
    assert len(told) == 5 and "已经过去" in told[0] and plan.problems == ()


def test_plan_of_5000_rows_is_stored_and_undone(district: World) -> None:
    lines = ["\t".join(HEADS.values())]
    lines += [
        "\t".join([str(n), *TASKS[n % 10][1:2], f"第{n}件事要公开到位。", "区财政局", "年底前"])
        for n in range(1, 5001)
    ]
    done = bring(district, read_plan([Paragraph("\n".join(lines))], year=YEAR))
    assert Task.objects.count() == 5000 and done.facts["added"] == 5000
    undo(district, done)
    assert not Task.objects.exists()


def test_plan_that_somebody_wrote_a_moment_ago_is_looked_at_anew(
    district: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(district, reading())
    monkeypatch.setattr("gongkai.ledger.actions.importing.Plan.objects.select_for_update", Plan.objects.none)
    with pytest.raises(Refused, match="刚刚由别人写入"):
        bring(district, reading(changed_table()), LATER)
    assert PlanImport.objects.count() == 1
