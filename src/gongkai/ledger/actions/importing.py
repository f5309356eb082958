"""Writing a plan into the ledger, and putting right whom a name means."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from gongkai.events.ledger import PlanImported, TaskProgressChanged
from gongkai.files.models import StoredFile
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.ledger import queries
from gongkai.ledger.models import Member, Plan, PlanImport, Task, TaskUnit
from gongkai.ledger.queries import Changes, Missing, Name, Understanding
from gongkai.ledger.rules.corrections import Corrections
from gongkai.ledger.rules.differences import Pair, TaskWords
from gongkai.ledger.rules.plan import PlanReading, short_title
from gongkai.ledger.rules.responsible import NamedUnit
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import TABLE, can
from gongkai.trail.chain import SYSTEM, Who, record

HOUSE_RULE = "本平台权限规定"
OUT_OF_THE_WAY = 1_000_000  # no plan counts so far; moved tasks wait here for their new number
BATCH = 200
_WRITTEN = (
    "number", "chapter", "section", "field", "requirement", "short_title", "units_as_written", "due_kind", "due_on",
    "due_as_written",
)  # fmt: skip


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
    if not reading.tasks and not reading.duties and not reading.problems:
        text = "没有可以写入的任务：每一行都选了不导入。请至少留一行。"
        found.append(Refusal("plan.no_tasks", "", text))
    return found


@transaction.atomic
def import_plan(
    *,
    reading: PlanReading,
    source: Source,
    by: Who = SYSTEM,
    now: datetime,
    chosen: Mapping[str, int] | None = None,
    corrections: Corrections | None = None,
    missing: Missing = "keep",
) -> tuple[Plan, Changes]:
    """Write a plan into the ledger of its year; all of it or nothing.

    A task is known again by its words, so its reports stay with it although its number moved. The same file
    changes nothing. Tasks that are no longer in the file stay with ``missing="keep"``; with ``"end"`` those
    without any work are removed and the others ended with all that was reported on them. ``chosen`` and
    ``corrections`` are what the clerk decided in the preview; they are kept for the next time.
    """
    refuse_if(why_not_import(reading=reading, by=by))
    plan = Plan.objects.select_for_update().filter(year=reading.year).first()
    changes = queries.changes_of(reading)
    leaving = _leaving(changes, missing)
    if plan is not None and not changes.any and not leaving:
        return plan, changes
    names = queries.understand(reading, chosen=chosen)
    pushed = _pushed(changes, leaving)
    moved = [*pushed, *(pair.old.key for pair in changes.pairs if pair.old and _touched(pair))]
    before = queries.snapshot(plan, [*moved, *leaving])
    plan = _put_plan(plan, reading, source, now)
    ended = _take_out(leaving, now)
    created = _put_tasks(plan, reading, changes, names, pushed)
    done = PlanImport.objects.create(
        plan=plan,
        year=plan.year,
        at=now,
        by_id=by.person_id,
        source_name=plan.source_name,
        digest=source.digest,
        file=source.file,
        corrections={str(place): dict(given) for place, given in (corrections or {}).items()},
        chosen=dict(chosen or {}),
        before=before,
        after=queries.snapshot(plan, [*moved, *ended, *created]),
        facts=_facts(changes, leaving, ended, created),
    )
    _tell(done, plan, changes, by)
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


def _tell(done: PlanImport, plan: Plan, changes: Changes, by: Who) -> None:
    facts = {
        "year": plan.year, "source": done.digest, "new": list(changes.new), "changed": list(changes.changed),
        "gone": list(changes.gone), "ended": done.facts["ended"], "import": done.pk,
    }  # fmt: skip
    record(verb="ledger.import_plan", by=by, at=done.at, about=plan, note=done.source_name, facts=facts)
    emit(PlanImported(plan_id=plan.pk, year=plan.year))


def _touched(pair: Pair) -> bool:
    """Whether an import writes to the row of a task that the ledger has."""
    if pair.old is None or pair.new is None:
        return False
    return pair.change == "changed" or pair.old.number != pair.new.number


def _leaving(changes: Changes, missing: Missing) -> list[int]:
    """The tasks that leave the ledger: those that are gone, or only those whose number a new task takes."""
    if missing == "end":
        return [pair.old.key for pair in changes.removed if pair.old]
    taken = {one.new.number for one in changes.pairs if one.new and one.new.origin == "annex"}
    gone = [one.old for one in changes.removed if one.old and one.old.origin == "annex"]
    return [old.key for old in gone if old.number in taken]


def _pushed(changes: Changes, leaving: list[int]) -> dict[int, int]:
    """Sentences of the chapters that stay although they are gone, and their number after the new ones."""
    new = sum(1 for one in changes.pairs if one.new and one.new.origin == "chapter")
    gone = [one.old for one in changes.removed if one.old and one.old.origin == "chapter"]
    staying = [old.key for old in gone if old.key not in leaving] if new else []
    return {key: new + at for at, key in enumerate(staying, start=1)}


def _facts(changes: Changes, leaving: list[int], ended: list[int], created: list[int]) -> dict[str, int]:
    return {
        "added": len(created),
        "changed": sum(1 for pair in changes.pairs if pair.change == "changed"),
        "removed": len(leaving) - len(ended),
        "ended": len(ended),
        "tasks": sum(1 for pair in changes.pairs if pair.new),
    }


def _put_plan(plan: Plan | None, reading: PlanReading, source: Source, now: datetime) -> Plan:
    if plan is None:
        try:
            with transaction.atomic():
                return Plan.objects.create(
                    year=reading.year,
                    title=(reading.title or f"{reading.year}年政务公开工作要点")[:200],
                    source_name=source.name[:200],
                    digest=source.digest,
                    file=source.file,
                    imported_at=now,
                )
        except IntegrityError:  # somebody else, or the second of two clicks, was faster
            text = f"{reading.year}年台账刚刚由别人写入。请重新核对与台账的差异，再写入。"
            raise Refused([Refusal("plan.meanwhile", "", text)]) from None
    plan.source_name, plan.digest, plan.file = source.name[:200], source.digest, source.file
    plan.save(update_fields=["source_name", "digest", "file"])
    return plan


def _take_out(leaving: list[int], now: datetime) -> list[int]:
    """Remove tasks on which nothing stands; end the others. Returns those that were ended."""
    held: set[int] = set()
    for keys in queries.leaning_on(Task, leaving).values():
        held |= keys
    Task.objects.filter(pk__in=[pk for pk in leaving if pk not in held]).delete()
    Task.objects.filter(pk__in=held).update(ended_at=now)
    return sorted(held)


def _put_tasks(
    plan: Plan, reading: PlanReading, changes: Changes, names: Understanding, pushed: Mapping[int, int]
) -> list[int]:
    """Write what was added or changed; returns the new tasks. A number in use moves out of the way first."""
    listed = [*(task.units for task in reading.tasks), *(duty.units for duty in reading.duties)]
    units: dict[int, tuple[NamedUnit, ...]] = dict(enumerate(listed))
    titles = {place: task.title for place, task in enumerate(reading.tasks)}
    moved = [pair for pair in changes.pairs if _touched(pair)]
    stored = Task.objects.in_bulk([pair.old.key for pair in moved if pair.old])
    Task.objects.filter(pk__in=[*stored, *pushed]).update(number=F("number") + OUT_OF_THE_WAY)
    renamed: list[tuple[Task, tuple[NamedUnit, ...]]] = []
    for pair in moved:
        assert pair.old is not None and pair.new is not None
        task = stored[pair.old.key]
        if pair.old.units != pair.new.units:
            renamed.append((task, units[pair.new.key]))
        _fill(task, pair.new, titles.get(pair.new.key, ""))
    Task.objects.bulk_update(stored.values(), _WRITTEN, batch_size=BATCH)
    for pk, number in pushed.items():
        Task.objects.filter(pk=pk).update(number=number)
    added = [pair.new for pair in changes.pairs if pair.change == "added" and pair.new]
    new = [_fill(Task(plan=plan, origin=words.origin), words, titles.get(words.key, "")) for words in added]
    Task.objects.bulk_create(new)
    TaskUnit.objects.filter(task__in=[task for task, _ in renamed]).delete()
    whose = [(task, units[words.key]) for task, words in zip(new, added, strict=True)]
    _put_units([*renamed, *whose], names)
    return [task.pk for task in new]


def _fill(task: Task, words: TaskWords, title: str) -> Task:
    if task.requirement != words.requirement:
        task.requirement = words.requirement
        task.short_title = short_title(title or words.requirement)
    task.number, task.chapter, task.section, task.field = (
        words.number,
        words.chapter,
        words.section,
        words.field,
    )
    task.units_as_written = words.units
    task.due_kind, task.due_on, task.due_as_written = words.due_kind, words.due_on, words.due
    return task


def _put_units(whose: list[tuple[Task, tuple[NamedUnit, ...]]], names: Understanding) -> None:
    rows: list[TaskUnit] = []
    meant: list[Name] = []
    for task, units in whose:
        for order, unit in enumerate(units, start=1):
            name = names.names[unit.text]
            certain = name.group.certain if name.group else True
            rows.append(
                TaskUnit(
                    task=task, order=order, text=unit.text[:120], role=unit.role,
                    is_group=name.group is not None, certain=certain,
                )
            )  # fmt: skip
            meant.append(name)
    TaskUnit.objects.bulk_create(rows)
    Member.objects.bulk_create(
        Member(task_unit=row, unit=unit) for row, name in zip(rows, meant, strict=True) for unit in name.units
    )
