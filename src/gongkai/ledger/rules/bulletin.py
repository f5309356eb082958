"""Whom the bulletin of a month praises and criticises, and why. House rules; the office edits before issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SOURCE = "本平台规定"
MOST_NAMED = 5
LONG_LATE_DAYS = 15
MANY_RETURNS = 2
LAGGARD_MONTHS = 2  # criticised in so many of the bulletins before: 长期落后
PRAISE_RULE = (
    f"当月有进展核对通过、没有逾期、没有退回的单位，按核对通过的项数排列，最多 {MOST_NAMED} 个（{SOURCE}）。"
)
CRITICISM_RULE = (
    f"有事项逾期 {LONG_LATE_DAYS} 天以上，或当月被退回 {MANY_RETURNS} 次以上，或整改单过期的单位，"
    f"按逾期天数排列，最多 {MOST_NAMED} 个；此前两期都被批评的写明长期落后（{SOURCE}）。"
)


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """What a unit did in a month: reports accepted and returned, matters late at its end, the worst in days."""

    unit_id: int
    accepted: int = 0
    returned: int = 0
    late: int = 0
    longest: int = 0
    orders_late: int = 0
    criticised_before: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A unit and the reason that the bulletin gives."""

    unit_id: int
    reason: str


def praised(units: Sequence[UnitMonth]) -> tuple[Named, ...]:
    """Units without a fault that did something, the most first.

    >>> praised([UnitMonth(1, accepted=2), UnitMonth(2, accepted=3, late=1)])[0].reason
    '当月 2 项进展核对通过，没有逾期和退回。'
    """
    good = [one for one in units if one.accepted and not (one.late or one.returned or one.orders_late)]
    good.sort(key=lambda one: (-one.accepted, one.unit_id))
    return tuple(
        Named(one.unit_id, f"当月 {one.accepted} 项进展核对通过，没有逾期和退回。")
        for one in good[:MOST_NAMED]
    )


def criticised(units: Sequence[UnitMonth]) -> tuple[Named, ...]:
    """Units that are long late, returned again and again, or leave an order unanswered, the worst first."""
    bad = [
        one
        for one in units
        if (one.late and one.longest >= LONG_LATE_DAYS) or one.returned >= MANY_RETURNS or one.orders_late
    ]
    bad.sort(key=lambda one: (-one.longest, -one.late, -one.returned, one.unit_id))
    return tuple(Named(one.unit_id, _fault(one)) for one in bad[:MOST_NAMED])


def _fault(one: UnitMonth) -> str:
    words = []
    if one.late:
        words.append(f"{one.late} 项逾期，最长 {one.longest} 天")
    if one.returned >= MANY_RETURNS:
        words.append(f"当月填报被退回 {one.returned} 次")
    if one.orders_late:
        words.append(f"{one.orders_late} 份整改单过期没有办结")
    if one.criticised_before >= LAGGARD_MONTHS:
        words.append(f"此前 {one.criticised_before} 期均被通报，属长期落后")
    return "；".join(words) + "。"
