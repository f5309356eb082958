"""Numbers of identity cards (GB 11643): the place, a possible day of birth, and the check digit must be right.

条例第十五条; 个人信息保护法第二十八条、第五十一条.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.gate.rules.finding import Finding, Known, Level, Passage
from gongkai.gate.rules.folding import Group, chains, masked, touched

RULE = "personal.id_number"
BASIS = "条例第十五条；个人信息保护法第二十八条"
_PROVINCES_WRITTEN = """
11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81
82 83
"""
_PROVINCES = frozenset(_PROVINCES_WRITTEN.split())
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_X = re.compile(r"[\x00 \n\-]{0,2}[Xx×ХхⅩ]")
_OLD_WORDS = re.compile(r"身份|证件|公民")
_WEAK = re.compile(r"(?<![0-9A-Za-z*])[0-9](?:[0-9]|[*●○×](?=[0-9*●○×Xx])){16}[0-9Xx*●○×](?![0-9A-Za-z*])")
_FIRST_YEAR, _LAST_YEAR = 1880, 2049


def is_id(number: str) -> bool:
    """Whether eighteen characters are the number of an identity card.

    >>> is_id("11010519491231002X"), is_id("110105194912310021"), is_id("110105194913310020")
    (True, False, False)
    """
    if len(number) != 18 or not number[:17].isdigit() or number[:2] not in _PROVINCES:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper() and _is_day(number[6:14])


def _is_day(digits: str) -> bool:
    try:
        return _FIRST_YEAR <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= _LAST_YEAR
    except ValueError:
        return False


def find(passage: Passage, folded: str, known: Known) -> Iterator[Finding]:
    """Every number of an identity card in the passage, also split, in full width, or with too little hidden."""
    taken = -1
    for chain in chains(folded):
        for first, last, number, end in _candidates(chain, folded):
            start = chain[first].start
            if start >= taken and not _inside(chain, first, last, folded, end) and number not in known.codes:
                taken = end
                yield _finding(passage, start, end)
    for match in _WEAK.finditer(folded):
        hidden = sum(one in "*●○×" for one in match[0])
        if 0 < hidden <= 2 and match[0][:2] in _PROVINCES and _is_day(match[0][6:14]):
            yield _finding(passage, match.start(), match.end(), weak=True)


def _candidates(chain: list[Group], folded: str) -> Iterator[tuple[int, int, str, int]]:
    for first in range(len(chain)):
        number = ""
        for last in range(first, len(chain)):
            if last > first and "." in chain[last].gap:
                break
            number += chain[last].digits
            if len(number) == 18 and is_id(number):
                yield first, last, number, chain[last].end
            elif len(number) == 17 and (tail := _X.match(folded, chain[last].end)) and is_id(number + "X"):
                yield first, last, number + "X", tail.end()
            elif len(number) == 15 and first == last and _is_old(number, folded, chain[first].start):
                yield first, last, number, chain[last].end
            if len(number) >= 18:
                break


def _is_old(number: str, folded: str, start: int) -> bool:
    """Fifteen digits of the time before 1999 carry no check digit: only a word before them tells."""
    if number[:2] not in _PROVINCES or not _is_day("19" + number[6:12]):
        return False
    return bool(_OLD_WORDS.search(folded[max(0, start - 10) : start]))


def _inside(chain: list[Group], first: int, last: int, folded: str, end: int) -> bool:
    """A dash or a point that leads on to more digits makes it a part of something longer."""
    if first and any(one in chain[first].gap for one in "-."):
        return True
    if last + 1 < len(chain) and any(one in chain[last + 1].gap for one in "-."):
        return True
    return touched(folded, chain[first].start, end)


def _finding(passage: Passage, start: int, end: int, *, weak: bool = False) -> Finding:
    hidden = masked(passage.text[start:end], 6, 4)
    return Finding(
        RULE,
        Level.BLOCK,
        passage.where,
        hidden,
        "身份证号遮得不够，照样能推算出来。请按“前6后4”遮盖。"
        if weak
        else "身份证号没有遮盖。请遮去出生日期，或者删去这一项。",
        BASIS,
        start,
        end,
        hidden,
    )
