"""Clocks of reconsideration and litigation, and the applicant's own periods after an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.law.basis import basis, cite
from gongkai.law.calendar import WorkCalendar
from gongkai.law.clock import Clock, TraceDay, Unit
from gongkai.law.rule_table import Rule, rule


@dataclass(frozen=True, slots=True)
class DisputeDate:
    """One last day with its articles and its days."""

    kind: str
    name: str
    due: date
    provisional: bool
    references: tuple[str, ...]
    trace: tuple[TraceDay, ...]

    @property
    def basis(self) -> str:
        return cite(*self.references)


@basis("复议法48", "复议法54.1", "复议法88.2")
def reconsideration_answer(copy_received: date, calendar: WorkCalendar, *, simplified: bool) -> DisputeDate:
    """By when the agency answers the reconsideration body: ten working days from the copy, five if simplified."""
    name = "reconsideration_answer_simplified_working_days" if simplified else "reconsideration_answer"
    return _due("reconsideration_answer", rule(name, on=copy_received), copy_received, calendar, "复议法88.2")


@basis("复议法62", "民法典203.1")
def reconsideration_decision(
    accepted: date, calendar: WorkCalendar, *, simplified: bool, extended: bool = False
) -> DisputeDate:
    """By when the reconsideration body decides: sixty days from acceptance, thirty if simplified, plus thirty."""
    name = "reconsideration_decision_simplified_days" if simplified else "reconsideration_decision_days"
    period = rule(name, on=accepted)
    clock = period.clock(accepted)
    references = [period.basis]
    if extended and not simplified:
        more = rule("reconsideration_decision_extension_days", on=accepted)
        clock = clock.extend(more.number)
        references.append(more.basis)
    found = clock.reckon(calendar)
    return DisputeDate(
        "reconsideration_decision",
        period.heading,
        found.due,
        found.provisional,
        tuple(dict.fromkeys(references)),
        found.trace,
    )


@basis("行诉法67.1")
def court_answer(copy_received: date, calendar: WorkCalendar) -> DisputeDate:
    """By when the agency files its defence and evidence: fifteen days from the copy of the complaint."""
    return _due("court_answer", rule("court_answer_days", on=copy_received), copy_received, calendar)


@basis("复议法20.1", "民法典203.1")
def reconsideration_filing(answer_received: date, calendar: WorkCalendar) -> DisputeDate:
    """The applicant's last day for reconsideration: sixty days from the receipt of the answer."""
    period = rule("reconsideration_filing_days", on=answer_received)
    return _due("reconsideration_filing", period, answer_received, calendar)


@basis("复议法20.3")
def reconsideration_filing_untold(answer_received: date, calendar: WorkCalendar) -> DisputeDate:
    """The outer limit where the letter did not tell the remedy: one year from knowing the content."""
    period = rule("reconsideration_filing_untold_months", on=answer_received)
    return _due("reconsideration_filing_untold", period, answer_received, calendar)


@basis("行诉法46.1")
def direct_lawsuit(answer_received: date, calendar: WorkCalendar) -> DisputeDate:
    """The applicant's last day for a direct lawsuit: six months from the receipt of the answer."""
    period = rule("lawsuit_direct_months", on=answer_received)
    return _due("direct_lawsuit", period, answer_received, calendar)


@basis("行诉法45")
def lawsuit_after(decision_received: date, calendar: WorkCalendar) -> DisputeDate:
    """The last day to sue after a reconsideration decision (or after its period ran out): fifteen days."""
    period = rule("lawsuit_after_reconsideration_days", on=decision_received)
    return _due("lawsuit_after", period, decision_received, calendar)


@basis("条例55", "国办发〔2020〕50号")
def appeal_decision(accepted: date, calendar: WorkCalendar, *, working_days: int) -> DisputeDate:
    """By when a department answers a 申诉 about a public institution; the district sets the number itself."""
    found = Clock(Unit.WORKING_DAYS, working_days, accepted).reckon(calendar)
    return DisputeDate(
        "appeal_decision", "申诉办理期限", found.due, found.provisional, ("条例55",), found.trace
    )


@dataclass(frozen=True, slots=True)
class RemedyDates:
    """What the applicant may do until when, counted from the day on which he received the answer."""

    reconsideration: DisputeDate
    lawsuit: DisputeDate | None


@basis("复议法20.1", "行诉法46.1")
def remedy_dates(
    answer_received: date, calendar: WorkCalendar, *, reconsideration_first: bool
) -> RemedyDates:
    """Both last days, or the one for reconsideration where that comes first."""
    lawsuit = None if reconsideration_first else direct_lawsuit(answer_received, calendar)
    return RemedyDates(reconsideration_filing(answer_received, calendar), lawsuit)


def _due(kind: str, period: Rule, start: date, calendar: WorkCalendar, *more: str) -> DisputeDate:
    found = period.clock(start).reckon(calendar)
    references = (period.basis, *more) if period.unit == "working_days" else (period.basis,)
    return DisputeDate(kind, period.heading, found.due, found.provisional, references, found.trace)
