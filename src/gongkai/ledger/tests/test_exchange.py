"""The ledger goes out as a table, is filled, and comes back as reports by the real action."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gongkai.ledger import queries
from gongkai.ledger.models import Plan, ProgressReport, Task
from gongkai.ledger.tests.test_views import browse, store
from gongkai.sheets.queries.writing import HEAD_ROW
from gongkai.trail.models import TrailRow

__all__ = ["browse"]
pytestmark = [pytest.mark.django_db, pytest.mark.feature("X17")]
URL, EXPORT = "/workbench/ledger/2026/table/", "/workbench/ledger/2026/table/export/"


def exported(client: Client) -> Any:
    return load_workbook(io.BytesIO(client.get(EXPORT).content))


def column(page: Any, head: str) -> int:
    return next(cell.column for cell in page[HEAD_ROW] if str(cell.value).startswith(head))


def fill(book: Any, texts: dict[int, str], head: str = "进展") -> Any:
    page = book.worksheets[0]
    at = column(page, head)
    for number, text in texts.items():
        page.cell(HEAD_ROW + number, at).value = text
    return book


def bring(client: Client, book: Any) -> Any:
    out = io.BytesIO()
    book.save(out)
    return client.post(URL, {"file": SimpleUploadedFile("填好.xlsx", out.getvalue())}, follow=True)


def write(client: Client, page: Any, how: str = "all") -> Any:
    text = page.content.decode()
    key = page.redirect_chain[-1][0].split("file=")[1]
    seen = text.split('name="seen" value="')[1].split('"')[0]
    return client.post(URL, {"key": key, "seen": seen, how: "1"}, follow=True)


@pytest.mark.law("条例46")
def test_thirty_filled_cells_are_thirty_reports_and_one_stale_row_is_refused(world: Any, browse: Any) -> None:
    store(world, 31)
    officer, colleague = browse("finance.officer"), browse("finance.officer2")
    book = exported(officer)
    late = exported(colleague)
    shown = bring(officer, fill(book, {number: f"第{number}项已公开" for number in range(1, 31)}))
    assert "核对 30 行改动" in shown.content.decode() and not ProgressReport.objects.unscoped("test").exists()
    done = write(officer, shown)
    assert "已写入 30 行" in done.content.decode()
    reports = ProgressReport.objects.unscoped("test")
    assert reports.count() == 30 and reports.get(task__number=7).text == "第7项已公开"
    assert {report.by_id for report in reports} == {world.people["finance.officer"].pk}
    assert TrailRow.objects.filter(verb="ledger.report_progress").count() == 30
    # The colleague took the table out before; one of his two rows was filled meanwhile.
    shown = bring(colleague, fill(late, {30: "我也填了", 31: "我填的"}))
    text = shown.content.decode()
    assert "已过时" in text and "您导出以后，这一行又被改过" in text
    assert world.people["finance.officer"].name in text and "只写入看懂的 1 行" in text
    assert write(colleague, shown, "all").status_code == 422
    assert reports.all().count() == 30
    write(colleague, shown, "only")
    assert reports.all().count() == 31 and reports.get(task__number=31).text == "我填的"


def test_same_table_again_changes_nothing(world: Any, browse: Any) -> None:
    store(world, 3)
    officer = browse("finance.officer")
    book = fill(exported(officer), {1: "做了"})
    write(officer, bring(officer, book))
    assert "没有可以写入的改动" in bring(officer, book).content.decode()
    again = exported(officer).worksheets[0]
    assert again.cell(HEAD_ROW + 1, column(again, "进展")).value == "做了"
    assert "待审核" in again.cell(HEAD_ROW + 1, column(again, "上次填报")).value


def test_row_that_the_action_would_refuse_is_named_before_it_is_written(world: Any, browse: Any) -> None:
    store(world, 3)
    officer = browse("finance.officer")
    book = fill(fill(exported(officer), {1: "做完了", 2: "在做"}), {1: "是"}, "本单位已完成")
    text = bring(officer, book).content.decode()
    assert "报“已完成”要附佐证" in text and "只写入看懂的 1 行" in text
    book = fill(book, {1: "https://www.example.gov.cn/a.html\nhttps://www.example.gov.cn/b.html"}, "佐证网址")
    write(officer, bring(officer, book))
    report = ProgressReport.objects.unscoped("test").get(task__number=1)
    assert report.finished and len(queries.evidence_of([report])[report.pk]) == 2


def test_unit_gets_its_own_rows_and_the_office_all(world: Any, browse: Any) -> None:
    store(world, 2)
    own, all_rows = exported(browse("finance.officer")), exported(browse("office.head"))
    names = [page.cell(row, 2).value for page in (own.worksheets[0],) for row in (4, 5)]
    assert names == ["区财政局"] * 2 and own.worksheets[0].max_row == HEAD_ROW + 2
    assert all_rows.worksheets[0].max_row == HEAD_ROW + 4


def test_row_of_another_unit_is_not_taken(world: Any, browse: Any) -> None:
    store(world, 2)
    book = fill(exported(browse("office.head")), {1: "替财政局填", 2: "替民政局填"})
    text = bring(browse("finance.officer"), book).content.decode()
    assert "只写入看懂的 1 行" in text and "不在您的表里" in text
    assert browse("finance.reviewer").post(URL, {}).status_code == 403


def test_ended_or_foreign_key_is_refused_and_lost_file_sends_back(world: Any, browse: Any) -> None:
    store(world, 1)
    officer = browse("finance.officer")
    assert officer.post(URL, {}).status_code == 422
    lost = officer.get(URL, {"file": "nothing"}, follow=True)
    assert "找不到要核对的表格" in lost.content.decode()
    assert officer.get("/workbench/ledger/2031/table/").status_code == 404


def test_export_costs_the_same_for_1_and_30_tasks(world: Any, browse: Any) -> None:
    client, counts = browse("finance.officer"), []
    for number in (1, 30):
        Task.objects.all().delete()
        Plan.objects.all().delete()
        store(world, number)
        client.get(EXPORT)
        with CaptureQueriesContext(connection) as taken:
            assert client.get(EXPORT).status_code == 200
        counts.append(len(taken))
    assert counts[0] == counts[1] <= 20


def test_csv_of_the_ledger_comes_back_too(world: Any, browse: Any) -> None:
    store(world, 2)
    officer = browse("finance.officer")
    answer = officer.get(EXPORT, {"format": "csv"})
    assert "attachment" in answer["Content-Disposition"] and "filename*" in answer["Content-Disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    fields = lines[1].split(",")
    heads = lines[0].split(",")
    fields[heads.index("进展（填写）")] = "从csv来的"
    lines[1] = ",".join(fields)
    upload = SimpleUploadedFile("填好.csv", "\n".join(lines).encode("gb18030"))
    write(officer, officer.post(URL, {"file": upload}, follow=True))
    assert ProgressReport.objects.unscoped("test").get().text == "从csv来的"
