"""A unit's own plan: drafted from its tasks, changed, filed in versions, put before the reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.html import format_html_join

from gongkai.documents import actions as drafting
from gongkai.documents.models import Document
from gongkai.files.models import StoredFile
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.ledger import queries
from gongkai.ledger.models import Plan, Task, UnitPlan, UnitPlanItem, UnitPlanVersion
from gongkai.ledger.rules import unit_plan as words
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

HOUSE_RULE = "本平台权限规定"
PAPERS = ("docx", "pdf")
LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What somebody typed for one task of the plan."""

    measures: str
    deadline: str
    person: str


def why_not_draft_plan(*, plan: Plan, unit: Unit, by: Actor, today: date) -> list[Refusal]:
    """Why this person cannot draft the plan of the unit."""
    found = _why_not(unit, by)
    if not queries.tasks_for_plan(plan, unit, today=today):
        text = f"{plan.year}年工作要点里没有{unit.short_name}的任务，不用制定方案。名单有误的，请区政务公开主管部门更正。"
        found.append(Refusal("ledger.no_tasks", "", text))
    return found


@transaction.atomic
def draft_unit_plan(*, plan: Plan, unit: Unit, by: Actor, now: datetime) -> UnitPlan:
    """Draft the plan from the tasks of the unit. Where there is one, tasks that it lacks are added, nothing else."""
    today = legal_day(now)
    refuse_if(why_not_draft_plan(plan=plan, unit=unit, by=by, today=today))
    tasks = queries.tasks_for_plan(plan, unit, today=today)
    found, made = UnitPlan._base_manager.get_or_create(
        plan=plan,
        unit=unit,
        defaults={
            "opening": words.opening_of(unit.name, plan.title, len(tasks)),
            "closing": words.closing_of(unit.name),
            "by_id": by.acting_id,
            "drafted_at": now,
            "changed_at": now,
        },
    )
    present = set(found.items.values_list("task_id", flat=True))
    said = queries.measures_said(unit, tasks)
    added = [task for task in tasks if task.pk not in present]
    UnitPlanItem.objects.bulk_create(
        UnitPlanItem(
            unit_plan=found,
            task=task,
            measures=said.get(task.pk) or _measures(task),
            deadline=(task.due_as_written or _due(task))[: words.LONGEST_FIELD],
            person=by.name,
        )
        for task in added
    )
    if added or made:
        facts = {"year": plan.year, "unit": unit.pk, "added": [task.number for task in added]}
        record(verb="ledger.draft_unit_plan", by=by, at=now, about=found, facts=facts)
    return found


def why_not_change_plan(
    *, unit_plan: UnitPlan, by: Actor, opening: str, closing: str, items: Mapping[int, ItemChange]
) -> list[Refusal]:
    """Why the plan cannot be changed like this."""
    found = _why_not(unit_plan.unit, by)
    for name, text in (("总体安排", opening), ("工作要求", closing)):
        if len(text) > LONGEST_TEXT:
            found.append(
                Refusal("ledger.long", "", f"{name}写了 {len(text)} 字，最多 {LONGEST_TEXT} 字，请精简。")
            )
    numbers = dict(unit_plan.items.values_list("pk", "task__number"))
    for pk, change in items.items():
        if pk not in numbers:
            found.append(Refusal("ledger.item", "", "有一项任务已不在方案里。请刷新页面后再改。"))
            continue
        found += [Refusal("ledger.item", "", f"第 {numbers[pk]} 项{fault}") for fault in _faults(change)]
    return found


@transaction.atomic
def change_unit_plan(
    *,
    unit_plan: UnitPlan,
    opening: str,
    closing: str,
    items: Mapping[int, ItemChange],
    by: Actor,
    now: datetime,
) -> UnitPlan:
    """Keep what the unit wrote."""
    refuse_if(why_not_change_plan(unit_plan=unit_plan, by=by, opening=opening, closing=closing, items=items))
    unit_plan.opening, unit_plan.closing, unit_plan.changed_at = opening.strip(), closing.strip(), now
    unit_plan.save(update_fields=["opening", "closing", "changed_at"])
    for item in unit_plan.items.filter(pk__in=items):
        change = items[item.pk]
        item.measures, item.deadline = change.measures.strip(), change.deadline.strip()
        item.person = change.person.strip()
        item.save(update_fields=["measures", "deadline", "person"])
    facts = {"items": len(items)}
    record(verb="ledger.change_unit_plan", by=by, at=now, about=unit_plan, facts=facts)
    return unit_plan


def why_not_file_plan(*, unit_plan: UnitPlan, file: StoredFile | None, by: Actor) -> list[Refusal]:
    """Why this paper cannot be filed as the plan of the unit."""
    found = _why_not(unit_plan.unit, by)
    if not unit_plan.items.exists():
        found.append(Refusal("ledger.no_items", "", "方案里还没有任务。请先点“起草方案”。"))
    if file is not None and file.kind not in PAPERS:
        text = f"“{file.name}”不是 docx 或 pdf。请用 Word 或 WPS 另存后再报备。"
        found.append(Refusal("ledger.paper", "", text))
    return found


@transaction.atomic
def file_unit_plan(
    *, unit_plan: UnitPlan, file: StoredFile, source: str, note: str = "", by: Actor, now: datetime
) -> UnitPlanVersion:
    """File a paper with the district office as the next version; earlier versions stay."""
    refuse_if(why_not_file_plan(unit_plan=unit_plan, file=file, by=by))
    UnitPlan._base_manager.select_for_update().get(pk=unit_plan.pk)
    last = UnitPlanVersion._base_manager.filter(unit_plan=unit_plan).aggregate(last=Max("number"))["last"]
    version = UnitPlanVersion._base_manager.create(
        unit_plan=unit_plan,
        number=(last or 0) + 1,
        source=source,
        file=file,
        note=note.strip()[:200],
        by_id=by.acting_id,
        at=now,
    )
    facts = {"number": version.number, "source": source, "file": file.digest}
    record(verb="ledger.file_unit_plan", by=by, at=now, about=version, note=version.note, facts=facts)
    return version


def why_not_publish_plan(*, unit_plan: UnitPlan, by: Actor) -> list[Refusal]:
    """Why the plan cannot be made the draft of a public document."""
    found = _why_not(unit_plan.unit, by)
    if unit_plan.document_id is not None:
        found.append(Refusal("ledger.published", "", "已经起草过公开稿。请到“公文与信息”里办理。"))
    if not UnitPlanVersion._base_manager.filter(unit_plan=unit_plan).exists():
        found.append(Refusal("ledger.not_filed", "", "方案还没有报备。请先报备，再起草公开稿。"))
    return found


@transaction.atomic
def publish_unit_plan(*, unit_plan: UnitPlan, by: Actor, now: datetime) -> Document:
    """Put the plan before the unit's reviewers as a document; they and the issuer decide from there."""
    refuse_if(why_not_publish_plan(unit_plan=unit_plan, by=by))
    lines = [unit_plan.opening]
    for item in unit_plan.items.select_related("task").order_by("task__number"):
        lines += [f"{item.task.number}.{item.task.requirement}", item.measures]
        lines.append(f"完成时间：{item.deadline}　责任人：{item.person}")
    text = "\n".join([*lines, unit_plan.closing]).splitlines()
    fields = {
        "title": words.title_of(unit_plan.unit.name, unit_plan.plan.year),
        "kind": "方案",
        "written_on": legal_day(now),
        "body": format_html_join("\n", "<p>{}</p>", ((line,) for line in text if line.strip())),
    }
    document = drafting.draft(unit=unit_plan.unit, by=by, now=now, fields=fields)
    unit_plan.document = document
    unit_plan.save(update_fields=["document"])
    record(verb="ledger.publish_unit_plan", by=by, at=now, about=unit_plan, facts={"document": document.pk})
    return document


def _why_not(unit: Unit, by: Actor) -> list[Refusal]:
    if can(by, "ledger.plan_unit", unit.pk):
        return []
    text = f"您不是{unit.short_name}的信息员或负责人，不能编制它的实施方案。请由该单位办理。"
    return [Refusal("wall.plan_unit", HOUSE_RULE, text)]


def _faults(change: ItemChange) -> list[str]:
    found = []
    if not change.measures.strip():
        found.append("没有写举措。请写明怎样做。")
    elif len(change.measures) > words.LONGEST_MEASURES:
        found.append(f"举措写了 {len(change.measures)} 字，最多 {words.LONGEST_MEASURES} 字，请精简。")
    for name, text in (("完成时间", change.deadline), ("责任人", change.person)):
        if not text.strip():
            found.append(f"没有写{name}。")
        elif len(text.strip()) > words.LONGEST_FIELD:
            found.append(f"{name}最多 {words.LONGEST_FIELD} 字，请精简。")
    return found


def _measures(task: Task) -> str:
    return words.measures_of(
        field=task.field,
        requirement=task.requirement,
        kind=task.due_kind,
        due=task.due_as_written,
        cycle_days=task.cycle_days,
    )


def _due(task: Task) -> str:
    return task.due_on.isoformat() if task.due_on else "全年"
