"""Taking an import of a plan back: the ledger stands again as before, to the letter, or it is said why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F

from gongkai.events.ledger import PlanImported
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.ledger import queries
from gongkai.ledger.actions.importing import HOUSE_RULE, OUT_OF_THE_WAY
from gongkai.ledger.models import Member, Plan, PlanImport, Task, TaskUnit
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

MOST_NAMED = 8


def why_not_undo(*, done: PlanImport, by: Actor) -> list[Refusal]:
    """Why an import cannot be undone: not the newest one, or work stands on what it wrote."""
    if not can(by, "ledger.import"):
        return [Refusal("wall.import", HOUSE_RULE, "只有区政务公开主管部门可以撤销导入。")]
    if done.undone_at is not None:
        return [Refusal("ledger.undone", "", "这次导入已经撤销过了。请刷新页面。")]
    newest = queries.last_import(done.year)
    if newest is None or newest.pk != done.pk:
        return [Refusal("ledger.not_last", "", "后面还有别的导入。请先撤销最近的一次，再撤销这一次。")]
    return [*_changed_since(done), *_stood_upon(done)]


@transaction.atomic
def undo_import(*, done: PlanImport, by: Actor, now: datetime) -> PlanImport:
    """Put the ledger back as it stood before an import; the import stays on record as undone."""
    done = PlanImport.objects.select_for_update().get(pk=done.pk)
    if done.plan_id is not None:
        Plan.objects.select_for_update().get(pk=done.plan_id)
    refuse_if(why_not_undo(done=done, by=by))
    plan_id, before = done.plan_id, done.before
    kept = {row["id"] for row in before["tasks"]}
    present = {row["id"] for row in done.after["tasks"]}
    Task.objects.filter(pk__in=present - kept).delete()
    TaskUnit.objects.filter(task__in=kept).delete()
    Task.objects.filter(pk__in=kept).update(number=F("number") + OUT_OF_THE_WAY)
    _restore(Task, before["tasks"], present=present)
    _restore(TaskUnit, before["units"])
    _restore(Member, before["members"])
    if before["plan"] is not None:
        _restore(Plan, [before["plan"]], present={before["plan"]["id"]})
    done.undone_at, done.undone_by_id = now, by.person_id
    done.save(update_fields=["undone_at", "undone_by"])
    if before["plan"] is None and plan_id is not None:
        Plan.objects.filter(pk=plan_id).delete()
    facts = {"import": done.pk, "year": done.year, "removed": len(present - kept), "restored": len(kept)}
    record(verb="ledger.undo_import", by=by, at=now, about=done, note=done.source_name, facts=facts)
    if plan_id is not None:
        emit(PlanImported(plan_id=plan_id, year=done.year))
    return done


def _changed_since(done: PlanImport) -> list[Refusal]:
    """Tasks that read otherwise than the import left them: somebody put right a unit, a title, a cycle."""
    then = done.after
    now = queries.snapshot(done.plan, [row["id"] for row in then["tasks"]])
    differing: set[int] = set()
    owners = {row["id"]: row["task_id"] for side in (then, now) for row in side["units"]}
    for part in ("tasks", "units", "members"):
        old, new = ({row["id"]: row for row in side[part]} for side in (then, now))
        for pk in {*old, *new}:
            row = old.get(pk) or new[pk]
            if not _alike(old.get(pk), new.get(pk)):
                owner = {
                    "tasks": pk,
                    "units": row.get("task_id"),
                    "members": owners.get(row.get("task_unit_id", 0)),
                }
                differing.add(owner[part] or 0)
    if not differing:
        return []
    text = f"导入以后{_named(then, differing)}又有改动（单位、短标题、周期或期限），撤销会丢掉这些改动。请先改回，或另外导入一份。"
    return [Refusal("ledger.changed_since", "", text)]


def _stood_upon(done: PlanImport) -> list[Refusal]:
    """Reports and other work on tasks that undoing would remove, or put back to other words."""
    before = {row["id"] for row in done.before["tasks"]}
    after = {row["id"] for row in done.after["tasks"]}
    found = []
    for what, tasks in queries.leaning_on(Task, after - before).items():
        text = f"{_named(done.after, tasks)}已经有{what}，撤销会使它们没有着落，所以不能撤销。"
        found.append(Refusal("ledger.work_stands", "", text))
    reported = queries.reported_since(after & before, done.at)
    if reported:
        text = f"导入以后{_named(done.after, reported)}又有填报，是照新的要求写的，所以不能撤销。"
        found.append(Refusal("ledger.work_stands", "", text))
    if done.before["plan"] is None and done.plan_id is not None:
        others = Task.objects.filter(plan=done.plan_id).exclude(pk__in=after).exists()
        held = [*queries.leaning_on(Plan, [done.plan_id], but=[Task]), *(["别处来的任务"] if others else [])]
        for what in held:
            text = f"这一年的台账已经有{what}，整份撤销会使它们没有着落，所以不能撤销。"
            found.append(Refusal("ledger.work_stands", "", text))
    return found


def _alike(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> bool:
    """Whether a row stands as it was left; a column that a later version added tells nothing."""
    if old is None or new is None:
        return False
    return all(new[name] == value for name, value in old.items() if name in new)


def _named(rows: Mapping[str, Any], tasks: Iterable[int]) -> str:
    wanted = set(tasks)
    numbers = [str(row["number"]) for row in rows["tasks"] if row["id"] in wanted]
    more = f"等 {len(numbers)} 项" if len(numbers) > MOST_NAMED else "项"
    return f"第 {'、'.join(numbers[:MOST_NAMED])} {more}" if numbers else "任务"


def _restore(model: type[models.Model], rows: list[dict[str, Any]], present: Iterable[int] = ()) -> None:
    """Write rows of a snapshot back, those that are still there over what they became."""
    there = set(present)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    for row in rows:
        values = {name: fields[name].to_python(value) for name, value in row.items() if name in fields}
        one = model(**values)
        if row["id"] in there:
            one.save(force_update=True, update_fields=[name for name in values if name != "id"])
        else:
            one.save(force_insert=True)
