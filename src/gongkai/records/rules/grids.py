"""A sheet as it came in: where its head stands, and its rows as words with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.kernel.progress import Tell
from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid
from gongkai.records.rules.declared import RecordType
from gongkai.records.rules.rows import MOST_ROWS, Taken, Trouble, read_rows

HEAD_SEARCH = 10


@dataclass(frozen=True)
class Grid:
    """The head, the rows under it, and which row of the file each is."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]


def read_grids(
    kind: RecordType, sheets: Sequence[SheetGrid], *, typed: bool = True, tell: Tell | None = None
) -> Taken:
    """The rows of the first sheet that has the type's head; a formula is told, never worked out."""
    shown = [sheet for sheet in sheets if not sheet.hidden]
    best = max((_head_of(kind, sheet) for sheet in shown), default=(0, 0, -1))
    if best[0] < 1:
        labels = "、".join(field.label for field in kind.fields)
        text = f"没有找到表头。请用本页下载的空表，或者让表头写：{labels}。"
        return Taken((), (Trouble(0, "", text),))
    sheet = next(one for one in shown if _head_of(kind, one) == best)
    grid = _grid(sheet, -best[1], typed)
    if len(grid.rows) > MOST_ROWS:
        text = f"共{len(grid.rows)}行，一次最多导入{MOST_ROWS}行，请分成几个文件。"
        return Taken((), (Trouble(0, "", text),))
    merged = _merged(sheet, -best[1])
    taken = read_rows(kind, grid.head, grid.rows, numbers=grid.numbers, tell=tell)
    if merged:
        return Taken(
            (), (*merged, *taken.troubles), tuple(g for g in taken.good if g[0] not in _rows(merged))
        )
    return taken


def _head_of(kind: RecordType, sheet: SheetGrid) -> tuple[int, int, int]:
    """How many labels the best row of the first rows holds, and which row (negative: the upper one wins)."""
    labels = {field.label for field in kind.fields}
    found = (0, 0, 0)
    for number in sorted(sheet.rows)[:HEAD_SEARCH]:
        count = len({cell.text.strip() for cell in sheet.rows[number].values()} & labels)
        found = max(found, (count, -number, 0))
    return found


def _grid(sheet: SheetGrid, head: int, typed: bool) -> Grid:
    cells = sheet.rows[head]
    width = max(cells)
    numbers = tuple(number for number in sorted(sheet.rows) if number > head)
    rows = tuple(
        tuple(_words(sheet.rows[number].get(at), typed) for at in range(1, width + 1)) for number in numbers
    )
    return Grid(tuple(cells[at].text if at in cells else "" for at in range(1, width + 1)), rows, numbers)


def _words(cell: SheetCell | None, typed: bool) -> str:
    if cell is None:
        return ""
    if cell.kind == "formula":
        return f"={cell.text}"
    # Our own csv marks words that a spreadsheet would run; the mark is not part of them.
    return (
        cell.text[1:]
        if not typed and cell.text[:1] == "'" and cell.text[1:2] in tuple("=+-@'")
        else cell.text
    )


def _merged(sheet: SheetGrid, head: int) -> tuple[Trouble, ...]:
    return tuple(
        Trouble(max(top, head + 1), "", f"第{top}至{bottom}行有合并的单元格，分不清是哪一行的内容。请取消合并，逐行填写。")
        for top, left, bottom, right in sheet.merges
        if bottom > head and top != bottom
    )  # fmt: skip


def _rows(troubles: Sequence[Trouble]) -> frozenset[int]:
    return frozenset(one.row for one in troubles)
