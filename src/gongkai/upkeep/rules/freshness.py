"""How fresh a column is: the national threshold of its kind and its own cycle, whichever ends first (C04).

国办秘函〔2019〕19号: news two weeks, notices and policies six months. The numbers come from the rule table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.clock import same_day_months_on

# House rule: the owner is told this many days before a column goes stale.
WARN_DAYS = 3
DONE, OK, SOON, LATE, IDLE = "done", "ok", "soon", "late", "idle"
BASIS = "国办秘函〔2019〕19号"
OWN_CYCLE = "本栏更新周期"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The national numbers of a day."""

    news_days: int
    notice_months: int
    planning_months: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a column stands: light, words, the last day on which it is fresh, by which rule."""

    light: str
    words: str
    due: date | None = None
    basis: str = ""
    blank: bool = False

    @property
    def stale(self) -> bool:
        return self.light == LATE


def due_on(
    start: date, *, upkeep: str, cycle_days: int | None, thresholds: Thresholds
) -> tuple[date, str] | None:
    """The last fresh day of a column brought up to date on ``start``, and by which rule; None where none holds.

    >>> due_on(date(2026, 3, 1), upkeep="news", cycle_days=30, thresholds=Thresholds(14, 6, 12))
    (datetime.date(2026, 3, 15), '国办秘函〔2019〕19号')
    """
    ends: list[tuple[date, str]] = []
    if upkeep == "once":
        return None
    if upkeep == "news":
        ends.append((start + timedelta(days=thresholds.news_days), BASIS))
    elif upkeep in ("notice", "planning"):
        months = thresholds.notice_months if upkeep == "notice" else thresholds.planning_months
        ends.append((same_day_months_on(start, months), BASIS))
    if cycle_days:
        ends.append((start + timedelta(days=cycle_days), OWN_CYCLE))
    return min(ends, key=lambda one: one[0]) if ends else None


def standing_of(
    *,
    opened_on: date,
    last: date | None,
    upkeep: str,
    cycle_days: int | None,
    thresholds: Thresholds,
    today: date,
) -> Standing:
    """Where a column stands today. One without a record is reckoned from the day on which it was opened."""
    found = due_on(last or opened_on, upkeep=upkeep, cycle_days=cycle_days, thresholds=thresholds)
    if found is None:
        return Standing(DONE, "已公开") if last else Standing(IDLE, "还没有内容", blank=True)
    due, basis = found
    left = (due - today).days
    if left < 0:
        words = f"超期 {-left} 天" if last else f"空白，超期 {-left} 天"
        return Standing(LATE, words, due, basis, blank=last is None)
    if left <= WARN_DAYS:
        words = "今天到期" if left == 0 else f"还有 {left} 天到期"
        return Standing(SOON, words, due, basis, blank=last is None)
    if last is None:
        return Standing(IDLE, f"还没有内容，{left} 天内要更新", due, basis, blank=True)
    return Standing(OK, f"还有 {left} 天", due, basis)


def with_children(
    own: Mapping[int, date | None], parents: Mapping[int, int | None]
) -> dict[int, date | None]:
    """The last update of each column: a column is as fresh as the freshest under it.

    >>> with_children({1: None, 2: date(2026, 3, 1)}, {1: None, 2: 1})[1]
    datetime.date(2026, 3, 1)
    """
    found = dict(own)
    for key, day in own.items():
        at, seen = parents.get(key), {key}
        while day is not None and at is not None and at in found and at not in seen:
            seen.add(at)
            held = found[at]
            found[at] = day if held is None else max(held, day)
            at = parents.get(at)
    return found
