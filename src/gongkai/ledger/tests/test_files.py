"""Real files of every form through the real reader give the same tasks."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from gongkai.law.refusal import Refused
from gongkai.ledger.queries import read_plan_file
from gongkai.ledger.rules.plan import PlanReading
from gongkai.ledger.tests.samples import HEADS, PROSE, TASKS, YEAR, rows

pytestmark = pytest.mark.feature("L01")
TABLE = rows(HEADS, "nfrud", blank=False)


def spans(table: list[list[str]]) -> list[tuple[int, int]]:
    """First row and length of each run of one field."""
    found: list[tuple[int, int]] = []
    for at, row in enumerate(table):
        if found and at > 1 and row[1] == table[at - 1][1]:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((at, 1))
    return found


def read(path: Path) -> PlanReading:
    return read_plan_file(path, name=path.name, year=YEAR)


def same(plan: PlanReading) -> None:
    facts = [
        (str(task.number), task.field, task.requirement, task.units_as_written, task.deadline.as_written)
        for task in plan.tasks
    ]
    assert facts == list(TASKS)
    assert plan.problems == ()


def test_docx_with_merged_fields_after_running_text(tmp_path: Path) -> None:
    paper = Document()
    for line in PROSE.splitlines():
        paper.add_paragraph(line)
    grid = paper.add_table(rows=len(TABLE), cols=5)
    for at, row in enumerate(TABLE):
        for column, text in enumerate(row):
            grid.cell(at, column).text = text
    for first, length in spans(TABLE):
        if length > 1:
            text = TABLE[first][1]
            grid.cell(first, 1).merge(grid.cell(first + length - 1, 1)).text = text
    paper.save(str(tmp_path / "要点.docx"))
    plan = read(tmp_path / "要点.docx")
    same(plan)
    assert plan.title == "滨海区2026年政务公开工作要点" and len(plan.duties) == 4


def test_xlsx_with_title_row_and_merged_fields(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["滨海区任务分解表"])
    sheet.merge_cells("A1:E1")
    for row in TABLE:
        sheet.append([int(row[0]) if row[0].isdigit() else row[0], *row[1:]])
    for first, length in spans(TABLE):
        if length > 1:
            sheet.merge_cells(start_row=first + 2, end_row=first + length + 1, start_column=2, end_column=2)
    book.save(tmp_path / "要点.xlsx")
    same(read(tmp_path / "要点.xlsx"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_html_with_rowspan_and_without_charset(tmp_path: Path, encoding: str) -> None:
    starts = dict(spans(TABLE))
    body = ""
    for at, row in enumerate(TABLE):
        cells = [escape(text) for text in row]
        body += f"<tr><td>{cells[0]}</td>"
        if at in starts:
            body += f"<td rowspan={starts[at]}>{cells[1]}</td>"
        body += "".join(f"<td>{text}</td>" for text in cells[2:]) + "</tr>"
    page = f"<html><body><h1>任务分解表</h1><table>{body}</table></body></html>"
    path = tmp_path / "要点.html"
    path.write_bytes(page.encode(encoding))
    same(read(path))


@pytest.mark.parametrize("sign", ["|", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_txt_with_signs(tmp_path: Path, sign: str, encoding: str) -> None:
    path = tmp_path / "要点.txt"
    path.write_bytes("\r\n".join(sign.join(row) for row in rows(HEADS, "nfrud")).encode(encoding))
    same(read(path))


def test_plan_of_200_rows_and_of_5000_rows(tmp_path: Path) -> None:
    for count in (200, 5000):
        path = tmp_path / f"{count}.txt"
        lines = ["\t".join(HEADS.values())]
        lines += ["\t".join([str(n), *TASKS[n % 10][1:]]) for n in range(1, count + 1)]
        path.write_text("\n".join(lines), encoding="utf-8")
        plan = read(path)
        assert len(plan.tasks) == count and plan.problems == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [("空.txt", b""), ("图.jpg", b"\xff\xd8\xff\xe0" + bytes(99)), ("坏.xlsx", b"PK\x03\x04" + bytes(99))],
)
def test_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused, match=name):
        read(path)
