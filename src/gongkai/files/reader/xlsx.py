"""Reads an .xlsx cell by cell. Only fields with words count, so that one lonely cell in the last corner of a
sheet is one cell; empty rows and columns are left out of the table."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from gongkai.files.problems import Unreadable
from gongkai.files.reader.answer import MAX_CELLS, Answer
from gongkai.files.reader.grid import Place
from gongkai.files.reader.xmlparts import R, S, plain_tag, relations, release, steps, tree

WORKBOOK = "xl/workbook.xml"
MAX_SHEETS = 200
MAX_MERGES = 20_000
MAX_STRINGS = 400_000
HIDDEN_SHEET = "文件里有隐藏的工作表，系统没有读取；需要时请先取消隐藏。"
FAR_ROWS, FAR_COLUMNS = 100_000, 1_000
FAR_AWAY = "表里有内容落在很远的行或列，中间是空的；系统略去了空行空列，请核对是否误填。"
HIDDEN_ROWS = "表里有隐藏的行或列，系统已一并读取，请核对。"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")
_DATE_FORMATS = {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58}
_NOT_DATE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')

Cells = dict[tuple[int, int], str]
Merge = tuple[int, int, int, int]


def read(box: zipfile.ZipFile, answer: Answer) -> None:
    workbook = tree(box, WORKBOOK)
    if workbook is None:
        raise Unreadable("file.broken")
    styles, total = Styles(box, workbook), 0
    for name, hidden, member in worksheets(box, workbook):
        if hidden:
            answer.warn(HIDDEN_SHEET)
            continue
        cells, merges = Pass(box, member, styles, answer, MAX_CELLS - total).cells()
        total += len(cells)
        rows = _compact(cells, merges)
        if rows:
            answer.table(rows, name=name)


def worksheets(box: zipfile.ZipFile, workbook: Any) -> Iterator[tuple[str, bool, str]]:
    """Name, whether hidden, and member of each sheet of cells, in the order of the tabs."""
    targets = relations(box, WORKBOOK)
    for sheet in list(workbook.iter(S + "sheet"))[:MAX_SHEETS]:
        kind, member = targets.get(sheet.get(R + "id", ""), ("", ""))
        hidden = sheet.get("state", "visible") != "visible"
        if hidden or (kind == "worksheet" and member in box.namelist()):
            yield sheet.get("name", ""), hidden, member


class Styles:
    """What all sheets of a workbook share: strings, which styles are dates, from when days count."""

    def __init__(self, box: zipfile.ZipFile, workbook: Any) -> None:
        self.strings = _shared_strings(box)
        self.dates = _date_styles(box)
        self.epoch = _epoch(workbook)


class Pass:
    """One pass over a sheet."""

    def __init__(self, box: zipfile.ZipFile, member: str, styles: Styles, answer: Answer, left: int) -> None:
        self.steps = steps(box, member, ("start", "end"))
        self.strings, self.dates, self.epoch = styles.strings, styles.dates, styles.epoch
        self.answer, self.left = answer, left
        self.row, self.column, self.seen = 0, 0, 0
        self.found: Cells = {}
        self.merges: list[Merge] = []

    def cells(self) -> tuple[Cells, list[Merge]]:
        for event, element in self.steps:
            tag = plain_tag(element)
            if event == "start":
                if tag == S + "row":
                    self._begin_row(element)
                continue
            if tag == S + "c":
                self._cell(element)
            elif tag == S + "mergeCell":
                self._merge(element.get("ref", ""))
            elif tag == S + "col" and element.get("hidden") in ("1", "true"):
                self.answer.warn(HIDDEN_ROWS)
            if tag in (S + "c", S + "row", S + "mergeCell"):
                release(element)
        return self.found, self.merges

    def _begin_row(self, element: Any) -> None:
        number = element.get("r", "")
        self.row = int(number) if number.isdigit() and len(number) <= 7 else self.row + 1
        self.column = 0
        if element.get("hidden") in ("1", "true"):
            self.answer.warn(HIDDEN_ROWS)

    def _cell(self, element: Any) -> None:
        self.seen += 1
        if self.seen > MAX_CELLS * 5:  # formatted but empty fields are common, millions of them are not
            raise Unreadable("file.too_much")
        place = _place(element.get("r", ""))
        row, column = place if place else (self.row, self.column + 1)
        self.column = column
        text = self._text(element).strip() or self._unseen(element)
        if text:
            self._keep((row, column), text, element)
            if row > FAR_ROWS or column > FAR_COLUMNS:
                self.answer.warn(FAR_AWAY)
            if len(self.found) > self.left:
                raise Unreadable("file.too_much")

    def _keep(self, place: tuple[int, int], text: str, element: Any) -> None:
        self.found[place] = text

    def _unseen(self, element: Any) -> str:
        """Words for a cell that shows none; only whoever asks for types wants to know of it."""
        return ""

    def is_date(self, element: Any) -> bool:
        """Whether the style of a cell shows its number as a date."""
        style = element.get("s", "0")
        return style.isdigit() and int(style) in self.dates

    def _text(self, element: Any) -> str:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return _rich_text(element)
        value = element.findtext(S + "v") or element.findtext("{*}v") or ""
        if kind == "s":
            return self.strings[int(value)] if value.isdigit() and int(value) < len(self.strings) else ""
        if kind == "b":
            return "是" if value == "1" else "否" if value else ""
        if kind in ("str", "e", "d"):
            return value
        return self._number(value, self.is_date(element))

    def _number(self, value: str, is_date: bool) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if is_date and 1 <= number < 2_958_466:
            moment = self.epoch + timedelta(days=number)
            return moment.strftime("%Y-%m-%d") if number == int(number) else moment.strftime("%Y-%m-%d %H:%M")
        return str(int(number)) if number == int(number) and abs(number) < 1e15 else f"{number:.15g}"

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _place(first), _place(last)
        if start and end and len(self.merges) < MAX_MERGES:
            self.merges.append((*start, *end))


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.match(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _rich_text(element: Any) -> str:
    """The words of a string in pieces; phonetic hints are not words."""
    return "".join(
        piece.text or ""
        for piece in element.iter()
        if plain_tag(piece) == S + "t" and plain_tag(piece.getparent()) != S + "rPh"
    )


def _shared_strings(box: zipfile.ZipFile) -> list[str]:
    member = next((name for name in box.namelist() if name.lower() == "xl/sharedstrings.xml"), None)
    if member is None:
        return []
    found: list[str] = []
    for _, element in steps(box, member, ("end",)):
        if plain_tag(element) == S + "si":
            found.append(_rich_text(element))
            release(element)
            if len(found) > MAX_STRINGS:
                raise Unreadable("file.too_much")
    return found


def _date_styles(box: zipfile.ZipFile) -> set[int]:
    """The numbers of the cell styles that show a number as a date."""
    root = tree(box, "xl/styles.xml")
    if root is None:
        return set()
    formats = set(_DATE_FORMATS)
    for one in root.iter(S + "numFmt"):
        code = _NOT_DATE.sub("", one.get("formatCode", "")).lower()
        if ("y" in code or "d" in code) and one.get("numFmtId", "").isdigit():
            formats.add(int(one.get("numFmtId")))
    table = root.find(S + "cellXfs")
    return {
        place
        for place, style in enumerate(table if table is not None else ())
        if style.get("numFmtId", "0").isdigit() and int(style.get("numFmtId", "0")) in formats
    }


def _epoch(workbook: Any) -> datetime:
    settings = workbook.find(S + "workbookPr")
    of_1904 = settings is not None and settings.get("date1904") in ("1", "true")
    # Day 60 of 1900 never was; the usual origin makes every date after February 1900 right.
    return datetime(1904, 1, 1) if of_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 -- a sheet knows no zone


def _compact(cells: Cells, merges: list[Merge]) -> list[list[Place]]:
    """The table of the rows and columns that hold words."""
    rows, columns = sorted({row for row, _ in cells}), sorted({column for _, column in cells})
    if len(rows) * len(columns) > MAX_CELLS:
        raise Unreadable("file.too_much")
    grid: list[list[Place]] = [
        [(cells.get((row, column), ""), 1, 1, "") for column in columns] for row in rows
    ]
    for top, left, bottom, right in merges:
        inside_rows = [place for place, row in enumerate(rows) if top <= row <= bottom]
        inside_columns = [place for place, column in enumerate(columns) if left <= column <= right]
        if (
            not inside_rows
            or not inside_columns
            or rows[inside_rows[0]] != top
            or columns[inside_columns[0]] != left
        ):
            continue
        text = cells.get((top, left), "")
        for down, row in enumerate(inside_rows):
            for across, column in enumerate(inside_columns):
                merged = "up" if down else "left" if across else ""
                spans = (1, 1) if merged else (len(inside_rows), len(inside_columns))
                grid[row][column] = (text, *spans, merged)
    return grid
