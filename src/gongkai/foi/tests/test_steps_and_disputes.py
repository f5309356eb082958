from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.foi.rules import disputes, steps
from gongkai.foi.rules.case_dates import CaseDates
from gongkai.foi.rules.case_events import (
    AnswerDispatched,
    CaseEvent,
    CorrectionAsked,
    CorrectionReceived,
    Extended,
    FeeAsked,
    FeePaid,
    Received,
)
from gongkai.foi.rules.clocks import reckon_case
from gongkai.law.calendar import WorkCalendar
from gongkai.law.clock import ClockError
from gongkai.law.facts import calendar_tables
from gongkai.law.refusal import Refusal

CALENDAR = WorkCalendar(calendar_tables())
START, DUE = date(2026, 3, 2), date(2026, 3, 30)


def on(days: int) -> date:
    return START + timedelta(days=days)


def case(*events: CaseEvent) -> CaseDates:
    return reckon_case([Received(START), *events], CALENDAR)


def codes(refusals: list[Refusal]) -> list[str]:
    assert all(one.text.endswith("。") for one in refusals)
    return [one.code for one in refusals]


@pytest.mark.feature("D05")
@pytest.mark.law("条例33.2")
def test_extension_is_possible_within_twenty_days_and_the_old_date() -> None:
    assert codes(steps.why_not_extend(case(), by_days=20, on=DUE)) == []
    assert codes(steps.why_not_extend(case(), by_days=21, on=DUE)) == ["foi.extension_too_long"]
    assert codes(steps.why_not_extend(case(), by_days=0, on=DUE)) == ["foi.extension_none"]
    assert codes(steps.why_not_extend(case(), by_days=5, on=date(2026, 3, 31))) == ["foi.extension_late"]
    assert codes(steps.why_not_extend(case(), by_days=5, on=DUE, approved=False)) == [
        "foi.extension_unapproved"
    ]
    before = case(Extended(15, on(2), on(2)))
    assert codes(steps.why_not_extend(before, by_days=5, on=DUE)) == ["foi.extension_again"]
    assert codes(steps.why_not_extend(before, by_days=5, on=DUE, reason="第三方异地")) == []
    assert codes(steps.why_not_extend(before, by_days=6, on=DUE, reason="同上")) == ["foi.extension_too_long"]
    ended = case(AnswerDispatched(on(3)))
    assert codes(steps.why_not_extend(ended, by_days=5, on=on(4))) == ["foi.ended"]


@pytest.mark.feature("D06")
@pytest.mark.law("条例30")
def test_correction_is_asked_once_and_within_seven_days() -> None:
    last = date(2026, 3, 11)
    assert codes(steps.why_not_ask_correction(case(), on=last)) == []
    late = steps.why_not_ask_correction(case(), on=last + timedelta(days=1))
    assert codes(late) == ["foi.correction_late"]
    assert str(DUE) in late[0].text
    assert codes(steps.why_not_ask_correction(case(), on=on(12), confirmed_late=True)) == []
    again = case(CorrectionAsked(on(2)), CorrectionReceived(on(4)))
    assert codes(steps.why_not_ask_correction(again, on=on(5), confirmed_late=True)) == [
        "foi.correction_again"
    ]


@pytest.mark.feature("D06")
@pytest.mark.law("条例30")
def test_case_lapses_only_after_a_delivered_notice_ran_out() -> None:
    def why(today: date, *events: CaseEvent) -> list[str]:
        return codes(steps.why_not_lapse_correction(case(*events), today=today))

    assert why(on(60)) == ["foi.nothing_lapsed"]
    assert why(on(60), CorrectionAsked(on(2))) == ["foi.lapse_undelivered"]
    delivered = CorrectionAsked(on(2), received=on(3))
    assert why(date(2026, 3, 26), delivered) == ["foi.lapse_early"]  # the last day of the period itself
    assert why(date(2026, 3, 27), delivered) == []
    assert why(on(60), delivered, CorrectionReceived(on(9))) == ["foi.nothing_lapsed"]


@pytest.mark.feature("D19")
@pytest.mark.law("国办函〔2020〕109号")
def test_fee_is_asked_in_time_and_lapses_after_thirty_days() -> None:
    assert codes(steps.why_not_ask_fee(case(), on=DUE)) == []
    assert codes(steps.why_not_ask_fee(case(), on=date(2026, 3, 31))) == ["foi.fee_late"]
    asked = FeeAsked(on(5), received=on(6))
    assert codes(steps.why_not_ask_fee(case(asked), on=on(7))) == ["foi.fee_again"]
    assert codes(steps.why_not_lapse_fee(case(asked), today=date(2026, 4, 7))) == ["foi.lapse_early"]
    assert codes(steps.why_not_lapse_fee(case(asked), today=date(2026, 4, 8))) == []
    paid = case(asked, FeePaid(on(9)))
    assert codes(steps.why_not_lapse_fee(paid, today=date(2026, 4, 8))) == ["foi.nothing_lapsed"]


@pytest.mark.feature("D05")
@pytest.mark.law("条例35")
def test_delay_moves_the_day_on() -> None:
    assert codes(steps.why_not_delay(case(), until=date(2026, 5, 8), on=DUE)) == []
    assert codes(steps.why_not_delay(case(), until=DUE, on=DUE)) == ["foi.delay_short"]
    assert codes(steps.why_not_delay(case(), until=date(2026, 5, 8), on=date(2026, 3, 31))) == [
        "foi.delay_late"
    ]


@pytest.mark.feature("D21")
@pytest.mark.law("复议法48", "复议法54.1", "复议法62", "行诉法67.1")
def test_clocks_of_disputes() -> None:
    copy = date(2026, 9, 28)  # before National Day; 10 October is a Saturday worked in exchange
    plain = disputes.reconsideration_answer(copy, CALENDAR, simplified=False)
    assert plain.due == date(2026, 10, 16)
    assert "复议法第八十八条第二款" in plain.basis
    assert disputes.reconsideration_answer(copy, CALENDAR, simplified=True).due == date(2026, 10, 10)
    assert disputes.court_answer(copy, CALENDAR).due == date(2026, 10, 13)
    assert disputes.reconsideration_decision(copy, CALENDAR, simplified=True).due == date(2026, 10, 28)
    assert disputes.reconsideration_decision(copy, CALENDAR, simplified=False).due == date(2026, 11, 27)
    longer = disputes.reconsideration_decision(copy, CALENDAR, simplified=False, extended=True)
    assert longer.due == date(2026, 12, 28)  # the ninetieth day is a Sunday
    assert disputes.lawsuit_after(date(2026, 9, 20), CALENDAR).due == date(2026, 10, 8)
    before = disputes.reconsideration_answer(date(2023, 9, 22), CALENDAR, simplified=False)
    assert before.due == date(2023, 10, 7)  # ten natural days ended in the holiday; 7 October was worked
    assert "第八十八条" not in before.basis


@pytest.mark.feature("D10")
@pytest.mark.law("复议法20.1", "复议法20.3", "行诉法46.1")
def test_remedies_run_from_the_day_of_receipt() -> None:
    received = date(2026, 8, 2)
    both = disputes.remedy_dates(received, CALENDAR, reconsideration_first=False)
    assert both.reconsideration.due == date(2026, 10, 8)
    assert both.lawsuit is not None and both.lawsuit.due == date(2027, 2, 2)
    assert both.lawsuit.provisional
    assert disputes.remedy_dates(received, CALENDAR, reconsideration_first=True).lawsuit is None
    assert disputes.reconsideration_filing_untold(date(2025, 3, 3), CALENDAR).due == date(2026, 3, 3)


@pytest.mark.feature("D18")
@pytest.mark.law("条例55")
def test_appeal_has_the_period_that_the_district_sets() -> None:
    assert disputes.appeal_decision(START, CALENDAR, working_days=15).due == date(2026, 3, 23)
    with pytest.raises(ClockError, match="正整数"):
        disputes.appeal_decision(START, CALENDAR, working_days=0)
