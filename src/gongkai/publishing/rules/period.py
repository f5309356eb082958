"""How soon information is published, and from when until when a document holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.calendar import WorkCalendar
from gongkai.law.clock import working_days
from gongkai.law.refusal import Refusal

LATE = "publishing.late"
ARTICLE = "条例第二十六条"


@dataclass(frozen=True, slots=True)
class Lateness:
    """The last day for publishing, and how many working days it is past. ``provisional``: a year on the way
    has no holiday notice yet, so the day may still move."""

    due: date
    provisional: bool
    days_late: int

    @property
    def is_late(self) -> bool:
        return self.days_late > 0


def lateness(*, formed_on: date, on: date, days: int, calendar: WorkCalendar) -> Lateness:
    """When information formed or changed on a day had to be public, seen from ``on`` (B08).

    《政府信息公开条例》第二十六条: within 20 working days of forming or changing (``days`` comes from the rule
    table). Information from before the law's calendar counts like any other; a law that sets another period is
    not known here and is told as a justification.
    """
    reckoning = working_days(formed_on, days, calendar)
    late = calendar.workdays_between(reckoning.due, on) if on > reckoning.due else 0
    # A day off after the due day is already too late, although no working day has passed.
    return Lateness(reckoning.due, reckoning.provisional, max(late, int(on > reckoning.due)))


def lateness_refusals(found: Lateness, *, days: int, justified: bool, since: str = "形成") -> list[Refusal]:
    """A late publication goes out only with a named person's reason; it is still better than none."""
    if not found.is_late or justified:
        return []
    mark = "（暂定，放假安排公布后可能变化）" if found.provisional else ""
    return [
        Refusal(
            LATE,
            ARTICLE,
            f"应在{since}后{days}个工作日内公开，最迟 {found.due.isoformat()}{mark}，"
            f"已超过 {found.days_late} 个工作日。请先说明逾期理由，再发布。",
        )
    ]


def validity(*, effective_on: date | None, valid_until: date | None, expired: bool, today: date) -> str:
    """Whether a document holds today, in the words of the badge.

    >>> validity(effective_on=None, valid_until=date(2026, 1, 1), expired=False, today=date(2026, 1, 2))
    '失效'
    """
    if expired or (valid_until is not None and today > valid_until):
        return "失效"
    if effective_on is not None and today < effective_on:
        return "尚未施行"
    return "有效"


def turns_on(
    *, effective_on: date | None, valid_until: date | None, expired: bool, today: date
) -> date | None:
    """The next day on which the badge changes by itself, so that its pages are drawn anew then."""
    if expired:
        return None
    days = [
        day
        for day in (effective_on, valid_until and valid_until + timedelta(days=1))
        if day is not None and day > today
    ]
    return min(days, default=None)
