"""One clock for every period of the law: start, restart, exclude, extend, and every day accounted for.

The day of the event is not counted, the next day is day 1 (民法典第二百零一条第一款). Periods in working days
end on a working day by themselves; periods in days and months roll on when their last day is a day off
(民法典第二百零三条第一款); a backward period keeps its day, because rolling would shorten it.
"""

from __future__ import annotations

import calendar as months_of
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from gongkai.law.calendar import ONE_DAY, WEEKDAY_NAMES, DayKind, DayType, WorkCalendar

LONGEST = {"working_days": 5000, "days": 20000, "months": 600, "before": 20000}


class ClockError(ValueError):
    """A period that cannot be counted; the Chinese text says why and what to do."""


class Unit(StrEnum):
    """How a period is counted."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Days left out of a period: those after ``after`` up to and including ``until``.

    A letter that asks a third party leaves on ``after``, its answer arrives on ``until`` (条例第三十三条第三款).
    """

    after: date
    until: date
    why: str = "扣除期间"

    def __post_init__(self) -> None:
        if self.until < self.after:
            raise ClockError(
                f"扣除期间的结束日 {self.until} 早于开始日 {self.after}。请把较早的日期写在前面。"
            )

    def covers(self, day: date) -> bool:
        return self.after < day <= self.until


@dataclass(frozen=True, slots=True)
class TraceDay:
    """One day of a period: whether it was counted, and why in Chinese."""

    day: date
    counted: bool
    why: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The last day of a period and the way to it. ``provisional``: some day on the way has no notice yet."""

    due: date
    provisional: bool
    trace: tuple[TraceDay, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """A period of the law that runs; every verb returns a new clock.

    >>> Clock(Unit.DAYS, 30, date(2026, 11, 2)).restart(date(2026, 11, 9)).extend(5).amount
    35
    """

    unit: Unit
    amount: int
    started: date
    exclusions: tuple[Exclusion, ...] = ()

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ClockError(f"期限是 {self.amount}，应为正整数。请写 1 以上的数。")
        if self.amount > LONGEST[self.unit.value]:
            raise ClockError(
                f"期限 {self.amount} 太长，最多 {LONGEST[self.unit.value]}。请核对是否多写了数字。"
            )

    def restart(self, on: date) -> Clock:
        """Begin anew on a later day: a corrected request arrived (条例第三十条), a fee was paid."""
        if on < self.started:
            raise ClockError(f"重新起算日 {on} 早于原起算日 {self.started}，期限不能倒退。请核对日期。")
        return replace(self, started=on)

    def exclude(self, after: date, until: date, why: str = "扣除期间") -> Clock:
        """Leave out a stretch of days; stretches may overlap, each day is left out once."""
        return replace(self, exclusions=(*self.exclusions, Exclusion(after, until, why)))

    def extend(self, by: int) -> Clock:
        """Lengthen the period in its own unit; whether the law allows it is a rule's question."""
        if by < 1:
            raise ClockError(f"延长 {by} 不是正数。延长期限请写 1 以上的数。")
        return replace(self, amount=self.amount + by)

    def reckon(self, calendar: WorkCalendar) -> Reckoning:
        """The last day of the period by ``calendar``, with every day explained."""
        count = _COUNTS[self.unit]
        return count(self.started, self.amount, calendar, self.exclusions)


def working_days(
    start: date, amount: int, calendar: WorkCalendar, exclusions: Collection[Exclusion] = ()
) -> Reckoning:
    """The ``amount``-th working day after ``start``.

    >>> working_days(date(2026, 11, 2), 5, WorkCalendar()).due
    datetime.date(2026, 11, 9)
    """
    trace: list[TraceDay] = []
    day, counted, provisional = start, 0, False
    while counted < amount:
        day += ONE_DAY
        left_out = _left_out(day, exclusions)
        if left_out:  # whatever the day turns out to be, it does not count
            trace.append(TraceDay(day, False, left_out))
            continue
        kind = calendar.kind(day)
        provisional = provisional or kind.provisional
        if kind.is_workday:
            counted += 1
            trace.append(TraceDay(day, True, _worked(day, kind, f"第 {counted} 个工作日")))
        else:
            trace.append(TraceDay(day, False, _rested(day, kind)))
    return Reckoning(day, provisional, tuple(trace))


def natural_days(
    start: date, amount: int, calendar: WorkCalendar, exclusions: Collection[Exclusion] = ()
) -> Reckoning:
    """The ``amount``-th day after ``start``; a last day that is a day off rolls on (民法典第二百零三条第一款)."""
    trace: list[TraceDay] = []
    day, counted = start, 0
    while counted < amount:
        day += ONE_DAY
        left_out = _left_out(day, exclusions)
        if left_out:
            trace.append(TraceDay(day, False, left_out))
        else:
            counted += 1
            trace.append(TraceDay(day, True, f"第 {counted} 日"))
    return _rolled_on(day, calendar, trace, exclusions)


def months(
    start: date, amount: int, calendar: WorkCalendar, exclusions: Collection[Exclusion] = ()
) -> Reckoning:
    """The day of the same number ``amount`` months on, or that month's last (民法典第二百零二条), rolled on.

    Left-out days are added at the end, one for one.
    """
    end = same_day_months_on(start, amount)
    trace: list[TraceDay] = []
    day = start
    while day < end:
        day += ONE_DAY
        left_out = _left_out(day, exclusions)
        if left_out:
            trace.append(TraceDay(day, False, left_out))
            end += ONE_DAY
        elif day == end:
            trace.append(TraceDay(day, True, f"{amount} 个月期满"))
        else:
            trace.append(TraceDay(day, True, f"{amount} 个月期间内"))
    return _rolled_on(day, calendar, trace, exclusions)


def days_before(
    event: date, amount: int, calendar: WorkCalendar, exclusions: Collection[Exclusion] = ()
) -> Reckoning:
    """The latest day that is ``amount`` natural days before ``event``; it does not move for days off."""
    trace: list[TraceDay] = []
    day, counted = event, 0
    while counted < amount:
        day -= ONE_DAY
        left_out = _left_out(day, exclusions)
        if left_out:
            trace.append(TraceDay(day, False, left_out))
        else:
            counted += 1
            trace.append(TraceDay(day, True, f"倒数第 {counted} 日"))
    kind = calendar.kind(day)
    if not kind.is_workday:
        last = trace[-1]
        trace[-1] = replace(last, why=f"{last.why}，{_rest_name(day, kind)}，倒算不顺延，请提前办理")
    return Reckoning(day, False, tuple(trace))  # no notice moves a backward day


def hours(start: datetime, amount: int) -> datetime:
    """The moment ``amount`` clock hours on; days off count too (重大舆情 5, 24, 48 hours)."""
    if start.tzinfo is None:
        raise ClockError("起算时刻没有时区，无法计算。请使用带时区的时刻。")
    if amount < 1:
        raise ClockError(f"期限是 {amount} 小时，应为正整数。请写 1 以上的数。")
    return start + timedelta(hours=amount)


def same_day_months_on(start: date, amount: int) -> date:
    """The day of the same number some months on, or the last day of that month (民法典第二百零二条).

    >>> same_day_months_on(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    index = start.year * 12 + start.month - 1 + amount
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, months_of.monthrange(year, month)[1]))


def _rolled_on(
    day: date, calendar: WorkCalendar, trace: list[TraceDay], exclusions: Collection[Exclusion]
) -> Reckoning:
    """Move a last day that is a day off to the next working day that is not left out."""
    last = day
    kind = calendar.kind(day)
    provisional = kind.provisional
    while not kind.is_workday or _left_out(day, exclusions):
        if day == last:
            trace[-1] = replace(trace[-1], why=f"{trace[-1].why}，{_rest_name(day, kind)}，期限顺延")
        else:
            trace.append(TraceDay(day, False, _left_out(day, exclusions) or f"{_rest_name(day, kind)}，顺延"))
        day += ONE_DAY
        kind = calendar.kind(day)
        provisional = provisional or kind.provisional
    if day != last:
        trace.append(TraceDay(day, False, f"{_worked(day, kind, '节假日结束后的第一个工作日')}，期限届满"))
    return Reckoning(day, provisional, tuple(trace))


def _left_out(day: date, exclusions: Collection[Exclusion]) -> str:
    """Why a day is left out, the same words for a day that two stretches cover; empty when it is not."""
    for exclusion in exclusions:
        if exclusion.covers(day):
            return f"{exclusion.why}（{exclusion.after} 之后至 {exclusion.until}），不计"
    return ""


def _worked(day: date, kind: DayKind, text: str) -> str:
    if kind.type is DayType.MAKE_UP:
        text = f"{WEEKDAY_NAMES[day.weekday()]}为{kind.name}调休上班，{text}"
    return text + _guess(kind)


def _rested(day: date, kind: DayKind) -> str:
    return f"{_rest_name(day, kind)}，不计"


def _rest_name(day: date, kind: DayKind) -> str:
    name = f"{kind.name}放假" if kind.type is DayType.HOLIDAY else f"{WEEKDAY_NAMES[day.weekday()]}休息"
    return name + _guess(kind)


def _guess(kind: DayKind) -> str:
    return "（暂定，当年放假通知未导入）" if kind.provisional else ""


Count = Callable[[date, int, WorkCalendar, Collection[Exclusion]], Reckoning]
_COUNTS: dict[Unit, Count] = {
    Unit.WORKING_DAYS: working_days,
    Unit.DAYS: natural_days,
    Unit.MONTHS: months,
    Unit.BEFORE: days_before,
}
