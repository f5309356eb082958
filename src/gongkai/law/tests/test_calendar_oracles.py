"""The calendar against three public ones; they are oracles of tests only and never asked by the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from gongkai.law.calendar import FIRST_YEAR, LAST_YEAR, WorkCalendar, qingming, statutory_days
from gongkai.law.clock import working_days
from gongkai.law.facts import calendar_tables

CALENDAR = WorkCalendar(calendar_tables())
FIRST, LAST = date(2019, 5, 15), date(2026, 11, 1)
AMOUNTS = (5, 7, 10, 15, 20, 40)
CHINA = holidays.country_holidays("CN", years=range(2018, 2028))
SHARED = Path(os.environ.get("GONGKAI_SHARED", Path(__file__).resolve().parents[5] / "shared"))


def stretch(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


@pytest.mark.feature("D05")
@pytest.mark.parametrize(
    "oracle", [chinese_calendar.is_workday, CHINA.is_working_day], ids=["cc", "holidays"]
)
def test_every_start_and_amount_equals_oracle(oracle: Callable[[date], bool]) -> None:
    days = stretch(FIRST, date(2026, 12, 31))
    workdays = [day for day in days if oracle(day)]
    position, seen = {}, 0
    for day in days:  # working days up to and including the day, so that the next is day 1
        seen += oracle(day)
        position[day] = seen
    wrong = []
    for start in stretch(FIRST, LAST):
        trace = working_days(start, max(AMOUNTS), CALENDAR).trace
        counted = [day.day for day in trace if day.counted]
        wrong += [
            (start, amount)
            for amount in AMOUNTS
            if counted[amount - 1] != workdays[position[start] + amount - 1]
        ]
    assert wrong == []


def test_shorter_amount_is_a_prefix_of_the_longer() -> None:
    """The test above reads all amounts from one trace; this shows that it may."""
    for start in stretch(FIRST, LAST)[::17]:
        counted = [day.day for day in working_days(start, max(AMOUNTS), CALENDAR).trace if day.counted]
        for amount in AMOUNTS:
            assert working_days(start, amount, CALENDAR).due == counted[amount - 1]


def test_every_day_equals_public_holiday_file() -> None:
    path = SHARED / "data" / "holidays.json"
    if not path.exists():
        pytest.skip("holidays.json of the shared data is not here")
    stated = {
        date.fromisoformat(row["date"]): not row["isOffDay"]
        for year in json.loads(path.read_text(encoding="utf-8")).values()
        for row in year["days"]
    }
    days = stretch(date(2019, 1, 1), date(2026, 12, 31))
    assert [day for day in days if CALENDAR.is_workday(day) != stated.get(day, day.weekday() < 5)] == []


@pytest.mark.parametrize("year", range(2008, 2099))
def test_statutory_days_equal_oracle(year: int) -> None:
    """Every statutory day of a year is one in the oracle, so that provisional dates rest on true lunar days."""
    oracle = holidays.country_holidays("CN", years=year, language="zh_CN")
    names = {"春节": ("春节", "除夕")}
    for day, name in statutory_days(year).items():
        assert any(word in oracle.get(day, "") for word in names.get(name, (name,))), (day, name)


def test_number_of_statutory_days() -> None:
    assert len(statutory_days(2027)) == 13
    assert len(statutory_days(2024)) == 11
    assert len(statutory_days(2012)) == 11
    assert len(statutory_days(2005)) == 10


def test_qingming_stays_on_4_or_5_april() -> None:
    days = [qingming(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    assert {day.month for day in days} == {4}
    assert {day.day for day in days} == {4, 5}
    assert qingming(2026) == date(2026, 4, 5)
    assert qingming(2027) == date(2027, 4, 5)
    assert qingming(2028) == date(2028, 4, 4)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_machine_time_zone_changes_nothing(zone: str) -> None:
    code = (
        "from datetime import date\n"
        "from gongkai.law.calendar import WorkCalendar\n"
        "from gongkai.law.clock import working_days\n"
        "from gongkai.law.facts import calendar_tables\n"
        "print(working_days(date(2021, 12, 31), 20, WorkCalendar(calendar_tables())).due)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "2022-01-29"
