"""How often what is public already spared a request: figures for the district office, without any person in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.foi.models import Deflection

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Figures:
    """One line. ``percent`` is the share of visitors who found it and did not ask, None where nobody was shown any."""

    name: str
    shown: int
    clicked: int
    submitted: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.clicked / self.shown) if self.shown else None


@dataclass(frozen=True, slots=True)
class DeflectionPage:
    """The last twelve months and the units of that time."""

    total: Figures
    months: tuple[Figures, ...]
    units: tuple[Figures, ...]


def deflections(*, today: date) -> DeflectionPage:
    """Three sums of one query."""
    first = date(today.year - 1, today.month, 1)
    rows = list(Deflection.objects.filter(month__gt=first).select_related("unit").order_by("-month", "unit"))
    months: dict[str, list[Deflection]] = {}
    units: dict[str, list[Deflection]] = {}
    for row in rows:
        months.setdefault(f"{row.month:%Y-%m}", []).append(row)
        units.setdefault(row.unit.name, []).append(row)
    return DeflectionPage(
        total=_sum("合计", rows),
        months=tuple(_sum(name, found) for name, found in months.items()),
        units=tuple(sorted((_sum(name, found) for name, found in units.items()), key=lambda one: -one.shown)),
    )


def _sum(name: str, rows: Iterable[Deflection]) -> Figures:
    found = list(rows)
    return Figures(
        name,
        sum(row.shown for row in found),
        sum(row.clicked for row in found),
        sum(row.submitted for row in found),
    )
