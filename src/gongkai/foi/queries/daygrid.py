"""The days of a reply period as a calendar of weeks: each day counted, left out or at rest, with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.foi.rules.case_dates import CaseDates

BEGIN, COUNTED, AHEAD, STOPPED, REST, LAST = "begin", "counted", "ahead", "stopped", "rest", "last"
WORDS = {BEGIN: "收", STOPPED: "停", REST: "休"}
LONGEST = 200  # days; a longer way is told in words only


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day. ``sign`` is the number of the counted day, or 收, 停, 休; ``said`` the whole sentence."""

    day: date
    kind: str
    sign: str
    foot: str
    said: str
    today: bool = False


def weeks_of(dates: CaseDates, *, today: date) -> list[list[DayCell | None]]:
    """Monday first; None where the period has no day in the week. Empty for a very long way."""
    cells = list(_cells(dates, today))
    if not cells or len(cells) > LONGEST:
        return []
    lead: list[DayCell | None] = [None] * cells[0].day.weekday()
    row: list[DayCell | None] = [*lead, *cells]
    row += [None] * (-len(row) % 7)
    return [row[at : at + 7] for at in range(0, len(row), 7)]


def counted_until(dates: CaseDates, today: date) -> int:
    """How many days of the present period have been counted."""
    return sum(1 for day in dates.trace if day.counted and dates.started < day.day <= today)


def _cells(dates: CaseDates, today: date) -> list[DayCell]:
    first = dates.received_on
    found = [
        DayCell(first, BEGIN, WORDS[BEGIN], "次日起", f"{first}，收到申请，从次日起计算", first == today)
    ]
    number, before = 0, first
    for one in dates.trace:
        if one.day <= before:
            continue
        gap = before + timedelta(days=1)
        while gap < one.day:
            found.append(DayCell(gap, STOPPED, WORDS[STOPPED], "不计", f"{gap}，不计", gap == today))
            gap += timedelta(days=1)
        if one.day > dates.started >= before:
            number = 0  # the period began anew
        number += one.counted
        found.append(_cell(dates, one.day, one.counted, one.why, number, today))
        before = one.day
    return found


def _cell(dates: CaseDates, day: date, counted: bool, why: str, number: int, today: date) -> DayCell:
    if counted:
        kind = LAST if day == dates.due else COUNTED if day <= today else AHEAD
        foot = "最后一天" if kind == LAST else "今天" if day == today else "计入"
        return DayCell(day, kind, str(number), foot, f"{day}，{why}", day == today)
    left_out = any(one.covers(day) for one in dates.exclusions) and "休" not in why and "假" not in why
    kind = STOPPED if left_out or day <= dates.started else REST
    foot = "今天" if day == today else "不计" if kind == STOPPED else why[:4]
    return DayCell(day, kind, WORDS[kind], foot, f"{day}，{why}", day == today)
