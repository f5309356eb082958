"""A plan is stored whole or not at all; progress is reported, accepted, returned; the light and the public page follow."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gongkai.kernel.clock import legal_day
from gongkai.kernel.models import OutboxRow
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries, states
from gongkai.ledger.models import Member, Plan, ProgressReport, Task, TaskUnit
from gongkai.ledger.rules.plan import PlanReading, read_plan
from gongkai.ledger.tests.samples import HEADS, TASKS, YEAR, as_grid, rows
from gongkai.orgs.models import Unit
from gongkai.publishing.tests.world import AT, World
from gongkai.trail.chain import verify
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("L02")]
SOURCE = actions.Source(name="要点.docx", digest="0" * 64)
TODAY = legal_day(AT)


@pytest.fixture
def district(tmp_path: Any, settings: Any) -> World:
    settings.FILES_DIR, settings.TREE_DIR = tmp_path / "files", tmp_path / "tree"
    found = World()
    for number in (1, 2):
        Unit.objects.create(
            code=f"street{number}", name=f"滨海区{number}号街道办事处", short_name=f"{number}号街道",
            kind=Unit.Kind.STREET, parent=found.government,
        )  # fmt: skip
    return found


def reading(table: list[list[str]] | None = None) -> PlanReading:
    return read_plan(as_grid(table or rows(HEADS, "nfrud")), year=YEAR)


def stored(world: World, table: list[list[str]] | None = None) -> Plan:
    head = world.actor(world.office, "disclosure")
    plan, _ = actions.import_plan(reading=reading(table), source=SOURCE, by=head, now=AT)
    return plan


def task_of(number: int) -> Task:
    return Task.objects.select_related("plan").get(number=number, origin=Task.Origin.ANNEX)


def light_of(number: int, today: Any = TODAY) -> Any:
    return queries.row_of(task_of(number), today=today).light


@pytest.mark.feature("L01")
def test_import_stores_every_task_with_its_units_as_written(district: World) -> None:
    plan = stored(district)
    assert [task.number for task in plan.tasks.all()] == list(range(1, len(TASKS) + 1))
    six = list(task_of(6).answerable.all())
    assert [(one.text, one.role, one.is_group, one.certain) for one in six] == [
        ("区财政局", "lead", False, True), ("各相关部门", "support", True, False), ("各街道办事处", "support", True, True),
    ]  # fmt: skip
    assert [member.unit for member in six[0].members.all()] == [district.finance]
    assert six[2].members.count() == 2
    assert not task_of(1).answerable.get(text="区委编办").members.exists()
    assert TrailRow.objects.filter(verb="ledger.import_plan").count() == 1 and verify().ok


def test_same_plan_again_changes_nothing(district: World) -> None:
    stored(district)
    before = list(Task.objects.values()), list(Member.objects.values()), TrailRow.objects.count()
    _, changes = actions.import_plan(reading=reading(), source=SOURCE, now=AT + timedelta(days=1))
    assert not changes.any and len(changes.same) == len(TASKS)
    assert (list(Task.objects.values()), list(Member.objects.values()), TrailRow.objects.count()) == before


def test_changed_plan_changes_its_tasks_only_and_keeps_reports_and_corrections(district: World) -> None:
    stored(district)
    office = district.actor(district.office, "disclosure")
    actions.correct_unit(task_unit=task_of(5).answerable.get(), units=[district.civil], by=office, now=AT)
    table = rows(HEADS, "nfrud")
    table[5][4] = "9月底前"
    added = ["11", "平台建设", "新加的一项任务。", "区民政局", "年底前"]
    _, changes = actions.import_plan(reading=reading([*table[:-1], added]), source=SOURCE, by=office, now=AT)
    assert (changes.new, changes.changed, changes.gone) == ((11,), (5,), (10,))
    assert str(task_of(5).due_on) == "2026-09-30"
    assert [member.unit for member in task_of(5).answerable.get().members.all()] == [district.civil]
    assert task_of(10) and task_of(11)


def test_plan_that_was_not_understood_is_refused_whole(district: World) -> None:
    table = rows(HEADS, "nfrud")
    table[2][4], table[3][0] = "31月底前", "5"
    with pytest.raises(Refused) as refused:
        stored(district, table)
    codes = [refusal.code for refusal in refused.value.refusals]
    assert codes == ["plan.deadline", "plan.repeated_number"]
    assert not Plan.objects.exists() and not Task.objects.exists() and not TrailRow.objects.exists()


def test_import_that_breaks_half_way_leaves_nothing(district: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("gongkai.ledger.actions.importing.record", full)
    with pytest.raises(OSError):
        stored(district)
    assert not Plan.objects.exists() and not TaskUnit.objects.exists() and not OutboxRow.objects.exists()


def test_only_the_district_office_imports(district: World) -> None:
    officer = district.actor(district.finance, "officer")
    with pytest.raises(Refused, match="导入工作要点"):
        actions.import_plan(reading=reading(), source=SOURCE, by=officer, now=AT)


def test_chosen_unit_stands_for_an_unknown_name(district: World) -> None:
    office = district.actor(district.office, "disclosure")
    chosen = {"区委编办": district.civil.pk}
    actions.import_plan(reading=reading(), source=SOURCE, by=office, now=AT, chosen=chosen)
    assert task_of(1).answerable.get(text="区委编办").members.get().unit == district.civil


def test_unknown_name_is_listed_with_its_neighbours_and_never_guessed(district: World) -> None:
    table = [list(HEADS.values()), ["1", "财政", "做好预算公开。", "区财政管理局", "12月底前"]]
    (name,) = queries.understand(reading(table)).unknown
    assert name.text == "区财政管理局" and name.nearest[0] == "区财政局" and name.tasks == (1,)


@pytest.mark.law("条例46")
def test_report_is_accepted_and_the_light_and_the_public_page_follow(district: World) -> None:
    stored(district)
    assert light_of(6).state == "idle"
    publication = district.published()
    officer, head = district.actor(district.finance, "officer"), district.actor(district.office, "disclosure")
    report = actions.report_progress(
        task=task_of(6), unit=district.finance, by=officer, now=AT, text="预算已全部公开。",
        finished=True, evidence=f"http://localhost:8000{publication.path}",
    )  # fmt: skip
    assert light_of(6).state == "idle" and "1份填报待审核" in light_of(6).reason
    actions.accept_progress(report=report, by=head, now=AT + timedelta(hours=1))
    assert light_of(6).state == "done"
    progress = queries.public_progress(YEAR, today=TODAY)
    assert progress is not None
    shown = progress.tasks[5]
    assert shown.light.state == "done" and progress.counts["done"] == 1
    assert shown.reports[0].evidence == ((publication.title, publication.path),)
    verbs = TrailRow.objects.filter(verb__startswith="ledger.").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["ledger.import_plan", "ledger.report_progress", "ledger.accept_progress"]
    assert verify().ok


def test_returned_report_does_not_count_and_says_why(district: World) -> None:
    stored(district)
    officer, head = district.actor(district.finance, "officer"), district.actor(district.office, "disclosure")
    report = actions.report_progress(
        task=task_of(7), unit=district.finance, by=officer, now=AT, text="在做。"
    )
    with pytest.raises(Refused, match="退回理由"):
        actions.return_progress(report=report, by=head, now=AT, reason=" ")
    report = actions.return_progress(report=report, by=head, now=AT, reason="请附公示网址。")
    assert (report.state, report.reason) == (states.RETURNED, "请附公示网址。")
    assert light_of(7).state == "idle"
    progress = queries.public_progress(YEAR, today=TODAY)
    assert progress is not None and progress.tasks[6].reports == ()
    with pytest.raises(Refused, match="刷新页面"):
        actions.accept_progress(report=report, by=head, now=AT)


@pytest.mark.parametrize(
    ("number", "unit", "seat", "more", "code"),
    [
        (6, "finance", "officer", {"text": " "}, "ledger.empty"),
        (6, "finance", "officer", {"evidence": "/no/such/page.html"}, "ledger.evidence"),
        (6, "finance", "officer", {"finished": True}, "ledger.no_evidence"),
        (9, "finance", "officer", {}, "ledger.not_answerable"),
        (6, "finance", "reviewer", {}, "wall.report"),
        (7, "civil", "officer", {"unit": "finance"}, "wall.report"),
    ],
)
def test_report_is_refused_with_its_reason(
    district: World, number: int, unit: str, seat: str, more: dict[str, Any], code: str
) -> None:
    stored(district)
    by = district.actor(getattr(district, unit), seat)
    given = {"text": "做了。", **more, "unit": getattr(district, str(more.get("unit", unit)))}
    with pytest.raises(Refused) as refused:
        actions.report_progress(task=task_of(number), by=by, now=AT, **given)
    assert code in [refusal.code for refusal in refused.value.refusals]
    assert not ProgressReport.objects.unscoped("test").exists()


def test_nobody_judges_his_own_report(district: World) -> None:
    stored(district)
    head = district.actor(district.office, "disclosure")
    report = ProgressReport.objects.create(
        task=task_of(10), unit=district.office, text="做了。", by_id=head.person_id, at=AT
    )
    with pytest.raises(Refused, match="您自己填报的"):
        actions.accept_progress(report=report, by=head, now=AT)
    with pytest.raises(Refused, match="区政务公开主管部门"):
        actions.accept_progress(report=report, by=district.actor(district.office, "leader"), now=AT)


def test_group_phrase_is_corrected_and_stays_as_written(district: World) -> None:
    stored(district)
    named = task_of(5).answerable.get()
    assert named.is_group and not named.certain
    assert queries.row_of(task_of(5), today=TODAY).needed == frozenset()
    head = district.actor(district.office, "disclosure")
    actions.correct_unit(task_unit=named, units=[district.finance, district.civil], by=head, now=AT)
    row = queries.row_of(task_of(5), today=TODAY)
    assert row.answerable[0].text == "重大行政决策涉及部门"
    assert row.needed == {district.finance.pk, district.civil.pk}
    with pytest.raises(Refused, match="更正"):
        actions.correct_unit(
            task_unit=named, units=[district.civil], by=district.actor(district.civil, "officer"), now=AT
        )


def test_late_task_names_the_missing_units(district: World) -> None:
    stored(district)
    page = queries.ledger(year=YEAR, today=TODAY.replace(year=YEAR + 1))
    assert page.counts["late"] == len(TASKS)
    ten = next(row for row in page.rows if row.task.number == 10)
    assert ten.missing == ["区政府办公室", "1号街道", "2号街道"]
    finance = next(unit for unit in queries.by_unit(page) if unit.id == district.finance.pk)
    # 4 各单位, 6 and 7 by name; 各相关单位 makes nobody late.
    assert {6, 7} <= {row.task.number for row in finance.rows} and finance.late == 3
