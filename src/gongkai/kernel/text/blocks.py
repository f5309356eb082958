"""What a file says, without its form: paragraphs and tables in reading order.

``files.reading`` hands these out; rules that understand a paper (document, plan) take them in. Pure data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

BODY, HEADER, FOOTER, META = "body", "header", "footer", "meta"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; a line break inside it is ``\\n``. Unknown form is empty, zero or False.

    ``align`` is left, center, right or justify; ``size`` is in points; ``page`` counts from 1;
    ``part`` is body, header, footer or (HTML ``<meta>``) meta, where ``style`` is the tag's name.
    """

    text: str
    style: str = ""
    align: str = ""
    size: float = 0.0
    bold: bool = False
    page: int = 0
    part: str = BODY


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the grid. A merged cell stands at each of its places with the same text.

    Only its upper left place has ``merged == ""`` and the true spans; a place that continues the cell
    above has ``merged == "up"``, one that continues the cell at its left ``merged == "left"``.
    """

    text: str
    rowspan: int = 1
    colspan: int = 1
    merged: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A rectangular grid: every row has the same number of cells. ``name`` is the sheet's name in xlsx."""

    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""
    page: int = 0

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The words alone, merged cells repeated."""
        return tuple(tuple(cell.text for cell in row) for row in self.rows)


Block: TypeAlias = Paragraph | Table
