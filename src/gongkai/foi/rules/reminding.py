"""Who is reminded of a case, and when: the officer first, then the ladder up to the district office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.foi.rules.case_dates import CaseDates
from gongkai.law.basis import basis
from gongkai.law.calendar import WorkCalendar

OFFICER, REVIEWER, LEADER, DISTRICT = "officer", "reviewer", "leader", "district"
# How many working days after the end of the period the next step of the ladder hears of it.
LADDER = (
    (1, (OFFICER, REVIEWER)),
    (3, (OFFICER, REVIEWER, LEADER)),
    (5, (OFFICER, REVIEWER, LEADER, DISTRICT)),
)
_BEFORE = {
    "half": (OFFICER,),
    "five_left": (OFFICER,),
    "two_left": (OFFICER, REVIEWER),
    "due_day": (OFFICER, REVIEWER),
}


@dataclass(frozen=True, slots=True)
class Call:
    """One day on which somebody is told: ``kind`` names the occasion, ``to`` the steps of the ladder."""

    kind: str
    on: date
    to: tuple[str, ...]


@basis("条例33.2", "条例46")
def calls(dates: CaseDates, calendar: WorkCalendar) -> tuple[Call, ...]:
    """Every reminder of a case whose clock runs, in the order of days; none once it is answered or stopped."""
    if dates.due is None or dates.ended_on is not None:
        return ()
    found = [Call(one.kind, one.on, _BEFORE[one.kind]) for one in dates.reminders if one.kind in _BEFORE]
    day, passed = dates.due, 0
    for after, to in LADDER:
        while passed < after:
            day = calendar.next_workday(day + timedelta(days=1))
            passed += 1
        found.append(Call(f"overdue_{after}", day, to))
    return tuple(sorted(found, key=lambda one: one.on))


def first_reminder(dates: CaseDates) -> date | None:
    """The earliest day on which somebody is told; None on a stopped or closed case."""
    if dates.due is None or dates.ended_on is not None:
        return None
    return min((one.on for one in dates.reminders), default=dates.due)


def call_for(found: tuple[Call, ...], today: date) -> tuple[Call | None, date | None]:
    """What to say today (only the newest occasion, never a heap of missed ones), and when to look again."""
    past = [one for one in found if one.on <= today]
    ahead = [one.on for one in found if one.on > today]
    return (past[-1] if past else None), (ahead[0] if ahead else None)
