"""Reading a notice on holidays: the State Council's own sentences, or a table. Pure; every fault has its line.

What the clerk has is the text of the notice, so that is what can be imported; the weekdays and the number of
days that it states are checked against the dates.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from datetime import date

from gongkai.kernel.text.dates import read_date
from gongkai.law.calendar import ONE_DAY, WEEKDAY_NAMES, Holiday, NoticeTable

_DATE = r"(?:(?P<year{0}>\d{{4}})年)?(?:(?P<month{0}>\d{{1,2}})月)?(?P<day{0}>\d{{1,2}})日(?:\((?P<note{0}>[^)]*)\))?"
_LINE = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|\d+[.、])?\s*(?P<name>[\u4e00-\u9fff、]{2,12}):(?P<rest>.*\d日.*)$"
)
_OFF = re.compile(_DATE.format(1) + r"(?:至" + _DATE.format(2) + r")?(?=放假)")
_ANY = re.compile(_DATE.format(""))
_TOTAL = re.compile(r"共(\d+)天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_YEAR = re.compile(r"关于(\d{4})年[^。]{0,12}节假日安排")
_NUMBER = re.compile(r"国办发(?:明电)?〔\d{4}〕\d+号")
_SIGNED = re.compile(r"^\s*(\d{4}年\d{1,2}月\d{1,2}日)\s*$", re.M)
_WIDE = str.maketrans("０１２３４５６７８９（）：［］[]", "0123456789():〔〕〔〕")
COLUMNS = ("日期", "名称", "安排")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one line."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"第 {self.line} 行：{self.text}" if self.line else self.text


@dataclass(frozen=True, slots=True)
class Reading:
    """A notice as read, with everything that could not be read."""

    table: NoticeTable
    faults: tuple[Fault, ...]


def read_notice(text: str, *, year: int | None = None, number: str = "", amends: bool = False) -> Reading:
    """Read the text of a notice, or a table with the columns 日期, 名称, 安排 (放假 or 上班)."""
    lines = text.splitlines()
    head = next((line for line in lines if line.strip()), "")
    if all(column in head for column in COLUMNS):
        reading = _read_table(text, year)
    else:
        reading = _read_sentences(text.translate(_WIDE), year)
    table = replace(reading.table, amends=amends, number=number or reading.table.number)
    return replace(reading, table=table)


def _read_sentences(text: str, year: int | None) -> Reading:
    found_year, found_number, signed = _YEAR.search(text), _NUMBER.search(text), _SIGNED.findall(text)
    if year is None and found_year:
        year = int(found_year[1])
    number = found_number[0] if found_number else ""
    if year is None:
        fault = Fault(0, "没有读到年份（“关于某年部分节假日安排的通知”）。请写明年份后再导入。")
        return Reading(NoticeTable(0, number, ()), (fault,))
    holidays: list[Holiday] = []
    faults: list[Fault] = []
    for place, line in enumerate(text.splitlines(), 1):
        match = _LINE.match(line)
        if match is None:
            continue
        try:
            holidays.append(_holiday(match["name"], match["rest"], year))
        except ValueError as problem:
            faults.append(Fault(place, str(problem)))
    table = NoticeTable(
        year,
        number,
        tuple(holidays),
        published_on=read_date(signed[-1]).value if signed else None,
        title=f"国务院办公厅关于{year}年部分节假日安排的通知",
    )
    return Reading(table, tuple(faults))


def _holiday(name: str, rest: str, year: int) -> Holiday:
    """One numbered sentence of the notice."""
    off = _OFF.search(rest)
    if off is None:
        raise ValueError(f"没有读到{name}的放假日期。请写成“某月某日至某日放假”。")
    first = _day(off, "1", year, None)
    last = _day(off, "2", first.year, first) if off["day2"] else first
    total = _TOTAL.search(rest)
    if total and "连休" not in rest and (last - first).days + 1 != int(total[1]):
        raise ValueError(
            f"{name}从 {first} 到 {last} 是 {(last - first).days + 1} 天，通知写的是共{total[1]}天。请核对。"
        )
    return Holiday(name, first, last, tuple(_workdays(rest[off.end() :], first)))


def _workdays(rest: str, near: date) -> list[date]:
    """Days before the word 上班; a day without month stands in the month of the one before it."""
    found: list[date] = []
    for sentence in rest.split("。"):
        if "上班" not in sentence:
            continue
        before: date | None = None
        for match in _ANY.finditer(sentence.split("上班")[0]):
            before = _day(match, "", near.year, before)
            found.append(before)
    return found


def _day(match: re.Match[str], suffix: str, year: int, before: date | None) -> date:
    """The day of a match, checked against the weekday that the notice names."""
    month_text, year_text = match[f"month{suffix}"], match[f"year{suffix}"]
    if month_text is None and before is None:
        raise ValueError(f"“{match[0]}”没有写月份。请补上月份。")
    month = int(month_text) if month_text else before.month if before else 0
    written = f"{int(year_text) if year_text else year}年{month}月{match[f'day{suffix}']}日"
    read = read_date(written)
    if read.value is None:
        raise ValueError(read.problem)
    weekday = _WEEKDAY.search(match[f"note{suffix}"] or "")
    true_name = WEEKDAY_NAMES[read.value.weekday()]
    if weekday and weekday[1].replace("天", "日") != true_name[1]:
        raise ValueError(f"{read.value} 是{true_name}，通知写的是周{weekday[1]}。请核对日期和年份。")
    return read.value


def _read_table(text: str, year: int | None) -> Reading:
    """A table of single days; neighbouring days off of one name are one holiday."""
    off: dict[str, list[date]] = {}
    worked: dict[str, list[date]] = {}
    faults: list[Fault] = []
    dialect = "excel-tab" if "\t" in text.lstrip().splitlines()[0] else "excel"
    rows = csv.DictReader(io.StringIO(text.strip("\ufeff\n")), dialect=dialect)
    for row in rows:
        cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
        if not any(cells.values()):
            continue
        day = read_date(cells["日期"])
        if day.value is None:
            faults.append(Fault(rows.line_num, day.problem))
        elif not cells["名称"]:
            faults.append(Fault(rows.line_num, "缺少节日名称。请补上。"))
        elif cells["安排"] not in ("放假", "上班"):
            faults.append(Fault(rows.line_num, f"安排是“{cells['安排']}”，应为“放假”或“上班”。"))
        else:
            (off if cells["安排"] == "放假" else worked).setdefault(cells["名称"], []).append(day.value)
    if year is None and off:
        years = [day.year for days in off.values() for day in days]
        year = max(set(years), key=years.count)
    faults += [
        Fault(0, f"“{name}”只有上班日，没有放假日。请核对两处名称是否一致。")
        for name in worked
        if name not in off
    ]
    return Reading(NoticeTable(year or 0, "", tuple(_joined(off, worked))), tuple(faults))


def _joined(off: dict[str, list[date]], worked: dict[str, list[date]]) -> list[Holiday]:
    holidays: list[Holiday] = []
    for name, days in off.items():
        stretch: list[date] = []
        for day in sorted(set(days)):
            if stretch and day != stretch[-1] + ONE_DAY:
                holidays.append(Holiday(name, stretch[0], stretch[-1]))
                stretch = []
            stretch.append(day)
        holidays.append(Holiday(name, stretch[0], stretch[-1], tuple(sorted(worked.get(name, [])))))
    return holidays
