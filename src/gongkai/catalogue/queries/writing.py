"""A version of the standard catalogue as the official spreadsheet: cell for cell what came in."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from gongkai.catalogue.models import StandardVersion
from gongkai.catalogue.queries.standard import items_of
from gongkai.catalogue.queries.stored import cells_of, layout_of
from gongkai.catalogue.rules.sheet import Layout

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORBIDDEN_IN_NAME = re.compile(r"[\\/*?:\[\]]")
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_THIN = Side(style="thin", color="999999")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="E9EDF2")
_WIDTHS = {
    "seq": 6,
    "content": 36,
    "basis": 28,
    "limit": 18,
    "subject": 16,
    "level1": 12,
    "level2": 16,
    "channel": 26,
}


def catalogue_xlsx(version: StandardVersion) -> bytes:
    """The spreadsheet of a version."""
    layout = layout_of(version)
    book = Workbook()
    page: Any = book.active
    page.title = _FORBIDDEN_IN_NAME.sub("", layout.sheet)[:31] or "标准目录"
    for row, column, text, kind in layout.head:
        cell = _put(page, row, column, text, kind)
        cell.font = Font(bold=True)
        if row >= layout.first - 2:
            cell.fill = _HEAD
    for place, column, text, kind in layout.loose:
        _put(page, place + layout.first - 1, column, text, kind)
    for item in items_of(version):
        for column, held in cells_of(item).items():
            _put(page, item.place + layout.first - 1, column, held.text, held.kind)
    for top, left, bottom, right in layout.head_merges:
        page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for top, left, bottom, right in layout.merges:
        shift = layout.first - 1
        page.merge_cells(start_row=top + shift, start_column=left, end_row=bottom + shift, end_column=right)
    _set_up(page, layout)
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _timeless(content: bytes) -> bytes:
    """The same bytes for the same version: a spreadsheet otherwise carries the second in which it was written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for one in given.infolist():
            body = given.read(one)
            if one.filename == "docProps/core.xml":
                body = _WRITTEN.sub(rb"\g<1>2020-01-01T00:00:00Z\g<2>", body)
            made.writestr(zipfile.ZipInfo(one.filename, (2020, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _put(page: Any, row: int, column: int, text: str, kind: str) -> Any:
    """A cell with its type; words are words whatever they begin with, so nothing in them is ever run."""
    cell = page.cell(row, column)
    words = _CONTROL.sub("", text)
    if kind == "number":
        cell.value = _number(words)
    elif kind == "date" and (day := _day(words)):
        cell.value = day
        cell.number_format = "yyyy-mm-dd"
    elif kind == "bool":
        cell.value = words.upper() in ("TRUE", "1", "是")
    else:
        cell.value = words
        if words and cell.data_type != "s":
            cell.data_type = "s"
            cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = _FRAME
    return cell


def _number(words: str) -> int | float | str:
    try:
        return int(words) if re.fullmatch(r"-?\d{1,15}", words) else float(words)
    except ValueError:
        return words


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _set_up(page: Any, layout: Layout) -> None:
    for column, key in layout.columns.items():
        group = key.partition(":")[0]
        width = 6 if ":" in key else _WIDTHS.get(group, 12)
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = page.cell(layout.first, 1)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 8
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
