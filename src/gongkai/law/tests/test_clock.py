from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar import WorkCalendar
from gongkai.law.clock import (
    Clock,
    ClockError,
    Exclusion,
    Unit,
    days_before,
    hours,
    months,
    natural_days,
    same_day_months_on,
    working_days,
)
from gongkai.law.facts import calendar_tables

CALENDAR = WorkCalendar(calendar_tables())
DAYS = st.dates(date(2019, 5, 15), date(2026, 11, 1))
SPANS = st.lists(
    st.builds(lambda a, n: Exclusion(a, a + timedelta(days=n)), DAYS, st.integers(0, 40)), max_size=4
)

VECTORS = {
    "2021-01-29": "2021-02-05 2021-02-08 2021-02-24 2021-03-03 2021-03-31",
    "2021-09-17": "2021-09-26 2021-09-28 2021-10-14 2021-10-21 2021-11-18",
    "2021-09-18": "2021-09-27 2021-09-29 2021-10-15 2021-10-22 2021-11-19",
    "2021-12-31": "2022-01-10 2022-01-12 2022-01-24 2022-01-29 2022-03-03",
    "2025-09-26": "2025-10-10 2025-10-13 2025-10-23 2025-10-30 2025-11-27",
    "2026-02-13": "2026-02-27 2026-03-02 2026-03-12 2026-03-19 2026-04-17",
    "2026-09-30": "2026-10-13 2026-10-15 2026-10-27 2026-11-03 2026-12-01",
}
CASES = [
    (date.fromisoformat(start), amount, date.fromisoformat(due))
    for start, dues in VECTORS.items()
    for amount, due in zip((5, 7, 15, 20, 40), dues.split(), strict=True)
]


@pytest.mark.feature("D05")
@pytest.mark.law("条例33.2")
@pytest.mark.parametrize(("start", "amount", "due"), CASES)
def test_working_days_known_vectors(start: date, amount: int, due: date) -> None:
    reckoning = working_days(start, amount, CALENDAR)
    assert reckoning.due == due
    assert not reckoning.provisional
    assert sum(day.counted for day in reckoning.trace) == amount


@pytest.mark.feature("D05")
@pytest.mark.law("条例33.3")
def test_consultation_is_left_out() -> None:
    clock = Clock(Unit.WORKING_DAYS, 20, date(2021, 10, 8))
    assert clock.reckon(CALENDAR).due == date(2021, 11, 4)
    asked = clock.exclude(date(2021, 10, 12), date(2021, 10, 28), "征求第三方意见")
    reckoning = asked.reckon(CALENDAR)
    assert reckoning.due == date(2021, 11, 22)
    left_out = [day.day for day in reckoning.trace if "征求第三方意见" in day.why]
    assert left_out[0] == date(2021, 10, 13)
    assert left_out[-1] == date(2021, 10, 28)
    assert sum(CALENDAR.is_workday(day) for day in left_out) == 12


@pytest.mark.law("条例33.3")
def test_overlapping_consultations_are_left_out_once() -> None:
    clock = Clock(Unit.WORKING_DAYS, 20, date(2021, 10, 8)).exclude(date(2021, 10, 12), date(2021, 10, 28))
    again = clock.exclude(date(2021, 10, 14), date(2021, 10, 28)).exclude(
        date(2021, 10, 12), date(2021, 10, 28)
    )
    assert again.reckon(CALENDAR).due == clock.reckon(CALENDAR).due


@pytest.mark.law("条例30")
def test_corrected_request_starts_the_clock_anew() -> None:
    clock = Clock(Unit.WORKING_DAYS, 20, date(2021, 9, 1)).restart(date(2021, 9, 17))
    assert clock.reckon(CALENDAR).due == date(2021, 10, 21)


@pytest.mark.law("条例33.2")
def test_extension_adds_to_the_period() -> None:
    clock = Clock(Unit.WORKING_DAYS, 20, date(2025, 9, 26)).extend(20)
    assert clock.reckon(CALENDAR).due == date(2025, 11, 27)


@pytest.mark.law("民法典203.1")
def test_natural_days_roll_over_a_day_off() -> None:
    # 60 days after 2026-08-02 end on National Day; the first working day after the holiday is 8 October
    reckoning = natural_days(date(2026, 8, 2), 60, CALENDAR)
    assert reckoning.due == date(2026, 10, 8)
    assert reckoning.trace[59].day == date(2026, 10, 1)
    assert "国庆节放假" in reckoning.trace[59].why
    assert sum(day.counted for day in reckoning.trace) == 60
    # a make-up Sunday is a working day: nothing rolls on
    assert natural_days(date(2026, 9, 13), 7, CALENDAR).due == date(2026, 9, 20)


@pytest.mark.law("决策条例16")
def test_backward_days_do_not_move_for_a_day_off() -> None:
    reckoning = days_before(date(2026, 10, 12), 7, CALENDAR)
    assert reckoning.due == date(2026, 10, 5)
    assert "倒算不顺延" in reckoning.trace[-1].why
    assert not reckoning.provisional


@pytest.mark.law("民法典202")
@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),  # a Saturday worked in exchange for 春节
        (date(2025, 4, 1), 6, date(2025, 10, 9)),  # National Day and Mid-Autumn to 8 October
        (date(2025, 6, 30), 12, date(2026, 6, 30)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: date, amount: int, due: date) -> None:
    assert months(start, amount, CALENDAR).due == due


def test_months_add_left_out_days_at_the_end() -> None:
    plain = months(date(2025, 3, 3), 1, CALENDAR)
    assert plain.due == date(2025, 4, 3)
    longer = months(date(2025, 3, 3), 1, CALENDAR, [Exclusion(date(2025, 3, 10), date(2025, 3, 15))])
    assert longer.due == date(2025, 4, 8)


def test_hours_are_clock_hours() -> None:
    friday = datetime(2026, 9, 25, 22, 30, tzinfo=UTC)
    assert hours(friday, 5) == datetime(2026, 9, 26, 3, 30, tzinfo=UTC)
    assert hours(friday, 48) - friday == timedelta(hours=48)
    with pytest.raises(ClockError, match="时区"):
        hours(friday.replace(tzinfo=None), 5)


@pytest.mark.feature("B08")
def test_day_of_a_year_without_notice_is_provisional() -> None:
    reckoning = working_days(date(2026, 12, 4), 20, CALENDAR)
    assert reckoning.provisional
    assert reckoning.due == date(2027, 1, 4)  # 元旦 is a Friday
    assert "暂定" in reckoning.trace[-1].why
    assert not working_days(date(2026, 12, 3), 20, CALENDAR).provisional


def test_bad_periods_are_refused_in_chinese() -> None:
    with pytest.raises(ClockError, match="正整数"):
        Clock(Unit.DAYS, 0, date(2026, 1, 1))
    with pytest.raises(ClockError, match="太长"):
        Clock(Unit.WORKING_DAYS, 50_000, date(2026, 1, 1))
    with pytest.raises(ClockError, match="早于"):
        Exclusion(date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(ClockError, match="不能倒退"):
        Clock(Unit.DAYS, 5, date(2026, 1, 2)).restart(date(2026, 1, 1))
    with pytest.raises(ClockError, match="不是正数"):
        Clock(Unit.DAYS, 5, date(2026, 1, 2)).extend(0)


@given(start=DAYS, amount=st.integers(1, 60), spans=SPANS)
def test_working_days_trace_holds(start: date, amount: int, spans: list[Exclusion]) -> None:
    reckoning = working_days(start, amount, CALENDAR, spans)
    days = [day.day for day in reckoning.trace]
    assert days == [start + timedelta(days=step) for step in range(1, len(days) + 1)]
    assert days[-1] == reckoning.due
    assert reckoning.trace[-1].counted
    assert sum(day.counted for day in reckoning.trace) == amount
    for day in reckoning.trace:
        left_out = any(span.after < day.day <= span.until for span in spans)
        assert day.counted == (CALENDAR.is_workday(day.day) and not left_out)


@given(start=DAYS, amount=st.integers(1, 60))
def test_longer_period_never_ends_earlier(start: date, amount: int) -> None:
    for unit in (Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS):
        clock = Clock(unit, amount, start)
        assert clock.reckon(CALENDAR).due <= clock.extend(1).reckon(CALENDAR).due
        later = clock.restart(start + timedelta(days=1))
        assert clock.reckon(CALENDAR).due <= later.reckon(CALENDAR).due


@given(start=DAYS, amount=st.integers(1, 90), spans=SPANS)
def test_forward_periods_end_on_a_working_day(start: date, amount: int, spans: list[Exclusion]) -> None:
    reckoning = natural_days(start, amount, CALENDAR, spans)
    assert CALENDAR.is_workday(reckoning.due)
    assert sum(day.counted for day in reckoning.trace) == amount
    assert not any(span.covers(reckoning.due) for span in spans)
    assert CALENDAR.is_workday(months(start, amount, CALENDAR, spans).due)


@given(event=DAYS, amount=st.integers(1, 400), spans=SPANS)
def test_backward_period_leaves_the_whole_number_of_days(
    event: date, amount: int, spans: list[Exclusion]
) -> None:
    reckoning = days_before(event, amount, CALENDAR, spans)
    gone = {event - timedelta(days=step) for step in range(1, (event - reckoning.due).days + 1)}
    assert sum(not any(span.covers(day) for span in spans) for day in gone) == amount


@given(start=st.dates(date(1960, 1, 1), date(2090, 1, 1)), amount=st.integers(1, 200))
def test_same_day_months_on_keeps_the_day_or_takes_the_last(start: date, amount: int) -> None:
    end = same_day_months_on(start, amount)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == amount
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


@given(start=DAYS, amount=st.integers(1, 60))
def test_count_back_from_due_is_the_amount(start: date, amount: int) -> None:
    assert CALENDAR.workdays_between(start, working_days(start, amount, CALENDAR).due) == amount
