"""Budgets of the demo: a matrix with a hole and a late one, the debt of three years, a release that was moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from gongkai.budget import actions
from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person, Unit

# 限额, 余额, 发行, 还本, 付息 in 亿元.
DEBT = {
    (0, "一般"): (42, 39, 4, 2, 1), (0, "专项"): (96, 88, 15, 5, 3),
    (1, "一般"): (40, 37, 4, 2, 1), (1, "专项"): (84, 78, 14, 4, 2),
    (2, "一般"): (38, 35, 3, 2, 1), (2, "专项"): (70, 68, 12, 3, 2),
}  # fmt: skip


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """By the real actions, as the finance bureau and the district office."""
    today = legal_day(now)
    office = actor_of(Person.objects.get(username="gkb"), today=today)
    for (back, kind), amounts in DEBT.items():
        names = ("ceiling", "balance", "issued", "repaid", "interest")
        figures = {name: Decimal(amount) * 10_000 for name, amount in zip(names, amounts, strict=True)}
        actions.set_debt(year=today.year - 1 - back, kind=kind, figures=figures, by=office, now=now)
    for code, days in (("czj", 12), ("mzj", 60)):
        if code in units:
            actions.approve(
                unit=units[code], year=today.year, kind="budget", on=today - timedelta(days=days),
                by=office, now=now,
            )  # fmt: skip
    soon = actions.announce(
        unit=units["czj"], title=f"{today.year}年政府预算执行情况", due_on=today + timedelta(days=10),
        by=office, now=now,
    )  # fmt: skip
    actions.move(
        announcement=soon, to=today + timedelta(days=20), reason="区人大常委会会议改期", by=office, now=now
    )
