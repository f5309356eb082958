"""One filled cell into a value, or a sentence for the clerk. Nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from gongkai.kernel.text.dates import read_date
from gongkai.kernel.text.numerals import bare, half_width
from gongkai.kernel.text.sheetcells import SheetCell
from gongkai.sheets.rules.definition import NO, YES, Column, Kind, Value, shown, tidy

_YES = frozenset({YES, "√", "✓", "✔", "对", "y", "yes", "true", "1", "已完成", "完成"})
_NO = frozenset({NO, "×", "✗", "✘", "x", "n", "no", "false", "0", "未完成"})
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
_SERIAL = re.compile(r"[3-6]\d{4}")  # days since 1900: the years 1982 to 2091
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Read:
    """What a cell means; ``problem`` is empty when it was understood."""

    value: Value
    problem: str = ""


def inert(text: str) -> str:
    """Text for a file without types (csv): what a spreadsheet would run as a formula gets a mark before it.

    >>> inert("=1+1"), inert("已公开")
    ("'=1+1", '已公开')
    """
    return f"'{text}" if text.startswith(_FORMULA_LIKE) or text[:2] in ("'=", "'+", "'-", "'@") else text


def uninert(text: str) -> str:
    """The text without that mark."""
    return text[1:] if text[:1] == "'" and (text[1:2] in "=+-@\t\r'" and text[1:2]) else text


def read_cell(cell: SheetCell | None, column: Column) -> Read:
    """The value of a cell of a column.

    >>> read_cell(SheetCell("2026年11月3日"), Column("due", "期限", Kind.DATE)).value
    datetime.date(2026, 11, 3)
    """
    if cell is not None and cell.kind == "formula":
        return Read(None, "是公式，系统不采用公式算出的结果。请把结果复制后“选择性粘贴—数值”。")
    if cell is not None and cell.kind == "error":
        return Read(None, f"显示“{cell.text}”，是出错的公式。请改成要填的内容。")
    text = tidy(cell.text) if cell is not None else ""
    if not text:
        return Read(None, "没有填，这一格必须填。" if column.required else "")
    if column.kind is Kind.TEXT:
        return _text(text, column)
    if column.kind is Kind.NUMBER:
        return _number(text)
    if column.kind is Kind.DATE:
        return _date(text, number=cell is not None and cell.kind == "number")
    if column.kind is Kind.YES_NO:
        return _yes_no(text)
    return _choice(text, column)


def _text(text: str, column: Column) -> Read:
    if len(text) > column.longest:
        return Read(None, f"写了 {len(text)} 字，最多 {column.longest} 字，请精简。")
    return Read(text)


def _number(text: str) -> Read:
    words = bare(half_width(text)).replace("，", ",").replace(",", "").removesuffix("元").removesuffix("件")
    try:
        found = Decimal(words)
    except InvalidOperation:
        return Read(None, f"“{_cut(text)}”不是数字。请只写数字，如 12 或 3.5。")
    if not found.is_finite() or abs(found) >= Decimal(10) ** 15:
        return Read(None, f"“{_cut(text)}”不是可以记下的数。请核对位数。")
    return Read(int(found) if found == found.to_integral_value() else found)


def _date(text: str, *, number: bool) -> Read:
    if _SERIAL.fullmatch(text):
        meant = _EPOCH + timedelta(days=int(text))
        return Read(
            None,
            f"是数字 {text}，像是丢了日期格式，是否为 {meant.isoformat()}？请写成“{meant.isoformat()}”。",
        )
    if number:
        return Read(None, f"是数字 {_cut(text)}，不是日期。请写成“2026-11-03”或“2026年11月3日”。")
    found = read_date(text.split(" ")[0] if text.endswith("00:00") else text)
    return Read(found.value, found.problem)


def _yes_no(text: str) -> Read:
    words = bare(half_width(text)).lower()
    if words in _YES:
        return Read(True)
    return Read(False) if words in _NO else Read(None, f"“{_cut(text)}”不是“{YES}”或“{NO}”。请从下拉列表选。")


def _choice(text: str, column: Column) -> Read:
    words = bare(text)
    found = next((option for option in column.options if bare(option) == words), None)
    if found is not None:
        return Read(found)
    near = get_close_matches(text, column.options, n=1, cutoff=0.3)
    what = "没有这个单位" if column.kind is Kind.UNIT else "不在可选的内容里"
    hint = f"最接近的是“{near[0]}”。" if near else ""
    few = "、".join(column.options) if len(column.options) <= 8 else "下拉列表里的一项"
    return Read(None, f"“{_cut(text)}”{what}。{hint}请选{few}。")


def _cut(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"


def same(value: Value, words: str) -> bool:
    """Whether a value is what the words of a table say."""
    return shown(value) == words
