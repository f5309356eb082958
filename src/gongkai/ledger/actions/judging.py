"""Accepting and returning reports. 条例第四十六条 (assessment)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from gongkai.law.refusal import Refusal, refuse_if
from gongkai.ledger import states
from gongkai.ledger.actions.progress import HOUSE_RULE, locked, told
from gongkai.ledger.models import ProgressReport
from gongkai.messaging.actions import send
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can


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
    report = locked(report)
    refuse_if(why_not_accept(report=report, by=by))
    return _decide(report, "accept", by=by, now=now, reason="")


@transaction.atomic
def return_progress(*, report: ProgressReport, by: Actor, now: datetime, reason: str) -> ProgressReport:
    """The district office returns a report with its reason; who sent it is told, and sends a new one."""
    report = locked(report)
    refuse_if(why_not_return(report=report, by=by, reason=reason))
    report = _decide(report, "return", by=by, now=now, reason=reason.strip())
    number, title = report.task.number, report.task.short_title
    send(
        to=report.by_id,
        subject=f"第 {number} 项填报被退回：{title}",
        text=f"退回理由：{report.reason}\n原来写的内容还在表单里，改好后再报。",
        url=f"{reverse('ledger:mine')}?open={report.task_id}-{report.unit_id}#t-{report.task_id}-{report.unit_id}",
        key=f"ledger.returned:{report.pk}",
        now=now,
        about=report,
    )
    return report


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
    told(report, f"ledger.{verb}_progress", by=by, now=now, note=reason)
    return report
