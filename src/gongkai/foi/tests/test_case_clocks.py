from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gongkai.foi.rules.case_dates import CaseDates, Standing, Status, at_16_warning
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
)
from gongkai.foi.rules.clocks import CaseError, reckon_case
from gongkai.foi.rules.sub_clocks import SILENCE
from gongkai.law.calendar import WorkCalendar
from gongkai.law.facts import calendar_tables

CALENDAR = WorkCalendar(calendar_tables())
START = date(2026, 3, 2)  # a Monday; no day off but weekends until 清明, 4 to 6 April
DUE = date(2026, 3, 30)
pytestmark = pytest.mark.feature("D05")


def on(days: int) -> date:
    return START + timedelta(days=days)


def case(*events: CaseEvent) -> CaseDates:
    return reckon_case([Received(START), *events], CALENDAR)


def standing(dates: CaseDates, today: date) -> Standing:
    return dates.standing(today=today, calendar=CALENDAR)


def codes(dates: CaseDates) -> list[str]:
    return [one.code for one in dates.problems]


@pytest.mark.law("条例33.2")
def test_plain_case_and_its_inner_dates() -> None:
    dates = case()
    assert dates.due == dates.first_due == DUE
    assert dates.correction_notice.due == date(2026, 3, 11)
    assert [(one.kind, one.on) for one in dates.reminders] == [
        ("half", date(2026, 3, 16)),
        ("five_left", date(2026, 3, 23)),
        ("two_left", date(2026, 3, 26)),
        ("due_day", DUE),
        ("overdue", date(2026, 3, 31)),
    ]
    assert dates.story[0].text.startswith("收到申请")


@pytest.mark.law("条例33.2")
@pytest.mark.parametrize(
    ("today", "status", "left", "over", "words"),
    [
        (START, Status.OPEN, 20, 0, "还有 20 个工作日"),
        (date(2026, 3, 27), Status.OPEN, 1, 0, "还有 1 个工作日"),
        (DUE, Status.OPEN, 0, 0, "今天到期"),
        (date(2026, 3, 31), Status.OVERDUE, 0, 1, "逾期 1 天"),
        (date(2026, 4, 6), Status.OVERDUE, 0, 7, "逾期 7 天"),
    ],
)
def test_standing_of_an_open_case(today: date, status: Status, left: int, over: int, words: str) -> None:
    found = standing(case(), today)
    assert (found.status, found.days_left, found.days_over, found.text) == (status, left, over, words)


@pytest.mark.law("国办公开办函〔2016〕235号")
def test_day_of_posting_ends_the_clock_and_day_of_receipt_starts_the_remedies() -> None:
    dates = case(AnswerDispatched(DUE), AnswerReceived(date(2026, 4, 2)))
    assert standing(dates, date(2026, 6, 1)).status is Status.ANSWERED
    assert standing(dates, date(2026, 6, 1)).days_over == 0
    assert dates.answer_received_on == date(2026, 4, 2)
    late = standing(case(AnswerDispatched(date(2026, 4, 1))), date(2026, 6, 1))
    assert (late.status, late.days_over, late.text) == (Status.ANSWERED, 2, "已答复，超期 2 天")


@pytest.mark.law("条例30")
def test_correction_stops_and_begins_anew() -> None:
    waiting = case(CorrectionAsked(on(3), received=on(4)))
    assert waiting.due is None
    assert standing(waiting, on(100)) == Standing(
        Status.STOPPED, 0, 0, "correction", "期限停止计算：等待申请人补正"
    )
    assert waiting.reminders == ()
    assert waiting.correction_period is not None
    assert waiting.correction_period.due == date(2026, 3, 27)
    assert not waiting.correction_period.assumed
    again = case(CorrectionAsked(on(3), period_ends=on(14)), CorrectionReceived(on(10)))
    assert again.due == date(2026, 4, 10)
    assert again.risk_due is None
    assert again.correction_period is not None
    assert (again.correction_period.due, again.correction_period.done_on) == (on(14), on(10))
    assert [day.counted for day in again.trace[:10]] == [False] * 10
    own = case(CorrectionAsked(on(3), period_working_days=5, received=on(3)))
    assert own.correction_period is not None
    assert own.correction_period.due == on(10)


@pytest.mark.law("条例30")
def test_late_notice_keeps_the_old_date_as_risk() -> None:
    dates = case(CorrectionAsked(on(10)), CorrectionReceived(on(15)))
    assert dates.due == date(2026, 4, 15)
    assert dates.risk_due == DUE
    assert "晚于法定的 2026-03-11" in dates.risk_why
    assert codes(dates) == ["foi.correction_unlawful"]
    found = standing(dates, date(2026, 4, 2))
    assert (found.status, found.risk_over) == (Status.OPEN, 3)
    still_waiting = case(CorrectionAsked(on(10)))
    assert (still_waiting.due, still_waiting.risk_due) == (None, DUE)


@pytest.mark.law("条例30")
def test_notice_on_the_seventh_day_is_in_time() -> None:
    assert case(CorrectionAsked(date(2026, 3, 11)), CorrectionReceived(on(15))).risk_due is None
    assert case(CorrectionAsked(date(2026, 3, 12)), CorrectionReceived(on(15))).risk_due == DUE


@pytest.mark.law("条例30")
def test_second_notice_never_moves_the_date_for_certain() -> None:
    twice = case(
        CorrectionAsked(on(2)), CorrectionReceived(on(7)), CorrectionAsked(on(8)), CorrectionReceived(on(14))
    )
    once = case(CorrectionAsked(on(2)), CorrectionReceived(on(7)))
    assert twice.risk_due == once.due
    assert twice.due is not None and once.due is not None and twice.due > once.due
    assert "第二次要求补正" in twice.risk_why


@pytest.mark.law("条例32", "条例34")
def test_silence_ends_by_itself_and_means_different_things() -> None:
    for kind in Asked:
        dates = case(ConsultationSent(kind, "甲公司", on(2), on(3)))
        assert dates.consultations[0].due == date(2026, 3, 26)
        assert dates.due == date(2026, 4, 22)  # 18 more counted days, without 清明
        assert standing(dates, on(10)).status is Status.STOPPED
        assert "甲公司" in standing(dates, on(10)).text
        assert standing(dates, date(2026, 3, 27)).status is Status.OPEN
    assert "视为同意公开" in SILENCE[Asked.JOINT_MAKER]
    assert "决定" in SILENCE[Asked.THIRD_PARTY]


@pytest.mark.law("条例33.3")
def test_late_opinion_does_not_lengthen_and_unknown_delivery_is_marked() -> None:
    silent = case(ConsultationSent(Asked.THIRD_PARTY, "甲公司", on(2), on(3)))
    late = case(ConsultationSent(Asked.THIRD_PARTY, "甲公司", on(2), on(3), on(40)))
    assert silent.due == late.due
    unknown = case(ConsultationSent(Asked.THIRD_PARTY, "甲公司", on(2)))
    assert unknown.consultations[0].assumed
    assert unknown.due is not None and silent.due is not None and unknown.due < silent.due


@pytest.mark.law("国办函〔2020〕109号")
def test_payment_begins_the_period_anew() -> None:
    waiting = case(FeeAsked(on(5), received=on(6)))
    assert waiting.payment is not None
    assert waiting.payment.due == date(2026, 4, 7)  # thirty natural days
    assert standing(waiting, on(9)).stopped_for == "fee"
    paid = case(FeeAsked(on(5), received=on(6)), FeePaid(on(10)))
    assert paid.due == date(2026, 4, 10)
    assert paid.payment is not None and paid.payment.done_on == on(10)
    too_late = case(FeeAsked(date(2026, 4, 1)), FeePaid(date(2026, 4, 3)))
    assert too_late.risk_due == DUE
    assert codes(too_late) == ["foi.fee_late"]
    assert codes(case(FeePaid(on(3)))) == ["foi.fee_unasked"]


@pytest.mark.law("条例33.2")
def test_extensions_add_up_to_twenty_and_leave_in_time() -> None:
    twice = case(Extended(8, on(3), on(3)), Extended(8, on(9), on(9)))
    assert twice.extended_by == 16
    assert twice.extension_left == 4
    assert codes(twice) == ["foi.extension_again"]
    beyond = case(Extended(30, on(3), on(3)))
    assert beyond.extended_by == 20
    assert codes(beyond) == ["foi.extension_too_long"]
    assert codes(case(Extended(5, DUE, DUE))) == []
    after = case(Extended(5, on(3), date(2026, 3, 31)))
    assert (after.due, codes(after)) == (DUE, ["foi.extension_void"])
    assert case(Extended(5, on(3), None)).extended_by == 0
    assert codes(case(Extended(5, on(4), on(3)))) == ["foi.extension_unapproved"]
    full = case(Extended(20, on(3), on(3)), Extended(1, on(4), on(4), "又要延长"))
    assert codes(full) == ["foi.extension_void"]


@pytest.mark.law("条例35")
def test_asking_for_reasons_stops_nothing_and_a_delay_moves_the_day() -> None:
    asked = case(ReasonsAsked(on(3)))
    assert asked.due == DUE
    assert standing(asked, on(5)).status is Status.OPEN
    delayed = case(ReasonsAsked(on(3)), ReasonableDelay(date(2026, 5, 2), on(10)))  # in the May holiday
    assert delayed.due == date(2026, 5, 6)
    assert "延迟答复期间" in delayed.trace[-1].why
    assert case(ReasonsAsked(on(3)), ReasonableDelay(on(5), on(4))).due == DUE
    assert codes(case(ReasonableDelay(date(2026, 5, 8)))) == ["foi.delay_unasked"]
    void = case(ReasonsAsked(on(3)), ReasonableDelay(date(2026, 5, 8), date(2026, 4, 1)))
    assert (void.due, codes(void)) == (DUE, ["foi.delay_void"])


def test_end_is_the_end() -> None:
    withdrawn = case(Withdrawn(on(4)), CorrectionAsked(on(5)))
    assert standing(withdrawn, on(100)).status is Status.CLOSED
    assert withdrawn.ended_why == "申请人撤回申请"
    assert codes(withdrawn) == ["foi.after_end"]
    assert withdrawn.due == DUE
    lapsed = case(CorrectionAsked(on(3), received=on(3)), Closed(on(40), "逾期不补正"))
    assert standing(lapsed, on(100)).text == "逾期不补正"
    twice = case(AnswerDispatched(on(5)), AnswerDispatched(on(9)))
    assert twice.answered_on == on(5)
    assert codes(twice) == ["foi.after_end"]


@pytest.mark.law("国办公开办函〔2016〕235号")
@pytest.mark.parametrize(
    ("moment", "warns"),
    [
        (datetime(2026, 3, 30, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 30, 8, 0, tzinfo=UTC), True),  # 16:00 in China
        (datetime(2026, 3, 30, 15, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 30, 16, 0, tzinfo=UTC), False),  # the next day in China
        (datetime(2026, 3, 27, 9, 0, tzinfo=UTC), False),
    ],
)
def test_post_counter_warning_on_the_last_day(moment: datetime, warns: bool) -> None:
    assert bool(at_16_warning(case(), now=moment)) is warns
    assert at_16_warning(case(AnswerDispatched(on(3))), now=moment) == ""
    assert at_16_warning(case(CorrectionAsked(on(3))), now=moment) == ""


def test_post_counter_warning_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        at_16_warning(case(), now=datetime(2026, 3, 30, 16))  # noqa: DTZ001 -- what is refused


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([], "没有收到申请的日期"),
        ([Received(START), CorrectionAsked(on(-1))], "早于收到申请"),
        ([Received(START), ConsultationSent(Asked.THIRD_PARTY, "甲", on(3), on(2))], "签收日"),
        ([Received(START), ConsultationSent(Asked.THIRD_PARTY, "甲", on(3), on(4), on(3))], "答复日"),
        ([Received(START), Extended(0, on(3), on(3))], "不是正数"),
        ([Received(START), CorrectionAsked(on(3), period_working_days=99_999)], "太长"),
        ([Received(date(2020, 3, 2)), FeeAsked(date(2020, 3, 4))], "2020-03-04"),
        ([Received(date(2098, 12, 20))], "超出日历范围"),
    ],
)
def test_impossible_events_are_refused_in_chinese(events: list[CaseEvent], words: str) -> None:
    with pytest.raises(CaseError, match=words) as caught:
        reckon_case(events, CALENDAR)
    assert "请" in str(caught.value)


def test_day_without_notice_makes_the_date_provisional() -> None:
    late = reckon_case([Received(date(2026, 12, 20))], CALENDAR)
    assert late.provisional
    assert "暂定" in late.trace[-1].why


def test_inner_clocks_remind_too() -> None:
    dates = case(ConsultationSent(Asked.THIRD_PARTY, "甲公司", on(2), on(2)), FeeAsked(on(5)))
    clock = next(one for one in dates.sub_clocks() if one.kind == "third_party")
    kinds = {one.kind: one.on for one in clock.reminders(CALENDAR)}
    assert kinds["two_left"] == date(2026, 3, 23)
    assert kinds["due_day"] == clock.due == date(2026, 3, 25)
    assert clock.is_late(date(2026, 3, 26)) and not clock.is_late(clock.due)
    assert [one.due for one in dates.sub_clocks()] == sorted(one.due for one in dates.sub_clocks())
    assert all(one.trace and one.basis for one in dates.sub_clocks())
