"""发文字号: 机关代字 + 〔年份〕 + 序号 + 号 (GB/T 9704-2012 7.2.5), read in every bracket that people type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.kernel.text.numerals import bare, half_width, to_int

_OPEN, _CLOSE = "〔\\[［(（【﹝〖{｛", "〕\\]］)）】﹞〗}｝"
_AGENCY = r"[\u4e00-\u9fff](?:[\u4e00-\u9fff]|\s(?=[\u4e00-\u9fff])){1,19}"
_LOOSE = re.compile(
    rf"({_AGENCY})\s*[{_OPEN}]\s*((?:[0-9０-９]\s*){{2,4}})年?\s*[{_CLOSE}]\s*第?\s*([0-9０-９]{{1,6}})\s*号"
)
_STRICT = re.compile(r"[\u4e00-\u9fff]{2,20}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号")
_ORDER = re.compile(
    r"(?:([\u4e00-\u9fff]{2,20}令)\s*)?第\s*([0-9０-９]{1,4}|[〇零一二三四五六七八九十百千]{1,8})\s*号"
)
EXAMPLE = "滨政办发〔2022〕16号"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A 文号 in its parts. ``str()`` is the standard form, without spaces or leading zeros."""

    agency: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.agency}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What was typed in a 文号 field: the number, or why it is none. ``corrected`` when the form was mended."""

    number: DocumentNumber | None
    problem: str = ""
    corrected: bool = False


def read_number(text: str) -> NumberReading:
    """The one 文号 that a field holds, in its standard form.

    >>> str(read_number("青政办字 [2021] 第038号").number)
    '青政办字〔2021〕38号'
    """
    words = bare(text)
    match = _LOOSE.fullmatch(words)
    if match is None:
        return NumberReading(None, f"文号没有读懂：应是机关代字、年份、序号，如“{EXAMPLE}”，请改成这个样子。")
    year = int(half_width(bare(match[2])))
    serial = int(half_width(match[3]))
    if not 1900 <= year <= 2099:
        return NumberReading(None, f"文号里的年份 {match[2]} 不是四位年份，请改成如“{EXAMPLE}”。")
    if not 1 <= serial <= 99999:
        return NumberReading(None, "文号里的序号应从 1 开始，请核对原文后改正。")
    number = DocumentNumber(bare(match[1]), year, serial)
    return NumberReading(number, corrected=str(number) != text.strip())


def find_numbers(text: str) -> Iterator[DocumentNumber]:
    """Every 文号 of a text, mended. In a sentence the agency may take words before it along; see ``is_standard``."""
    for match in _LOOSE.finditer(text):
        found = read_number(match[0]).number
        if found is not None:
            yield found


def is_standard(text: str) -> bool:
    """Whether a 文号 stands exactly in the form of the national standard."""
    return _STRICT.fullmatch(text) is not None


def future_year(number: DocumentNumber, *, this_year: int) -> str:
    """Why the year of a 文号 cannot be, empty when it can: papers are numbered in the year of their signing."""
    if number.year <= this_year:
        return ""
    return f"文号“{number}”的年份晚于今年（{this_year} 年），请核对：年份应是签发的年份。"


def differs_from_date(number: DocumentNumber, *, written_year: int) -> str:
    """Why a 文号 and the date under the paper do not agree, empty when they do."""
    if number.year == written_year:
        return ""
    return f"文号“{number}”是 {number.year} 年的，成文日期却在 {written_year} 年，请核对两处哪一处有误。"


def order_number(text: str) -> str:
    """The number of a 令, which has neither agency code nor year: 第711号; empty where there is none.

    >>> order_number("中华人民共和国国务院令  第７１１号")
    '第711号'
    """
    match = _ORDER.search(half_width(text))
    if match is None:
        return ""
    serial = to_int(match[2])
    return f"第{serial}号" if serial else ""
