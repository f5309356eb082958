"""Reads the cells of an .xlsx or .csv with address and type, hidden sheets too: for tables that come back filled.

Words alone are not enough there: a formula, a merged or an erroneous cell must be named by its address.
"""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

from gongkai.files.problems import Unreadable
from gongkai.files.reader.answer import MAX_CELLS, Answer
from gongkai.files.reader.charset import decode
from gongkai.files.reader.xlsx import WORKBOOK, Pass, Styles, worksheets
from gongkai.files.reader.xmlparts import S, tree

_KINDS = {"b": "bool", "e": "error", "s": "text", "str": "text", "inlineStr": "text", "d": "date"}
LONGEST_CSV_FIELD = 100_000


def read(kind: str, path: Path, box: zipfile.ZipFile | None, answer: Answer) -> None:
    """Hand on every sheet; other kinds hold no cells."""
    if kind == "xlsx" and box is not None:
        _xlsx(box, answer)
    elif kind == "txt":
        _csv(decode(path.read_bytes(), declared=False), answer)
    else:
        raise Unreadable("file.no_cells")


class _Typed(Pass):
    """A pass that also keeps the type of each cell and which rows are hidden."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.kinds: dict[tuple[int, int], str] = {}
        self.hidden_rows: set[int] = set()

    def _begin_row(self, element: Any) -> None:
        super()._begin_row(element)
        if element.get("hidden") in ("1", "true"):
            self.hidden_rows.add(self.row)

    def _unseen(self, element: Any) -> str:
        """A formula that was never worked out shows nothing, and is no empty cell for that."""
        return "公式" if _has_formula(element) else ""

    def _keep(self, place: tuple[int, int], text: str, element: Any) -> None:
        super()._keep(place, text, element)
        if _has_formula(element):
            self.kinds[place] = "formula"
            return
        kind = element.get("t", "n")
        self.kinds[place] = _KINDS.get(kind) or ("date" if self.is_date(element) else "number")


def _has_formula(element: Any) -> bool:
    return element.find(S + "f") is not None or element.find("{*}f") is not None


def _xlsx(box: zipfile.ZipFile, answer: Answer) -> None:
    workbook = tree(box, WORKBOOK)
    if workbook is None:
        raise Unreadable("file.broken")
    styles, total = Styles(box, workbook), 0
    for name, hidden, member in worksheets(box, workbook):
        one = _Typed(box, member, styles, answer, MAX_CELLS - total)
        found, merges = one.cells()
        total += len(found)
        rows: dict[int, list[tuple[int, str, str]]] = {}
        for (row, column), text in sorted(found.items()):
            rows.setdefault(row, []).append((column, text, one.kinds[row, column]))
        answer.sheet(name, hidden=hidden, rows=rows, merges=merges, hidden_rows=sorted(one.hidden_rows))


def _csv(text: str, answer: Answer) -> None:
    """Comma, tab or semicolon: what the first line holds most of; Excel writes any of them."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    sign = max(",\t;", key=first.count)
    csv.field_size_limit(LONGEST_CSV_FIELD)
    rows: dict[int, list[tuple[int, str, str]]] = {}
    total = 0
    try:
        for number, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), start=1):
            cells = [(at, one.strip(), "text") for at, one in enumerate(fields, start=1) if one.strip()]
            total += len(cells)
            if total > MAX_CELLS:
                raise Unreadable("file.too_much")
            if cells:
                rows[number] = cells
    except csv.Error as problem:
        raise Unreadable("file.bad_csv") from problem
    answer.sheet("", hidden=False, rows=rows, merges=[], hidden_rows=[])
