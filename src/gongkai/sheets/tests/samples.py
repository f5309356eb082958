"""An invented register that goes out and comes back."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.sheets.queries import (
    Column,
    Kind,
    Report,
    Sheet,
    SheetRow,
    export_csv,
    export_xlsx,
    read_back,
)
from gongkai.sheets.queries.writing import HEAD_ROW

NOW = datetime(2026, 10, 14, 2, 0, tzinfo=UTC)
UNITS = ("区财政局", "区民政局", "一号街道")
SHEET = Sheet(
    key="test.register",
    title="填报表",
    name="title",
    columns=(
        Column("number", "序号", Kind.NUMBER, width=6),
        Column("title", "任务", width=30),
        Column("text", "进展", editable=True, note="做了什么。依据：条例第四十六条。", width=40, longest=50),
        Column("count", "件数", Kind.NUMBER, editable=True),
        Column("day", "完成日期", Kind.DATE, editable=True),
        Column("kind", "方式", Kind.CHOICE, editable=True, choices=("网上", "窗口", "电话")),
        Column("done", "已完成", Kind.YES_NO, editable=True),
        Column("unit", "承办单位", Kind.UNIT, editable=True, choices=UNITS),
    ),
)
FIRST = {"text": 3, "count": 4, "day": 5, "kind": 6, "done": 7, "unit": 8}
PLACE = {key: at + 1 for key, at in FIRST.items()}  # one hidden column stands before them


def row(number: int, **values: Any) -> SheetRow:
    given = {
        "number": number, "title": f"第{number}项公开预算", "text": f"第{number}次核对", "count": number,
        "day": date(2026, 3, 1), "kind": "网上", "done": False, "unit": "区财政局",
    }  # fmt: skip
    return SheetRow(key=str(number), values={**given, **values})


def rows(count: int = 5) -> list[SheetRow]:
    return [row(number) for number in range(1, count + 1)]


HARD = [
    row(1, text="=1+1", title="=HYPERLINK(\"http://x\")", count=Decimal("-2.50")),
    row(2, text="+86 532", count=None, day=None, kind="", done=True, unit=""),
    row(3, text="@all\n第二行", title="-1", count=0),
    row(4, text="", title="'带引号", day=date(2026, 12, 31)),
    row(5, text="'=前有引号", title="，、；“”"),
]  # fmt: skip


def filled(
    folder: Path, change: Callable[[Worksheet], None] | None = None, present: Sequence[SheetRow] | None = None
) -> Path:
    """A workbook as a clerk sends it back: exported, opened, changed, saved."""
    made = export_xlsx(SHEET, rows() if present is None else present, by="王某", now=NOW)
    book = load_workbook(io.BytesIO(made.content))
    if change is not None:
        page = book.worksheets[0]
        change(page)
    path = folder / "交回.xlsx"
    book.save(path)
    return path


def put(number: int, **values: Any) -> Callable[[Worksheet], None]:
    """Fill cells of the row of this number."""

    def change(page: Worksheet) -> None:
        for key, value in values.items():
            page.cell(HEAD_ROW + number, PLACE[key]).value = value

    return change


def returned(path: Path, present: Sequence[SheetRow] | None = None) -> Report:
    return read_back(path, SHEET, rows() if present is None else present)


def as_csv(
    folder: Path, present: Sequence[SheetRow], old: str = "", new: str = "", coding: str = "utf-8-sig"
) -> Path:
    text = export_csv(SHEET, present, now=NOW).content.decode("utf-8-sig")
    path = folder / "交回.csv"
    path.write_bytes(text.replace(old, new).encode(coding) if old else text.encode(coding))
    return path


def other_workbook(path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "电话"])
    page.append(["张三", "123"])
    book.save(path)
