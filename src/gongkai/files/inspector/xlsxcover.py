"""What lies over the cells of a sheet: filled shapes and pictures that hide values, tables and rules that paint."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import range_boundaries

from gongkai.files.inspector.docxcover import opaque_pictures
from gongkai.files.inspector.docxlook import A
from gongkai.files.reader import xmlparts

XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
S, R = xmlparts.S, xmlparts.R


@dataclass(frozen=True, slots=True)
class Cover:
    """The cells that lie wholly under a shape, from 1."""

    left: int
    top: int
    right: int
    bottom: int

    def hides(self, cell: Any) -> bool:
        return self.left <= cell.column <= self.right and self.top <= cell.row <= self.bottom


def covers(box: zipfile.ZipFile) -> dict[str, list[Cover]]:
    """For each sheet by its title: what lies over its cells."""
    book, found = xmlparts.tree(box, "xl/workbook.xml"), {}
    parts = xmlparts.relations(box, "xl/workbook.xml")
    for sheet in book.iter(S + "sheet") if book is not None else ():
        _, member = parts.get(sheet.get(R + "id", ""), ("", ""))
        for kind, drawing in xmlparts.relations(box, member).values() if member else ():
            if kind == "drawing" and drawing in box.namelist():
                found[sheet.get("name", "")] = _of_drawing(box, posixpath.normpath(drawing))
    return found


def _of_drawing(box: zipfile.ZipFile, member: str) -> list[Cover]:
    opaque, found = opaque_pictures(box, member), []
    for anchor in xmlparts.tree(box, member).iter(XDR + "twoCellAnchor"):
        start, end = _corner(anchor.find(XDR + "from")), _corner(anchor.find(XDR + "to"))
        if start is None or end is None or not _is_filled(anchor, opaque):
            continue
        # ``from`` and ``to`` name the cells in which the corners lie: a cell that is only touched still shows.
        (column, right_of, row, below), (last_column, _, last_row, _) = start, end
        left, top = column + 1 + (right_of > 0), row + 1 + (below > 0)
        if left <= last_column and top <= last_row:
            found.append(Cover(left, top, last_column, last_row))
    return found


def _corner(element: Any) -> tuple[int, int, int, int] | None:
    try:
        one, two, three, four = (
            int(element.find(XDR + tag).text) for tag in ("col", "colOff", "row", "rowOff")
        )
    except (AttributeError, TypeError, ValueError):
        return None
    return one, two, three, four


def _is_filled(anchor: Any, opaque: Callable[[str], bool]) -> bool:
    for shape in anchor.iter(XDR + "spPr"):
        fill = shape.find(A + "solidFill")
        if fill is not None and next(fill.iter(A + "alpha"), None) is None:
            return True
    return any(opaque(blip.get(R + "embed", "")) for blip in anchor.iter(A + "blip"))


def painted(sheet: Any) -> Callable[[Any], bool]:
    """Whether the ground of a cell is coloured by something else than its own fill: a table's head, a rule."""
    areas: list[tuple[int, int, int, int]] = []
    for table in sheet.tables.values():
        areas.append(range_boundaries(table.ref))
    for rule in sheet.conditional_formatting:
        areas += [part.bounds for part in rule.sqref.ranges]

    def is_painted(cell: Any) -> bool:
        return any(
            left <= cell.column <= right and top <= cell.row <= bottom for left, top, right, bottom in areas
        )

    return is_painted
