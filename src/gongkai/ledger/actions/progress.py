"""Reporting progress on a task, accepting and returning reports. 条例第四十六条 (assessment)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.events.ledger import TaskProgressChanged
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.ledger import queries, states
from gongkai.ledger.models import ProgressReport, Task
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.publishing.models import Publication
from gongkai.publishing.queries import find_public
from gongkai.trail.chain import record

HOUSE_RULE = "本平台权限规定"
LONGEST_TEXT = 1000


def why_not_report(
    *, task: Task, unit: Unit | None, by: Actor, text: str, finished: bool = False, evidence: str = ""
) -> list[Refusal]:
    """Why this person cannot report this on the task for the unit."""
    if unit is None:
        return [Refusal("ledger.no_unit", "", "没有选填报单位。请先选单位。")]
    found = []
    if not can(by, "ledger.report", unit.pk):
        found.append(
            Refusal("wall.report", HOUSE_RULE, f"您不是{unit.short_name}的信息员或负责人，不能替它填报。")
        )
    if unit.pk not in queries.answerable_units(task):
        text_of = f"{unit.short_name}不在这项任务的责任单位里。名单有误的，请区政务公开主管部门更正。"
        found.append(Refusal("ledger.not_answerable", "", text_of))
    words = text.strip()
    if not words:
        found.append(Refusal("ledger.empty", "", "没有写进展。请用一两句话写明做了什么。"))
    elif len(words) > LONGEST_TEXT:
        found.append(
            Refusal("ledger.long", "", f"进展写了 {len(words)} 字，最多 {LONGEST_TEXT} 字，请精简。")
        )
    if evidence.strip() and _published(evidence) is None:
        text_of = "这个网址不是本站正在公开的文件。请从本站文件页复制网址，或写它的索引号。"
        found.append(Refusal("ledger.evidence", "", text_of))
    if finished and not evidence.strip():
        text_of = "报“已完成”要附一份已公开的文件作佐证。请写它的网址或索引号。"
        found.append(Refusal("ledger.no_evidence", "", text_of))
    return found


@transaction.atomic
def report_progress(
    *,
    task: Task,
    unit: Unit | None,
    by: Actor,
    now: datetime,
    text: str,
    finished: bool = False,
    evidence: str = "",
) -> ProgressReport:
    """A unit says how far its task is, with a link to a published record."""
    refuse_if(why_not_report(task=task, unit=unit, by=by, text=text, finished=finished, evidence=evidence))
    assert unit is not None and by.person_id is not None
    report = ProgressReport.objects.create(
        task=task,
        unit=unit,
        text=text.strip(),
        finished=finished,
        evidence=_published(evidence) if evidence.strip() else None,
        by_id=by.person_id,
        at=now,
    )
    _told(report, "ledger.report_progress", by=by, now=now)
    return report


def why_not_accept(*, report: ProgressReport, by: Actor) -> list[Refusal]:
    """Why this person cannot accept the report."""
    return _why_not_decide(report, "accept", by)


def why_not_return(*, report: ProgressReport, by: Actor, reason: str) -> list[Refusal]:
    """Why this person cannot return the report, or not without a reason."""
    found = _why_not_decide(report, "return", by)
    if not reason.strip():
        found.append(Refusal("ledger.no_reason", "", "没有写退回理由。请写明缺什么、怎样补。"))
    return found


@transaction.atomic
def accept_progress(*, report: ProgressReport, by: Actor, now: datetime) -> ProgressReport:
    """The district office accepts a report; the light and the public page follow."""
    report = _locked(report)
    refuse_if(why_not_accept(report=report, by=by))
    return _decide(report, "accept", by=by, now=now, reason="")


@transaction.atomic
def return_progress(*, report: ProgressReport, by: Actor, now: datetime, reason: str) -> ProgressReport:
    """The district office returns a report with its reason; the unit sends a new one."""
    report = _locked(report)
    refuse_if(why_not_return(report=report, by=by, reason=reason))
    return _decide(report, "return", by=by, now=now, reason=reason.strip())


def _why_not_decide(report: ProgressReport, verb: str, by: Actor) -> list[Refusal]:
    found = []
    if states.target_of(report.state, verb) is None:
        now = states.LABELS[report.state]
        found.append(Refusal("ledger.state", "", f"这份填报现在是“{now}”，不能再这样处理。请刷新页面。"))
    if not can(by, "ledger.judge", report.unit_id):
        found.append(Refusal("wall.judge", HOUSE_RULE, "只有区政务公开主管部门可以审核任务进展。"))
    if report.by_id == by.person_id:
        found.append(Refusal("ledger.own", HOUSE_RULE, "这是您自己填报的，不能由您审核。请由同事审核。"))
    return found


def _decide(report: ProgressReport, verb: str, *, by: Actor, now: datetime, reason: str) -> ProgressReport:
    target = states.target_of(report.state, verb)
    assert target is not None
    report.state, report.reason = target, reason
    report.decided_by_id, report.decided_at = by.person_id, now
    report.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    _told(report, f"ledger.{verb}_progress", by=by, now=now, note=reason)
    return report


def _told(report: ProgressReport, verb: str, *, by: Actor, now: datetime, note: str = "") -> None:
    task = report.task
    facts = {"task": task.number, "unit": report.unit_id, "state": report.state, "finished": report.finished}
    record(verb=verb, by=by, at=now, about=report, note=note, facts=facts)
    emit(TaskProgressChanged(task_id=task.pk, plan_id=task.plan_id, year=task.plan.year))


def _locked(report: ProgressReport) -> ProgressReport:
    rows = ProgressReport.objects.unscoped("the action checks the unit itself").select_for_update()
    return rows.select_related("task__plan", "unit").get(pk=report.pk)


def _published(evidence: str) -> Publication | None:
    found = find_public(evidence)
    return found if found is not None and found.state == Publication.State.LIVE else None
