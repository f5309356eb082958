"""The periods inside a case: the 补正 notice, the 补正 period, each party's opinion, the payment."""

from __future__ import annotations

from datetime import date

from gongkai.foi.rules.case_dates import CORRECTION, FEE, SubClock, reckoned
from gongkai.foi.rules.case_events import Asked, ConsultationSent, CorrectionAsked, FeeAsked
from gongkai.law.basis import basis
from gongkai.law.calendar import WorkCalendar
from gongkai.law.clock import Clock, Exclusion, Unit
from gongkai.law.rule_table import Rule, rule

CORRECTION_NOTICE = "correction_notice"
_OPINION = {
    Asked.THIRD_PARTY: ("third_party_opinion_working_days", "第三方提出意见", "征求第三方意见"),
    Asked.JOINT_MAKER: ("joint_maker_opinion_working_days", "共同制作机关提出意见", "征求共同制作机关意见"),
    Asked.OTHER_AGENCY: ("other_agency_opinion_working_days", "其他机关提出意见", "征求其他机关意见"),
}
SILENCE = {
    Asked.THIRD_PARTY: "逾期未提出意见的，由本机关依法决定是否公开",
    Asked.JOINT_MAKER: "逾期未提出意见的，视为同意公开",
    Asked.OTHER_AGENCY: "逾期未提出意见的，由本机关依法决定",
}


@basis("条例30")
def correction_notice(received: date, calendar: WorkCalendar) -> SubClock:
    """By when a 补正 notice has to leave."""
    return _sub_clock(
        rule("correction_notice_working_days", on=received),
        received,
        calendar,
        kind=CORRECTION_NOTICE,
        name="发出补正告知书",
    )


@basis("条例30")
def correction_period(event: CorrectionAsked, calendar: WorkCalendar) -> SubClock:
    """The period that the notice grants: a day, working days from its receipt, or the default of the office."""
    name = "申请人补正"
    if event.period_ends is not None:
        provisional = calendar.is_provisional(event.period_ends)
        return SubClock(CORRECTION, name, "申请人", event.period_ends, provisional, ("条例30",))
    default = rule("correction_by_applicant_working_days", on=event.dispatched)
    amount = event.period_working_days or default.number
    start = event.received or event.dispatched
    found = reckoned(Clock(Unit.WORKING_DAYS, amount, start), calendar)
    assumed = event.received is None
    return SubClock(
        CORRECTION, name, "申请人", found.due, found.provisional, ("条例30",), found.trace, assumed=assumed
    )


@basis("条例32", "条例33.3", "条例34")
def consultation(event: ConsultationSent, calendar: WorkCalendar) -> tuple[SubClock, Exclusion]:
    """A party's period, and the days that do not count for the reply.

    The days end with the answer, at the latest with the fifteenth working day from the party's receipt: silence
    does not stop the clock for ever, and an answer that comes later does not lengthen it.
    """
    rule_id, name, why = _OPINION[event.kind]
    start = event.delivered or event.sent
    found = _sub_clock(
        rule(rule_id, on=event.sent),
        start,
        calendar,
        kind=event.kind.value,
        name=name,
        about=event.party,
        done_on=event.answered,
        assumed=event.delivered is None,
    )
    until = min(event.answered, found.due) if event.answered else found.due
    return found, Exclusion(event.sent, until, f"{why}（{event.party}）" if event.party else why)


@basis("国办函〔2020〕109号", "民法典203.1")
def payment(event: FeeAsked, calendar: WorkCalendar) -> SubClock:
    """By when the applicant has to pay; a last day that is a day off rolls on."""
    return _sub_clock(
        rule("fee_payment_days", on=event.dispatched),
        event.received or event.dispatched,
        calendar,
        kind=FEE,
        name="申请人缴费",
        about="申请人",
        assumed=event.received is None,
    )


def _sub_clock(
    period: Rule,
    start: date,
    calendar: WorkCalendar,
    *,
    kind: str,
    name: str,
    about: str = "",
    done_on: date | None = None,
    assumed: bool = False,
) -> SubClock:
    found = reckoned(period.clock(start), calendar)
    return SubClock(
        kind, name, about, found.due, found.provisional, (period.basis,), found.trace, done_on, assumed
    )
