"""Papers and tables that the office takes away: docx, xlsx."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from gongkai.kernel.clock import LEGAL_ZONE

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 48


def as_file(name: str, content: bytes, kind: str) -> HttpResponse:
    """A file that the browser stores under a Chinese name."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "no-store"
    return answer


def table_file(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], kind: str) -> HttpResponse:
    """A table as xlsx: bold head, wrapped text, days as days; words that look like a formula stay words."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    sheet.freeze_panes = "A2"
    table = [list(row) for row in rows]
    for at, head in enumerate(heads, 1):
        longest = max([len(head) * 2, *(_width(row[at - 1]) for row in table)])
        sheet.column_dimensions[chr(64 + at)].width = min(longest + 2, WIDEST)
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    for row in table:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return as_file(f"{title}.xlsx", out.getvalue(), kind)


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    if isinstance(value, datetime):
        value = value.astimezone(LEGAL_ZONE).replace(tzinfo=None)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # "=1+1" is words that somebody typed, never a formula
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _width(value: Any) -> int:
    lines = str(value if value is not None else "").splitlines() or [""]
    return max(sum(2 if ord(sign) > 255 else 1 for sign in line) for line in lines)
