"""Reports with evidence of every kind: what stands, what is refused, what becomes of it when it is withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.files.actions import take_in
from gongkai.files.models import StoredFile
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries, states
from gongkai.ledger.models import Evidence, Plan, ProgressReport, Task
from gongkai.ledger.rules.evidence import MOST_PIECES, Piece
from gongkai.ledger.rules.plan import read_plan
from gongkai.ledger.tests.samples import HEADS, YEAR, as_grid, rows
from gongkai.messaging.models import Message
from gongkai.publishing import actions as publishing
from gongkai.publishing.tests.world import AT, World
from gongkai.trail.chain import verify
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("L02"), pytest.mark.law("条例46")]
TODAY = legal_day(AT)
MEETING = Piece("meeting", "区政府第3次常务会议", held_on=date(2026, 3, 2), decided="目录由财政局公开。")
LINK = Piece("link", "https://www.example.gov.cn/art/1.html", title="上级公告")


@pytest.fixture
def district(tmp_path: Any, settings: Any) -> World:
    settings.FILES_DIR, settings.TREE_DIR = tmp_path / "files", tmp_path / "tree"
    found = World()
    source = actions.Source(name="要点.docx", digest="0" * 64)
    actions.import_plan(
        reading=read_plan(as_grid(rows(HEADS, "nfrud")), year=YEAR), source=source,
        by=found.actor(found.office, "disclosure"), now=AT,
    )  # fmt: skip
    return found


def task_of(number: int) -> Task:
    return Task.objects.select_related("plan").get(number=number, origin=Task.Origin.ANNEX)


def material(world: World, unit: Any) -> StoredFile:
    by = world.actor(unit, "officer")
    return take_in(content=iter(["检查台账".encode()]), name="台账.txt", unit=unit, by=by, now=AT)


def report(world: World, number: int = 6, **more: Any) -> ProgressReport:
    given = {
        "text": "已全部公开。",
        "unit": world.finance,
        "by": world.actor(world.finance, "officer"),
        **more,
    }
    return actions.report_progress(task=task_of(number), now=AT, **given)


def pieces(of: ProgressReport) -> list[Evidence]:
    return queries.evidence_of([of]).get(of.pk, [])


def test_every_kind_of_evidence_stands_behind_a_report(district: World) -> None:
    record, file = district.published(), material(district, district.finance)
    given = [Piece("record", record.path), LINK, MEETING, Piece("file", file_id=file.pk)]
    found = report(district, pieces=given, measures="每月核对一次。", finished=True)
    assert found.measures == "每月核对一次。"
    assert [(one.kind, one.title) for one in pieces(found)] == [
        ("record", record.title), ("link", "上级公告"), ("meeting", "区政府第3次常务会议"), ("file", "台账.txt"),
    ]  # fmt: skip
    row = TrailRow.objects.get(verb="ledger.report_progress")
    assert len(row.facts["evidence"]) == 4 and verify().ok


def test_only_records_and_links_of_accepted_reports_are_public(district: World) -> None:
    record, file = district.published(), material(district, district.finance)
    found = report(
        district, pieces=[Piece("record", record.path), LINK, MEETING, Piece("file", file_id=file.pk)]
    )
    before = queries.public_progress(YEAR, today=TODAY)
    assert before is not None and before.tasks[5].reports == ()
    actions.accept_progress(report=found, by=district.actor(district.office, "disclosure"), now=AT)
    progress = queries.public_progress(YEAR, today=TODAY)
    assert progress is not None
    (shown,) = progress.tasks[5].reports
    assert shown.evidence == ((record.title, record.path), ("上级公告", LINK.text))
    assert "第3次" not in str(progress) and "台账.txt" not in str(progress)


def test_one_address_is_a_record_or_a_page_outside(district: World) -> None:
    record = district.published()
    own = report(district, evidence=record.index_number.number)
    outside = report(district, evidence="https://www.example.gov.cn/2.html")
    assert [one.kind for one in (*pieces(own), *pieces(outside))] == ["record", "link"]


def test_the_same_record_twice_stands_once(district: World) -> None:
    record = district.published()
    found = report(
        district, pieces=[Piece("record", record.path), Piece("record", record.index_number.number)]
    )
    assert len(pieces(found)) == 1


@pytest.mark.parametrize(
    ("piece", "says"),
    [
        (Piece("record", "/doc/2026/999.html"), "不是本站正在公开的文件"),
        (Piece("link", "http://10.0.0.1/"), "内部地址"),
        (Piece("meeting", "会议", held_on=date(2027, 1, 1), decided="好"), "还没有到"),
        (Piece("file", file_id=987654), "找不到要附的材料"),
    ],
)
def test_bad_piece_is_refused_in_words_and_nothing_is_stored(
    district: World, piece: Piece, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        report(district, pieces=[piece])
    assert not ProgressReport.objects.unscoped("test").exists()


def test_file_of_another_unit_cannot_be_named(district: World) -> None:
    with pytest.raises(Refused, match="找不到要附的材料"):
        report(district, pieces=[Piece("file", file_id=material(district, district.civil).pk)])


def test_too_many_pieces_and_finished_without_any_are_refused(district: World) -> None:
    many = [Piece("link", f"https://www.example.gov.cn/{n}.html") for n in range(MOST_PIECES + 1)]
    with pytest.raises(Refused, match="最多 20 条"):
        report(district, pieces=many)
    with pytest.raises(Refused, match="要附佐证"):
        report(district, finished=True)
    with pytest.raises(Refused, match="举措写了"):
        report(district, measures="字" * 1001)


def test_withdrawn_record_takes_the_finish_with_it(district: World) -> None:
    head, record = district.actor(district.office, "disclosure"), district.published()
    found = report(district, pieces=[Piece("record", record.path)], finished=True)
    actions.accept_progress(report=found, by=head, now=AT)
    assert queries.row_of(task_of(6), today=TODAY).light.state == "done"
    publishing.withdraw(
        publication=record, kind="误发", reason="发错了文件",
        by=district.actor(district.finance, "leader"), now=AT,
    )  # fmt: skip
    row = queries.row_of(task_of(6), today=TODAY)
    assert row.light.state != "done" and "佐证已撤回" in row.light.reason
    assert row.missing == ["区财政局"]
    again = report(district, pieces=[MEETING], finished=True)
    actions.accept_progress(report=again, by=head, now=AT)
    assert queries.row_of(task_of(6), today=TODAY).light.state == "done"


def test_unjudged_report_is_taken_back_and_a_judged_one_is_not(district: World) -> None:
    officer, head = district.actor(district.finance, "officer"), district.actor(district.office, "disclosure")
    found = report(district)
    with pytest.raises(Refused, match="不是您单位的填报"):
        actions.take_back_progress(report=found, by=district.actor(district.civil, "officer"), now=AT)
    found = actions.take_back_progress(report=found, by=officer, now=AT)
    assert found.state == states.WITHDRAWN
    with pytest.raises(Refused, match="刷新页面"):
        actions.accept_progress(report=found, by=head, now=AT)
    second = report(district)
    actions.accept_progress(report=second, by=head, now=AT)
    with pytest.raises(Refused, match="只有还没有核对的填报可以收回"):
        actions.take_back_progress(report=second, by=officer, now=AT)
    assert queries.row_of(task_of(6), today=TODAY).waiting == 0


def test_returned_report_tells_who_sent_it_once(district: World) -> None:
    head = district.actor(district.office, "disclosure")
    found = report(district)
    actions.return_progress(report=found, by=head, now=AT, reason="请附网址。")
    (message,) = Message.objects.unscoped("test").filter(person=found.by_id)
    assert "第 6 项填报被退回" in message.subject and "请附网址。" in message.text
    assert message.url.startswith("/workbench/ledger/mine/?open=")


@pytest.mark.feature("L03")
def test_unit_is_judged_by_its_own_reports(district: World) -> None:
    """Task 10 asks the office; a report of one unit says nothing of another on a task for both."""
    head = district.actor(district.office, "disclosure")
    named = task_of(5).answerable.get()
    actions.correct_unit(task_unit=named, units=[district.finance, district.civil], by=head, now=AT)
    Task.objects.filter(pk=named.task_id).update(due_kind="continuous", due_on=None, cycle_days=30)
    found = report(district, 5)
    actions.accept_progress(report=found, by=head, now=AT + timedelta(days=20))
    row = queries.row_of(task_of(5), today=TODAY + timedelta(days=31))
    assert row.light_of(district.finance.pk).state == "ok"
    assert row.light_of(district.civil.pk).state == "late" and row.light.state == "late"
    assert row.missing == ["区民政局"] and row.behind == {district.civil.pk}
    assert row.due_of(district.civil.pk) == TODAY + timedelta(days=30)
    assert Plan.objects.count() == 1
