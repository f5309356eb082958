"""The clocks of ``law`` against an oracle that walks over the days by itself, and planted errors it must find.

The oracle takes nothing from ``gongkai.law``: working days come from a public calendar library and, for the year
without a notice, from a list typed from an almanac; periods are counted with ``datetime`` alone.
"""

from __future__ import annotations

import calendar as almanac
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import chinese_calendar
import pytest

from gongkai.law import calendar as law_calendar
from gongkai.law import clock as law_clock
from gongkai.law.calendar import NoticeTable, WorkCalendar
from gongkai.law.clock import Clock, Exclusion, Unit
from gongkai.law.facts import calendar_tables

# --- the oracle -------------------------------------------------------------------------------------------

LAST_YEAR_WITH_NOTICE = 2026
OFF_BY_LAW_2027 = {
    *((1, 1), (2, 5), (2, 6), (2, 7), (2, 8), (4, 5), (5, 1), (5, 2)),
    *((6, 9), (9, 15), (10, 1), (10, 2), (10, 3)),
}
Stretch = tuple[date, date]
Answer = tuple[date, bool, list[date]]


def worked(day: date) -> bool:
    if day.year <= LAST_YEAR_WITH_NOTICE:
        return bool(chinese_calendar.is_workday(day))
    assert day.year == 2027, "the almanac of the oracle ends with 2027"
    return day.isoweekday() < 6 and (day.month, day.day) not in OFF_BY_LAW_2027


def days_after(start: date) -> Iterator[date]:
    return map(date.fromordinal, itertools.count(start.toordinal() + 1))


def left_out(stretches: Iterable[Stretch]) -> set[date]:
    return {
        date.fromordinal(number)
        for asked, answered in stretches
        for number in range(asked.toordinal() + 1, answered.toordinal() + 1)
    }


def by_working_days(start: date, amount: int, stretches: list[Stretch]) -> Answer:
    gone = left_out(stretches)
    kept = (day for day in days_after(start) if day not in gone)
    counted, uncertain = [], False
    while len(counted) < amount:
        day = next(kept)
        uncertain = uncertain or day.year > LAST_YEAR_WITH_NOTICE
        counted += [day] if worked(day) else []
    return counted[-1], uncertain, counted


def first_worked(last: date, gone: set[date]) -> tuple[date, bool]:
    tail = itertools.chain([last], days_after(last))
    due = next(day for day in tail if worked(day) and day not in gone)
    return due, due.year > LAST_YEAR_WITH_NOTICE


def by_days(start: date, amount: int, stretches: list[Stretch]) -> Answer:
    gone = left_out(stretches)
    counted = list(itertools.islice((day for day in days_after(start) if day not in gone), amount))
    due, uncertain = first_worked(counted[-1], gone)
    return due, uncertain, counted


def by_months(start: date, amount: int, stretches: list[Stretch]) -> Answer:
    year, month = start.year, start.month
    for _ in range(amount):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    number = start.day
    while number > almanac.monthrange(year, month)[1]:
        number -= 1
    length = date(year, month, number).toordinal() - start.toordinal()
    return by_days(start, length, stretches)  # a left-out day is made good at the end, one for one


def by_days_before(event: date, amount: int, stretches: list[Stretch]) -> Answer:
    gone = left_out(stretches)
    earlier = map(date.fromordinal, itertools.count(event.toordinal() - 1, -1))
    counted = list(itertools.islice((day for day in earlier if day not in gone), amount))
    return counted[-1], False, counted


ORACLES: dict[str, Callable[[date, int, list[Stretch]], Answer]] = {
    "working_days": by_working_days,
    "natural_days": by_days,
    "months": by_months,
    "days_before": by_days_before,
}
AMOUNTS = {"working_days": (1, 7, 20), "natural_days": (1, 30, 60), "months": (1, 6), "days_before": (1, 7)}


# --- the comparison ---------------------------------------------------------------------------------------


def stretches_of(start: date) -> list[list[Stretch]]:
    def after(low: int, high: int) -> Stretch:
        return start + timedelta(days=low), start + timedelta(days=high)

    earlier = after(-9, -4)
    return [[], [after(3, 8), earlier], [after(2, 9), after(5, 12)], [after(1, 4), after(4, 6), after(1, 4)]]


def starts() -> Iterator[date]:
    """First the year without a notice, then every fourth day of the others, so that all weekdays come in turn."""
    yield from (date(2026, 11, 10) + timedelta(days=step) for step in range(0, 200, 3))
    first, last = date(2019, 5, 15), date(2026, 10, 30)
    yield from (first + timedelta(days=step) for step in range(0, (last - first).days, 4))


def differences() -> Iterator[str]:
    """Every case in which a clock of ``law`` and the oracle disagree on the day, its certainty or the way."""
    calendar = WorkCalendar(calendar_tables())
    yield from differing_verbs(calendar)
    for start in starts():
        for number, stretches in enumerate(stretches_of(start)):
            exclusions = [Exclusion(*stretch) for stretch in stretches]
            for name, oracle in ORACLES.items():
                amount = AMOUNTS[name][(start.toordinal() + number) % len(AMOUNTS[name])]
                found = getattr(law_clock, name)(start, amount, calendar, exclusions)
                way = [day.day for day in found.trace if day.counted]
                expected = oracle(start, amount, stretches)
                if (found.due, found.provisional, way) != expected:
                    yield f"{name} {start} +{amount} {stretches}: {found.due}, not {expected[0]}"


def differing_verbs(calendar: WorkCalendar) -> Iterator[str]:
    """Start, restart, exclude and extend in one life of a clock."""
    for start in (date(2021, 9, 6), date(2022, 1, 10), date(2025, 9, 15), date(2026, 2, 2)):
        begun_anew = start + timedelta(days=9)
        stretches = [(start + timedelta(days=a), start + timedelta(days=b)) for a, b in ((12, 20), (30, 33))]
        clock = Clock(Unit.WORKING_DAYS, 20, start).restart(begun_anew).extend(15)
        for stretch in stretches:
            clock = clock.exclude(*stretch)
        found, expected = clock.reckon(calendar), by_working_days(begun_anew, 35, stretches)
        if found.due != expected[0]:
            yield f"life of a clock from {start}: {found.due}, not {expected[0]}"


def is_found() -> bool:
    return next(differences(), None) is not None


# --- the proof --------------------------------------------------------------------------------------------


@pytest.mark.feature("D05")
def test_every_clock_equals_the_oracle() -> None:
    assert list(differences()) == []


def test_oracle_knows_the_published_cases() -> None:
    assert by_working_days(date(2021, 12, 31), 20, [])[0] == date(2022, 1, 29)
    suspended = by_working_days(date(2021, 10, 8), 20, [(date(2021, 10, 12), date(2021, 10, 28))])
    assert suspended[0] == date(2021, 11, 22)


KIND = (WorkCalendar, "kind")
COUNT, ROLL, BACK = (law_clock, "working_days"), (law_clock, "_rolled_on"), (law_clock, "days_before")
DAYS, MONTHS = (law_clock, "natural_days"), (law_clock, "months")
TWICE = (
    "amount += max(0, sum(one.covers(day) for one in exclusions) - 1) * calendar.is_workday(day)\n        "
)

PLANTED: dict[str, tuple[tuple[Any, str], str, str]] = {
    "the day of the event is counted": (COUNT, "= start, 0, False", "= start - ONE_DAY, 0, False"),
    "the last day is forgotten": (
        COUNT,
        "while counted < amount",
        "while counted < amount - 1 or day == start",
    ),
    "one day too many": (COUNT, "while counted < amount", "while counted <= amount"),
    "overlap counted twice": (COUNT, "if left_out:", TWICE + "if left_out:"),
    "days off are counted": (COUNT, "if kind.is_workday:", "if kind.is_workday or kind.name:"),
    "guess taken for certain": (COUNT, "provisional or kind.provisional", "False"),
    "make-up days ignored": (
        KIND,
        "return stated",
        "return stated if stated.is_workday is False else _WEEKEND",
    ),
    "holidays ignored": (KIND, "stated is not None", "stated is not None and stated.is_workday"),
    "Saturday is a working day": (KIND, "day.weekday() >= 5", "day.weekday() > 5"),
    "Sunday is a working day": (KIND, "day.weekday() >= 5", "day.weekday() == 5"),
    "Friday is a day off": (KIND, "day.weekday() >= 5", "day.weekday() >= 4"),
    "every year is certain": (KIND, "day.year in self._years", "True"),
    "statutory days are forgotten": (KIND, "statutory_days(day.year).get(day)", "None"),
    "除夕 one day late": ((law_calendar, "_resolve"), "_solar(year, 1, 1) - ONE_DAY", "_solar(year, 1, 1)"),
    "清明 one day early": ((law_calendar, "qingming"), "- in_century // 4", "- in_century // 4 - 1"),
    "amendment does not prevail": (
        (WorkCalendar, "_state"),
        "self._stated[day] = kind",
        "self._stated.setdefault(day, kind)",
    ),
    "stretch starts a day early": ((Exclusion, "covers"), "self.after < day", "self.after <= day"),
    "stretch ends a day early": ((Exclusion, "covers"), "day <= self.until", "day < self.until"),
    "only the first stretch": (
        (law_clock, "_left_out"),
        "for exclusion in exclusions",
        "for exclusion in [*exclusions][:1]",
    ),
    "stretches never leave out": ((law_clock, "_left_out"), "exclusion.covers(day)", "False"),
    "last day off does not roll": (ROLL, "while not kind.is_workday or", "while False and"),
    "rolls over make-up days": (
        ROLL,
        "not kind.is_workday or",
        "day.weekday() > 4 or not kind.is_workday or",
    ),
    "rolls backward": (ROLL, "day += ONE_DAY", "day -= ONE_DAY"),
    "rolls on to a left-out day": (ROLL, " or _left_out(day, exclusions):", ":"),
    "natural days skip weekends": (DAYS, "counted += 1", "counted += day.weekday() < 5"),
    "natural days include the start": (DAYS, "= start, 0", "= start - ONE_DAY, 0"),
    "a month is thirty days": (
        MONTHS,
        "same_day_months_on(start, amount)",
        "start + timedelta(days=30 * amount)",
    ),
    "months lose left-out days": (MONTHS, "end += ONE_DAY", "pass"),
    "end of month is the 28th": (
        (law_clock, "same_day_months_on"),
        "months_of.monthrange(year, month)[1]",
        "28",
    ),
    "backward period rolls on": (BACK, "Reckoning(day, False", "Reckoning(calendar.next_workday(day), False"),
    "backward period one day short": (BACK, "= event, 0", "= event + ONE_DAY, 0"),
    "restart keeps the old start": ((Clock, "restart"), "replace(self, started=on)", "self"),
    "extension replaces the period": ((Clock, "extend"), "self.amount + by", "by"),
    "second stretch replaces the first": (
        (Clock, "exclude"),
        "*self.exclusions, Exclusion(after, until, why)",
        "Exclusion(after, until, why),",
    ),
}


@pytest.mark.parametrize("error", PLANTED)
def test_planted_error_is_found(error: str, switch_off: Callable[..., None]) -> None:
    (owner, name), guard, instead = PLANTED[error]
    law_calendar.statutory_days.cache_clear()
    switch_off(owner, name, guard, instead)
    try:
        assert is_found(), error
    finally:
        law_calendar.statutory_days.cache_clear()


def test_at_least_twenty_errors_are_planted() -> None:
    assert len(PLANTED) >= 20


def wrong_facts() -> Iterator[tuple[str, list[NoticeTable]]]:
    """One wrong fact at a time: a make-up day lost, a holiday that ends a working day early, a notice lost."""
    tables = [table for table in calendar_tables() if table.year >= 2020]
    kept = [table for table in calendar_tables() if table.year < 2020]
    for place, table in enumerate(tables):
        for index, holiday in enumerate(table.holidays):
            if table.year == 2020 and holiday.name == "春节":
                continue  # stated by two notices, so that one may lose a day of the other
            for lost in holiday.workdays:
                fewer = replace(holiday, workdays=tuple(day for day in holiday.workdays if day != lost))
                yield f"{lost} lost", [*kept, *changed(tables, place, index, fewer)]
            if holiday.first < holiday.last and holiday.last.weekday() < 5:
                shorter = replace(holiday, last=holiday.last - timedelta(days=1))
                yield f"{holiday.last} lost", [*kept, *changed(tables, place, index, shorter)]
        if table.amends:
            yield f"{table.number} lost", [*kept, *(one for one in tables if one is not table)]


def changed(tables: list[NoticeTable], place: int, index: int, holiday: Any) -> list[NoticeTable]:
    holidays = list(tables[place].holidays)
    holidays[index] = holiday
    return [*tables[:place], replace(tables[place], holidays=tuple(holidays)), *tables[place + 1 :]]


def test_every_wrong_fact_is_found() -> None:
    """By the plain calendar: a wrong day shows on that day; the clocks are another matter."""
    days = list(itertools.islice(days_after(date(2019, 12, 31)), 2557))
    truth = [worked(day) for day in days]
    tried = 0
    for name, tables in wrong_facts():
        calendar = WorkCalendar(tables)
        assert [calendar.is_workday(day) for day in days] != truth, name
        tried += 1
    assert tried >= 60
