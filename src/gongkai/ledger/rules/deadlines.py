"""What a deadline in a plan means: a day, a standing duty, or a sentence to the clerk.

A word that can be read in two ways is never guessed: it comes back with a proposal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

from gongkai.kernel.text.dates import find_dates, month_end, month_problem
from gongkai.kernel.text.numerals import bare, half_width, to_int

Kind: TypeAlias = Literal["continuous", "date", "none"]

_NUMERAL = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR = re.compile(r"(\d{4}|[〇○零一二三四五六七八九]{4})年度?")
_YEAR_WORD = r"(?:今年|本年度?|当年|年度)?"
_STANDING = re.compile(
    r"实时|即时|及时|随时|动态|全年|常年|持续|长期|常态|日常|平时|经常|定期|不间断|滚动|贯穿|每(?:年|半年|季度?|月|周|日)|按(?:年|季度?|月|周)|按(?:照)?[^，。、]{0,5}(?:要求|规定|时限)"
    r"|(?:年|季度?|月|周)[一二两三四五六\d]{1,2}次|工作日内|(?:形成|变更|获取|制定)"
)
_FROM_EVENT = re.compile(r"\d{1,3}个?(?:工作日|自然日|日|天)(?:之?[内前])?")
_FROM_MONTH = re.compile(rf"(?:{_NUMERAL})(?:月份?|[日号])起(?!至|到|[—\-－~～])")
_YEAR_MONTH = re.compile(r"(\d{4})[-./．](\d{1,2})(?:[月底末]?(?:之|以)?前?)?")
_MONTH_DAY = re.compile(r"(\d{1,2})[./．](\d{1,2})[日号]?(?:之|以)?前?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:之|以)?前?")
_DAY = re.compile(rf"(?<!\d)({_NUMERAL})月({_NUMERAL})[日号]")
_MONTH_END = re.compile(rf"(?<!\d)({_NUMERAL})月份?(?:月?[底末]|下旬|内)")
_MONTH_PART = re.compile(rf"(?<!\d)({_NUMERAL})月份?([上中]旬)")
_MONTH_BEFORE = re.compile(rf"(?<!\d)({_NUMERAL})月份?(?:之|以)?前")
_MONTH_SPAN = re.compile(rf"(?<!\d)({_NUMERAL})月?份?(?:至|到|[—\-－~～])({_NUMERAL})月份?")
_WHOLE_YEAR = re.compile(r"(?<!\d)1月?(?:至|到|[—\-－~～])12月")
_MONTH_ALONE = re.compile(rf"(?<!\d)({_NUMERAL})月份?")
_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_HALF = re.compile(r"([上下])半年")
_YEAR_END = re.compile(r"年(?:底|末|内|终)|(?:本|当|今)年度?(?:之?内)?$|年度内")
_NOTHING = frozenset("/／—-－–无")
_LOOKS = re.compile(
    rf"(?:{_NUMERAL})月|\d{{4}}[-./年]\d|季度|半年|年(?:度?内|[底末终])|月[底末]|工作日|^\d{{1,3}}[日天]内|[日月]前"
)
# What stands beside a standing word in a field of deadlines: 持续推进, 长期坚持, 及时更新公开. 及时公开稳岗政策 is a task.
_BESIDE = re.compile(
    r"(?:公开|推进|坚持|开展|更新|落实|完成|进行|实施|抓好|做好|工作|任务|全年|有序|化|性|并|、)+"
)
_OF_A_DAY = re.compile(
    r"[\d一二三四五六七八九十〇零年月日号底末内前后之以至到起上中下半旬季度第每各个工作—\-－~～/.．]+"
)
LONGEST_BESIDE = 8  # 每季度公布一次食品安全抽检结果 names no day
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
    if _WHOLE_YEAR.search(words) or _FROM_EVENT.fullmatch(words) or _FROM_MONTH.search(words):
        return Deadline("continuous", None, written)
    words = _written_out(words, year).replace("起至", "至").replace("起到", "至")
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


def _written_out(words: str, year: int) -> str:
    """Digits alone as people write them: 2026.11, 20261130, 11.30, or only the year, whose end is meant."""
    for pattern, shape in ((_EIGHT, "{0}年{1}月{2}日"), (_YEAR_MONTH, "{0}年{1}月底")):
        match = pattern.fullmatch(words)
        if match:
            return shape.format(*(int(part) for part in match.groups()))
    match = _MONTH_DAY.fullmatch(words)
    if match and 1 <= int(match[1]) <= 12:
        return f"{year}年{int(match[1])}月{int(match[2])}日"
    match = re.fullmatch(r"(\d{4})年度?内?", words)
    return f"{match[1]}年底" if match else words


@lru_cache(maxsize=4096)
def looks_like_deadline(text: str) -> bool:
    """Whether a field of a table could be a deadline, also one that cannot be (31月底前)."""
    words = bare(half_width(text)).strip("。")
    if not words or len(words) > LONGEST_CELL or "。" in words:
        return False
    # 5月底前完成，并长期坚持: a field of two parts holds a deadline when both are of one.
    return all(_is_day(part) or _is_standing(part) for part in words.split("，"))


def _is_day(words: str) -> bool:
    return bool(_LOOKS.search(words)) and len(_OF_A_DAY.sub("", words)) <= LONGEST_BESIDE


def _is_standing(words: str) -> bool:
    """Whether a standing word is all that stands here, or nearly all."""
    if len(words) > 10 or not _STANDING.search(words):
        return False
    return len(words) <= 4 or len(_OF_A_DAY.sub("", _BESIDE.sub("", _STANDING.sub("", words)))) <= 2


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
