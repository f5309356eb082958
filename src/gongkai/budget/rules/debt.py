"""The debt of the district as a sheet: one row for each year and kind, sums in 万元."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid, address

HEADS = {
    "year": "年度", "kind": "类别", "ceiling": "限额", "balance": "余额", "issued": "发行", "repaid": "还本",
    "interest": "付息",
}  # fmt: skip
NEEDED = ("year", "kind", "ceiling", "balance")
KINDS = {"一般": "一般", "专项": "专项", "一般债务": "一般", "专项债务": "专项"}
SUMS = ("ceiling", "balance", "issued", "repaid", "interest")
HEAD_SEARCH, MOST_ROWS = 10, 500


@dataclass(frozen=True, slots=True)
class DebtLine:
    """One row that was understood; ``row`` is its place in the file."""

    row: int
    year: int
    kind: str
    sums: tuple[Decimal, ...]

    @property
    def figures(self) -> dict[str, Decimal]:
        return dict(zip(SUMS, self.sums, strict=True))


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not understood, with its cell; row 0 is the whole file."""

    row: int
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class DebtReading:
    """What a sheet says of the debt; where there are problems nothing is stored."""

    lines: tuple[DebtLine, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_debt(sheets: Sequence[SheetGrid]) -> DebtReading:
    """The rows under the head, each cell with what is wrong with it."""
    for sheet in sheets:
        if sheet.hidden:
            continue
        for number in sorted(sheet.rows)[:HEAD_SEARCH]:
            places = _places(sheet.rows[number])
            if all(name in places for name in NEEDED):
                return _rows(sheet, number, places)
    text = f"没有找到表头。请让表头写：{'、'.join(HEADS.values())}，金额单位万元。"
    return DebtReading(problems=(Problem(0, "", text),))


def _places(cells: Mapping[int, SheetCell]) -> dict[str, int]:
    found = {}
    for at, cell in sorted(cells.items()):
        words = re.sub(r"[（(]万元[）)]|\s", "", cell.text)
        for name, head in HEADS.items():
            if words in (head, f"债务{head}") and name not in found:
                found[name] = at
    return found


def _rows(sheet: SheetGrid, head: int, places: dict[str, int]) -> DebtReading:
    lines: list[DebtLine] = []
    problems: list[Problem] = []
    seen: dict[tuple[int, str], int] = {}
    numbers = [number for number in sorted(sheet.rows) if number > head]
    if len(numbers) > MOST_ROWS:
        text = f"共 {len(numbers)} 行，债务数据每年两行，最多 {MOST_ROWS} 行。请核对是否选错了文件。"
        return DebtReading(problems=(Problem(0, "", text),))
    for number in numbers:
        cells = sheet.rows[number]
        if not any(at in cells for at in places.values()):
            continue
        found: list[Problem] = []
        year = _year(cells.get(places["year"]), number, places["year"], found)
        kind = _kind(cells.get(places["kind"]), number, places["kind"], found)
        sums = tuple(_sum(cells.get(places.get(name, 0)), number, name, places, found) for name in SUMS)
        if (year, kind) in seen and not found:
            text = f"与第 {seen[year, kind]} 行是同一年度、同一类别。请只留一行。"
            found.append(Problem(number, address(number, places["year"]), text))
        if not found and sums[1] > sums[0]:
            text = "余额大于限额（预算法第三十五条）。请核对两个数。"
            found.append(Problem(number, address(number, places["balance"]), text))
        seen.setdefault((year, kind), number)
        problems += found
        lines += [] if found else [DebtLine(number, year, kind, sums)]
    if not lines and not problems:
        problems.append(Problem(0, "", "表头下面没有数据。请填写后再导入。"))
    return DebtReading(tuple(lines) if not problems else (), tuple(problems))


def _year(cell: SheetCell | None, row: int, column: int, found: list[Problem]) -> int:
    match = re.fullmatch(r"(20\d{2})(?:\.0)?(?:年度?)?", cell.text.strip() if cell else "")
    if match is None or (cell is not None and cell.kind == "formula"):
        found.append(Problem(row, address(row, column), "年度看不懂。请写成 2025。"))
        return 0
    return int(match[1])


def _kind(cell: SheetCell | None, row: int, column: int, found: list[Problem]) -> str:
    kind = KINDS.get(cell.text.strip() if cell else "", "")
    if not kind:
        found.append(Problem(row, address(row, column), "类别只能写：一般债务、专项债务。"))
    return kind


def _sum(
    cell: SheetCell | None, row: int, name: str, places: dict[str, int], found: list[Problem]
) -> Decimal:
    text = cell.text.strip().replace(",", "").replace("，", "") if cell else ""
    where = address(row, places[name]) if name in places else ""
    if cell is not None and cell.kind == "formula":
        found.append(Problem(row, where, f"“{HEADS[name]}”是公式。请把结果复制后“选择性粘贴—数值”。"))
        return Decimal(0)
    if not text:
        if name in NEEDED:
            found.append(Problem(row, where, f"没有填“{HEADS[name]}”，这一格必须填。"))
        return Decimal(0)
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number < Decimal(10) ** 13:
        found.append(Problem(row, where, f"“{text[:20]}”不是可以记下的金额。请只写数字，单位万元。"))
        return Decimal(0)
    return number.quantize(Decimal("0.01"))
