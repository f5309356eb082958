"""Dates that cannot be: days that no calendar has, a weekday that is another, a period that ends before it begins.

《党政机关公文处理工作条例》第十九条 (内容准确); GB/T 9704—2012 7.3.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.gate.rules.finding import Finding, Level, Passage

IMPOSSIBLE, WEEKDAY, ORDER, PASSED = "date.impossible", "date.weekday", "date.order", "date.passed"
BASIS = "《党政机关公文处理工作条例》第十九条"
_DAY = r"(?P<y{0}>(?:19|20)\d\d)\s?[年\-/.]\s?(?P<m{0}>\d{{1,2}})\s?[月\-/.]\s?(?P<d{0}>\d{{1,2}})(?!\d)\s?[日号]?"
_ONE = re.compile(r"(?<![\d.\-/])" + _DAY.format(1))
_SHORT = re.compile(r"(?<![\d年.])(\d{1,2})月(\d{1,2})[日号]")
_WEEKDAY = re.compile(_ONE.pattern + r"\s?[(（]?\s?(?:星期|周)(?P<w>[一二三四五六日天])")
_SPAN = re.compile(
    _ONE.pattern + r"\s?(?:[(（][^)）]{1,8}[)）])?\s?(?:至|到|—|–|-|~|～|起至)+\s?" + _DAY.format(2)
)
_CLOSES = re.compile(r"(?:截止|截至|报名时间|征求意见期|受理时间|公示期|反馈时间)[^。；\n]{0,40}?$")
_WEEKDAYS = "一二三四五六日"
_MOST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def find(passage: Passage, today: date | None = None) -> Iterator[Finding]:
    """What cannot be true of the dates in the passage; with ``today`` also what is already over."""
    text = passage.text
    if not re.search(r"\d\s?[月\-/.]\s?\d", text):
        return
    for match in _ONE.finditer(text):
        if not _day(match, 1):
            yield _finding(passage, IMPOSSIBLE, match, "日历上没有这一天。请核对年、月、日。")
    for short in _SHORT.finditer(text):
        month, day = int(short[1]), int(short[2])
        if not (1 <= month <= 12 and 1 <= day <= _MOST_DAYS[month - 1]):
            yield _finding(passage, IMPOSSIBLE, short, f"{month}月没有{day}日。请核对。")
    for match in _WEEKDAY.finditer(text):
        when = _day(match, 1)
        if when and _WEEKDAYS[when.weekday()] != match["w"].replace("天", "日"):
            right = _WEEKDAYS[when.weekday()]
            yield _finding(
                passage, WEEKDAY, match, f"这一天是星期{right}。请核对日期或者星期。",
                mend=match[0][:-1] + right,
            )  # fmt: skip
    for match in _SPAN.finditer(text):
        first, last = _day(match, 1), _day(match, 2)
        if first and last and last < first:
            yield _finding(passage, ORDER, match, "结束日期早于开始日期。请核对。")
    if today:
        yield from _passed(passage, today)


def _passed(passage: Passage, today: date) -> Iterator[Finding]:
    for match in _ONE.finditer(passage.text):
        when = _day(match, 1)
        if when and when < today and _CLOSES.search(passage.text[: match.start()]):
            rest = _SPAN.match(passage.text, match.start())
            if rest and (last := _day(rest, 2)) and last >= today:
                continue
            yield _finding(
                passage, PASSED, match, "这个期限已经过了。请核对日期，或者改为结果公告。", Level.HINT
            )


def _day(match: re.Match[str], number: int) -> date | None:
    try:
        return date(*(int(match[f"{part}{number}"]) for part in "ymd"))
    except ValueError:
        return None


def _finding(
    passage: Passage, rule: str, match: re.Match[str], says: str, level: Level = Level.WARN, *, mend: str = ""
) -> Finding:
    return Finding(rule, level, passage.where, match[0], says, BASIS, match.start(), match.end(), mend)
