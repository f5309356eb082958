"""What is done with registers: bring in, compare, explain, correct, declare the total."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from gongkai.files.models import StoredFile
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.registers import queries, states
from gongkai.registers.models import (
    DeclaredTotal,
    IssuedPaper,
    RegisterImport,
    RegisterTask,
)
from gongkai.registers.rules.register import CLOSED, ON_REQUEST, PUBLIC, RegisterReading
from gongkai.trail.chain import SYSTEM, Who, record

HOUSE_RULE = "平台规则"
LONGEST_REASON, SHORTEST_REASON = 300, 2


def why_not_import(*, reading: RegisterReading, unit: Unit, by: Who) -> list[Refusal]:
    """Why a register cannot be stored: the first rows that were not understood, each with its cell."""
    found = not_allowed(by, unit, "导入登记簿")
    for one in reading.problems[:20]:
        place = f"第 {one.row} 行 {one.where}：" if one.row else ""
        found.append(Refusal("registers.not_understood", "", f"{place}{one.text}"))
    if len(reading.problems) > 20:
        text = f"另有 {len(reading.problems) - 20} 处没有读懂。改好后再导入，登记簿现在没有改动。"
        found.append(Refusal("registers.not_understood", "", text))
    return found


@transaction.atomic
def import_register(
    *, reading: RegisterReading, unit: Unit, file: StoredFile | None, by: Who, now: datetime, name: str = ""
) -> tuple[RegisterImport | None, queries.Changes]:
    """Store a register in place of what was known of its years, and compare; the same content changes nothing."""
    refuse_if(why_not_import(reading=reading, unit=unit, by=by))
    Unit.objects.select_for_update().get(pk=unit.pk)
    changes = queries.changes_of(reading, unit)
    if not changes.any:
        return None, changes
    facts = {name: len(getattr(changes, name)) for name in ("new", "changed", "gone")}
    source = RegisterImport.objects.create(
        unit=unit, file=file, source_name=file.name if file else name,
        digest=file.digest if file else "", years=list(reading.years),
        facts=facts, by_id=by.person_id, at=now,
    )  # fmt: skip
    IssuedPaper.objects.unscoped("replaced").filter(unit=unit, year__in=reading.years).delete()
    IssuedPaper.objects.bulk_create(
        IssuedPaper(unit=unit, source=source, year=row.parsed.year, **asdict(row)) for row in reading.rows
    )
    record(verb="registers.import", by=by, at=now, about=source, facts=facts)
    for year in reading.years:
        reconcile_year(unit=unit, year=year, now=now)
    return source, changes


@transaction.atomic
def reconcile_year(*, unit: Unit, year: int, now: datetime) -> int:
    """Compare again: new faults become tasks, vanished ones are done, explained ones stay explained.

    Returns how many tasks changed. A task that was done and is there again is open again.
    """
    faults = {fault.key: fault for fault in queries.faults_of(unit, year, today=legal_day(now))}
    rows = RegisterTask.objects.unscoped("a comparison").select_for_update().filter(unit=unit, year=year)
    known = {(task.kind, task.number): task for task in rows}
    changed = 0
    for key, task in known.items():
        fault = faults.pop(key, None)
        after = states.DONE if fault is None else task.state
        if fault is not None and task.state == states.DONE:
            after = states.OPEN
        text = fault.text if fault else task.text
        if (after, text) != (task.state, task.text):
            task.state, task.text, task.changed_at = after, text, now
            task.save(update_fields=["state", "text", "changed_at"])
            changed += 1
    RegisterTask.objects.bulk_create(
        RegisterTask(
            unit=unit, year=year, kind=fault.kind, number=fault.number, text=fault.text, path=fault.path,
            found_at=now, changed_at=now,
        )
        for fault in faults.values()
    )  # fmt: skip
    changed += len(faults)
    if changed:
        record(
            verb="registers.reconcile", by=SYSTEM, at=now, about=unit, facts={"year": year, "tasks": changed}
        )
    return changed


def reconcile_unit(*, unit: Unit, now: datetime) -> None:
    """Compare every year of a unit's register: a day has passed, something was published or taken back."""
    for year in queries.years_of(unit):
        reconcile_year(unit=unit, year=year, now=now)
    imports = RegisterImport.objects.unscoped("a comparison").filter(unit=unit)
    imports.update(compared_on=legal_day(now))


def why_not_explain(*, task: RegisterTask, reason: str, by: Actor) -> list[Refusal]:
    """Why a task cannot be explained away."""
    found = not_allowed(by, task.unit, "说明这件事")
    if task.state == states.DONE:
        found.append(Refusal("registers.task_done", "", "这个问题已经消除，不用再说明。"))
    if len(reason.strip()) < SHORTEST_REASON:
        text = "没有写原因。请写明，如“作废”“涉密，另册登记”。"
        found.append(Refusal("registers.no_reason", HOUSE_RULE, text))
    if len(reason) > LONGEST_REASON:
        found.append(Refusal("registers.long_reason", "", f"原因超过 {LONGEST_REASON} 字，请写短一些。"))
    return found


@transaction.atomic
def explain(*, task: RegisterTask, reason: str, by: Actor, now: datetime) -> RegisterTask:
    """Say why a fault is none: a number that was given up, a secret paper in its own register."""
    rows = RegisterTask.objects.unscoped("the action checks the unit itself").select_for_update(of=("self",))
    task = rows.select_related("unit").get(pk=task.pk)
    refuse_if(why_not_explain(task=task, reason=reason, by=by))
    task.state, task.reason, task.by_id, task.changed_at = (
        states.EXPLAINED,
        reason.strip(),
        by.acting_id,
        now,
    )
    task.save(update_fields=["state", "reason", "by", "changed_at"])
    record(verb="registers.explain", by=by, at=now, about=task, note=task.reason[:200])
    return task


def why_not_correct(*, paper: IssuedPaper, openness: str, ground: str, by: Actor) -> list[Refusal]:
    """Why a line of the register cannot be corrected so."""
    found = not_allowed(by, paper.unit, "改登记簿")
    if openness not in ("", PUBLIC, ON_REQUEST, CLOSED):
        text = f"公开属性“{openness[:20]}”没有读懂。请写主动公开、依申请公开或者不予公开。"
        found.append(Refusal("registers.openness", "条例第十七条", text))
    if openness == CLOSED and not ground.strip():
        text = f"{paper.number} 改为不予公开，没有写依据。请写明条款和理由。"
        found.append(Refusal("registers.ground", "条例第十四条至第十六条", text))
    return found


@transaction.atomic
def correct(
    *, paper: IssuedPaper, openness: str, ground: str, note: str, by: Actor, now: datetime
) -> IssuedPaper:
    """Put the openness, ground or note of one line right; the register is compared anew."""
    rows = IssuedPaper.objects.unscoped("the action checks the unit itself").select_for_update(of=("self",))
    paper = rows.select_related("unit").get(pk=paper.pk)
    refuse_if(why_not_correct(paper=paper, openness=openness, ground=ground, by=by))
    before = {"openness": paper.openness, "ground": paper.ground, "note": paper.note}
    paper.openness, paper.ground, paper.note = openness, ground.strip()[:300], note.strip()[:300]
    paper.save(update_fields=["openness", "ground", "note"])
    facts = {"number": paper.number, "before": before["openness"], "after": openness}
    record(verb="registers.correct", by=by, at=now, about=paper, facts=facts)
    reconcile_year(unit=paper.unit, year=paper.year, now=now)
    return paper


def why_not_declare(*, unit: Unit, count: int, by: Actor) -> list[Refusal]:
    """Why a total of the annual report cannot be stored."""
    found = not_allowed(by, unit, "填写制发件数")
    if not 0 <= count <= 99999:
        found.append(Refusal("registers.count", "", "制发件数应在 0 到 99999 之间。请核对年报。"))
    return found


@transaction.atomic
def declare_total(*, unit: Unit, year: int, count: int, by: Actor, now: datetime) -> DeclaredTotal:
    """Store the 制发件数 that the annual report names, for the comparison with the register."""
    refuse_if(why_not_declare(unit=unit, count=count, by=by))
    declared, _ = DeclaredTotal.objects.unscoped("the action checks the unit").update_or_create(
        unit=unit, year=year, defaults={"count": count, "by_id": by.acting_id, "at": now}
    )
    record(
        verb="registers.declare_total", by=by, at=now, about=declared, facts={"year": year, "count": count}
    )
    return declared


def not_allowed(by: Who, unit: Unit, what: str) -> list[Refusal]:
    """The refusal for whoever may not work on this unit's register; the operator at the console may."""
    if by is SYSTEM or (isinstance(by, Actor) and can(by, "registers.work", unit.pk)):
        return []
    return [
        Refusal("wall.registers", HOUSE_RULE, f"您没有为{unit.short_name}{what}的权限。请联系该单位信息员。")
    ]
