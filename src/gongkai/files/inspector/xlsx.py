"""An xlsx: every cell, hidden ones too. The sheets are read with styles, so the book is bounded by the guard."""

from __future__ import annotations

import re
import zipfile
from typing import Any

import openpyxl

from gongkai.files.inspector import office, xlsxcover
from gongkai.files.inspector.findings import Findings
from gongkai.files.inspector.xlsxlook import hidden_columns, hidden_row, unseen
from gongkai.files.problems import Unreadable
from gongkai.files.reader import xmlparts

MOST_CELLS = 200_000
_OUTSIDE = re.compile(r"xl/(externallinks/externallink\d*|connections|querytables/querytable\d*)\.xml$")
_PERSONS = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"


def inspect(box: zipfile.ZipFile, findings: Findings) -> None:
    office.inspect(box, findings)
    assert box.fp is not None
    book = openpyxl.load_workbook(box.fp, data_only=True)
    seen = 0
    covers = xlsxcover.covers(box)
    for sheet in book.worksheets:
        seen += len(sheet._cells)
        if seen > MOST_CELLS:
            raise Unreadable("file.too_much")
        _sheet(sheet, covers.get(sheet.title, []), findings)
    for sheet in book.chartsheets:
        if sheet.sheet_state != "visible":
            findings.trap("sheet", sheet.title, "隐藏的图表页")
    for member in box.namelist():
        _member(box, member, findings)


def _member(box: zipfile.ZipFile, member: str, findings: Findings) -> None:
    low = member.lower()
    if "/pivotcache/pivotcacherecords" in low or "/pivotcache/pivotcachedefinition" in low:
        findings.hidden("sheet", member, "数据透视表带有原始数据")
        _texts(box, member, findings)
    elif _OUTSIDE.search(low):
        findings.trap("external_link", member, "引用了别的工作簿或数据源")
    elif "/revisions/" in low and "revisionlog" in low:
        findings.trap("tracked_change", member, "工作簿存有修订记录")
    elif "/threadedcomments/" in low and low.endswith(".xml"):
        for one in xmlparts.tree(box, member).iter(_PERSONS + "text"):
            findings.hidden("comment", member, one.text or "")
    elif low.startswith("xl/persons/") and low.endswith(".xml"):
        for one in xmlparts.tree(box, member).iter(_PERSONS + "person"):
            if (one.get("displayName") or "").strip():
                findings.hidden("metadata", "批注人", one.get("displayName") or "")
    elif low == "xl/workbook.xml":
        for one in xmlparts.tree(box, member).iter():
            if str(one.tag).endswith("}absPath"):
                findings.hidden("metadata", "保存位置", one.get("url") or "")


def _texts(box: zipfile.ZipFile, member: str, findings: Findings) -> None:
    """The values that a pivot table keeps although its sheet was removed."""
    for one in xmlparts.tree(box, member).iter():
        if str(one.tag).endswith(("}s", "}n")):
            findings.passage(member, one.get("v") or "", hidden=True)


def _sheet(sheet: Any, covers: list[xlsxcover.Cover], findings: Findings) -> None:
    away = sheet.sheet_state != "visible"
    columns, unknown = hidden_columns(sheet), xlsxcover.painted(sheet)
    head: dict[int, str] = {}
    words: list[str] = []
    for number, cells in _rows(sheet):
        row_away = hidden_row(sheet, number)
        row = "\t".join(str(cell.value) for cell in cells if cell.value is not None)
        for cell in cells:
            where = f"{sheet.title}!{cell.coordinate}"
            if cell.comment:
                findings.hidden("comment", where, cell.comment.text)
            if cell.value is None or not str(cell.value).strip():
                continue
            text = str(cell.value)
            head.setdefault(cell.column, text)
            words.append(text)
            found = {
                "row": row_away,
                "column": cell.column in columns,
                "invisible_text": unseen(cell, painted=unknown(cell)),
                "covered_text": any(one.hides(cell) for one in covers),
            }
            for rule in (rule for rule, is_so in found.items() if is_so):
                findings.trap(rule, where, text)
            hidden = away or any(found.values())
            findings.passage(where, text, head=head[cell.column], row=row, hidden=hidden)
    if away:
        findings.trap("sheet", sheet.title, " ".join(words[:50]))


def _rows(sheet: Any) -> list[tuple[int, list[Any]]]:
    """The cells that are there, row by row; never the whole grid, which one far cell makes endless."""
    found: dict[int, list[Any]] = {}
    for (row, _), cell in sorted(sheet._cells.items()):
        found.setdefault(row, []).append(cell)
    return list(found.items())
