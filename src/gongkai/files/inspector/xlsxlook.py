"""How a cell looks: its row, its column, its number form, its ink on its ground."""

from __future__ import annotations

import re
from typing import Any

import openpyxl

from gongkai.files.inspector.docxlook import near

FLATTEST, NARROWEST = 1.5, 0.5  # points; widths of a figure
TINY = 2
_INDEXED = {0: "000000", 1: "FFFFFF", 8: "000000", 9: "FFFFFF", 64: "000000", 65: "FFFFFF"}
_NOT_SHOWN = re.compile(r'\[[^\]]*\]|""|\s|_.|\*.')


def hidden_row(sheet: Any, number: int) -> bool:
    """Whether a row is away or too flat to be read."""
    if number not in sheet.row_dimensions:
        return False
    shape = sheet.row_dimensions[number]
    return bool(shape.hidden) or (shape.height is not None and shape.height < FLATTEST)


def hidden_columns(sheet: Any) -> set[int]:
    """The columns that are away or too narrow to be read."""
    found: set[int] = set()
    last = max((column for _, column in sheet._cells), default=0)
    for letter, shape in sheet.column_dimensions.items():
        if shape.hidden or (shape.customWidth and shape.width is not None and shape.width < NARROWEST):
            first = shape.min or openpyxl.utils.column_index_from_string(letter)
            found.update(range(first, min(shape.max or first, last) + 1))
    return found


def unseen(cell: Any, *, painted: bool) -> bool:
    """Whether a cell's value does not show; ``painted`` = something else may colour its ground."""
    if blank_by_form(cell.number_format, cell.value):
        return True
    if cell.font.sz is not None and cell.font.sz <= TINY:
        return True
    fill = cell.fill.fill_type
    if fill not in (None, "solid") or (fill is None and painted):
        return False
    fore = _colour(cell.font.color, "000000")
    back = _colour(cell.fill.fgColor, "") if fill == "solid" else "FFFFFF"
    return bool(fore and back) and near(fore, back)


def blank_by_form(form: str, value: object) -> bool:
    """Whether a number form shows nothing of this value.

    >>> blank_by_form(";;;", "甲"), blank_by_form(";;", 5), blank_by_form("0;-0;;@", 0), blank_by_form("General", 5)
    (True, True, False, False)
    """
    parts = form.split(";")
    if len(parts) < 2:
        return False
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value == 0:
            return len(parts) > 3 and all(_empty(part) for part in parts)  # hiding noughts is a habit
        at = 1 if value < 0 else 0
    elif isinstance(value, str):
        if len(parts) < 4:
            return False
        at = 3
    else:
        at = 0
    return _empty(parts[at])


def _empty(part: str) -> bool:
    return not _NOT_SHOWN.sub("", part)


def _colour(colour: Any, without: str) -> str:
    """A colour as RGB; "" for one that we do not resolve. Theme 0 is white paper, theme 1 black ink."""
    if colour is None:
        return without
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return colour.rgb[-6:]
    if colour.type == "theme" and abs(colour.tint or 0) < 0.06:
        return {0: "FFFFFF", 1: "000000"}.get(colour.theme, "")
    if colour.type == "indexed":
        return _INDEXED.get(colour.indexed, "")
    return ""
