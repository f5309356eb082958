"""Where the heads of a returned table stand, in whatever order somebody moved its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.kernel.text.numerals import bare
from gongkai.kernel.text.sheetcells import SheetGrid, address
from gongkai.sheets.rules.definition import FILL, KEY_HEAD, Sheet

HEAD_SEARCH = 20
CONTROL = "gongkai"  # the hidden sheet that says which table this is
OTHER = (
    "这不是从本系统导出的“{title}”：找不到“{head}”一列。"
    "请在页面上点“导出表格”，在导出的文件里填写后再交回；不要把内容复制到另外的表里。"
)


@dataclass(frozen=True, slots=True)
class Heads:
    """The sheet and row of the heads, the column of each head, of the row's own number, and strange heads."""

    grid: SheetGrid
    row: int
    places: Mapping[str, int]
    token: int
    to_fill: tuple[int, ...]
    strange: tuple[str, ...]


def find_heads(grids: Sequence[SheetGrid], sheet: Sheet) -> Heads | str:
    """The heads of the table, or a sentence that says why this is not it."""
    told = _told_by_control(grids)
    if told and told[0] != sheet.key:
        return f"这是“{told[1]}”的表，不是“{sheet.title}”。请核对是否选错了文件。"
    key = bare(KEY_HEAD)
    for grid in grids:
        if grid.hidden:
            continue
        for row in sorted(grid.rows)[:HEAD_SEARCH]:
            words = {
                at: bare(cell.text).replace("(", "（").replace(")", "）")
                for at, cell in grid.rows[row].items()
            }
            tokens = [at for at, text in words.items() if text == key]
            if len(tokens) > 1:
                return f"第 {row} 行有 {len(tokens)} 列“{KEY_HEAD}”。请重新导出，在原来的表里填写。"
            if tokens:
                return _heads(grid, row, words, tokens[0], sheet)
    return OTHER.format(title=sheet.title, head=KEY_HEAD)


def _heads(grid: SheetGrid, row: int, words: Mapping[int, str], token: int, sheet: Sheet) -> Heads | str:
    by_head = {bare(column.head): column for column in sheet.columns}
    places: dict[str, int] = {}
    strange = []
    for at, text in sorted(words.items()):
        column = by_head.get(text.removesuffix(FILL)) or by_head.get(text)
        if at == token:
            continue
        if column is None:
            strange.append(text[:20])
        elif column.key in places:
            where = f"{address(row, places[column.key])} 和 {address(row, at)}"
            return f"“{column.head}”一列出现了两次（{where}），不知道以哪一列为准。请删去多出的一列。"
        else:
            places[column.key] = at
    missing = [column.label for column in sheet.editable if column.key not in places]
    if missing:
        return (
            f"表头（第 {row} 行）里缺少列：{'、'.join(missing)}。列名被改动或删去了，"
            "请改回原来的列名，或重新导出后再填。"
        )
    to_fill = tuple(places[column.key] for column in sheet.editable)
    return Heads(grid, row, places, token, to_fill, tuple(strange))


def _told_by_control(grids: Sequence[SheetGrid]) -> tuple[str, str] | None:
    """Key and title of the table as the hidden sheet names them."""
    for grid in grids:
        if grid.hidden and grid.name == CONTROL:
            facts = {
                cells[1].text: cells[2].text for cells in grid.rows.values() if 1 in cells and 2 in cells
            }
            if facts.get("表"):
                return facts["表"], facts.get("标题", facts["表"])
    return None
