"""The units' own plans: what goes into one, its paper, and who has not filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.files.filling import fill
from gongkai.ledger import states
from gongkai.ledger.models import Plan, ProgressReport, Task, UnitPlan, UnitPlanItem, UnitPlanVersion
from gongkai.ledger.queries.papers import template_path
from gongkai.ledger.queries.standing import ledger
from gongkai.ledger.rules.unit_plan import title_of
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can, units_for, visible


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A unit on the office's list: how many tasks it has, and what it filed last."""

    unit: Unit
    tasks: int
    drafted: UnitPlan | None
    version: UnitPlanVersion | None


@dataclass(frozen=True, slots=True)
class PlanBoard:
    """Who filed a plan of its own for a year's plan, and who did not."""

    lines: tuple[PlanLine, ...]

    @property
    def filed(self) -> list[PlanLine]:
        return [line for line in self.lines if line.version]

    @property
    def missing(self) -> list[PlanLine]:
        return [line for line in self.lines if not line.version]


def tasks_for_plan(plan: Plan, unit: Unit, *, today: date) -> list[Task]:
    """The tasks that belong into the plan of a unit: those that name it or describe it exactly; where there is
    none, those that reach it by a phrase."""
    rows = [row for row in ledger(year=plan.year, today=today).rows if unit.pk in row.unit_ids]
    sure = [
        row
        for row in rows
        if any(one.certain and unit.pk in {pk for pk, _ in one.units} for one in row.answerable)
    ]
    return [row.task for row in sure or rows]


def measures_said(unit: Unit, tasks: Sequence[Task]) -> dict[int, str]:
    """What the unit has said it will do, in its newest report on each task."""
    rows = ProgressReport.objects.unscoped("the plan of the unit itself").filter(unit=unit, task__in=tasks)
    rows = rows.exclude(measures="").exclude(state=states.WITHDRAWN).order_by("at", "pk")
    return dict(rows.values_list("task_id", "measures"))


def units_to_plan_for(actor: Actor) -> list[Unit]:
    """The units for which this person may write a plan."""
    allowed = units_for(actor, "ledger.plan_unit")
    return list(Unit.objects.filter(pk__in=allowed or ())) if can(actor, "ledger.plan_unit") else []


def unit_plan_of(actor: Actor, plan: Plan, unit: Unit) -> UnitPlan | None:
    """The plan of a unit, for those who may see it."""
    rows = visible(UnitPlan, actor).filter(plan=plan, unit=unit)
    return rows.select_related("plan", "unit", "by", "document").first()


def items_of(unit_plan: UnitPlan) -> list[UnitPlanItem]:
    """The tasks of a unit's plan in the order of the district's plan."""
    return list(unit_plan.items.select_related("task").order_by("task__origin", "task__number"))


def versions_of(unit_plan: UnitPlan) -> list[UnitPlanVersion]:
    """What was filed, newest first; the plan itself was shown to this person."""
    rows = UnitPlanVersion.objects.unscoped("the plan was shown to this person").filter(unit_plan=unit_plan)
    return list(rows.select_related("file", "by").order_by("-number"))


def unit_plan_paper(unit_plan: UnitPlan, *, today: date) -> bytes:
    """The plan as docx in the office's template."""
    return fill(
        template_path("unit_plan"),
        {
            "标题": title_of(unit_plan.unit.name, unit_plan.plan.year),
            "年": str(unit_plan.plan.year),
            "单位": unit_plan.unit.name,
            "要点": unit_plan.plan.title,
            "总体安排": unit_plan.opening,
            "工作要求": unit_plan.closing,
            "日期": f"{today.year}年{today.month}月{today.day}日",
            "任务": [
                {
                    "序号": str(item.task.number),
                    "领域": item.task.field,
                    "要求": item.task.requirement,
                    "举措": item.measures,
                    "时间": item.deadline,
                    "责任人": item.person,
                }
                for item in items_of(unit_plan)
            ],
        },
    )


def plan_board(plan: Plan, *, today: date) -> PlanBoard:
    """Every unit that the plan names, with what it filed; a fixed number of queries."""
    counts: dict[int, int] = {}
    for row in ledger(year=plan.year, today=today).rows:
        for pk in row.needed:
            counts[pk] = counts.get(pk, 0) + 1
    drafted = {one.unit_id: one for one in UnitPlan.objects.unscoped("the office sees all").filter(plan=plan)}
    filed: dict[int, UnitPlanVersion] = {}
    rows = UnitPlanVersion.objects.unscoped("the office sees all").filter(unit_plan__plan=plan)
    for version in rows.select_related("unit_plan", "file", "by").order_by("number"):
        filed[version.unit_plan.unit_id] = version
    units = Unit.objects.filter(pk__in={*counts, *filed}).order_by("order", "pk")
    return PlanBoard(
        tuple(
            PlanLine(unit, counts.get(unit.pk, 0), drafted.get(unit.pk), filed.get(unit.pk)) for unit in units
        )
    )
