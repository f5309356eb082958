"""Lays fields with spans into a rectangular grid in which each place knows what it continues."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.files.problems import Unreadable
from gongkai.files.reader.answer import MAX_CELLS

Place = tuple[str, int, int, str]


@dataclass
class Field:
    """A field as written: its words and how many rows and columns it takes."""

    text: str
    rowspan: int = 1
    colspan: int = 1


def lay_out(rows: list[list[Field]]) -> list[list[Place]]:
    """The rectangular grid of rows whose fields may span; spans beyond the last row are cut."""
    taken: dict[tuple[int, int], Place] = {}
    width = 0
    for number, row in enumerate(rows):
        column = 0
        for field in row:
            while (number, column) in taken:
                column += 1
            height = max(1, min(field.rowspan, len(rows) - number))
            breadth = max(1, min(field.colspan, 1000))
            _put(taken, number, column, Field(field.text, height, breadth))
            column += breadth
            width = max(width, column)
    if width * len(rows) > MAX_CELLS:
        raise Unreadable("file.too_much")
    return [
        [taken.get((number, column), ("", 1, 1, "")) for column in range(width)]
        for number in range(len(rows))
    ]


def _put(taken: dict[tuple[int, int], Place], top: int, left: int, field: Field) -> None:
    for row in range(top, top + field.rowspan):
        for column in range(left, left + field.colspan):
            merged = "up" if row > top else "left" if column > left else ""
            spans = (field.rowspan, field.colspan) if not merged else (1, 1)
            taken.setdefault((row, column), (field.text, *spans, merged))
    if len(taken) > MAX_CELLS:
        raise Unreadable("file.too_much")
