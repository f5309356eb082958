"""Dates as they stand in papers: 2022年3月11日, 二〇二二年三月十一日, 2022-03-11, 2022.3.11.

An impossible date is never guessed away: it comes back with a sentence and a proposal.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.kernel.text.numerals import bare, half_width, to_int

_CN = "〇○Ｏ零一二三四五六七八九"
_DIGIT = "[0-9０-９]"
_YEAR = rf"(?:{_DIGIT}\s*){{4}}|(?:[{_CN}OoО0]\s*){{4}}"
_SMALL = rf"(?:{_DIGIT}\s*){{1,2}}|[{_CN}十]{{1,3}}"
_WRITTEN = re.compile(rf"({_YEAR})年\s*({_SMALL})\s*月\s*({_SMALL})\s*[日号]")
_SHORT = re.compile(
    rf"(?<![0-9０-９.．/-])({_DIGIT}{{4}})\s*([-－—./／．])\s*({_DIGIT}{{1,2}})\s*\2\s*({_DIGIT}{{1,2}})(?![0-9０-９]|[.．/-][0-9])"
)
_EIGHT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date found in a text. Either ``value`` or ``problem`` is there; ``proposal`` may help."""

    as_written: str
    start: int
    end: int
    value: date | None
    problem: str = ""
    proposal: date | None = None


def find_dates(text: str) -> Iterator[WrittenDate]:
    """Every date of a text in the order of its place, possible or not."""
    found = [*_WRITTEN.finditer(text), *_SHORT.finditer(text)]
    for match in sorted(found, key=lambda match: match.start()):
        parts = match.groups()
        year, month, day = parts[0], parts[-2], parts[-1]
        yield _checked(match[0], match.start(), match.end(), _year(year), to_int(month), to_int(day))


def read_date(text: str) -> WrittenDate:
    """The one date that a field holds; 20220311 is read too.

    >>> read_date("二〇二二年三月十一日").value
    datetime.date(2022, 3, 11)
    >>> read_date("2026年9月31日").problem
    '9 月没有 31 日，是否为 2026-09-30？'
    """
    words = text.strip()
    for found in find_dates(words):
        if found.start == 0 and found.end == len(words):
            return found
    eight = _EIGHT.fullmatch(bare(half_width(words)))
    if eight:
        return _checked(words, 0, len(words), int(eight[1]), int(eight[2]), int(eight[3]))
    return WrittenDate(words, 0, len(words), None, "日期没有读懂，请写成“2022年3月11日”或“2022-03-11”。")


def month_end(year: int, month: int) -> date:
    """The last day of a month: what 9月底前 means."""
    return date(year, month, calendar.monthrange(year, month)[1])


def month_problem(month: int) -> str:
    """Why a month is none, empty when it is one."""
    if 1 <= month <= 12:
        return ""
    return f"没有 {month} 月，月份是 1 到 12，请核对原文后改正。"


def written_out(day: date) -> str:
    """A date as it is signed at the end of a paper: 2022年3月11日 (GB/T 9704-2012, no leading zeros)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _year(text: str) -> int | None:
    return to_int(bare(text).replace("O", "〇").replace("o", "〇").replace("О", "〇").replace("Ｏ", "〇"))


def _checked(
    as_written: str, start: int, end: int, year: int | None, month: int | None, day: int | None
) -> WrittenDate:
    if year is None or month is None or day is None or not 1900 <= year <= 2200:
        problem = "年份没有读懂，请写成四位数字，如“2022年3月11日”。"
        return WrittenDate(as_written, start, end, None, problem)
    wrong_month = month_problem(month)
    if wrong_month:
        return WrittenDate(as_written, start, end, None, wrong_month)
    last = month_end(year, month)
    if 1 <= day <= last.day:
        return WrittenDate(as_written, start, end, date(year, month, day))
    if day == 0:
        return WrittenDate(as_written, start, end, None, f"{month} 月没有 0 日，请核对原文后改正。")
    return WrittenDate(
        as_written, start, end, None, f"{month} 月没有 {day} 日，是否为 {last.isoformat()}？", last
    )
