"""Writing a plan into the ledger, and putting right whom a name means."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.events.ledger import PlanImported, TaskProgressChanged
from gongkai.files.models import StoredFile
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.ledger import queries
from gongkai.ledger.models import Member, Plan, Task, TaskUnit
from gongkai.ledger.queries import Changes, Understanding
from gongkai.ledger.rules.duties import Duty
from gongkai.ledger.rules.plan import PlanReading, TaskReading, short_title
from gongkai.ledger.rules.responsible import NamedUnit
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import TABLE, can
from gongkai.trail.chain import SYSTEM, Who, record

HOUSE_RULE = "本平台权限规定"


@dataclass(frozen=True, slots=True)
class Source:
    """The file from which a plan was read."""

    name: str
    digest: str
    file: StoredFile | None = None


def why_not_import(*, reading: PlanReading, by: Who) -> list[Refusal]:
    """Why this reading cannot be stored: every row that was not understood, in the order of the table."""
    found = []
    if isinstance(by, Actor) and not can(by, "ledger.import"):
        label = TABLE["ledger.import"].label
        found.append(Refusal("wall.import", HOUSE_RULE, f"您没有“{label}”权限，请由区政务公开主管部门导入。"))
    found += [Refusal(problem.code, "", problem.message) for problem in reading.problems]
    if not reading.tasks and not reading.problems:
        found.append(Refusal("plan.no_tasks", "", "文件里只有正文，没有任务表。请导入带任务分解表的文件。"))
    return found


@transaction.atomic
def import_plan(
    *,
    reading: PlanReading,
    source: Source,
    by: Who = SYSTEM,
    now: datetime,
    chosen: Mapping[str, int] | None = None,
) -> tuple[Plan, Changes]:
    """Write a plan into the ledger of its year; all of it or nothing.

    A second import changes what differs in the file and leaves the rest with its reports; the same file
    changes nothing. Tasks that are no longer in the file stay: nobody's report is lost by an import.
    """
    refuse_if(why_not_import(reading=reading, by=by))
    changes = queries.changes_of(reading)
    stored = Plan.objects.filter(year=reading.year).first()
    if stored is not None and not changes.any:
        return stored, changes
    names = queries.understand(reading, chosen=chosen)
    if stored is None:
        plan = _new_plan(reading, source, now)
        _add_duties(plan, reading.duties, names)
    else:
        plan = stored
        plan.source_name, plan.digest, plan.file = source.name[:200], source.digest, source.file
        plan.save(update_fields=["source_name", "digest", "file"])
    _put_tasks(plan, reading, names, {*changes.new, *changes.changed})
    record(
        verb="ledger.import_plan",
        by=by,
        at=now,
        about=plan,
        note=source.name,
        facts={
            "year": plan.year,
            "source": source.digest,
            "new": list(changes.new),
            "changed": list(changes.changed),
            "gone": list(changes.gone),
        },
    )
    emit(PlanImported(plan_id=plan.pk, year=plan.year))
    return plan, changes


def why_not_correct(*, by: Actor, units: Collection[Unit]) -> list[Refusal]:
    """Why the units behind a name cannot be put right."""
    if not can(by, "ledger.correct"):
        return [Refusal("wall.correct", HOUSE_RULE, "只有区政务公开主管部门可以更正任务的责任单位。")]
    if not units:
        return [Refusal("ledger.no_units", "", "没有选单位。请至少选一个单位再保存。")]
    return []


@transaction.atomic
def correct_unit(*, task_unit: TaskUnit, units: Collection[Unit], by: Actor, now: datetime) -> TaskUnit:
    """Say which units a name or phrase of the plan means. The words of the plan stay as written."""
    refuse_if(why_not_correct(by=by, units=units))
    before = sorted(task_unit.members.values_list("unit_id", flat=True))
    task_unit.members.all().delete()
    Member.objects.bulk_create(Member(task_unit=task_unit, unit=unit) for unit in units)
    task_unit.certain = task_unit.corrected = True
    task_unit.save(update_fields=["certain", "corrected"])
    task = task_unit.task
    record(
        verb="ledger.correct_unit",
        by=by,
        at=now,
        about=task,
        note=task_unit.text,
        facts={"before": before, "after": sorted(unit.pk for unit in units)},
    )
    emit(TaskProgressChanged(task_id=task.pk, plan_id=task.plan_id, year=task.plan.year))
    return task_unit


@transaction.atomic
def retitle_task(*, task: Task, short_title: str, by: Actor, now: datetime) -> Task:
    """Give a task the office's own short title; the words of the plan stay as written."""
    if not can(by, "ledger.correct"):
        refuse_if([Refusal("wall.correct", HOUSE_RULE, "只有区政务公开主管部门可以改短标题。")])
    before, task.short_title = task.short_title, short_title.strip()
    task.save(update_fields=["short_title"])
    facts = {"before": before, "after": task.short_title}
    record(verb="ledger.retitle_task", by=by, at=now, about=task, facts=facts)
    emit(TaskProgressChanged(task_id=task.pk, plan_id=task.plan_id, year=task.plan.year))
    return task


def _new_plan(reading: PlanReading, source: Source, now: datetime) -> Plan:
    return Plan.objects.create(
        year=reading.year,
        title=(reading.title or f"{reading.year}年政务公开工作要点")[:200],
        source_name=source.name[:200],
        digest=source.digest,
        file=source.file,
        imported_at=now,
    )


def _put_tasks(plan: Plan, reading: PlanReading, names: Understanding, numbers: set[int]) -> None:
    stored = {task.number: task for task in Task.objects.filter(plan=plan, origin=Task.Origin.ANNEX)}
    for read in reading.tasks:
        if read.number not in numbers:
            continue
        task = stored.get(read.number)
        same_units = task is not None and task.units_as_written == read.units_as_written
        task = _put_task(plan, task, read)
        if not same_units:
            _put_units(task, read.units, names)


def _put_task(plan: Plan, task: Task | None, read: TaskReading) -> Task:
    task = task or Task(plan=plan, origin=Task.Origin.ANNEX, number=read.number)
    if task.requirement != read.requirement:
        task.short_title = short_title(read.title or read.requirement)
    task.field = read.field
    task.requirement = read.requirement
    task.units_as_written = read.units_as_written
    task.due_kind, task.due_on = read.deadline.kind, read.deadline.day
    task.due_as_written = read.deadline.as_written
    task.save()
    return task


def _put_units(task: Task, units: tuple[NamedUnit, ...], names: Understanding) -> None:
    task.answerable.all().delete()
    for order, unit in enumerate(units, start=1):
        name = names.names[unit.text]
        row = TaskUnit.objects.create(
            task=task,
            order=order,
            text=unit.text,
            role=unit.role,
            is_group=name.group is not None,
            certain=name.group.certain if name.group else True,
        )
        Member.objects.bulk_create(Member(task_unit=row, unit=each) for each in name.units)


def _add_duties(plan: Plan, duties: tuple[Duty, ...], names: Understanding) -> None:
    for number, duty in enumerate(duties, start=1):
        due = duty.deadline
        task = Task.objects.create(
            plan=plan,
            origin=Task.Origin.CHAPTER,
            number=number,
            chapter=duty.chapter[:120],
            section=duty.section[:120],
            requirement=duty.sentence,
            short_title=short_title(duty.sentence),
            due_kind=due.kind,
            due_on=due.day,
            due_as_written=due.as_written,
        )
        _put_units(task, duty.units, names)
