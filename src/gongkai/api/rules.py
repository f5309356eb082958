"""How an answer is cut into pages, and what a refused request is told. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST_A_PAGE = 100
USUAL_PAGE = 20
CODE = r"^[0-9A-Za-z_-]*$"
# What a bound of a parameter says to the person who broke it.
_BOUNDS = {
    "greater_than_equal": ("ge", "不能小于"),
    "less_than_equal": ("le", "不能大于"),
    "string_too_long": ("max_length", "字数不能多于"),
}
_FORMS = {
    "int_parsing": "要写成整数",
    "date_from_datetime_parsing": "日期要写成 2026-03-11",
    "date_parsing": "日期要写成 2026-03-11",
    "datetime_from_date_parsing": "时间要写成 2026-03-11T08:00:00+08:00",
    "datetime_parsing": "时间要写成 2026-03-11T08:00:00+08:00",
    "timezone_aware": "时间要带时区，如 2026-03-11T08:00:00%2B08:00（%2B 是加号）",
    "value_error": "时间要写成 2026-03-11T08:00:00%2B08:00（%2B 是加号）",
    "string_pattern_mismatch": "只能用字母、数字和连字符",
}


def fault_of(error: Mapping[str, Any]) -> str:
    """One wrong parameter: its name, and what to write instead.

    >>> fault_of({"type": "less_than_equal", "loc": ("query", "size"), "ctx": {"le": 100}})
    '参数 size 不能大于 100'
    """
    kind, name = str(error.get("type", "")), str((error.get("loc") or ("?",))[-1])
    if kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        return f"参数 {name} {words} {error.get('ctx', {}).get(bound, '')}"
    if kind in ("literal_error", "enum"):
        choices = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
        return f"参数 {name} 只能是 {choices.replace(', ', '、')}"
    return f"参数 {name} {_FORMS.get(kind, '读不懂，请对照接口说明核对')}"


def written_out(text: object) -> object:
    """A moment as a person writes it, not a number of seconds."""
    if isinstance(text, str) and "T" not in text:
        raise ValueError(text)
    return text


def address_parts(path: str) -> tuple[int, int]:
    """Year and number in a permanent address; they name a document in the interface as well.

    >>> address_parts("/doc/2026/417.html")
    (2026, 417)
    """
    _, _, year, number = path.removesuffix(".html").split("/")
    return int(year), int(number)
