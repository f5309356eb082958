"""A plan with late tasks, campaigns and orders that have run out: the ground of the office's tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gongkai.kernel.clock import legal_day
from gongkai.ledger import actions
from gongkai.ledger.models import Campaign, Member, Plan, RectificationOrder, Task, TaskUnit


def a_plan(world: Any, *, late: int, year: int = 2026, unit: str = "finance", days: int = 30) -> Plan:
    """A plan with so many tasks of one unit whose day is over; asked again, it grows."""
    plan, _ = Plan.objects.get_or_create(
        year=year,
        defaults={
            "title": f"{year}年工作要点",
            "source_name": "要点.txt",
            "digest": "0" * 64,
            "imported_at": world.now - timedelta(days=300),
        },
    )
    for number in range(Task.objects.filter(plan=plan).count() + 1, late + 1):
        task = Task.objects.create(
            plan=plan,
            number=number,
            field="财政",
            requirement=f"公开第{number}类预算。",
            short_title=f"预算{number}",
            units_as_written=world.units[unit].short_name,
            due_kind="date",
            due_on=world.today - timedelta(days=days),
            due_as_written="9月底前",
        )
        named = TaskUnit.objects.create(
            task=task, order=1, text=world.units[unit].short_name, role="responsible"
        )
        Member.objects.create(task_unit=named, unit=world.units[unit])
    return plan


def a_campaign(
    world: Any, *, by: Any, at: datetime, due_in: int = 10, units: tuple[str, ...] = ("finance", "civil")
) -> Campaign:
    """A campaign that runs."""
    return actions.start_campaign(
        title="栏目清理",
        question="报出长期不更新的栏目。",
        scope_text="区财政局、区民政局",
        units=[world.units[code] for code in units],
        due_on=legal_day(at) + timedelta(days=due_in),
        by=by,
        now=at,
    )


def an_order(
    world: Any, *, by: Any, at: datetime, due_in: int = 10, unit: str = "finance"
) -> RectificationOrder:
    """An order that waits for its unit."""
    return actions.order_rectification(
        unit=world.units[unit],
        fault="预算没有公开。",
        demand="请公开。",
        due_on=legal_day(at) + timedelta(days=due_in),
        by=by,
        now=at,
    )
