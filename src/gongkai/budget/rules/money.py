"""Sums of money in papers: exact, in 元, with the rounding that each place of writing allows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_NUMBER = re.compile(r"^[-−－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?$")
FACTORS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
UNIT = re.compile(r"(?:金额)?单位\s*[:：]?\s*(?:人民币)?\s*(亿元|万元|千元|元)")
_NOTHING = ("", "-", "—", "－", "–", "/", "无")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in 元 and the half of its last place, by which rounding may move it."""

    value: Decimal
    slack: Decimal = Decimal(0)

    def agrees(self, other: Sum, terms: int = 1) -> bool:
        """Whether two sums are the same but for rounding of each of ``terms`` addends."""
        return abs(self.value - other.value) <= self.slack * max(terms, 1) + other.slack


def read_sum(text: str, factor: Decimal = Decimal(1)) -> Sum | None:
    """The sum in a field; an empty field is ``None``.

    >>> read_sum("1,234.50", Decimal(10000)).value
    Decimal('12345000.00')
    """
    words = unicodedata.normalize("NFKC", text).replace(" ", "").replace("−", "-")
    if words in _NOTHING or not _NUMBER.match(words):
        return None
    try:
        number = Decimal(words.replace(",", ""))
    except InvalidOperation:
        return None
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    # Two places is how 万元 is written; what a spreadsheet keeps beyond is not shown to the reader.
    step = Decimal(1).scaleb(-min(places, 2) if places else -2)
    return Sum(number * factor, step * factor / 2)


def shown(amount: Decimal, unit: str) -> str:
    """A sum as it would be written in that unit.

    >>> shown(Decimal("1234500"), "万元")
    '123.45万元'
    """
    number = (amount / FACTORS[unit]).quantize(Decimal("0.01"))
    return f"{number.normalize():f}{unit}"
