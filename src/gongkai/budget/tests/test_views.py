"""Clerks' pages of budgets: a hole is filled, a paper assigned, the debt comes in by sheet, a release is moved and out."""

from __future__ import annotations

import io
import json
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from gongkai.budget import queries, subscribers
from gongkai.budget.models import Announcement, BudgetPaperLink, DebtFigure
from gongkai.budget.rules.debt import read_debt
from gongkai.budget.tests.papers import TITLES, blocks, sound
from gongkai.events.publication import DocumentPublished
from gongkai.files.models import StoredFile
from gongkai.kernel.text.blocks import Paragraph, Table
from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.orgs.models import Unit
from gongkai.portal.pages.budget import draw
from gongkai.portal.pages.scene import scene
from gongkai.publishing import walk
from gongkai.publishing.models import Publication
from gongkai.trail import installation

AT = "/workbench/budget/"
database = pytest.mark.django_db
HEAD = "年度,类别,限额（万元）,余额（万元）,发行,还本,付息"


def publish(world: Any, tmp_path: Path, title: str) -> Publication:
    paper = tmp_path / "文件.txt"
    paper.write_text(f"{title}\n\n各有关单位：\n现予公开。\n\n测试区财政局\n2026年9月1日\n", encoding="utf-8")
    return walk.publish_file(path=paper, unit=world.units["finance"], openness="主动公开", now=world.now)


def pages(world: Any) -> dict[str, str]:
    return {one.path: one.body.decode(errors="replace") for one in draw(scene(world.today), "")}


@database
@pytest.mark.feature("A15")
def test_a_hole_is_filled_and_its_cell_opens_the_documents_of_unit_and_subordinates(
    world: Any,
    browse: Any,  # noqa: F811
    tmp_path: Path,
) -> None:
    installation.mark(kind=installation.DEMO, at=world.now)
    below = Unit.objects.create(code="centre", name="测试区财政中心", short_name="财政中心", kind="institution",
                                parent=world.units["finance"])  # fmt: skip
    officer, unit = browse("finance.officer"), world.units["finance"].pk
    field = f"{AT}{unit}/2026/budget/"
    assert officer.get(f"{AT}{unit}/2026/nothing/").status_code == 404
    assert "还没有到" in officer.post(field, {"on": "2026-12-01"}).content.decode()
    assert officer.post(field, {"on": "昨天"}).status_code == 422
    assert officer.post(field, {"on": "2026-09-01"}).status_code == 302
    assert "还有 1 份没有公开" in officer.get(AT).content.decode()
    paper = publish(world, tmp_path, "关于今年收支安排的公告")
    shown = officer.get(field).content.decode()
    assert "逾期未公开" in shown and paper.title in shown
    assert officer.post(f"{field}assign/", {"publication": paper.pk}).status_code == 302
    other = browse("civil.officer")
    assert other.post(f"{field}assign/", {"publication": paper.pk}).status_code == 404
    files = pages(world)
    assert 'href="finance/#y2026-budget"' in files["/budget/index.html"]
    page = files["/budget/finance/index.html"]
    assert paper.title in page and below.short_name in page and "下级单位 1 个" in files["/budget/index.html"]
    told = [one["title"] for one in json.loads(files["/budget/feed.json"])["items"]]
    assert told == [paper.title] and paper.path in files["/budget/feed.atom"]
    assert 'href="feed.atom"' in files["/budget/index.html"]
    link = BudgetPaperLink.objects.unscoped("test").get()
    assert other.post(f"{AT}papers/{link.pk}/unassign/").status_code == 404
    assert officer.post(f"{AT}papers/{link.pk}/unassign/").status_code == 302
    assert "/budget/finance/index.html" not in pages(world)
    assert paper.title not in pages(world)["/budget/feed.atom"] + pages(world)["/budget/feed.json"]


@database
def test_the_matrix_page_takes_the_same_queries_for_thirty_units(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("office.head")
    client.get(AT)
    counts = []
    for start in (0, 30):
        for at in range(start):
            Unit.objects.create(code=f"u{at}", name=f"单位{at}", short_name=f"单位{at}", kind="department",
                                parent=world.units["district"])  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert client.get(AT).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@database
@pytest.mark.feature("A17")
def test_a_release_is_announced_moved_and_its_address_leads_to_what_was_published(
    world: Any,
    browse: Any,  # noqa: F811
    tmp_path: Path,
) -> None:
    installation.mark(kind=installation.DEMO, at=world.now)
    officer = browse("finance.officer")
    ahead, later = world.today + timedelta(days=40), world.today + timedelta(days=400)
    given = {
        "unit": world.units["finance"].pk,
        "title": "2026年统计公报",
        "due_on": (ahead + timedelta(days=300)).isoformat(),
    }
    assert officer.post(f"{AT}releases/", given).status_code == 302
    one = Announcement.objects.unscoped("test").get()
    at = f"{AT}releases/{one.pk}/"
    assert officer.post(at, {"to": later.isoformat(), "reason": ""}).status_code == 422
    assert officer.post(at, {"to": later.isoformat(), "reason": "数据复核"}).status_code == 302
    assert browse("civil.officer").get(at).status_code == 404
    files = pages(world)
    assert (
        "数据复核" in files[f"/budget/releases/{one.pk}/index.html"]
        and str(later) in files["/budget/index.html"]
    )
    assert Client().get(f"/budget/releases/{one.pk}/").status_code == 404
    paper = publish(world, tmp_path, "测试区2026年统计公报")
    subscribers.on_published(DocumentPublished(paper.pk, paper.document_id, paper.unit_id, paper.path, 1))
    answer = Client().get(f"/budget/releases/{one.pk}/")
    assert answer.status_code == 302 and answer.url == paper.path
    assert f"/budget/releases/{one.pk}/index.html" not in pages(world)
    assert "数据复核" in pages(world)["/budget/index.html"]
    assert officer.post(at, {"to": ahead.isoformat(), "reason": "再改"}).status_code == 422


@database
@pytest.mark.feature("A15")
def test_debt_comes_in_by_sheet_whole_or_not_at_all(world: Any, browse: Any) -> None:  # noqa: F811
    office = browse("office.head")

    def send(*lines: str, encoding: str = "gbk") -> Any:
        body = "\r\n".join((HEAD, *lines)).encode(encoding)
        return office.post(f"{AT}debt/import/", {"file": SimpleUploadedFile("债务.csv", body)})

    bad = send("2025,一般债务,420000,390000,1,2,3", "2025年,专项,10,20,,,", "25,一般,x,,,,")
    said = bad.content.decode()
    assert (
        bad.status_code == 422 and "余额大于限额" in said and "A4" in said and "C4" in said and "D4" in said
    )
    assert not DebtFigure.objects.exists() and not StoredFile.objects.exists()
    assert send('2025,一般债务,"420,000",390000,1,2,3', "2025,专项债务,10,5,,,").status_code == 302
    assert DebtFigure.objects.count() == 2
    assert send("2025,一般债务,430000,390000,1,2,3").status_code == 302
    assert DebtFigure.objects.get(kind="一般").ceiling == 430000
    assert browse("finance.officer").get(f"{AT}debt/").status_code == 403
    form = {"year": 2024, "kind": "一般", "ceiling": 5, "balance": 9, "issued": 0, "repaid": 0, "interest": 0}
    assert "余额大于限额" in office.post(f"{AT}debt/", form).content.decode()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.tuples(st.integers(2000, 2099), st.sampled_from(["一般", "专项"])),
        st.integers(0, 10**9),
        max_size=12,
    )
)
def test_a_sheet_of_debt_reads_back_as_it_was_written(figures: dict[tuple[int, str], int]) -> None:
    table = [
        ["年度", "类别", "限额", "余额"],
        *([str(y), k, f"{n}.50", str(n)] for (y, k), n in figures.items()),
    ]
    grid = SheetGrid(
        "", False, {r: {c: SheetCell(t) for c, t in enumerate(row, 1)} for r, row in enumerate(table, 1)}
    )
    reading = read_debt([grid])
    assert bool(reading.problems) == (not figures)
    assert {(one.year, one.kind): int(one.figures["balance"]) for one in reading.lines} == figures


def _as_pdf(tmp_path: Path, tables: dict[str, Any], said: list[str]) -> Path:
    """The paper as a ruled pdf; made by an office program where there is one."""
    import shutil

    if not shutil.which("soffice"):
        pytest.skip("no office program on this machine makes a pdf")
    from docx import Document

    document = Document()
    for block in blocks(tables, said):
        if isinstance(block, Paragraph):
            document.add_paragraph(block.text)
        elif isinstance(block, Table):
            grid = document.add_table(rows=0, cols=len(block.rows[0]))
            grid.style = "Table Grid"
            for row in block.rows:
                for cell, one in zip(grid.add_row().cells, row, strict=True):
                    cell.text = one.text
    path = tmp_path / "预算.docx"
    document.save(str(path))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return tmp_path / "预算.pdf"


@database
@pytest.mark.feature("A16")
def test_a_wrong_pdf_is_told_with_page_and_quote(world: Any, browse: Any, tmp_path: Path) -> None:  # noqa: F811
    tables, said = sound()
    tables["three"][1][1], said[2] = "21.00", ""
    path = _as_pdf(tmp_path, tables, said)
    found = queries.check_file(path)
    wrong = [one for one in found.findings if one.rule == "budget.three_sum"]
    assert (
        len(wrong) == 1
        and "21.00" in wrong[0].text
        and wrong[0].where.startswith("第")
        and "页" in wrong[0].where
    )


@database
@pytest.mark.feature("A16")
def test_a_wrong_sheet_is_told_on_the_page_and_by_the_command(
    world: Any,
    browse: Any,  # noqa: F811
    tmp_path: Path,
    capsys: Any,
) -> None:
    tables, _ = sound()
    tables["spending"][7][4] = "310.00"
    book = Workbook()
    for kind, rows in tables.items():
        sheet = book.create_sheet(TITLES[kind])
        for row in [[TITLES[kind]], ["单位：万元"], *rows]:
            sheet.append(row)
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    client = browse("finance.officer")
    shown = client.post(
        f"{AT}check/", {"file": SimpleUploadedFile("预算.xlsx", out.getvalue())}
    ).content.decode()
    assert "工作表“支出总表”" in shown and "budget.basic_project" in shown and "1 处数对不上" in shown
    assert not StoredFile.objects.exists()
    path = tmp_path / "预算.xlsx"
    path.write_bytes(out.getvalue())
    from django.core.management import call_command

    call_command("budget", "check", str(path), "--json")
    said = json.loads(capsys.readouterr().out)
    assert "budget.basic_project" in {one["rule"] for one in said["findings"]} and said["readable"]
    broken = client.post(f"{AT}check/", {"file": SimpleUploadedFile("坏.xlsx", b"PK\x03\x04x")})
    assert broken.status_code == 422
