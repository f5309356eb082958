"""Invented plans in many layouts and formats, each with the tasks that a reader must find in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import Workbook

from gongkai.files.tests.test_reading import drawn, line, text_at

YEAR = 2026
Units = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Wanted:
    """A task: what the file says, and what must be understood by it."""

    number: int
    field: str
    requirement: str
    units: str
    means: Units
    due: str
    day: date | None
    kind: str

    @property
    def cells(self) -> dict[str, str]:
        return {
            "n": str(self.number), "f": self.field, "r": self.requirement, "u": self.units, "d": self.due,
        }  # fmt: skip


def _task(number: int, field: str, requirement: str, units: str, means: str, due: str, day: str) -> Wanted:
    """``means`` is written 区财政局=lead 各街道=support; ``day`` is MM-DD, 持续 or empty."""
    pairs = tuple((name, role) for name, _, role in (one.partition("=") for one in means.split()))
    on = date.fromisoformat(f"{YEAR}-{day}") if day[:1].isdigit() else None
    kind = "date" if on else "continuous" if day == "持续" else "none"
    return Wanted(number, field, requirement, units, pairs, due, on, kind)


R, L, S = "=responsible", "=lead", "=support"
TASKS = (
    _task(1, "权责清单", "按季核对权力和责任清单，变动之后随即公布。", "区委编办、各相关单位",
          f"区委编办{R} 各相关单位{R}", "实时公开", "持续"),
    _task(2, "政策文件", "把仍然有效的规范性文件汇成一册，分类登载，提供文本和图片两种下载。", "区司法局牵头，各相关单位配合",
          f"区司法局{L} 各相关单位{S}", "6月底前", "06-30"),
    _task(3, "政策文件", "送审公文同时写明公开属性，不公开的说明理由。", "区政府办公室（牵头）、区司法局（配合）",
          f"区政府办公室{L} 区司法局{S}", "持续推进", "持续"),
    _task(4, "会议情况", "公布区政府常务会议的议题和决定事项。", "区政府各部门、各单位",
          f"区政府各部门、各单位{R}", "全年", "持续"),
    _task(5, "重大决策", "每项决策的草案、意见和结果放在同一页面，方便群众一次看全。", "重大行政决策涉及部门",
          f"重大行政决策涉及部门{R}", "8月底前", "08-31"),
    _task(6, "财政资金", "部门及所属单位的预算和决算全部公开，附必要的说明。", "区财政局",
          f"区财政局{R}", "三季度前", "09-30"),
    _task(7, "财政资金", "补贴发放名单延伸到社区公示，公示期不少于七天。", "区财政局；各街道办事处",
          f"区财政局{R} 各街道办事处{R}", "长期", "持续"),
    _task(8, "公共企事业", "写明申诉的处理期限和办理流程。", "区教育体育局、区卫生健康局等公共企事业单位主管部门",
          f"区教育体育局{R} 区卫生健康局{R} 公共企事业单位主管部门{R}", "年底前", "12-31"),
    _task(9, "平台建设", "网站支持互联网协议第6版，适合手机阅读。", "区大数据局", f"区大数据局{R}", "2026年11月30日前", "11-30"),
    _task(10, "平台建设", "每个街道建设一处公开示范点，张贴办事指南。", "区政府办公室，各街道办事处",
          f"区政府办公室{R} 各街道办事处{R}", "上半年", "06-30"),
    _task(11, "监督保障", "每季度组织一次抽查并通报结果，问题限期整改。", "区政府办公室", f"区政府办公室{R}", "2026-10-31", "10-31"),
    _task(12, "监督保障", "年度培训不少于两次，覆盖全部信息员。", "区人力资源社会保障局、区政府办公室",
          f"区人力资源社会保障局{R} 区政府办公室{R}", "11月底前", "11-30"),
)  # fmt: skip
HEADS: dict[str, dict[str, str]] = {
    "usual": {"n": "序号", "f": "公开领域", "r": "具体要求", "u": "责任单位", "d": "完成时限"},
    "content": {"n": "序号", "f": "公开领域", "r": "公开内容及要求", "u": "责任单位", "d": "完成时限"},
    "task": {"n": "编号", "f": "工作任务", "r": "工作举措", "u": "责任部门", "d": "时限要求"},
    "key": {"n": "序号", "f": "重点任务", "r": "主要内容", "u": "承办单位", "d": "完成时间"},
    "kind": {"n": "序号", "f": "任务类别", "r": "任务内容", "u": "牵头单位", "d": "时间要求"},
    "spaced": {"n": "序 号", "f": "类　别", "r": "工 作 要 求", "u": "责 任 单 位", "d": "完 成 时 限"},
    "point": {"n": "序号", "f": "工作要点", "r": "具体任务", "u": "责任单位", "d": "时间节点"},
    "matter": {"n": "序号", "f": "公开事项", "r": "公开要求", "u": "负责单位", "d": "时限"},
    "column": {"n": "项号", "f": "栏目", "r": "任务目标及措施", "u": "实施单位", "d": "完成期限"},
    "bracket": {"n": "序号", "f": "工作领域", "r": "工作内容（任务）", "u": "责任单位（科室）", "d": "完成时限（月）"},
    "measure": {"n": "序号", "f": "工作项目", "r": "工作措施和要求", "u": "责任主体", "d": "进度安排"},
    "duty": {"n": "序号", "f": "任务分类", "r": "任务要求", "u": "责任单位及配合单位", "d": "办结时限"},
}  # fmt: skip
Grid = list[list[str]]


def grid(
    heads: str = "usual", order: str = "nfrud", tasks: Sequence[Wanted] = TASKS, *, blank: bool = False
) -> Grid:
    """Head and rows; with ``blank`` a field that repeats is left empty, as offices do."""
    table, above = [[HEADS[heads][sign] for sign in order]], ""
    for task in tasks:
        cells = task.cells
        if blank and cells["f"] == above:
            cells["f"] = ""
        above = task.field
        table.append([cells[sign] for sign in order])
    return table


# -- writers ------------------------------------------------------------------------------------------------


def docx(path: Path, *parts: Grid | str, merge: int | None = None) -> Path:
    """Paragraphs and tables in order; runs of one text in column ``merge`` become merged cells."""
    paper = Document()
    for part in parts:
        if isinstance(part, str):
            for text in part.splitlines():
                paper.add_paragraph(text)
            continue
        table = paper.add_table(rows=len(part), cols=len(part[0]))
        for at, row in enumerate(part):
            cells = table.rows[at].cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
        for first, last in _runs(part, merge):
            text = part[first][merge or 0]
            for at in range(first, last + 1):
                table.cell(at, merge or 0).text = ""
            table.cell(first, merge or 0).merge(table.cell(last, merge or 0)).text = text
    paper.save(str(path.with_suffix(".docx")))
    return path.with_suffix(".docx")


def xlsx(
    path: Path, *sheets: Grid, title: str = "", merge: int | None = None, note: str = "", typed: bool = False
) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        page: Any = book.create_sheet()
        if title:
            page.append([title])
            page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(rows[0]))
            page.append([])
        first_row = page.max_row + 1 if title else 1
        if title:
            first_row = 3
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                value: Any = int(text) if text.isdigit() else text
                if typed and len(text) == 10 and text[4:5] == "-":
                    value = date.fromisoformat(text)
                page.cell(first_row + at, column + 1).value = value
        for first, last in _runs(rows, merge):
            page.merge_cells(
                start_row=first_row + first, end_row=first_row + last,
                start_column=(merge or 0) + 1, end_column=(merge or 0) + 1,
            )  # fmt: skip
        if note:
            page.cell(first_row + len(rows), 1).value = note
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


def html(
    path: Path, *parts: Grid | str, merge: int | None = None, coding: str = "utf-8", head: str = ""
) -> Path:
    body = ""
    for part in parts:
        if isinstance(part, str):
            body += "".join(f"<p>{escape(text)}</p>" for text in part.splitlines())
            continue
        runs = dict(_runs(part, merge))
        covered = {at for first, last in runs.items() for at in range(first + 1, last + 1)}
        body += "<table border=1>"
        for at, row in enumerate(part):
            body += "<tr>"
            for column, text in enumerate(row):
                if column == merge and at in covered:
                    continue
                span = f" rowspan={runs[at] - at + 1}" if column == merge and at in runs else ""
                body += f"<td{span}><p><span>{escape(text).replace(chr(10), '<br>')}</span></p></td>"
            body += "</tr>"
        body += "</table>"
    target = path.with_suffix(".html")
    target.write_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(coding))
    return target


def txt(path: Path, text: str, coding: str = "utf-8") -> Path:
    target = path.with_suffix(".txt")
    target.write_bytes(text.encode(coding))
    return target


def signs(rows: Grid, sign: str, *, framed: bool = False) -> str:
    lines = [sign.join(row) for row in rows]
    return "\n".join(f"{sign}{text}{sign}" for text in lines) if framed else "\n".join(lines)


def one_a_line(rows: Grid) -> str:
    return "\n".join(text for row in rows for text in row if text)


def pdf(path: Path, rows: Grid, *, per_page: int = 6, heads: bool = True, widths: Sequence[int] = ()) -> Path:
    """A ruled table over pages, its head repeated on each, drawn line by line."""
    widths = widths or [30 if text.startswith("序") else 95 for text in rows[0]]
    pages = []
    for start in range(1, len(rows), per_page):
        part = rows[start : start + per_page]
        pages.append(page([rows[0], *part] if heads or start == 1 else part, widths))
    return drawn(path.with_suffix(".pdf"), pages)


def page(rows: Grid, widths: Sequence[int]) -> str:
    lefts = [30]
    for width in widths:
        lefts.append(lefts[-1] + width)
    y, out = 810, ""
    out += line(lefts[0], y, lefts[-1], y)
    for row in rows:
        fields = [wrapped(text, (width - 8) // 12) for text, width in zip(row, widths, strict=True)]
        height = 14 * max(len(lines) for lines in fields) + 8
        for left, lines in zip(lefts, fields, strict=False):
            for at, text in enumerate(lines):
                out += text_at(left + 4, y - 14 * (at + 1), text)
        for left in lefts:
            out += line(left, y - height, left, y)
        y -= height
        out += line(lefts[0], y, lefts[-1], y)
    return out


def foot(drawing: str) -> float:
    """The height of the lowest line of a page that was drawn."""
    return min(float(one.split()[1]) for one in drawing.splitlines() if one.endswith("S"))


def wrapped(text: str, count: int) -> list[str]:
    return [text[at : at + count] for at in range(0, len(text), count)] or [""]


def _runs(rows: Grid, column: int | None) -> list[tuple[int, int]]:
    """First and last row of each run of one text."""
    if column is None:
        return []
    found: list[list[int]] = []
    for at, row in enumerate(rows):
        if found and at > 1 and row[column] == rows[at - 1][column]:
            found[-1][1] = at
        else:
            found.append([at, at])
    return [(first, last) for first, last in found if last > first]


# -- changes of layout --------------------------------------------------------------------------------------


def cells_of(rows: Grid, column: int, change: Callable[[str], str]) -> Grid:
    """The rows with one column written another way; its head stays."""
    return [rows[0], *([*row[:column], change(row[column]), *row[column + 1 :]] for row in rows[1:])]


def with_column(rows: Grid, at: int, head: str, texts: Sequence[str]) -> Grid:
    return [
        [*row[:at], head if place == 0 else texts[(place - 1) % len(texts)], *row[at:]]
        for place, row in enumerate(rows)
    ]


def wide(text: str) -> str:
    return text.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789"})


def split_roles(tasks: Sequence[Wanted] = TASKS) -> Iterator[tuple[str, str]]:
    """Leaders and supporters in two columns."""
    for task in tasks:
        lead = [name for name, role in task.means if role != "support"]
        support = [name for name, role in task.means if role == "support"]
        yield "、".join(lead), "、".join(support)


def leading(tasks: Sequence[Wanted] = TASKS) -> tuple[Wanted, ...]:
    """The same tasks where the column itself says who leads."""
    return tuple(
        replace(
            task,
            means=tuple((name, "support" if role == "support" else "lead") for name, role in task.means),
        )
        for task in tasks
    )
