"""The clocks of a case against written-down scenarios whose dates an independent reading of the law gives."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.foi.rules.case_dates import CaseDates
from gongkai.foi.rules.case_events import (
    AnswerDispatched,
    Asked,
    CaseEvent,
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
from gongkai.foi.rules.clocks import reckon_case
from gongkai.foi.rules.receipt import Arrival, Channel, receipt
from gongkai.foi.tests import golden_scenarios
from gongkai.foi.tests.oracle import Fact, read
from gongkai.law.calendar import WorkCalendar
from gongkai.law.facts import calendar_tables

CALENDAR = WorkCalendar(calendar_tables())
ROWS = golden_scenarios.stored()
PARTIES = {"third": Asked.THIRD_PARTY, "joint": Asked.JOINT_MAKER, "other": Asked.OTHER_AGENCY}
SIMPLE = {
    "asked": CorrectionAsked,
    "corrected": CorrectionReceived,
    "fee": FeeAsked,
    "paid": FeePaid,
    "reasons": ReasonsAsked,
    "answered": AnswerDispatched,
    "withdrawn": Withdrawn,
}


def events_of(received: date, facts: list[Fact]) -> list[CaseEvent]:
    """The scenario in the words of the rules."""
    events: list[CaseEvent] = [Received(received)]
    for number, fact in enumerate(facts):
        if fact.word in PARTIES:
            party = f"第{number}方"
            events.append(ConsultationSent(PARTIES[fact.word], party, fact.on, fact.delivered, fact.answered))
        elif fact.word == "extend":
            events.append(Extended(fact.number, fact.on, fact.on, "检索量大"))
        elif fact.word == "delay":
            assert fact.answered
            events.append(ReasonableDelay(fact.answered, fact.on))
        else:
            events.append(SIMPLE[fact.word](fact.on))
    return events


def as_row(dates: CaseDates) -> dict[str, str]:
    shown = golden_scenarios.shown
    return {
        "received": dates.received_on.isoformat(),
        "due": shown(dates.due),
        "uncertain": "yes" if dates.provisional else "",
        "risk_due": shown(dates.risk_due),
        "first_due": shown(dates.first_due),
        "notice_by": shown(dates.correction_notice.due),
        "correction_by": shown(dates.correction_period.due if dates.correction_period else None),
        "payment_by": shown(dates.payment.due if dates.payment else None),
        "opinions_by": " ".join(sorted(one.due.isoformat() for one in dates.consultations)),
        "half": shown(dates.half_time),
        "two_left": shown(dates.reminder("two_left")),
        "extended": str(dates.extended_by),
        "waiting": dates.waiting_for,
    }


def reckoned(row: dict[str, str]) -> CaseDates:
    arrival = Arrival(
        Channel(row["channel"]),
        date.fromisoformat(row["arrived"]),
        date.fromisoformat(row["confirmed"]) if row["confirmed"] else None,
    )
    got = receipt(arrival, today=date(2027, 6, 1), calendar=CALENDAR)
    assert got.on is not None
    return reckon_case(events_of(got.on, read(row["events"])), CALENDAR)


@pytest.mark.feature("D05")
@pytest.mark.law("条例33.2")
@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_scenario_has_its_dates(row: dict[str, str]) -> None:
    found = as_row(reckoned(row))
    if row["source"] == "hand":  # what was not reckoned by hand is empty
        found = {name: value for name, value in found.items() if row[name]}
    elif row["events"].count("answered"):
        found |= {"half": row["half"], "two_left": row["two_left"]}  # nobody is reminded after the answer
    assert found == {name: row[name] for name in found}


@pytest.mark.feature("D05")
def test_there_are_enough_scenarios_of_every_kind() -> None:
    assert len(ROWS) >= 320
    assert {row["channel"] for row in ROWS} == {channel.value for channel in Channel}
    for words in ("asked", "corrected", "third", "joint", "other", "extend", "fee", "paid", "delay"):
        assert sum(words in row["events"] for row in ROWS) >= 10, words
    for column in ("risk_due", "uncertain", "waiting", "payment_by"):
        assert sum(bool(row[column]) for row in ROWS) >= 10, column
    assert sum(row["source"] == "hand" for row in ROWS) >= 20


def test_file_is_what_the_oracle_says() -> None:
    written = [row for row in ROWS if row["source"] == "oracle"]
    assert written == [golden_scenarios.row_of(one) for one in golden_scenarios.scenarios()]
