"""What stands in the cells of a spreadsheet, with address and type. Pure data.

``files.reading.read_cells`` hands these out; ``blocks.Table`` is the same sheet as words alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

CellKind: TypeAlias = Literal["text", "number", "date", "bool", "error", "formula"]


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One filled cell. ``text`` is what it shows; a date is ISO, of a formula it is the last result."""

    text: str
    kind: CellKind = "text"


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """One sheet as it was saved. Rows and columns count from 1, as the spreadsheet shows them.

    ``merges`` are (top, left, bottom, right); ``hidden_rows`` are rows that a filter or a person hid.
    """

    name: str
    hidden: bool
    rows: Mapping[int, Mapping[int, SheetCell]]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()


def column_letters(column: int) -> str:
    """The letters over a column: 1 is A, 27 is AA.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address of a cell as the clerk sees it.

    >>> address(12, 5)
    'E12'
    """
    return f"{column_letters(column)}{row}"
