"""What happens by itself: silences that take effect, reminders up the ladder, dates after a holiday notice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.events.foi import CaseDueMoved
from gongkai.foi import states, tasks
from gongkai.foi.actions import consulting
from gongkai.foi.actions.redating import redate_open_cases
from gongkai.foi.models import Case, CaseEvent, Consultation
from gongkai.foi.tests.cases import answered, at, in_hand, letter, new_case
from gongkai.kernel import outbox
from gongkai.kernel.models import OutboxRow
from gongkai.kernel.outbox import Stop
from gongkai.law import queries as law
from gongkai.law.calendar import WorkCalendar
from gongkai.messaging.models import Message
from gongkai.orgs.models import Person
from gongkai.trail.models import TrailRow

MONDAY = date(2026, 9, 14)  # due 2026-10-16; half 09-28, five left 10-09, two left 10-14


def told(kind: str) -> list[str]:
    """Who was told on this occasion, by login."""
    rows = Message.objects.unscoped("the messages of the test").filter(key__startswith=f"foi.{kind}:")
    return sorted(Person.objects.get(pk=row.person_id).username for row in rows)


def days(first: date, last: date) -> Any:
    while first <= last:
        yield first
        first += timedelta(days=1)


@pytest.mark.feature("D12")
@pytest.mark.law("条例33.2")
def test_reminders_go_up_the_ladder_and_each_occasion_once(world: Any) -> None:
    in_hand(world, on=MONDAY)
    seen = {}
    for day in days(MONDAY, date(2026, 10, 26)):
        for _ in range(2):
            tasks.minute(at(day))
        for row in Message.objects.unscoped("the messages of the test"):
            seen.setdefault(row.key.split(":")[0], day)
    assert seen == {
        "foi.half": date(2026, 9, 28),
        "foi.five_left": date(2026, 10, 10),
        "foi.two_left": date(2026, 10, 14),
        "foi.due_day": date(2026, 10, 16),
        "foi.overdue_1": date(2026, 10, 19),
        "foi.overdue_3": date(2026, 10, 21),
        "foi.overdue_5": date(2026, 10, 23),
    }
    assert told("half") == ["finance.officer"]  # he signed for it; the other officers are left in peace
    assert told("two_left") == ["finance.officer", "finance.reviewer"]
    assert told("overdue_3") == ["finance.leader", "finance.officer", "finance.reviewer"]
    assert "office.head" in told("overdue_5") and "office.head" not in told("overdue_3")


@pytest.mark.feature("D12")
def test_a_missed_week_brings_the_newest_occasion_only(world: Any) -> None:
    in_hand(world, on=MONDAY)
    tasks.minute(at(date(2026, 10, 15)))
    assert told("two_left") and not told("half") and not told("five_left")


@pytest.mark.feature("D12")
def test_stopped_and_closed_cases_are_silent(world: Any) -> None:
    stopped, closed = in_hand(world, on=MONDAY), in_hand(world, on=MONDAY)
    letter(world, stopped, "correction_notice", on=date(2026, 9, 15), period_working_days=15)
    answered(world, closed, on=date(2026, 9, 16))
    for day in days(MONDAY, date(2026, 10, 30)):
        tasks.minute(at(day))
    assert not Message.objects.unscoped("the messages of the test").exists()


@pytest.mark.feature("D12")
@pytest.mark.law("条例31")
def test_a_web_request_is_announced_the_same_day_and_again_on_the_next(world: Any) -> None:
    case = new_case(world, on=MONDAY, channel="web")
    tasks.minute(at(MONDAY))
    assert told("confirm") == ["finance.officer", "finance.officer2"]
    tasks.minute(at(MONDAY, 15))
    assert len(told("confirm")) == 2
    tasks.minute(at(date(2026, 9, 15)))
    assert len(told("confirm")) == 4
    Case.objects.unscoped("the row of the test").filter(pk=case.pk).update(state=states.VOID)
    tasks.minute(at(date(2026, 9, 16)))
    assert len(told("confirm")) == 4


def test_no_message_names_the_applicant(world: Any) -> None:
    in_hand(world, on=MONDAY)
    new_case(world, on=MONDAY, channel="web")
    for day in days(MONDAY, date(2026, 10, 26)):
        tasks.minute(at(day))
    rows = Message.objects.unscoped("the messages of the test")
    assert rows.exists()
    assert all("王某" not in row.subject + row.text + row.url + row.key for row in rows)


@pytest.mark.feature("D06")
@pytest.mark.law("条例30")
def test_correction_lapses_by_itself_on_the_day_after_its_period(world: Any) -> None:
    case = in_hand(world, on=MONDAY)
    sent = date(2026, 9, 16)
    letter(world, case, "correction_notice", on=sent, received=sent, period_working_days=5)
    tasks.minute(at(date(2026, 9, 22)))
    case.refresh_from_db()
    assert case.state == states.CORRECTION
    tasks.minute(at(date(2026, 9, 23)))
    case.refresh_from_db()
    assert case.state == states.IN_HAND and case.lapse_on is None
    row = CaseEvent.objects.unscoped("the row of the test").get(case=case, name="correction_lapses")
    assert (row.by_name, row.on) == ("系统", date(2026, 9, 23))


@pytest.mark.feature("D07")
@pytest.mark.law("条例32", "条例34")
def test_parties_lapse_each_on_its_own_day(world: Any) -> None:
    officer, case = world.actor("finance.officer"), in_hand(world, on=MONDAY)
    for kind, sent in (("third_party", MONDAY), ("joint_maker", date(2026, 9, 18))):
        consulting.add_consultation(
            case=case, by=officer, kind=kind, party=kind, concerning="单价", now=at(sent)
        )
        letter(world, case, f"{kind}_letter", on=sent, received=sent)
    rows = Consultation.objects.unscoped("the rows of the test").order_by("pk")
    first, second = (row.due_on for row in rows)
    tasks.minute(at(first + timedelta(days=1)))
    case.refresh_from_db()
    assert [row.opinion for row in rows.all()] == ["silent", ""]
    assert case.state == states.CONSULTING and case.lapse_on == second + timedelta(days=1)
    tasks.minute(at(second + timedelta(days=1)))
    case.refresh_from_db()
    assert [row.opinion for row in rows.all()] == ["silent", "silent"]
    assert case.state == states.IN_HAND


@pytest.mark.feature("D19")
def test_fee_lapses_thirty_days_after_its_notice_was_received(world: Any) -> None:
    from gongkai.foi.actions.charging import prepare_fee

    officer, case = world.actor("finance.officer"), in_hand(world, on=MONDAY)
    prepare_fee(case=case, by=officer, mode="pages", pages=200, reason="页数多", now=at(MONDAY))
    letter(world, case, "fee_notice", on=MONDAY, received=MONDAY)
    tasks.minute(at(date(2026, 10, 14)))
    case.refresh_from_db()
    assert case.state == states.FEE
    tasks.minute(at(date(2026, 10, 15)))
    case.refresh_from_db()
    assert case.state == states.IN_HAND


class AllWork(WorkCalendar):
    """As if a notice had made every Saturday of 2027 a working day."""

    def kind(self, day: date) -> Any:
        known = super().kind(day)
        if day.year != 2027:
            return known
        return super().kind(date(2026, 3, 2) if day.weekday() != 6 else date(2026, 3, 1))


@pytest.mark.feature("D05")
def test_notice_moves_open_cases_once_with_one_message_each(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    december = date(2026, 12, 10)
    open_one, done = in_hand(world, on=december), in_hand(world, on=december)
    answered(world, done, on=date(2026, 12, 11))
    before = open_one.due_on
    assert open_one.due_provisional
    stops = dict(outbox._stops)
    monkeypatch.setattr(outbox, "_stops", stops | {"CaseDueMoved": Stop(CaseDueMoved, ("x.y",))})
    work = AllWork(law.calendar().tables)
    assert redate_open_cases(now=at(december), work=work) == 1
    open_one.refresh_from_db()
    assert open_one.due_on < before and not open_one.due_provisional
    assert OutboxRow.objects.filter(topic="CaseDueMoved").count() == 1
    row = CaseEvent.objects.unscoped("the row of the test").get(name="redated")
    assert (row.case, row.facts["before"]) == (open_one, before.isoformat())
    assert TrailRow.objects.filter(verb="foi.redate").count() == 1
    assert redate_open_cases(now=at(december), work=work) == 0


@pytest.mark.feature("D05")
def test_redated_dates_are_those_of_a_single_reckoning(world: Any) -> None:
    """The set-based way and the way of one case give the same dates, whatever happened."""
    from gongkai.foi.queries.clocks import dates_of

    plain, asked, stopped = (in_hand(world, on=date(2026, 12, 1)) for _ in range(3))
    officer = world.actor("finance.officer")
    consulting.add_consultation(
        case=asked, by=officer, kind="third_party", party="某公司", concerning="单价", now=world.now
    )
    letter(world, asked, "third_party_letter", on=date(2026, 12, 7), received=date(2026, 12, 8))
    letter(world, stopped, "correction_notice", on=date(2026, 12, 3), received=date(2026, 12, 3))
    work = AllWork(law.calendar().tables)
    redate_open_cases(now=at(date(2026, 12, 10)), work=work)
    for case in (plain, asked, stopped):
        case.refresh_from_db()
        assert case.due_on == dates_of(case, work).due
    assert stopped.due_on is None and stopped.lapse_on is not None


def test_an_unconfirmed_case_has_no_dates_to_move(world: Any) -> None:
    new_case(world, channel="web")
    assert redate_open_cases(now=world.now) == 0
