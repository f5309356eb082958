"""Which day is a working day in China: facts of the State Council's notices, and a careful guess without one.

A day of a year whose notice is here is certain. Any other day is *provisional*: Monday to Friday less the
statutory days of 《全国年节及纪念日放假办法》; nobody can know the make-up Saturdays and Sundays beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from borax.calendars.lunardate import LunarDate  # type: ignore[import-untyped]

FIRST_YEAR, LAST_YEAR = 1950, 2098  # what the lunar calendar and the solar-term formula below can answer
ONE_DAY = timedelta(days=1)
WEEKDAY_NAMES = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class OutsideCalendar(ValueError):  # noqa: N818 -- an answer to whoever typed the date
    """A day that no calendar of ours can judge."""


class DayType(StrEnum):
    """What a day is for a clock that counts working days."""

    WORKDAY = "workday"
    MAKE_UP = "make_up_workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class DayKind:
    """What a day is, why, and whether a notice says so. ``name`` is the holiday, empty on ordinary days."""

    type: DayType
    name: str = ""
    provisional: bool = False

    @property
    def is_workday(self) -> bool:
        return self.type in (DayType.WORKDAY, DayType.MAKE_UP)


@dataclass(frozen=True, slots=True)
class Holiday:
    """One numbered line of a notice: days off from first to last, and the days worked in exchange."""

    name: str
    first: date
    last: date
    workdays: tuple[date, ...] = ()

    def days(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += ONE_DAY


@dataclass(frozen=True, slots=True)
class NoticeTable:
    """One notice of the General Office of the State Council on the holidays of a year.

    ``amends``: the notice changes some days only (2019 劳动节, 2020 春节) and does not make a year certain.
    """

    year: int
    number: str
    holidays: tuple[Holiday, ...]
    published_on: date | None = None
    title: str = ""
    url: str = ""
    number_mark: str = "seen"
    amends: bool = False


class WorkCalendar:
    """Working days of China by the given notices; a later notice prevails for the days that it states."""

    def __init__(self, tables: Iterable[NoticeTable] = ()) -> None:
        self.tables = tuple(tables)
        self._stated: dict[date, DayKind] = {}
        self._arranged_by: dict[date, int] = {}
        self._years: set[int] = set()
        for table in self.tables:
            self._take(table)

    def _take(self, table: NoticeTable) -> None:
        if not table.amends:
            if table.year in self._years:  # the year is arranged anew: what the older notice said is void
                self._forget(table.year)
            self._years.add(table.year)
        for holiday in table.holidays:
            for day in holiday.days():
                self._state(day, DayKind(DayType.HOLIDAY, holiday.name), table.year)
            for day in holiday.workdays:
                self._state(day, DayKind(DayType.MAKE_UP, holiday.name), table.year)

    def _state(self, day: date, kind: DayKind, year: int) -> None:
        self._stated[day] = kind
        self._arranged_by[day] = year

    def _forget(self, year: int) -> None:
        for day in [day for day, arranged in self._arranged_by.items() if arranged == year]:
            del self._stated[day], self._arranged_by[day]

    @property
    def years(self) -> frozenset[int]:
        """Years that a notice arranges as a whole."""
        return frozenset(self._years)

    def kind(self, day: date) -> DayKind:
        """What ``day`` is; raises ``OutsideCalendar`` before 1950 and after 2098."""
        stated = self._stated.get(day)
        if stated is not None:
            return stated
        certain = day.year in self._years
        if day.weekday() >= 5:
            return _WEEKEND if certain else _WEEKEND_GUESSED
        if certain:
            return _WORKDAY
        name = statutory_days(day.year).get(day)
        return _WORKDAY_GUESSED if name is None else DayKind(DayType.HOLIDAY, name, provisional=True)

    def is_workday(self, day: date) -> bool:
        return self.kind(day).is_workday

    def is_provisional(self, day: date) -> bool:
        """True where no notice says what the day is, so that it may still change."""
        return day not in self._stated and day.year not in self._years

    def next_workday(self, day: date) -> date:
        """``day`` itself, or the first working day after it."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def workdays_between(self, after: date, until: date) -> int:
        """How many working days lie after ``after`` up to and including ``until``; the lateness of an act."""
        days = (until - after).days
        return sum(self.is_workday(after + timedelta(days=step)) for step in range(1, days + 1))

    def differing_days(self, other: WorkCalendar) -> frozenset[date]:
        """Days that ``other`` judges differently; what an imported notice really changes."""
        years = self._years | other._years
        spoken = set(self._stated) | set(other._stated)
        for year in years:
            spoken |= set(statutory_days(year))
        return frozenset(day for day in spoken if self.is_workday(day) != other.is_workday(day))


_WORKDAY, _WORKDAY_GUESSED = DayKind(DayType.WORKDAY), DayKind(DayType.WORKDAY, provisional=True)
_WEEKEND, _WEEKEND_GUESSED = DayKind(DayType.WEEKEND), DayKind(DayType.WEEKEND, provisional=True)

# 《全国年节及纪念日放假办法》第二条, by the year from which a version holds. 除夕, 初一 … are lunar.
_COMMON = (("清明节", "清明"), ("端午节", "五月初五"), ("中秋节", "八月十五"))
_NATIONAL_DAY = (("国庆节", "10-01"), ("国庆节", "10-02"), ("国庆节", "10-03"))
STATUTORY: tuple[tuple[int, tuple[tuple[str, str], ...]], ...] = (
    (  # 国务院令第795号: 13 days
        2025,
        (
            ("元旦", "01-01"),
            *(("春节", name) for name in ("除夕", "正月初一", "正月初二", "正月初三")),
            *(("劳动节", name) for name in ("05-01", "05-02")),
            *_COMMON,
            *_NATIONAL_DAY,
        ),
    ),
    (  # 国务院令第644号: 11 days, 除夕 is not one of them
        2014,
        (
            ("元旦", "01-01"),
            *(("春节", name) for name in ("正月初一", "正月初二", "正月初三")),
            ("劳动节", "05-01"),
            *_COMMON,
            *_NATIONAL_DAY,
        ),
    ),
    (  # 国务院令第513号: 11 days
        2008,
        (
            ("元旦", "01-01"),
            *(("春节", name) for name in ("除夕", "正月初一", "正月初二")),
            ("劳动节", "05-01"),
            *_COMMON,
            *_NATIONAL_DAY,
        ),
    ),
    (  # 国务院令第270号: 10 days. Also taken for older papers, where it errs by a day or two
        FIRST_YEAR,
        (
            ("元旦", "01-01"),
            *(("春节", name) for name in ("正月初一", "正月初二", "正月初三")),
            *(("劳动节", name) for name in ("05-01", "05-02", "05-03")),
            *_NATIONAL_DAY,
        ),
    ),
)
_LUNAR = {
    "正月初一": (1, 1),
    "正月初二": (1, 2),
    "正月初三": (1, 3),
    "五月初五": (5, 5),
    "八月十五": (8, 15),
}


@lru_cache(maxsize=256)
def statutory_days(year: int) -> dict[date, str]:
    """The days off that the law itself fixes in a year, with their names.

    >>> sorted(statutory_days(2027))[1]
    datetime.date(2027, 2, 5)
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideCalendar(
            f"{year} 年超出日历范围（{FIRST_YEAR}–{LAST_YEAR} 年），无法推算节假日。请核对日期是否写错。"
        )
    days = next(days for since, days in STATUTORY if year >= since)
    return {_resolve(year, rule): name for name, rule in days}


def _resolve(year: int, rule: str) -> date:
    if rule in _LUNAR:
        return _solar(year, *_LUNAR[rule])
    if rule == "除夕":
        return _solar(year, 1, 1) - ONE_DAY
    if rule == "清明":
        return qingming(year)
    month_text, day_text = rule.split("-")
    return date(year, int(month_text), int(day_text))


def _solar(year: int, month: int, day: int) -> date:
    solar: date = LunarDate(year, month, day).to_solar_date()
    return solar


def qingming(year: int) -> date:
    """The day of the solar term 清明 (solar longitude 15°) in China.

    The customary century formula ⌊0.2422·y + C⌋ − ⌊y/4⌋, y counted in the century, C = 5.59 for the 20th
    and 4.81 for the 21st; a test compares every year of the range with a table.
    """
    in_century = year % 100
    constant = 559 if year < 2000 else 481
    return date(year, 4, (2422 * in_century + constant * 100) // 10000 - in_century // 4)


def faults(table: NoticeTable) -> list[str]:
    """What cannot be right in a notice, in Chinese, one sentence a fault; the import refuses on any of them."""
    found: list[str] = []
    off: dict[date, str] = {}
    for holiday in table.holidays:
        if holiday.first > holiday.last:
            found.append(f"{holiday.name}的开始日期 {holiday.first} 晚于结束日期 {holiday.last}，请核对。")
        if (holiday.last - holiday.first).days > 15:
            found.append(f"{holiday.name}从 {holiday.first} 到 {holiday.last} 超过 16 天，请核对年份和月份。")
            continue
        for day in holiday.days():
            if day in off:
                found.append(f"{day} 既是{off[day]}又是{holiday.name}，请合并为一项。")
            off[day] = holiday.name
    found += _faulty_days(table, off)
    if not table.amends:
        found += [
            f"{day} 是法定节假日（{name}），通知里没有把它列为放假日，请核对是否漏列。"
            for day, name in sorted(statutory_days(table.year).items())
            if day not in off
        ]
    return found


def _faulty_days(table: NoticeTable, off: dict[date, str]) -> list[str]:
    found = []
    earliest, latest = date(table.year - 1, 12, 20), date(table.year + 1, 1, 10)
    worked: set[date] = set()
    for holiday in table.holidays:
        for day in holiday.workdays:
            if day in off:
                found.append(f"{day} 同时列为放假和上班，请核对。")
            if day in worked:
                found.append(f"{day} 重复列为调休上班，请核对。")
            if day.weekday() < 5:
                found.append(f"{day} 是{WEEKDAY_NAMES[day.weekday()]}，本来就上班，不是调休上班日，请核对。")
            worked.add(day)
    for day in sorted(worked | set(off)):
        if not earliest <= day <= latest:
            found.append(f"{day} 不在 {table.year} 年的安排范围内，请核对年份。")
    return found
