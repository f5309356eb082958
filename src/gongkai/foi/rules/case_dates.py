"""What the events of a case come to: its dates, each explained, and how it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from gongkai.law.basis import basis, cite
from gongkai.law.calendar import WorkCalendar
from gongkai.law.clock import Clock, Exclusion, Reckoning, TraceDay
from gongkai.law.refusal import Refusal

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")
POST_COUNTER_WARNING = time(16)  # house rule: an hour before post offices close
CORRECTION, FEE, CONSULTATION = "correction", "fee", "consultation"
WAITING_WORDS = {CORRECTION: "等待申请人补正", FEE: "等待申请人缴费", CONSULTATION: "正在征求意见"}


class Status(StrEnum):
    """How the reply clock of a case stands."""

    OPEN = "open"
    STOPPED = "stopped"
    ANSWERED = "answered"
    OVERDUE = "overdue"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A day on which somebody is told: half, five_left, two_left, due_day, overdue."""

    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class SubClock:
    """A period inside a case: 补正 notice, 补正 period, one party's opinion, payment.

    ``assumed``: the day of delivery is not known yet, so it runs from the day of dispatch and may move back.
    """

    kind: str
    name: str
    about: str
    due: date
    provisional: bool
    references: tuple[str, ...]
    trace: tuple[TraceDay, ...] = ()
    done_on: date | None = None
    assumed: bool = False

    @property
    def basis(self) -> str:
        return cite(*self.references)

    def is_late(self, today: date) -> bool:
        return (self.done_on or today) > self.due

    def reminders(self, calendar: WorkCalendar) -> tuple[Reminder, ...]:
        return reminders_on(self.trace, self.due, calendar)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the story of a case, for the applicant too."""

    on: date
    text: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A case on a day. ``days_left`` are working days, ``days_over`` days of the calendar; 0 where it has none.

    ``risk_over``: days past the risk date, where the legal office has to decide which date holds.
    """

    status: Status
    days_left: int
    days_over: int
    stopped_for: str
    text: str
    risk_over: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDates:
    """Every date of a case. ``due`` is None while the office waits for a correction or a payment.

    ``risk_due``: the date that holds if a late, repeated or missing notice does not start the period anew;
    both dates are shown, and the legal office decides. ``trace`` runs from the day after receipt to ``due``.
    """

    received_on: date
    started: date
    due: date | None
    provisional: bool
    first_due: date
    working_days: int
    extended_by: int
    extension_left: int
    exclusions: tuple[Exclusion, ...] = ()
    trace: tuple[TraceDay, ...] = ()
    waiting_for: str = ""
    waiting_since: date | None = None
    risk_due: date | None = None
    risk_why: str = ""
    correction_notice: SubClock
    correction_period: SubClock | None = None
    payment: SubClock | None = None
    consultations: tuple[SubClock, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    problems: tuple[Refusal, ...] = ()
    story: tuple[Step, ...] = ()
    answered_on: date | None = None
    answer_received_on: date | None = None
    ended_on: date | None = None
    ended_why: str = ""
    delayed_until: date | None = field(default=None)

    def reminder(self, kind: str) -> date | None:
        """The day of one kind of reminder; None on a stopped case and where the period is too short."""
        return next((one.on for one in self.reminders if one.kind == kind), None)

    @property
    def half_time(self) -> date | None:
        return self.reminder("half")

    def sub_clocks(self) -> tuple[SubClock, ...]:
        """All inner periods, the earliest first."""
        inner = (self.correction_notice, self.correction_period, self.payment, *self.consultations)
        return tuple(sorted((one for one in inner if one), key=lambda one: (one.due, one.kind, one.about)))

    def standing(self, *, today: date, calendar: WorkCalendar) -> Standing:
        """Open, stopped, answered, overdue or closed on ``today``, with the words for it."""
        until = self.ended_on or today
        risk = max(0, (until - self.risk_due).days) if self.risk_due else 0
        over = max(0, (until - self.due).days) if self.due else 0
        if self.ended_on is not None:
            return _ended(self, over, risk)
        if self.waiting_for:
            words = f"期限停止计算：{WAITING_WORDS[self.waiting_for]}"
            return Standing(Status.STOPPED, 0, 0, self.waiting_for, words, risk)
        assert self.due is not None
        if over:
            return Standing(Status.OVERDUE, 0, over, "", f"逾期 {over} 天", risk)
        left = calendar.workdays_between(today, self.due)
        asked = [one.about for one in self.consultations if one.done_on is None and self._left_out(today)]
        if asked:
            words = f"期限停止计算：正在征求{'、'.join(asked)}的意见"
            return Standing(Status.STOPPED, left, 0, CONSULTATION, words, risk)
        words = f"还有 {left} 个工作日" if left else "今天到期" if today == self.due else "下一个工作日到期"
        return Standing(Status.OPEN, left, 0, "", words, risk)

    def _left_out(self, day: date) -> bool:
        return any(one.covers(day) for one in self.exclusions)


def _ended(dates: CaseDates, over: int, risk: int) -> Standing:
    if dates.answered_on is None:
        return Standing(Status.CLOSED, 0, 0, "", dates.ended_why or "已办结", risk)
    words = f"已答复，超期 {over} 天" if over else "已按期答复"
    return Standing(Status.ANSWERED, 0, over, "", words, risk)


def reminders_on(trace: Iterable[TraceDay], due: date, calendar: WorkCalendar) -> tuple[Reminder, ...]:
    """Half time, five and two counted days left, the day itself, the first working day after it."""
    counted = [day.day for day in trace if day.counted]
    found = []
    if len(counted) > 1:
        found.append(Reminder("half", counted[(len(counted) + 1) // 2 - 1]))
    found += [
        Reminder(kind, counted[-left - 1])
        for kind, left in (("five_left", 5), ("two_left", 2))
        if len(counted) > left
    ]
    after = date.fromordinal(due.toordinal() + 1)
    return (*found, Reminder("due_day", due), Reminder("overdue", calendar.next_workday(after)))


@basis("国办公开办函〔2016〕235号", "民法典203.2")
def at_16_warning(dates: CaseDates, *, now: datetime, warn_from: time = POST_COUNTER_WARNING) -> str:
    """On the last day from 16:00: the answer counts as posted only while the post counter is open.

    ``now`` carries its zone. Empty where there is nothing to warn of.
    """
    if now.tzinfo is None:
        raise ValueError("now must carry its zone")
    here = now.astimezone(LEGAL_ZONE)
    if dates.ended_on is not None or dates.waiting_for or here.date() != dates.due or here.time() < warn_from:
        return ""
    return (
        f"今天（{dates.due}）是答复期限的最后一天，现在已过 {warn_from:%H:%M}。邮寄的以交邮之日为准："
        "请立即到邮政网点交寄并取得当天的收寄凭证，或者改为当面、网上送达。"
    )


@lru_cache(maxsize=2048)
def reckoned(clock: Clock, calendar: WorkCalendar) -> Reckoning:
    """``clock.reckon``, remembered: thousands of open cases share their day of receipt."""
    return clock.reckon(calendar)


def joined(before: Iterable[TraceDay], reckoning: Reckoning) -> tuple[TraceDay, ...]:
    """The days before the clock began anew, then the days of the clock."""
    return (*before, *reckoning.trace)
