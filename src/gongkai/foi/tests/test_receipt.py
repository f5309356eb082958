from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi.rules.receipt import (
    CHANNEL_NAMES,
    NEEDS_CONFIRMATION,
    Arrival,
    Channel,
    ReceiptRefused,
    receipt,
    why_not_received,
)
from gongkai.law.calendar import WorkCalendar
from gongkai.law.facts import calendar_tables

CALENDAR = WorkCalendar(calendar_tables())
TODAY = date(2026, 3, 10)
CAME, CONFIRMED = date(2026, 3, 2), date(2026, 3, 4)
pytestmark = pytest.mark.feature("D01")


def received(arrival: Arrival) -> date | None:
    return receipt(arrival, today=TODAY, calendar=CALENDAR).on


@pytest.mark.law("条例31")
@pytest.mark.parametrize("channel", Channel)
def test_day_of_receipt_follows_the_channel(channel: Channel) -> None:
    arrival = Arrival(channel, CAME, CONFIRMED)
    assert received(arrival) == (CONFIRMED if channel in NEEDS_CONFIRMATION else CAME)
    found = receipt(Arrival(channel, CAME), today=TODAY, calendar=CALENDAR)
    if channel in NEEDS_CONFIRMATION:
        assert found.on is None
        assert "确认" in found.waiting_for
    else:
        assert found.on == CAME
    assert found.basis.startswith("条例第三十一条第")
    assert CHANNEL_NAMES[channel]


@pytest.mark.law("条例31(2)")
def test_plain_letter_is_to_be_confirmed_on_the_day_it_arrives() -> None:
    found = receipt(Arrival(Channel.PLAIN_MAIL, TODAY), today=TODAY, calendar=CALENDAR)
    assert "当天" in found.waiting_for
    assert "第二项" in found.basis


def test_day_off_can_be_the_day_of_receipt() -> None:
    assert received(Arrival(Channel.WEB, CAME, date(2026, 3, 8))) == date(2026, 3, 8)  # a Sunday


@pytest.mark.law("国办公开办函〔2015〕207号")
def test_other_office_counts_when_the_disclosure_office_has_it() -> None:
    found = receipt(Arrival(Channel.COUNTER, CAME, other_office=True), today=TODAY, calendar=CALENDAR)
    assert found.on is None
    assert "转给" in found.waiting_for
    reached = Arrival(Channel.COUNTER, CAME, other_office=True, reached_office_on=date(2026, 3, 5))
    assert received(reached) == date(2026, 3, 5)
    confirmed_later = Arrival(
        Channel.WEB, CAME, date(2026, 3, 6), other_office=True, reached_office_on=date(2026, 3, 5)
    )
    assert received(confirmed_later) == date(2026, 3, 6)


@pytest.mark.law("国办公开办函〔2015〕207号")
def test_unreachable_applicant_starts_with_restored_contact() -> None:
    waiting = receipt(Arrival(Channel.WEB, CAME, unreachable=True), today=TODAY, calendar=CALENDAR)
    assert waiting.on is None
    assert "每次联系" in waiting.waiting_for
    restored = Arrival(Channel.WEB, CAME, unreachable=True, contact_restored_on=date(2026, 3, 9))
    found = receipt(restored, today=TODAY, calendar=CALENDAR)
    assert found.on == date(2026, 3, 9)
    assert "恢复联系" in found.why


def test_day_in_the_future_is_refused_with_what_to_do() -> None:
    with pytest.raises(ReceiptRefused, match="晚于今天") as caught:
        receipt(Arrival(Channel.COUNTER, date(2026, 3, 11)), today=TODAY, calendar=CALENDAR)
    assert caught.value.refusals[0].code == "foi.receipt_in_future"
    assert "请核对" in str(caught.value)
    both = why_not_received(Arrival(Channel.WEB, date(2026, 4, 1), date(2026, 4, 2)), today=TODAY)
    assert len(both) == 2


def test_days_out_of_order_are_refused() -> None:
    with pytest.raises(ReceiptRefused, match="早于申请到达"):
        receipt(Arrival(Channel.WEB, CAME, date(2026, 3, 1)), today=TODAY, calendar=CALENDAR)


def test_day_beyond_the_imported_calendar_is_accepted_as_provisional() -> None:
    found = receipt(Arrival(Channel.COUNTER, date(2027, 2, 1)), today=date(2027, 2, 1), calendar=CALENDAR)
    assert found.on == date(2027, 2, 1)
    assert found.provisional


DAYS = st.dates(date(2026, 1, 1), TODAY)
MAYBE = st.none() | DAYS


@given(st.builds(Arrival, st.sampled_from(Channel), DAYS, MAYBE, st.booleans(), MAYBE, st.booleans(), MAYBE))
def test_receipt_is_never_before_arrival_and_says_why(arrival: Arrival) -> None:
    if why_not_received(arrival, today=TODAY):
        return
    found = receipt(arrival, today=TODAY, calendar=CALENDAR)
    assert found.why and found.references
    assert (found.on is None) == bool(found.waiting_for)
    if found.on is not None:
        assert arrival.arrived_on <= found.on <= TODAY
