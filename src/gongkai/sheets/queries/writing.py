"""Writes a table that will be filled and come back: xlsx with everything a clerk needs in it, or plain csv."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.sheets.queries.sealing import seal
from gongkai.sheets.rules.cells import inert
from gongkai.sheets.rules.definition import (
    KEY_HEAD,
    LONGEST_CELL,
    Column,
    Kind,
    Sheet,
    SheetRow,
    Value,
    shown,
    token_of,
)
from gongkai.sheets.rules.heads import CONTROL

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
TITLE_ROW, NOTE_ROW, HEAD_ROW = 1, 2, 3
TOKEN_COLUMN = 1
HOW = "只填列名带“（填写）”的格（浅黄色），其余各列已锁定；不要增删行列、不要改列名，填好后在原页面交回。"
CHOICES = "可选项"
_CONTROL_SIGNS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_THIN = Side(style="thin", color="B8B8B8")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TO_FILL = PatternFill("solid", fgColor="FFF7DB")
_HEAD = PatternFill("solid", fgColor="E9EDF2")


@dataclass(frozen=True, slots=True)
class Exported:
    """A file ready to be handed over: its name, its bytes, its media type."""

    name: str
    content: bytes
    media: str


def export_xlsx(sheet: Sheet, rows: Sequence[SheetRow], *, by: str, now: datetime) -> Exported:
    """The table as a workbook. ``by`` is the name of whoever takes it out, printed in its foot."""
    book = Workbook()
    book.properties.creator, book.properties.title = _clean(by), sheet.title
    page = book.active
    assert page is not None
    page.title = re.sub(r"[\\/*?:\[\]]", "", sheet.title)[:28] or "表"
    _write_heads(page, sheet, now)
    for at, row in enumerate(rows, start=HEAD_ROW + 1):
        _write_row(page, at, sheet, row)
    last = HEAD_ROW + max(len(rows), 1)
    lists = _choice_lists(book, sheet)
    for at, column in enumerate(sheet.columns, start=TOKEN_COLUMN + 1):
        _validate(page, at, column, last, lists)
    _set_up(page, sheet, last, by)
    _write_control(book, sheet, rows, by, now)
    out = io.BytesIO()
    book.save(out)
    return Exported(_name(sheet, now, "xlsx"), out.getvalue(), XLSX)


def export_csv(sheet: Sheet, rows: Sequence[SheetRow], *, now: datetime) -> Exported:
    """The table as csv in UTF-8 with mark, so that every spreadsheet opens it; row numbers in the last column."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*(column.label for column in sheet.columns), KEY_HEAD])
    for row in rows:
        words = [inert(_clean(shown(row.values.get(column.key)))) for column in sheet.columns]
        writer.writerow([*words, _token(sheet, row)])
    return Exported(_name(sheet, now, "csv"), b"\xef\xbb\xbf" + out.getvalue().encode(), CSV)


def _name(sheet: Sheet, now: datetime, ending: str) -> str:
    return f"{sheet.title}_{now.astimezone(ZoneInfo('Asia/Shanghai')):%Y%m%d-%H%M}.{ending}"


def _token(sheet: Sheet, row: SheetRow) -> str:
    token = token_of(sheet, row)
    return str(replace(token, seal=seal(f"{sheet.key}\n{token.words}")))


def _clean(text: str) -> str:
    return _CONTROL_SIGNS.sub("", text)[:LONGEST_CELL]


def _put(cell: Cell, value: Value) -> None:
    """A value with its type; text is text whatever it begins with, so nothing in it is ever run."""
    if isinstance(value, bool) or value is None:
        cell.value = shown(value) or None
    elif isinstance(value, int | Decimal):
        cell.value = value
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    else:
        _put_text(cell, shown(value))


def _put_text(cell: Cell, text: str) -> None:
    words = _clean(text)
    if not words:
        return
    cell.value = words
    if cell.data_type != "s":
        cell.data_type = "s"
        cell.quotePrefix = True  # it stays text when somebody edits it


def _write_heads(page: Worksheet, sheet: Sheet, now: datetime) -> None:
    first = TOKEN_COLUMN + 1
    title = page.cell(TITLE_ROW, first)
    _put_text(title, sheet.title)
    title.font = Font(bold=True, size=15)
    day = now.astimezone(ZoneInfo("Asia/Shanghai"))
    note = page.cell(NOTE_ROW, first)
    _put_text(note, " ".join(part for part in (sheet.note, HOW, f"导出于 {day:%Y-%m-%d %H:%M}。") if part))
    note.font = Font(color="555555")
    page.row_dimensions[TITLE_ROW].height = 26
    page.row_dimensions[HEAD_ROW].height = 32
    page.cell(HEAD_ROW, TOKEN_COLUMN, KEY_HEAD)
    for at, column in enumerate(sheet.columns, start=first):
        head = page.cell(HEAD_ROW, at)
        _put_text(head, column.label)
        head.font = Font(bold=True)
        head.fill = _TO_FILL if column.editable else _HEAD
        head.border = _FRAME
        head.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        if column.note:
            head.comment = Comment(column.note, "公开", width=320, height=110)
        page.column_dimensions[get_column_letter(at)].width = column.width


def _write_row(page: Worksheet, at: int, sheet: Sheet, row: SheetRow) -> None:
    page.cell(at, TOKEN_COLUMN, _token(sheet, row))
    for place, column in enumerate(sheet.columns, start=TOKEN_COLUMN + 1):
        cell = page.cell(at, place)
        assert isinstance(cell, Cell)
        _put(cell, row.values.get(column.key))
        cell.border = _FRAME
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if column.kind is Kind.DATE:
            cell.number_format = "yyyy-mm-dd"
        if column.editable:
            cell.fill = _TO_FILL
            cell.protection = Protection(locked=False)


def _choice_lists(book: Workbook, sheet: Sheet) -> dict[str, str]:
    """Lists of choices stand on a sheet of their own: a list in the rule itself ends at 255 signs."""
    listed = [column for column in sheet.columns if column.editable and column.options]
    if not listed:
        return {}
    page = book.create_sheet(CHOICES)
    page.sheet_state = "veryHidden"
    found = {}
    for at, column in enumerate(listed, start=1):
        for row, option in enumerate(column.options, start=1):
            _put_text(page.cell(row, at), option)
        letter = get_column_letter(at)
        found[column.key] = f"'{CHOICES}'!${letter}$1:${letter}${len(column.options)}"
    return found


def _validate(page: Worksheet, at: int, column: Column, last: int, lists: dict[str, str]) -> None:
    if not column.editable:
        return
    if column.key in lists:
        rule = DataValidation(type="list", formula1=lists[column.key], allow_blank=not column.required)
        rule.errorTitle, rule.error = "不在可选项里", "请从下拉列表里选。"
    elif column.kind is Kind.DATE:
        rule = DataValidation(type="date", operator="greaterThan", formula1="32874", allow_blank=True)
        rule.errorTitle, rule.error = "不是日期", "请写成 2026-11-03 这样的日期。"
    elif column.kind is Kind.NUMBER:
        rule = DataValidation(
            type="decimal", operator="between", formula1="-999999999999", formula2="999999999999",
            allow_blank=True,
        )  # fmt: skip
        rule.errorTitle, rule.error = "不是数字", "请只写数字。"
    else:
        rule = DataValidation(
            type="textLength", operator="lessThanOrEqual", formula1=str(column.longest), allow_blank=True
        )
        rule.errorTitle, rule.error = "太长", f"最多 {column.longest} 字。"
    if column.note:
        rule.promptTitle, rule.prompt = column.head[:32], column.note[:255]
        rule.showInputMessage = True
    rule.showErrorMessage = True
    letter = get_column_letter(at)
    rule.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
    page.add_data_validation(rule)


def _set_up(page: Worksheet, sheet: Sheet, last: int, by: str) -> None:
    width = TOKEN_COLUMN + len(sheet.columns)
    page.column_dimensions[get_column_letter(TOKEN_COLUMN)].hidden = True
    page.freeze_panes = page.cell(HEAD_ROW + 1, TOKEN_COLUMN + 1 + sheet.frozen)
    page.auto_filter.ref = f"{get_column_letter(TOKEN_COLUMN + 1)}{HEAD_ROW}:{get_column_letter(width)}{last}"
    page.protection.sheet = True
    page.protection.autoFilter = False  # False: allowed although the sheet is protected
    page.protection.sort = False
    page.protection.formatColumns = False
    page.protection.formatRows = False
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    page.oddFooter.left.text = by.replace("&", "&&")
    page.oddFooter.right.text = "第 &P 页，共 &N 页"


def _write_control(book: Workbook, sheet: Sheet, rows: Sequence[SheetRow], by: str, now: datetime) -> None:
    """Which table this is, as of when and of how many rows; nobody sees it, the way back needs it."""
    page = book.create_sheet(CONTROL)
    page.sheet_state = "veryHidden"
    tokens = [_token(sheet, row) for row in rows]
    facts: list[tuple[str, Any]] = [
        ("表", sheet.key),
        ("标题", sheet.title),
        ("导出时间", now.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d %H:%M")),
        ("导出人", by),
        ("行数", str(len(rows))),
        ("校验", seal("\n".join((sheet.key, *tokens)))),
    ]
    for at, (name, value) in enumerate(facts, start=1):
        _put_text(page.cell(at, 1), name)
        _put_text(page.cell(at, 2), value)
    page.protection.sheet = True
