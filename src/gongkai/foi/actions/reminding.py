"""Telling people of their dates: half time, five and two days before, the day itself, overdue up the ladder.

Each occasion reaches a person once (the key of the message names case, occasion and date); a missed minute
loses nothing, and a case that was stopped in between says nothing.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.models import Case
from gongkai.foi.queries.clocks import dates_of
from gongkai.foi.queries.waiting import cases_to_remind
from gongkai.foi.rules import reminding as rules
from gongkai.foi.rules.reminding import Call
from gongkai.kernel.clock import legal_day
from gongkai.law.calendar import WorkCalendar
from gongkai.law.queries import calendar
from gongkai.messaging.actions import send
from gongkai.orgs.models import Person, Unit
from gongkai.orgs.queries import disclosure_office, who_may

log = logging.getLogger(__name__)
WORDS = {
    "half": "期限过半",
    "five_left": "还有 5 个工作日到期",
    "two_left": "还有 2 个工作日到期",
    "due_day": "今天到期",
}
ACTIONS = {rules.OFFICER: "foi.sign_for", rules.REVIEWER: "foi.conclude", rules.LEADER: "foi.sign"}


def remind(*, now: datetime, limit: int = 200) -> int:
    """Tell whoever has to be told today, a chunk at a time. How many cases were looked at."""
    today, work = legal_day(now), calendar()
    cases = cases_to_remind(today, limit)
    for case in cases:
        try:
            with transaction.atomic():
                _look_at(case, today=today, work=work, now=now)
        except Exception:  # noqa: BLE001 -- one case's fault must not stop the reminders of the others
            log.exception("no reminder for case %s", case.pk)
    return len(cases)


def _look_at(case: Case, *, today: date, work: WorkCalendar, now: datetime) -> None:
    if case.state == states.ARRIVED:
        _ask_to_confirm(case, today=today, now=now)
        after: date | None = work.next_workday(today + timedelta(days=1))
    else:
        call, after = rules.call_for(rules.calls(dates_of(case, work), work), today)
        if call is not None:
            _tell(case, call, today=today, now=now)
    Case.objects.unscoped("the day of the next look is no step of the case").filter(pk=case.pk).update(
        remind_on=after
    )


def _ask_to_confirm(case: Case, *, today: date, now: datetime) -> None:
    """A request that came in must be confirmed on the same day (条例第三十一条)."""
    late = today > case.arrived_on
    subject = f"{case.number} {'到达后还没有' if late else '今天要'}与申请人确认收到"
    text = (
        f"{case.get_channel_display()}申请，{case.arrived_on} 到达。确认之日才是收到申请之日，"
        "当天就要与申请人确认（条例第三十一条）。联系不上的，登记每次联系的情况。"
    )
    send(
        to=_people(ACTIONS[rules.OFFICER], case.unit, today),
        subject=subject,
        text=text,
        url=_page(case),
        key=f"foi.confirm:{case.pk}:{today}" if late else f"foi.confirm:{case.pk}",
        now=now,
        due=case.arrived_on,
        urgent=True,
        about=case,
    )


def _tell(case: Case, call: Call, *, today: date, now: datetime) -> None:
    assert case.due_on is not None
    over = (today - case.due_on).days
    words = WORDS.get(call.kind) or f"答复期限已过 {over} 天"
    advice = (
        "请立即答复，并在答复中说明超期情况。" if over > 0 else "请在期限内发出答复，邮寄以交邮之日为准。"
    )
    text = (
        f"答复期限 {case.due_on}{'（暂定）' if case.due_provisional else ''}。{advice}条例第三十三条第二款。"
    )
    send(
        to=_recipients(case, call.to, today),
        subject=f"{case.number} {words}",
        text=text,
        url=_page(case),
        key=f"foi.{call.kind}:{case.pk}:{case.due_on}",
        now=now,
        due=case.due_on,
        urgent=call.kind == "due_day" or over > 0,
        about=case,
    )


def _recipients(case: Case, steps: tuple[str, ...], today: date) -> list[Person]:
    """The handler of the case, or all officers of the unit; then up the ladder of the answering agency."""
    found: dict[int, Person] = {}
    for step in steps:
        if step == rules.OFFICER and case.assignee is not None and case.assignee.is_active:
            people = [case.assignee]
        elif step == rules.DISTRICT:
            office = disclosure_office()
            people = _people("foi.supervise", office, today) if office else []
        else:
            unit = case.holder if step == rules.OFFICER and case.holder else case.unit
            people = _people(ACTIONS[step], unit, today)
        found |= {person.pk: person for person in people}
    return list(found.values())


def _people(action: str, unit: Unit, today: date) -> list[Person]:
    return who_may(action, unit, today)


def _page(case: Case) -> str:
    return f"/workbench/foi/{case.pk}/"
