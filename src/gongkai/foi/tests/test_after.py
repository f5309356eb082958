"""After the answer: disputes with their clocks, lessons, the sealed file, erasing, appeals, blotting out."""

from __future__ import annotations

import json
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gongkai.files import storage
from gongkai.files.actions import keep_made
from gongkai.foi import sealed_zip, states
from gongkai.foi.actions import engine
from gongkai.foi.actions.archiving import archive_case, faults_of, purge_due, purge_identity
from gongkai.foi.actions.disputing import answer_dispute, decide_dispute, enter_dispute, write_lesson
from gongkai.foi.actions.filing import give_along
from gongkai.foi.actions.judging_appeals import change_settings, finish_order, judge_appeal, name_institution
from gongkai.foi.actions.opening import Asked, Asking, open_case
from gongkai.foi.actions.redacting import Blot, begin_redaction, finish_redaction, place_boxes
from gongkai.foi.models import Applicant, Case, Dispute, Institution, InstitutionDuty, Paper
from gongkai.foi.queries.lessons import lessons_for
from gongkai.foi.rules.tables import ReviewCount, table_four
from gongkai.law.refusal import Refused
from gongkai.trail import chain

pytestmark = [pytest.mark.django_db]
NUMBER = "370202199003071238"


def opened(world: Any, *, received: date = date(2026, 9, 1), kind: str = Case.Kind.REQUEST) -> Case:
    """A case of the finance bureau, received at the counter."""
    asking = Asking(
        kind=Applicant.Kind.PERSON,
        name="申请人甲",
        document="id_card",
        document_number=NUMBER,
        document_masked="370***********1238",
        phone="13800000000",
        address="香港中路1号",
    )
    return open_case(
        unit=world.units["finance"],
        channel=Case.Channel.COUNTER,
        asking=asking,
        asked=Asked(title="某项目预算", content="某项目2025年预算", kind=kind),
        by=world.actor("finance.officer"),
        now=world.now,
        arrived_on=received,
        received_on=received,
        received_why="当面提交",
    )


def answered(world: Any) -> Case:
    """The same, answered with 不予公开 by the engine alone."""
    case = opened(world)
    officer, now = world.actor("finance.officer"), world.now
    day = date(2026, 9, 20)
    steps: list[tuple[str, str, dict]] = [
        ("sign_for", "finance.officer", {}),
        ("dispose", "finance.officer", {"disposition": "r3_5"}),
        ("draft_answer", "finance.officer", {}),
        ("review", "finance.reviewer", {}),
        ("sign", "finance.leader", {"decided_on": day}),
        (
            "dispatch",
            "finance.officer",
            {"closed_on": day, "counted_on": day, "counted_disposition": "r3_5"},
        ),
        ("deliver", "finance.officer", {"served_on": day, "retention_until": date(2026, 10, 1)}),
    ]
    for event, who, changes in steps:
        case = engine.locked(case)
        engine.advance(case, event, by=world.actor(who), now=now, on=day, changes=changes)
    assert officer.person_id
    return engine.locked(case)


def entered(world: Any, case: Case, **more: Any) -> Dispute:
    values = {"kind": "reconsideration", "body": "测试区人民政府", "filed_on": date(2026, 9, 25)}
    values |= {"copy_received_on": date(2026, 9, 30), "by": world.actor("finance.officer"), "now": world.now}
    return enter_dispute(case=case, **(values | more))


@pytest.mark.feature("D21")
@pytest.mark.parametrize(
    ("kind", "simplified", "due"),
    [
        # 2026-10-01 to 07 are days off, 10-10 is a working Saturday.
        ("reconsideration", False, date(2026, 10, 20)),
        ("reconsideration", True, date(2026, 10, 13)),
        ("direct", False, date(2026, 10, 15)),
    ],
)
def test_a_copy_starts_the_right_clock(world: Any, kind: str, simplified: bool, due: date) -> None:
    assert entered(world, answered(world), kind=kind, simplified=simplified).answer_due_on == due


@pytest.mark.feature("D14")
def test_a_dispute_runs_to_its_place_in_the_table(world: Any) -> None:
    case = answered(world)
    dispute = entered(world, case)
    officer = world.actor("finance.officer")
    answer_dispute(dispute=dispute, by=officer, now=world.now, on=date(2026, 10, 10))
    decide_dispute(
        dispute=dispute,
        by=officer,
        now=world.now,
        outcome="revoked",
        decided_on=date(2026, 10, 13),
        redo_days=15,
    )
    row = table_four([ReviewCount(dispute.kind, dispute.outcome)])["reconsideration"]
    assert row == (0, 1, 0, 0, 1)
    with pytest.raises(Refused, match="已经登记了结果"):
        decide_dispute(
            dispute=dispute, by=officer, now=world.now, outcome="upheld", decided_on=date(2026, 10, 13)
        )


@pytest.mark.feature("D14")
@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"kind": "x"}, "没有选类别"),
        ({"body": " "}, "没有写复议机关"),
        ({"copy_received_on": None}, "没有写立案"),
        ({"copy_received_on": date(2026, 12, 1)}, "不晚于今天"),
        ({"filed_on": date(2026, 10, 5), "copy_received_on": date(2026, 10, 1)}, "应不早于"),
        ({"kind": "after"}, "没有已有结果的行政复议"),
    ],
)
def test_a_dispute_that_cannot_be_is_refused_with_the_way_out(world: Any, more: dict, says: str) -> None:
    case = answered(world)
    with pytest.raises(Refused, match=says):
        entered(world, case, **more)
    assert not Dispute.objects.unscoped("the test counts all").exists()


@pytest.mark.feature("D14")
def test_another_unit_does_not_enter_it(world: Any) -> None:
    with pytest.raises(Refused, match="由答复单位登记"):
        entered(world, answered(world), by=world.actor("civil.officer"))


@pytest.mark.feature("D22")
def test_a_lesson_is_shown_on_its_ground_and_only_there(world: Any) -> None:
    dispute = entered(world, answered(world))
    officer = world.actor("finance.officer")
    write_lesson(
        ground="r3_5",
        mistake="把对外执行的标准当成内部事务。",
        lesson="先看是否影响相对人的权利义务。",
        by=officer,
        now=world.now,
        unit_id=dispute.unit_id,
        dispute=dispute,
    )
    assert [lesson.mistake for lesson in lessons_for("r3_5")] == ["把对外执行的标准当成内部事务。"]
    assert lessons_for("r3_6") == [] and lessons_for("") == []
    with pytest.raises(Refused, match="没有选是哪一种答复"):
        write_lesson(
            ground="r9", mistake="错", lesson="改", by=officer, now=world.now, unit_id=dispute.unit_id
        )


@pytest.mark.feature("D15")
def test_the_sealed_file_is_whole_and_a_change_is_found(world: Any, tmp_path: Path) -> None:
    case = answered(world)
    sealed = archive_case(case=case, by=world.actor("finance.officer"), now=world.now)
    assert engine.locked(case).state == states.ARCHIVED and faults_of(sealed) == []
    path = storage.path_of(sealed.file)
    rows = sealed_zip.index_of(path)["目录"]
    assert [row["序号"] for row in rows] == list(range(1, sealed.papers + 1))
    assert {"申请内容.txt", "办理经过.txt", "期限逐日说明.txt"} <= {row["名称"] for row in rows}
    assert NUMBER.encode() not in path.read_bytes()
    for name in zipfile.ZipFile(path).namelist():
        assert sealed_zip.faults(_with_changed(path, name, tmp_path)), name


@pytest.mark.feature("D15")
def test_the_same_papers_give_the_same_bytes() -> None:
    leaves = [sealed_zip.Leaf("登记", "甲.txt", b"1"), sealed_zip.Absent("登记", "乙", "0" * 64, "另存")]
    assert sealed_zip.pack({"受理编号": "1"}, leaves) == sealed_zip.pack({"受理编号": "1"}, leaves)


@pytest.mark.feature("D15")
def test_a_paper_that_is_missing_or_too_many_is_named(tmp_path: Path) -> None:
    content, _, _ = sealed_zip.pack({}, [sealed_zip.Leaf("登记", "甲.txt", b"1")])
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert sealed_zip.faults(path) == []
    with zipfile.ZipFile(path, "a") as box:
        box.writestr("夹带.txt", b"2")
    assert "目录以外" in sealed_zip.faults(path)[0]
    path.write_bytes(b"nothing")
    assert "打不开" in sealed_zip.faults(path)[0]


@pytest.mark.feature("D15", "D14")
def test_an_open_dispute_keeps_the_file_open(world: Any) -> None:
    case = answered(world)
    entered(world, case)
    with pytest.raises(Refused, match="还有没有结果的复议或诉讼"):
        archive_case(case=case, by=world.actor("finance.officer"), now=world.now)
    assert engine.locked(case).state == states.ANSWERED


@pytest.mark.feature("X10")
def test_identity_goes_when_its_keeping_ends_and_the_count_stays(world: Any) -> None:
    case = answered(world)
    stored = keep_made(
        content=[b"card"],
        name="身份证.pdf",
        kind="pdf",
        unit=case.unit,
        by=world.actor("finance.officer"),
        now=world.now,
    )
    paper = Paper.objects.create(
        case=case, unit=case.unit, kind=Paper.Kind.IDENTITY, title="身份证", file=stored, at=world.now
    )
    archive_case(case=case, by=world.actor("finance.officer"), now=world.now)
    assert purge_due(now=world.now - timedelta(days=30)) == 0
    assert purge_due(now=world.now) == 1 and purge_due(now=world.now) == 0
    who = Applicant.objects.unscoped("the one of the test").get(case=case)
    assert not any(
        (who.name, who.document_sealed, who.phone_sealed, who.identity_digest, who.document_masked)
    )
    assert who.kind == Applicant.Kind.PERSON and str(who) == "（身份信息已清除）"
    paper = Paper.objects.unscoped("the one of the test").get(pk=paper.pk)
    assert paper.purged_at and not storage.path_of(paper.file).exists()
    after = engine.locked(case)
    assert (after.counted_disposition, after.state) == ("r3_5", states.ARCHIVED)
    assert chain.verify().ok


@pytest.mark.feature("X10")
def test_nothing_is_erased_before_its_day(world: Any) -> None:
    case = answered(world)
    archive_case(case=case, by=world.actor("finance.officer"), now=world.now)
    with pytest.raises(Refused, match="身份信息要保存到"):
        purge_identity(case=case, by=world.actor("finance.reviewer"), now=world.now - timedelta(days=30))


@pytest.mark.feature("D18", "D24")
def test_an_appeal_is_held_against_the_duty_list(world: Any) -> None:
    school = Institution.objects.create(
        name="测试小学", sector="education", supervisor=world.units["finance"]
    )
    duty = InstitutionDuty.objects.create(sector="education", item="收费项目及标准", basis="教育部门规定")
    other = InstitutionDuty.objects.create(sector="gas", item="停气信息", basis="供气规定")
    case = opened(world, received=date(2026, 9, 30), kind=Case.Kind.APPEAL)
    appeal = name_institution(case=case, institution=school, item_named="收费标准没有公开", now=world.now)
    assert appeal.due_on == date(2026, 10, 27)  # 15 working days, the holiday left out
    leader = world.actor("finance.leader")
    bad = {
        "verdict": "not_met",
        "findings": "网站和公示栏都没有。",
        "order": "补公开",
        "order_due_on": date(2026, 11, 1),
    }
    with pytest.raises(Refused, match="要指明是哪一项"):
        judge_appeal(appeal=appeal, by=leader, now=world.now, **bad)
    with pytest.raises(Refused, match="不是教育行业"):
        judge_appeal(appeal=appeal, by=leader, now=world.now, duty=other, **bad)
    with pytest.raises(Refused, match="责令怎样改正"):
        judge_appeal(appeal=appeal, by=leader, now=world.now, duty=duty, **(bad | {"order": ""}))
    judge_appeal(appeal=appeal, by=leader, now=world.now, duty=duty, **bad)
    assert finish_order(appeal=appeal, by=leader, now=world.now, on=world.today).order_done_on == world.today


@pytest.mark.feature("D18")
def test_only_the_district_office_fixes_the_period(world: Any) -> None:
    with pytest.raises(Refused, match="由区政务公开主管部门规定"):
        change_settings(by=world.actor("finance.leader"), now=world.now, working_days=20, course="")
    change_settings(by=world.actor("office.head"), now=world.now, working_days=5, course="受理、调查、告知")
    case = opened(world, received=date(2026, 9, 30), kind=Case.Kind.APPEAL)
    school = Institution.objects.create(
        name="测试小学", sector="education", supervisor=world.units["finance"]
    )
    found = name_institution(case=case, institution=school, item_named="收费", now=world.now)
    assert found.due_on == date(2026, 10, 13)


@pytest.mark.feature("D11")
def test_a_paper_is_blotted_with_a_ground_for_each_box(world: Any, tmp_path: Path) -> None:
    case = opened(world)
    officer = world.actor("finance.officer")
    case = engine.advance(engine.locked(case), "sign_for", by=officer, now=world.now)
    paper = _paper(case, world, tmp_path)
    redaction = begin_redaction(paper=paper, by=officer, now=world.now)
    assert begin_redaction(paper=paper, by=officer, now=world.now).pk == redaction.pk
    with pytest.raises(Refused, match="没有选依据"):
        place_boxes(redaction=redaction, blots=[Blot(0, (0.1, 0.1, 0.9, 0.2), "")], by=officer, now=world.now)
    # The whole number, wherever the font of this machine puts it.
    place_boxes(
        redaction=redaction, blots=[Blot(0, (0.0, 0.05, 1.0, 0.2), "15_privacy")], by=officer, now=world.now
    )
    Paper.objects.unscoped("test").filter(pk=paper.pk).update(with_answer=True)
    done = finish_redaction(redaction=redaction, by=officer, now=world.now)
    paper.refresh_from_db()
    assert not paper.with_answer, "the original never goes out beside its blotted copy"
    with pytest.raises(Refused, match="只能提供处理后的文件"):
        give_along(paper=paper, along=True, by=officer, now=world.now)
    assert done.result is not None and done.result.with_answer and done.proof["left"] == 0
    assert NUMBER.encode() not in storage.path_of(done.result.file).read_bytes()
    events = [row.name for row in case.events.model.objects.unscoped("test").filter(case=case)]
    assert events[-1] == "redact"
    assert NUMBER not in json.dumps(done.boxes) + json.dumps(done.proof)
    with pytest.raises(Refused, match="已经完成"):
        place_boxes(redaction=done, blots=[], by=officer, now=world.now)


def _paper(case: Case, world: Any, folder: Path) -> Paper:
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = made.make_stream(f"BT /F 14 Tf 72 740 Td ({NUMBER}) Tj ET".encode())
    made.save(folder / "a.pdf")
    stored = keep_made(
        content=[(folder / "a.pdf").read_bytes()],
        name="a.pdf",
        kind="pdf",
        unit=case.unit,
        by=world.actor("finance.officer"),
        now=world.now,
    )
    return Paper.objects.create(
        case=case, unit=case.unit, kind=Paper.Kind.SOURCE, title="协议", file=stored, at=world.now
    )


def _with_changed(path: Path, name: str, folder: Path) -> Path:
    """The same package with one byte added to one paper."""
    out = folder / "changed.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            content = old.read(one)
            if one == name:
                content = _another_seal(content) if name == sealed_zip.SEAL else content + b" "
            new.writestr(one, content)
    return out


def _another_seal(content: bytes) -> bytes:
    seal = json.loads(content)
    return json.dumps(seal | {"目录SM3": "0" * 64}).encode()


@pytest.mark.feature("D21")
def test_open_disputes_and_appeals_follow_a_new_notice(world: Any) -> None:
    from gongkai.foi.actions.disputing import redate_disputes

    dispute = entered(world, answered(world))
    school = Institution.objects.create(
        name="测试小学", sector="education", supervisor=world.units["finance"]
    )
    case = opened(world, received=date(2026, 9, 30), kind=Case.Kind.APPEAL)
    appeal = name_institution(case=case, institution=school, item_named="收费", now=world.now)
    due = appeal.due_on
    Dispute.objects.unscoped("test").update(answer_due_on=date(2026, 10, 14))
    appeal.__class__.objects.unscoped("test").update(due_on=date(2026, 10, 15))
    assert redate_disputes(now=world.now) == 2 and redate_disputes(now=world.now) == 0
    dispute.refresh_from_db()
    appeal.refresh_from_db()
    assert (dispute.answer_due_on, appeal.due_on) == (date(2026, 10, 20), due)


@pytest.mark.feature("D21", "D18")
def test_disputes_and_appeals_stand_on_the_desk_of_those_who_answer(world: Any) -> None:
    from gongkai.foi.desk import tasks_for

    entered(world, answered(world))
    school = Institution.objects.create(
        name="测试小学", sector="education", supervisor=world.units["finance"]
    )
    name_institution(
        case=opened(world, kind=Case.Kind.APPEAL), institution=school, item_named="收费", now=world.now
    )
    assert any("复议" in item.title for item in tasks_for(world.actor("finance.officer"), world.today))
    assert any("测试小学" in item.title for item in tasks_for(world.actor("finance.leader"), world.today))
    other = tasks_for(world.actor("civil.leader"), world.today) + tasks_for(
        world.actor("civil.officer"), world.today
    )
    assert not other
