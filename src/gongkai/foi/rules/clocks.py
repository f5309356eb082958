"""The dates of a case from its events alone: start, restart, exclude, extend; replay gives the same dates.

``due = the (20 + extension)-th working day after the start``; the start is the receipt, the corrected request or
the payment; days on which others are asked do not count, each of them once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from gongkai.foi.rules.case_dates import (
    CORRECTION,
    FEE,
    CaseDates,
    Step,
    SubClock,
    joined,
    reckoned,
    reminders_on,
)
from gongkai.foi.rules.case_events import (
    AnswerDispatched,
    AnswerReceived,
    Asked,
    CaseEvent,
    Closed,
    ConsultationSent,
    CorrectionAsked,
    CorrectionReceived,
    Extended,
    FeeAsked,
    FeePaid,
    ReasonableDelay,
    ReasonsAsked,
    Received,
    Withdrawn,
    day_of,
    in_order,
)
from gongkai.foi.rules.sub_clocks import consultation, correction_notice, correction_period, payment
from gongkai.law.basis import basis, cite
from gongkai.law.calendar import ONE_DAY, OutsideCalendar, WorkCalendar
from gongkai.law.clock import Clock, ClockError, Reckoning, TraceDay, Unit
from gongkai.law.refusal import Refusal
from gongkai.law.rule_table import NoRule, value

_ENDS = (AnswerDispatched, Withdrawn, Closed)


class CaseError(ValueError):
    """Events that cannot have happened so; the Chinese text says which and what to do."""


@basis("条例30", "条例31", "条例32", "条例33.2", "条例33.3", "条例34", "条例35", "国办函〔2020〕109号")
def reckon_case(events: Iterable[CaseEvent], calendar: WorkCalendar) -> CaseDates:
    """All dates of a case. Raises ``CaseError`` on events that cannot be; what was done against the rules is
    told in ``problems`` and, where a date hangs on it, shown as ``risk_due``."""
    ordered = in_order(tuple(events))
    try:
        course = _Course(ordered, calendar)
        for event in ordered:
            course.take(event)
        return course.dates()
    except (NoRule, ClockError, OutsideCalendar) as problem:
        raise CaseError(str(problem)) from problem


class _Course:
    """A case on its way through its events; ``dates()`` is what has come of it."""

    def __init__(self, events: tuple[CaseEvent, ...], calendar: WorkCalendar) -> None:
        _check(events)
        self.events, self.calendar = events, calendar
        first = next(event for event in events if isinstance(event, Received))
        self.received = self.started = first.on
        self.base = value("reply_working_days", on=self.received)
        self.cap = value("reply_extension_working_days", on=self.received)
        self.extended_by = 0
        self.notice = correction_notice(self.received, calendar)
        end = min((one.on for one in events if isinstance(one, _ENDS)), default=date.max)
        asked = [one for one in events if isinstance(one, ConsultationSent) and one.sent <= end]
        self.parties = [consultation(one, calendar) for one in asked]
        self.exclusions = tuple(exclusion for _, exclusion in self.parties)
        self.before: list[TraceDay] = []
        self.waits: dict[str, date] = {}
        self.asked: CorrectionAsked | None = None
        self.corrections = 0
        self.fee: FeeAsked | None = None
        self.period: SubClock | None = None
        self.payment: SubClock | None = None
        self.delay: date | None = None
        self.reasons_asked = False
        self.answered: date | None = None
        self.answer_received: date | None = None
        self.ended: date | None = None
        self.ended_why = ""
        self.doubtful: list[CaseEvent] = []
        self.risk_why: list[str] = []
        self.problems: list[Refusal] = []
        self.story: list[Step] = []

    def take(self, event: CaseEvent) -> None:
        """One event, in order; after the end only the delivery of the answer still counts."""
        if self.ended is not None and not isinstance(event, AnswerReceived):
            self.problem("foi.after_end", f"{day_of(event)} 的记录晚于办结（{self.ended}），不再影响期限。")
            return
        match event:
            case Received():
                self._received(event)
            case CorrectionAsked():
                self._correction_asked(event)
            case CorrectionReceived():
                self._correction_received(event)
            case ConsultationSent():
                self._consulted(event)
            case Extended():
                self._extended(event)
            case FeeAsked():
                self._fee_asked(event)
            case FeePaid():
                self._fee_paid(event)
            case ReasonsAsked():
                self.reasons_asked = True
                self.tell(event.dispatched, "要求申请人说明理由，答复期限照常计算", "条例35")
            case ReasonableDelay():
                self._delayed(event)
            case AnswerDispatched() | Withdrawn() | Closed():
                self._ended(event)
            case AnswerReceived():
                self.answer_received = self.answer_received or event.on
                self.tell(event.on, "申请人收到答复，复议、起诉期限自此计算", "复议法20.1", "行诉法46.1")

    def tell(self, on: date, text: str, *references: str) -> None:
        self.story.append(Step(on, text, references))

    def problem(self, code: str, text: str, *references: str) -> None:
        self.problems.append(Refusal(code, cite(*references) if references else "", text))

    def doubt(self, text: str, *events: CaseEvent) -> None:
        """The period begins anew by the letter of the event, but perhaps not by law: keep the old date too."""
        self.doubtful += events
        self.risk_why.append(text)

    def reckon(self) -> Reckoning:
        clock = Clock(Unit.WORKING_DAYS, self.base + self.extended_by, self.started, self.exclusions)
        return delayed(reckoned(clock, self.calendar), self.delay, self.calendar)

    def _received(self, event: Received) -> None:
        if event.on != self.received:
            self.problem("foi.received_twice", f"收到日期登记了两次，按较早的 {self.received} 计算。请核对。")
            return
        self.tell(event.on, f"收到申请，次日起计算{self.base}个工作日", "条例31", "条例33.2")

    def _correction_asked(self, event: CorrectionAsked) -> None:
        self.corrections += 1
        self.period = correction_period(event, self.calendar)
        self.waits[CORRECTION] = event.dispatched
        self.tell(event.dispatched, "发出补正告知书，答复期限自收到补正的申请之日起计算", "条例30")
        if self.corrections > 1:
            why = f"{event.dispatched} 第二次要求补正，条例只允许一次性告知"
        elif event.dispatched > self.notice.due:
            why = f"补正告知书 {event.dispatched} 才发出，晚于法定的 {self.notice.due}"
        else:
            self.asked = event
            return
        self.asked = self.asked or event
        self.doubt(why, event)
        self.problem("foi.correction_unlawful", f"{why}，请法制机构确认按哪个日期答复。", "条例30")

    def _correction_received(self, event: CorrectionReceived) -> None:
        if self.asked is None:
            why = f"{event.on} 收到补正材料，但没有补正告知书"
            self.doubt(why, event)
            self.problem("foi.correction_unasked", f"{why}。请补登记，或者按原期限答复。", "条例30")
        elif self.asked in self.doubtful:
            self.doubtful.append(event)
        elif self.period and event.on > self.period.due:
            self.tell(event.on, f"补正晚于指定的 {self.period.due}，机关仍予办理", "条例30")
        self.asked = None
        if self.period:
            self.period = replace(self.period, done_on=event.on)
        self._restart(event.on, "收到补正的申请之前，不计（条例第三十条）", ends=CORRECTION)
        self.tell(event.on, "收到补正的申请，答复期限重新计算", "条例30")

    def _fee_asked(self, event: FeeAsked) -> None:
        self.fee = event
        self.payment = payment(event, self.calendar)
        late = not self.waits and event.dispatched > self.reckon().due
        self.waits[FEE] = event.dispatched
        self.tell(event.dispatched, "发出收费通知，缴费后次日起重新计算答复期限", "国办函〔2020〕109号")
        if late:
            why = f"收费通知 {event.dispatched} 才发出，答复期限已过"
            self.doubt(why, event)
            self.problem("foi.fee_late", f"{why}，请法制机构确认按哪个日期答复。", "国办函〔2020〕109号")

    def _fee_paid(self, event: FeePaid) -> None:
        if self.fee is None:
            why = f"{event.on} 登记了缴费，但没有收费通知"
            self.doubt(why, event)
            self.problem("foi.fee_unasked", f"{why}。请补登记收费通知。", "国办函〔2020〕109号")
        elif self.fee in self.doubtful:
            self.doubtful.append(event)
        self.fee = None
        if self.payment:
            self.payment = replace(self.payment, done_on=event.on)
        self._restart(event.on, "缴费之前，不计（国办函〔2020〕109号）", ends=FEE)
        self.tell(event.on, "申请人缴费，次日起重新计算答复期限", "国办函〔2020〕109号")

    def _consulted(self, event: ConsultationSent) -> None:
        article = {
            Asked.THIRD_PARTY: "条例32",
            Asked.JOINT_MAKER: "条例34",
            Asked.OTHER_AGENCY: "条例33.3",
        }
        told = f"向{event.party}征求意见，征求意见的时间不计入答复期限"
        self.tell(event.sent, told, article[event.kind], "条例33.3")
        if event.answered:
            self.tell(event.answered, f"{event.party}答复了意见", article[event.kind])
        if not self.waits and event.sent > self.reckon().due:
            self.problem(
                "foi.consulted_late", f"{event.sent} 向{event.party}征求意见时答复期限已过。", "条例33.3"
            )

    def _extended(self, event: Extended) -> None:
        why = self._why_no_extension(event)
        if why:
            self.problem("foi.extension_void", f"{why}，这次延长不计。", "条例33.2")
            return
        if event.approved is None or (event.dispatched and event.approved > event.dispatched):
            self.problem("foi.extension_unapproved", "延长答复没有在告知前经公开机构负责人同意。", "条例33.2")
        if self.extended_by and not event.reason.strip():
            self.problem("foi.extension_again", "再次延长答复没有写明理由。请补充。", "条例33.2")
        granted = min(event.by_days, self.cap - self.extended_by)
        if granted < event.by_days:
            self.problem(
                "foi.extension_too_long",
                f"延长合计不得超过{self.cap}个工作日，{event.by_days}个工作日只计{granted}个。",
                "条例33.2",
            )
        self.extended_by += granted
        self.tell(day_of(event), f"延长答复{granted}个工作日并告知申请人", "条例33.2")

    def _why_no_extension(self, event: Extended) -> str:
        if event.dispatched is None:
            return "延长答复还没有告知申请人"
        if self.extended_by >= self.cap:
            return f"延长已满{self.cap}个工作日"
        if not self.waits and event.dispatched > self.reckon().due:
            return f"延长告知书 {event.dispatched} 才发出，原期限 {self.reckon().due} 已过"
        return ""

    def _delayed(self, event: ReasonableDelay) -> None:
        if not self.reasons_asked:
            self.problem("foi.delay_unasked", "没有要求申请人说明理由就确定了延迟答复的期限。", "条例35")
        if event.dispatched and not self.waits and event.dispatched > self.reckon().due:
            self.problem("foi.delay_void", "告知延迟答复时原期限已过，延迟不计。", "条例35")
            return
        self.delay = max(self.delay or event.until, event.until)
        self.tell(day_of(event), f"告知申请人延迟到 {event.until} 答复", "条例35")

    def _ended(self, event: AnswerDispatched | Withdrawn | Closed) -> None:
        self.ended = event.on
        if isinstance(event, AnswerDispatched):
            self.answered, self.ended_why = event.on, "已答复"
            self.tell(event.on, "发出答复，答复期限到此为止", "条例33.2")
        elif isinstance(event, Withdrawn):
            self.ended_why = "申请人撤回申请"
            self.tell(event.on, self.ended_why)
        else:
            self.ended_why = event.why or "不再处理"
            self.tell(event.on, self.ended_why)

    def _restart(self, on: date, why: str, *, ends: str) -> None:
        day = self.started + ONE_DAY
        while day <= on:
            self.before.append(TraceDay(day, False, why))
            day += ONE_DAY
        self.started = max(self.started, on)
        self.waits.pop(ends, None)

    def dates(self) -> CaseDates:
        """What has come of the events."""
        first = reckoned(Clock(Unit.WORKING_DAYS, self.base, self.received), self.calendar)
        now = None if self.waits else self.reckon()
        trace = joined(self.before, now) if now else tuple(self.before)
        return CaseDates(
            received_on=self.received,
            started=self.started,
            due=now.due if now else None,
            provisional=bool(now and now.provisional),
            first_due=first.due,
            working_days=self.base + self.extended_by,
            extended_by=self.extended_by,
            extension_left=self.cap - self.extended_by,
            exclusions=self.exclusions,
            trace=trace,
            waiting_for=next(iter(self.waits), ""),
            waiting_since=next(iter(self.waits.values()), None),
            risk_due=self._risk(now.due if now else None),
            risk_why="；".join(self.risk_why),
            correction_notice=self.notice,
            correction_period=self.period,
            payment=self.payment,
            consultations=tuple(one for one, _ in self.parties),
            reminders=reminders_on(now.trace, now.due, self.calendar) if now and not self.ended else (),
            problems=tuple(self.problems),
            story=tuple(self.story),
            answered_on=self.answered,
            answer_received_on=self.answer_received,
            ended_on=self.ended,
            ended_why=self.ended_why,
            delayed_until=self.delay,
        )

    def _risk(self, due: date | None) -> date | None:
        """The date in the other reading: the doubtful notices never stopped or restarted anything."""
        if not self.doubtful:
            return None
        other = reckon_case([one for one in self.events if one not in self.doubtful], self.calendar)
        risk = other.risk_due or other.due
        return None if risk == due else risk


def delayed(reckoning: Reckoning, until: date | None, calendar: WorkCalendar) -> Reckoning:
    """A reckoning that ends on the day to which the reply was put off, or the next working day after it."""
    if until is None or until <= reckoning.due:
        return reckoning
    last = calendar.next_workday(until)
    days = [reckoning.due + timedelta(days=step) for step in range(1, (last - reckoning.due).days + 1)]
    added = tuple(
        TraceDay(day, calendar.is_workday(day), f"延迟答复期间，至 {until}（{cite('条例35')}）")
        for day in days
    )
    uncertain = any(calendar.is_provisional(day) for day in days)
    return Reckoning(last, reckoning.provisional or uncertain, (*reckoning.trace, *added))


def _check(events: tuple[CaseEvent, ...]) -> None:
    received = [event.on for event in events if isinstance(event, Received)]
    if not received:
        raise CaseError("没有收到申请的日期，无法计算期限。请先登记收到日期。")
    for event in events:
        if day_of(event) < min(received):
            raise CaseError(f"{day_of(event)} 的记录早于收到申请的 {min(received)}。请核对日期。")
        if isinstance(event, ConsultationSent):
            _check_consultation(event)
        if isinstance(event, Extended) and event.by_days < 1:
            raise CaseError(f"延长 {event.by_days} 个工作日不是正数。请写 1 以上的数。")


def _check_consultation(event: ConsultationSent) -> None:
    if event.delivered and event.delivered < event.sent:
        raise CaseError(f"{event.party}的签收日 {event.delivered} 早于发出日 {event.sent}。请核对日期。")
    begun = event.delivered or event.sent
    if event.answered and event.answered < begun:
        raise CaseError(f"{event.party}的答复日 {event.answered} 早于 {begun}。请核对日期。")
