"""Tasks and reports to try the wall with; reports, evidence and own plans belong to a unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import models

from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.kernel import clock
from gongkai.ledger import states
from gongkai.ledger.models import (
    Evidence,
    Member,
    Plan,
    ProgressReport,
    Task,
    TaskUnit,
    UnitPlan,
    UnitPlanItem,
    UnitPlanVersion,
)
from gongkai.ledger.office_specimens import office_specimens
from gongkai.orgs.models import Person, Unit
from gongkai.trail.chain import sm3

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
    kept = _paper(f"ledgerevidence{unit.pk}", unit, canary, now)
    evidence = Evidence._base_manager.create(
        report=rows[0], order=1, kind=Evidence.Kind.FILE, title=canary, file=kept
    )
    own = {ProgressReport: rows[0], Evidence: evidence, **_own_plan(plan, task, unit, author, canary, now)}
    office = office_specimens(unit, author, task, canary, now)
    return {**own, **office}


def _own_plan(
    plan: Plan, task: Task, unit: Unit, author: Person, canary: str, now: datetime
) -> dict[type[models.Model], models.Model]:
    drafted = UnitPlan._base_manager.create(
        plan=plan, unit=unit, opening=canary, closing=canary, by=author, drafted_at=now, changed_at=now
    )
    UnitPlanItem.objects.create(
        unit_plan=drafted, task=task, measures=canary, deadline="12月底前", person=canary
    )
    paper = _paper(f"ledgerunitplan{unit.pk}", unit, canary, now)
    version = UnitPlanVersion._base_manager.create(
        unit_plan=drafted,
        number=1,
        source=UnitPlanVersion.Source.UPLOAD,
        file=paper,
        note=canary,
        by=author,
        at=now,
    )
    return {UnitPlan: drafted, UnitPlanVersion: version}


def _paper(key: str, unit: Unit, canary: str, now: datetime) -> StoredFile:
    """A file that is really there, so that the doors which hand files out have one to hand out."""
    content = canary.encode()
    path = storage.path_of_key(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return StoredFile.objects.create(
        key=key, name=f"{canary}.txt", size=len(content), digest=sm3(content), kind="txt",
        state=StoredFile.State.CLEAN, unit=unit, at=now,
    )  # fmt: skip
