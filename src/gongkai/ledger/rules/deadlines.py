"""What a deadline in a plan means: a day, a standing duty, or a sentence to the clerk.

A word that can be read in two ways is never guessed: it comes back with a proposal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from gongkai.kernel.text.dates import find_dates, month_end, month_problem
from gongkai.kernel.text.numerals import bare, half_width, to_int

Kind: TypeAlias = Literal["continuous", "date", "none"]

_NUMERAL = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR = re.compile(r"(\d{4}|[〇○零一二三四五六七八九]{4})年度?")
_YEAR_WORD = r"(?:今年|本年度?|当年|年度)?"
_STANDING = re.compile(
    r"实时|即时|及时|随时|动态|全年|常年|持续|长期|常态|经常|定期|每(?:年|半年|季度?|月|周|日)|按(?:年|季度?|月|周|要求)|工作日内|(?:形成|变更|获取|制定)"
)
_DAY = re.compile(rf"(?<!\d)({_NUMERAL})月({_NUMERAL})[日号]")
_MONTH_END = re.compile(rf"(?<!\d)({_NUMERAL})月份?(?:月?[底末]|下旬|内)")
_MONTH_PART = re.compile(rf"(?<!\d)({_NUMERAL})月份?([上中]旬)")
_MONTH_BEFORE = re.compile(rf"(?<!\d)({_NUMERAL})月份?(?:之|以)?前")
_MONTH_SPAN = re.compile(rf"(?<!\d)({_NUMERAL})月?份?(?:至|到|[—\-－~～])({_NUMERAL})月份?")
_WHOLE_YEAR = re.compile(r"(?<!\d)1月?(?:至|到|[—\-－~～])12月")
_MONTH_ALONE = re.compile(rf"(?<!\d)({_NUMERAL})月份?")
_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_HALF = re.compile(r"([上下])半年")
_YEAR_END = re.compile(r"年(?:底|末|内|终)")
_NOTHING = frozenset("/／—-－–无")
_LOOKS = re.compile(
    rf"(?:{_NUMERAL})月|\d{{4}}[-./年]\d|季度|半年|年[底末内终]|月[底末]|工作日|^\d{{1,3}}[日天]内|[日月]前"
)
SECOND_MONTH_TENTH = {"上旬": 10, "中旬": 20}
LONGEST_CELL = 24


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as the ledger keeps it. ``problem`` is empty when it was understood."""

    kind: Kind
    day: date | None
    as_written: str
    problem: str = ""
    proposal: date | None = None


def read_deadline(text: str, *, year: int) -> Deadline:
    """Read the deadline of a task of the plan of ``year``.

    >>> read_deadline("12月底前", year=2021).day
    datetime.date(2021, 12, 31)
    >>> read_deadline("31月底前", year=2021).problem
    '没有 31 月，月份是 1 到 12，请核对原文后改正。'
    """
    written = "".join(line.strip() for line in text.splitlines())
    words = bare(half_width(written)).strip("。；;，,")
    if not words or all(sign in _NOTHING for sign in words):
        return Deadline("none", None, written)
    if _WHOLE_YEAR.search(words):
        return Deadline("continuous", None, written)
    own_year, words = _own_year(words, year)
    days, problem, proposal = _days(words, own_year)
    if problem:
        return Deadline("none", None, written, problem, proposal)
    if len(days) == 1:
        return Deadline("date", days[0], written)
    if days:
        choices = "、".join(day.isoformat() for day in days)
        text_of = f"写了 {len(days)} 个期限（{choices}），一项任务只能有一个。请选定一个，或把任务拆成几项。"
        return Deadline("none", None, written, text_of, days[-1])
    if _STANDING.search(words):
        return Deadline("continuous", None, written)
    return Deadline(
        "none", None, written, f"期限“{written}”没有读懂。请写成“11月底前”“{year}-11-30”或“持续公开”。"
    )


def looks_like_deadline(text: str) -> bool:
    """Whether a field of a table could be a deadline, also one that cannot be (31月底前)."""
    words = bare(half_width(text)).strip("。")
    if not words or len(words) > LONGEST_CELL or "，" in words or "。" in words:
        return False
    return bool(_LOOKS.search(words)) or (len(words) <= 10 and bool(_STANDING.search(words)))


def _own_year(words: str, year: int) -> tuple[int, str]:
    """A year named in the deadline itself counts; 2022年3月底前 in a plan of 2021 is 2022."""
    match = _YEAR.search(words)
    found = to_int(match[1]) if match else None
    if match is None or found is None or not 1900 <= found <= 2200:
        return year, words
    rest = words[match.end() :]
    # 2021年底 and 2021年年底 are the same: one 年 belongs to the year, 年底 needs its own.
    if rest[:1] in "底末内终" and rest[:1]:
        rest = "年" + rest
    return found, words[: match.start()] + f"{found}年" + rest


def _days(words: str, year: int) -> tuple[list[date], str, date | None]:
    """Every day that the words name, in order; or why one of them is none."""
    days: list[date] = []
    rest = words
    for found in find_dates(words):
        if found.value is None:
            return [], found.problem, found.proposal
        days.append(found.value)
        rest = rest.replace(found.as_written, "，", 1)
    for pattern, reader in _READERS:
        for match in list(pattern.finditer(rest)):
            day, problem, proposal = reader(match, year)
            if problem:
                return [], problem, proposal
            if day is not None and day not in days:
                days.append(day)
            rest = rest.replace(match[0], "，", 1)
    return days, "", None


_Read: TypeAlias = tuple[date | None, str, date | None]


def _day_of_month(match: re.Match[str], year: int) -> _Read:
    month, day = to_int(match[1]) or 0, to_int(match[2]) or 0
    if wrong := month_problem(month):
        return None, wrong, None
    last = month_end(year, month)
    if 1 <= day <= last.day:
        return date(year, month, day), "", None
    return None, f"{month} 月没有 {day} 日，是否为 {last.isoformat()}？", last


def _end_of_month(match: re.Match[str], year: int) -> _Read:
    month = to_int(match[1]) or 0
    wrong = month_problem(month)
    return (None, wrong, None) if wrong else (month_end(year, month), "", None)


def _part_of_month(match: re.Match[str], year: int) -> _Read:
    month = to_int(match[1]) or 0
    wrong = month_problem(month)
    return (None, wrong, None) if wrong else (date(year, month, SECOND_MONTH_TENTH[match[2]]), "", None)


def _before_month(match: re.Match[str], year: int) -> _Read:
    month = to_int(match[1]) or 0
    if wrong := month_problem(month):
        return None, wrong, None
    last = month_end(year, month)
    return (
        None,
        f"“{match[0]}”没有写明是月初还是月底，是否为 {last.isoformat()}？也可以写成“{month}月底前”。",
        last,
    )


def _end_of_span(match: re.Match[str], year: int) -> _Read:
    first, last = to_int(match[1]) or 0, to_int(match[2]) or 0
    if wrong := month_problem(first) or month_problem(last):
        return None, wrong, None
    return month_end(year, last), "", None


def _end_of_quarter(match: re.Match[str], year: int) -> _Read:
    return month_end(year, 3 * (to_int(match[1]) or 0)), "", None


def _end_of_half(match: re.Match[str], year: int) -> _Read:
    return month_end(year, 6 if match[1] == "上" else 12), "", None


def _end_of_year(_match: re.Match[str], year: int) -> _Read:
    return date(year, 12, 31), "", None


# From the most exact to the loosest; what one pattern has read is gone for the next.
_READERS = (
    (_DAY, _day_of_month),
    (_MONTH_SPAN, _end_of_span),
    (_MONTH_END, _end_of_month),
    (_MONTH_PART, _part_of_month),
    (_MONTH_BEFORE, _before_month),
    (_MONTH_ALONE, _end_of_month),
    (_QUARTER, _end_of_quarter),
    (_HALF, _end_of_half),
    (_YEAR_END, _end_of_year),
)
