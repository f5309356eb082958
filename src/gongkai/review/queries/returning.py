"""退文 by month: which unit's papers were given back, at which step and for which reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from gongkai.documents.models import Document
from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import visible
from gongkai.review import rules, states
from gongkai.review.models import ReviewStep

MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A unit's papers that were given back in a month. ``by_reason`` in the order of ``states.REASONS``."""

    unit: Unit
    total: int
    withheld: int
    by_reason: tuple[tuple[str, int], ...]
    in_review: int


def months_before(today: date, count: int = MONTHS_SHOWN) -> list[str]:
    """The present month and those before it, as ``2026-11``.

    >>> months_before(date(2026, 1, 5), 2)
    ['2026-01', '2025-12']
    """
    found, year, month = [], today.year, today.month
    for _ in range(count):
        found.append(f"{year}-{month:02d}")
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


def returned(actor: Actor, *, month: str, unit: int | None = None, reason: str = "") -> Sequence[ReviewStep]:
    """The decisions of a month that gave a paper back, of the units that the actor sees, newest first."""
    first, after = _bounds(month)
    rows = ReviewStep.objects.filter(decision__in=states.GIVEN_BACK, at__gte=first, at__lt=after)
    rows = rows.filter(document__in=visible(Document, actor, "review.view").values("pk"))
    if unit is not None:
        rows = rows.filter(document__unit=unit)
    if reason in states.REASONS:
        rows = rows.filter(step=rules.OPINION, reason=reason)
    return list(rows.select_related("document__unit", "by").order_by("-at", "-pk"))


def return_table(actor: Actor, *, month: str) -> list[ReturnLine]:
    """One line for each unit that has a returned paper, most first; two queries."""
    found: dict[Unit, list[ReviewStep]] = {}
    for step in returned(actor, month=month):
        found.setdefault(step.document.unit, []).append(step)
    return sorted((_line(unit, steps) for unit, steps in found.items()), key=lambda line: -line.total)


def _line(unit: Unit, steps: list[ReviewStep]) -> ReturnLine:
    opinions = [step.reason for step in steps if step.step == rules.OPINION]
    return ReturnLine(
        unit=unit,
        total=len(steps),
        withheld=len(opinions),
        by_reason=tuple((reason, opinions.count(reason)) for reason in states.REASONS),
        in_review=len(steps) - len(opinions),
    )


def _bounds(month: str) -> tuple[datetime, datetime]:
    year, number = (int(part) for part in month.split("-"))
    after = (year, number + 1) if number < 12 else (year + 1, 1)
    first, last = date(year, number, 1), date(*after, 1)
    return tuple(datetime.combine(day, time(), LEGAL_ZONE) for day in (first, last))  # type: ignore[return-value]
