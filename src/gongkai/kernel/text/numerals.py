"""Width, white space and Chinese numerals: 第三十三条 is article 33, ２０２２ is 2022."""

from __future__ import annotations

import re

DIGITS = {
    "〇": 0, "○": 0, "Ｏ": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
NUMERAL = "〇○零一二两三四五六七八九十百千万亿"

_CHINESE_DIGITS = "零一二三四五六七八九"
_WIDE_ASCII = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}  # ０-９
_WIDE_ASCII |= {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}  # Ａ-ｚ
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))
_ARTICLE = re.compile(rf"第\s*([{NUMERAL}]+|[0-9０-９]+)\s*([编章节条款项])")


def half_width(text: str) -> str:
    """Full-width digits and Latin letters as half-width ones; Chinese punctuation stays as it is."""
    return text.translate(_WIDE_ASCII)


def squeeze(text: str) -> str:
    """One space for any run of white space, none at the ends, invisible signs dropped."""
    return " ".join(text.translate(_INVISIBLE).split())


def bare(text: str) -> str:
    """No white space at all: how names, titles and numbers in one line are compared."""
    return "".join(text.translate(_INVISIBLE).split())


def written_number(text: str) -> int | None:
    """The number of a row, page or year as an address or a form carries it; None for anything else.

    ``str.isdigit`` is no guard for ``int``: it takes ² and ① for digits; and a database takes no 30 digits.

    >>> written_number("17"), written_number("²"), written_number("9" * 30), written_number("-1")
    (17, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004


def to_int(numeral: str) -> int | None:
    """The number that a numeral means, Chinese or Arabic; None where it is none.

    >>> to_int("三十三"), to_int("二〇二二"), to_int("一百零五"), to_int("１２")
    (33, 2022, 105, 12)
    """
    text = bare(half_width(numeral))
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(sign not in DIGITS and sign not in TENS and sign not in MYRIADS for sign in text):
        return None
    if all(sign in DIGITS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    return _with_places(text)


def _with_places(text: str) -> int | None:
    total, section, digit, smallest = 0, 0, 0, 10**9
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in TENS:
            if TENS[sign] >= smallest:
                return None  # 十百 is no number
            smallest = TENS[sign]
            section += (digit or 1) * TENS[sign]
            digit = 0
        else:
            total = (total + section + digit) * MYRIADS[sign]
            section, digit, smallest = 0, 0, 10**9
    return total + section + digit


def to_chinese(number: int) -> str:
    """The Chinese numeral of a number from 0 to 9999, as articles are counted.

    >>> to_chinese(33), to_chinese(10), to_chinese(105), to_chinese(2022)
    ('三十三', '十', '一百零五', '二千零二十二')
    """
    if not 0 <= number <= 9999:
        raise ValueError("articles are counted from 0 to 9999")
    if number == 0:
        return "零"
    words, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            words += ("零" if gap and words else "") + _CHINESE_DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return words[1:] if 10 <= number <= 19 else words


def articles_in(text: str) -> list[tuple[int, str]]:
    """The article marks of a text in order: 第三十三条第二款 is ``[(33, "条"), (2, "款")]``."""
    found = ((to_int(match[1]), match[2]) for match in _ARTICLE.finditer(text))
    return [(number, level) for number, level in found if number is not None]
