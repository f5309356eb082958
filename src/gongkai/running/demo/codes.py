"""统一社会信用代码 of invented units: right checksums (GB 32100-2015), an area code that no place has."""

from __future__ import annotations

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# 99 is no province, so that no real unit can bear such a code.
PREFIX = "11" + "990202"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def credit_code(serial: int) -> str:
    """The code of the n-th invented unit.

    >>> credit_code(1)[:15], len(credit_code(1))
    ('11990202MB00000', 18)
    """
    body = f"MB{serial:06d}"
    rest = (
        -sum(_LETTERS.index(sign) * weight for sign, weight in zip(body, _BODY_WEIGHTS, strict=True))
    ) % 11
    front = PREFIX + body + ("X" if rest == 10 else str(rest))
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(front, _WEIGHTS, strict=True))
    return front + SIGNS[(31 - total % 31) % 31]


def credit_code_fits(code: str) -> bool:
    """Whether the last sign of a code follows from the others."""
    if len(code) != 18 or any(sign not in SIGNS for sign in code):
        return False
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(code[:17], _WEIGHTS, strict=True))
    return SIGNS[(31 - total % 31) % 31] == code[17]
