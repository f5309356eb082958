"""The numbers that the law fixes, by the day on which they hold. Nothing else in the program names them.

A decision is judged by the law of its own day: ``value("reply_working_days", on=decided_on)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from gongkai.law import facts
from gongkai.law.basis import cite
from gongkai.law.clock import Clock, Unit

SEEN, MEMORY = "seen", "memory"
UNIT_NAMES = {
    "working_days": "个工作日",
    "days": "日",
    "before": "日前",
    "hours": "小时",
    "months": "个月",
    "years": "年",
    "month_day": "",
    "court_level": "",
    "yuan_per_piece": "元/件",
    "yuan_per_page": "元/页",
}


class NoRule(LookupError):  # noqa: N818 -- an answer: the law of that day is not here
    """No version of a rule holds on the day asked for."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One number of the law in one stretch of time.

    ``mark``: ``seen`` in a public copy, or from ``memory`` and to be confirmed by the legal office.
    """

    id: str
    heading: str
    value: int | str | tuple[tuple[int, int], ...]
    unit: str
    basis: str
    valid_from: date
    valid_to: date | None
    mark: str
    note: str = ""

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def number(self) -> int:
        """The value of a rule that is a plain number."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.id} is not a plain number")
        return self.value

    def clock(self, started: date) -> Clock:
        """The period of this rule, begun on a day. Hours are moments, not days: ``law.clock.hours``."""
        if self.unit == "years":
            return Clock(Unit.MONTHS, self.number * 12, started)
        return Clock(Unit(self.unit), self.number, started)

    def __str__(self) -> str:
        """20个工作日（条例第三十三条第二款）"""
        shown = self.value if isinstance(self.value, int | str) else "分档"
        return f"{shown}{UNIT_NAMES[self.unit]}（{cite(self.basis)}）"


def rule(rule_id: str, *, on: date) -> Rule:
    """The version of a rule that holds on a day; raises ``NoRule``.

    >>> rule("reply_working_days", on=date(2025, 1, 1)).basis
    '条例33.2'
    """
    versions = table().get(rule_id)
    if versions is None:
        raise NoRule(f"规则表没有“{rule_id}”。请先录入规则。")
    found = next((version for version in versions if version.holds(on)), None)
    if found is None:
        raise NoRule(f"规则表没有“{versions[0].heading}”在 {on} 有效的规定。请核对日期。")
    return found


def value(rule_id: str, *, on: date) -> int:
    """The number of a rule on a day.

    >>> value("reply_working_days", on=date(2018, 1, 1)), value("reply_working_days", on=date(2021, 7, 9))
    (15, 20)
    """
    return rule(rule_id, on=on).number


def day_of_year(rule_id: str, *, year: int) -> date:
    """A yearly date of the law, such as 31 January for the report of a department (条例第四十九条).

    >>> day_of_year("unit_annual_report_by", year=2026)
    datetime.date(2026, 1, 31)
    """
    return date.fromisoformat(f"{year}-{rule(rule_id, on=date(year, 1, 1)).value}")


@cache
def table() -> dict[str, tuple[Rule, ...]]:
    """All rules with their versions, oldest first."""
    found: dict[str, list[Rule]] = {}
    for row in facts.rule_rows():
        amount = row["value"]
        found.setdefault(row["id"], []).append(
            Rule(
                id=row["id"],
                heading=row["heading"],
                value=tuple(tuple(band) for band in amount) if isinstance(amount, list) else amount,
                unit=row["unit"],
                basis=row["basis"],
                valid_from=row["valid_from"],
                valid_to=row.get("valid_to"),
                mark=row["mark"],
                note=row.get("note", ""),
            )
        )
    return {name: tuple(sorted(rows, key=lambda one: one.valid_from)) for name, rows in found.items()}
