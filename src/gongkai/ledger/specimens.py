"""Tasks and reports to try the wall with; only the report is a unit's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import models

from gongkai.kernel import clock
from gongkai.ledger import states
from gongkai.ledger.models import Member, Plan, ProgressReport, Task, TaskUnit
from gongkai.orgs.models import Person, Unit

YEAR = 2026


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """A report in every state on a task that both units answer for; the words of the plan are everybody's."""
    now = clock.now()
    author = next(iter(people.values()))
    plan, _ = Plan.objects.get_or_create(
        year=YEAR,
        defaults={"title": "工作要点", "source_name": "要点.txt", "digest": "0", "imported_at": now},
    )
    task, _ = Task.objects.get_or_create(
        plan=plan,
        number=1,
        defaults={
            "requirement": "公开预算。",
            "short_title": "公开预算",
            "due_kind": "date",
            "due_on": date(YEAR, 12, 31),
        },
    )
    named, _ = TaskUnit.objects.get_or_create(
        task=task, order=1, defaults={"text": "各部门", "role": "responsible", "is_group": True}
    )
    Member.objects.get_or_create(task_unit=named, unit=unit)
    rows = [
        ProgressReport._base_manager.create(
            task=task,
            unit=unit,
            text=canary,
            state=state,
            by=author,
            at=now,
            decided_by=None if state == states.SUBMITTED else author,
            decided_at=None if state == states.SUBMITTED else now,
            reason=canary if state == states.RETURNED else "",
        )
        for state in states.LABELS
    ]
    return {ProgressReport: rows[0]}
