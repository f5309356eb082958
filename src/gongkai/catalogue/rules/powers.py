"""The 权责清单 of a unit out of its spreadsheet, and which of its editions holds on a day (条例第二十条第二项)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.catalogue.rules.sheet import Fault
from gongkai.kernel.text.numerals import bare, squeeze
from gongkai.kernel.text.sheetcells import SheetGrid, address

SEARCHED = 20
HEADS = {
    "code": ("事项编码", "编码", "事项代码", "序号"),
    "name": ("事项名称", "权责名称", "职权名称"),
    "kind": ("事项类型", "职权类型", "权责类型", "权力类型"),
    "basis": ("设定依据", "实施依据", "法律依据"),
    "content": ("职责内容", "责任事项", "职权内容", "追责情形"),
}
LONGEST = {"code": 60, "name": 200, "kind": 40, "basis": 8000, "content": 8000}


@dataclass(frozen=True, slots=True)
class Power:
    """One item as the sheet has it."""

    code: str
    name: str
    kind: str = ""
    basis: str = ""
    content: str = ""


def read_powers(grids: Sequence[SheetGrid]) -> tuple[list[Power], list[Fault]]:
    """The items of a sheet, or what is wrong with it row by row."""
    for grid in grids:
        if grid.hidden:
            continue
        for row in sorted(grid.rows)[:SEARCHED]:
            places = _places({column: bare(cell.text) for column, cell in grid.rows[row].items()})
            if "code" in places and "name" in places:
                return _rows(grid, row, places)
    text = "没有找到“事项编码”和“事项名称”两列。请选权责清单的表格，列的次序不限。"
    return [], [Fault(0, "表头", text)]


def _places(words: Mapping[int, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, heads in HEADS.items():
        for head in heads:
            column = next((at for at, text in words.items() if text == head), None)
            if column is not None and key not in found:
                found[key] = column
    return found


def _rows(grid: SheetGrid, head: int, places: Mapping[str, int]) -> tuple[list[Power], list[Fault]]:
    powers: dict[str, Power] = {}
    faults: list[Fault] = []
    for number in sorted(row for row in grid.rows if row > head):
        cells = grid.rows[number]
        for key, column in places.items():
            cell = cells.get(column)
            if cell is not None and cell.kind in ("formula", "error"):
                text = "是公式或者出错的公式。请复制后“选择性粘贴—数值”，再导入。"
                faults.append(Fault(number, address(number, places[key]), text))
        words = {key: cells[column].text.strip() if column in cells else "" for key, column in places.items()}
        if not any(words.values()):
            continue
        code, name = squeeze(words["code"]), squeeze(words["name"])
        if not code or not name:
            faults.append(Fault(number, "编码和名称", "事项编码和事项名称都要填写。"))
        elif code in powers:
            faults.append(
                Fault(number, address(number, places["code"]), f"编码“{code}”出现了两次。请改一个。")
            )
        else:
            long = [key for key, text in words.items() if len(text) > LONGEST[key]]
            if long:
                where = address(number, places[long[0]])
                faults.append(Fault(number, where, f"超过 {LONGEST[long[0]]} 字。请精简。"))
            powers[code] = Power(code, name, *(words.get(key, "") for key in ("kind", "basis", "content")))
    if not powers and not faults:
        faults.append(Fault(head, "正文", "表头下面没有事项。请核对是否选错了文件。"))
    return list(powers.values()), faults


def days_of_change(spans: Iterable[tuple[date, date | None]]) -> list[date]:
    """The days from which the list reads otherwise, newest first: an edition began, or one ended the day before.

    >>> days_of_change([(date(2025, 1, 1), date(2025, 5, 31)), (date(2025, 6, 1), None)])
    [datetime.date(2025, 6, 1), datetime.date(2025, 1, 1)]
    """
    found: set[date] = set()
    for begin, end in spans:
        found.add(begin)
        if end is not None:
            found.add(date.fromordinal(end.toordinal() + 1))
    return sorted(found, reverse=True)
