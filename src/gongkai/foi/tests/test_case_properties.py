"""Ten thousand cases that nobody thought of: the dates of a case keep what the law promises, and equal the oracle."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.foi.rules.case_events import Asked, CaseEvent, ConsultationSent, Extended, Received, day_of
from gongkai.foi.rules.clocks import reckon_case
from gongkai.foi.tests.oracle import Fact, expect
from gongkai.foi.tests.test_golden_cases import CALENDAR, events_of
from gongkai.law.clock import working_days

DRAWN = 10_000  # by plain dice, the same in each run: quick
EACH = 200  # of each property, other ones in each run, and made small where one fails
STARTS = st.dates(date(2021, 1, 1), date(2026, 12, 20))
ENDS = ("answered", "withdrawn")
SINGLE = ("asked", "corrected", "fee", "paid", "reasons", "answered", "withdrawn")
many = settings(
    max_examples=EACH, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
pytestmark = [pytest.mark.feature("D05"), pytest.mark.law("条例33.2")]


@st.composite
def cases(draw: st.DrawFn, words: tuple[str, ...] = SINGLE) -> tuple[date, list[Fact]]:
    """A receipt and up to eight events, lawful or not; no two equal events, no two answers."""
    received = draw(STARTS)
    offsets = st.integers(0, 70)
    facts: list[Fact] = []
    for word in draw(
        st.lists(st.sampled_from((*words, "third", "joint", "other", "extend", "delay")), max_size=8)
    ):
        on = received + timedelta(days=draw(offsets))
        if word in ("third", "joint", "other"):
            delivered = on + timedelta(days=draw(st.integers(0, 6))) if draw(st.booleans()) else None
            begun = delivered or on
            answered = begun + timedelta(days=draw(st.integers(0, 40))) if draw(st.booleans()) else None
            facts.append(Fact(word, on, delivered=delivered, answered=answered))
        elif word == "extend":
            facts.append(Fact(word, on, number=draw(st.integers(1, 22))))
        elif word == "delay":
            facts.append(Fact(word, on, answered=on + timedelta(days=draw(st.integers(0, 60)))))
        elif word not in ENDS or not any(fact.word in ENDS for fact in facts):
            facts.append(Fact(word, on))
    return received, list(dict.fromkeys(facts))


def thrown(number: int) -> tuple[date, list[Fact]]:
    """The same sort of case by plain dice."""
    dice = random.Random(number)
    received = date(2021, 1, 1) + timedelta(days=dice.randrange(2179))
    facts: list[Fact] = []
    for word in dice.choices((*SINGLE, "third", "joint", "other", "extend", "delay"), k=dice.randrange(9)):
        on = received + timedelta(days=dice.randrange(71))
        if word in ("third", "joint", "other"):
            delivered = on + timedelta(days=dice.randrange(7)) if dice.random() < 0.5 else None
            answered = (delivered or on) + timedelta(days=dice.randrange(41)) if dice.random() < 0.5 else None
            facts.append(Fact(word, on, delivered=delivered, answered=answered))
        elif word == "extend":
            facts.append(Fact(word, on, number=dice.randint(1, 22)))
        elif word == "delay":
            facts.append(Fact(word, on, answered=on + timedelta(days=dice.randrange(61))))
        elif word not in ENDS or not any(fact.word in ENDS for fact in facts):
            facts.append(Fact(word, on))
    return received, list(dict.fromkeys(facts))


def test_ten_thousand_cases_have_the_dates_of_the_oracle() -> None:
    for number in range(DRAWN):
        case = thrown(number)
        try:
            same_as_the_oracle(*case)
        except AssertionError as difference:
            raise AssertionError(f"case {number}: {case}") from difference


@many
@given(cases())
def test_dates_equal_the_oracle(case: tuple[date, list[Fact]]) -> None:
    same_as_the_oracle(*case)


def same_as_the_oracle(received: date, facts: list[Fact]) -> None:
    found = reckon_case(events_of(received, facts), CALENDAR)
    expected = expect(received, facts)
    assert (found.due, found.risk_due, found.extended_by, found.provisional) == (
        *(expected.due, expected.risk_due, expected.extended, expected.uncertain),
    )
    assert [day.day for day in found.trace if day.counted] == expected.counted
    assert bool(found.waiting_for) == bool(expected.waiting)


@many
@given(cases(), st.randoms(use_true_random=False))
def test_replay_in_any_order_and_twice_gives_the_same(
    case: tuple[date, list[Fact]], shuffler: random.Random
) -> None:
    events = events_of(*case)
    once = reckon_case(events, CALENDAR)
    again = [*events, *events[:3]]
    shuffler.shuffle(again)
    assert reckon_case(again, CALENDAR) == once


@many
@given(cases())
def test_due_is_a_working_day_and_every_day_is_accounted_for(case: tuple[date, list[Fact]]) -> None:
    found = reckon_case(events_of(*case), CALENDAR)
    if found.due is None:
        assert found.waiting_for and not found.reminders
        return
    days = [day.day for day in found.trace]
    assert days == [found.received_on + timedelta(days=step) for step in range(1, len(days) + 1)]
    assert days[-1] == found.due
    assert CALENDAR.is_workday(found.due)
    assert all(CALENDAR.is_workday(day.day) for day in found.trace if day.counted)
    assert all(day.why for day in found.trace)
    if found.delayed_until is None:
        assert sum(day.counted for day in found.trace) == found.working_days
        assert not any(one.covers(day.day) for day in found.trace if day.counted for one in found.exclusions)
    assert found.extended_by <= 20
    for one in found.reminders:
        assert CALENDAR.is_workday(one.on)


def longer(one: date | None, other: date | None) -> bool:
    """Whether the first date is not earlier; a stopped period is the longest of all."""
    return one is None or (other is not None and one >= other)


@many
@given(cases(), st.integers(0, 50), st.integers(0, 30), st.integers(1, 20))
def test_nothing_granted_ever_shortens(
    case: tuple[date, list[Fact]], after: int, lasts: int, more: int
) -> None:
    """A consultation, a longer one, the same twice, an extension: the reply is never due earlier for it."""
    received, facts = case
    events = events_of(received, facts)
    plain = reckon_case(events, CALENDAR).due
    sent = received + timedelta(days=after)
    asked = ConsultationSent(Asked.THIRD_PARTY, "新加的第三方", sent, sent, sent + timedelta(days=lasts))
    with_asked = reckon_case([*events, asked], CALENDAR).due
    assert longer(with_asked, plain)
    longer_asked = replace(asked, answered=sent + timedelta(days=lasts + 5))
    assert longer(reckon_case([*events, longer_asked], CALENDAR).due, with_asked)
    same_days = replace(asked, kind=Asked.JOINT_MAKER, party="同时征求的机关")
    assert reckon_case([*events, asked, same_days], CALENDAR).due == with_asked
    extended = Extended(more, received, received, "检索量大")
    assert longer(reckon_case([*events, extended], CALENDAR).due, plain)


@many
@given(STARTS, st.integers(1, 30), st.integers(0, 25), st.integers(0, 20), st.booleans())
def test_later_is_never_earlier(start: date, step: int, wait: int, extend: int, by_fee: bool) -> None:
    """A later receipt, correction or payment never makes the reply due earlier; a new start is a full period."""
    words = ("fee", "paid") if by_fee else ("asked", "corrected")

    def due(on: date, restarted: date | None) -> date:
        facts = [Fact("extend", on, number=extend)] if extend else []
        if restarted:
            facts += [Fact(words[0], on), Fact(words[1], restarted)]
        found = reckon_case(events_of(on, facts), CALENDAR).due
        assert found is not None
        return found

    assert due(start, None) <= due(start + timedelta(days=step), None)
    paid = start + timedelta(days=wait)
    assert due(start, paid) <= due(start, paid + timedelta(days=step))
    assert due(start, None) <= due(start, paid)
    assert due(start, paid) == working_days(paid, 20 + extend, CALENDAR).due


def test_events_are_ordered_by_the_day_on_which_they_take_effect() -> None:
    events: list[CaseEvent] = [
        Extended(5, date(2026, 3, 4), None),
        Received(date(2026, 3, 2)),
        ConsultationSent(Asked.OTHER_AGENCY, "区民政局", date(2026, 3, 3)),
    ]
    assert [day_of(event) for event in events] == [date(2026, 3, 4), date(2026, 3, 2), date(2026, 3, 3)]
