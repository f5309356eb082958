"""The ledger on my desk: reports to judge, returned reports and tasks of my unit that run out."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from gongkai.kernel.clock import legal_day
from gongkai.kernel.desk import OVERSIGHT, DeskItem, RailEntry, WaitingItem
from gongkai.ledger import queries, states
from gongkai.ledger.models import ProgressReport
from gongkai.ledger.office_desk import RAIL as OFFICE_RAIL
from gongkai.ledger.office_desk import office_tasks, office_waiting
from gongkai.ledger.queries.mine import RETURNED, TODO
from gongkai.ledger.queries.standing import reports_by
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can, units_for

LOOKS_BACK = timedelta(days=30)
RAIL = (
    RailEntry(
        key="ledger",
        label="要点台账",
        icon="register",
        url_name="ledger:list",
        action="ledger.view",
        group=OVERSIGHT,
        order=10,
    ),
    *OFFICE_RAIL,
    RailEntry(
        key="demand",
        label="目录需求",
        icon="list",
        url_name="ledger:demand",
        action="ledger.demand",
        group=OVERSIGHT,
        order=39,
    ),
)


def tasks_for(actor: Actor, today: date) -> list[DeskItem]:
    """What waits for this person: judging for the district office, reporting for a unit."""
    found = [_to_judge(report) for report in queries.waiting_reports(actor)] if _judges(actor) else []
    if can(actor, "ledger.report") and units_for(actor, "ledger.report"):
        page = queries.mine(actor, today=today)
        found += [_to_report(task, many=len(page.units) > 1) for task in page.tasks if _presses(task)]
    return found + office_tasks(actor, today)


def waiting_for(actor: Actor, today: date) -> list[WaitingItem]:
    """What this person reported and the district office has now, and what became of it lately."""
    reported = [
        WaitingItem(
            title=f"第{report.task.number}项　{report.task.short_title}",
            url=reverse("ledger:task", args=[report.task_id]),
            now_with=f"填报{states.LABELS[report.state]}" + (f"：{report.reason}" if report.reason else ""),
            since=report.decided_at or report.at,
            done=report.state != states.SUBMITTED,
        )
        for report in reports_by(actor, since=today - LOOKS_BACK)
    ]
    return reported + office_waiting(actor, today)


def _judges(actor: Actor) -> bool:
    return can(actor, "ledger.judge")


def _to_judge(report: ProgressReport) -> DeskItem:
    return DeskItem(
        title=f"第{report.task.number}项　{report.task.short_title}",
        url=reverse("ledger:task", args=[report.task_id]),
        verb="去核对",
        why=f"{report.unit.short_name}报来进展，等您核对",
        article="条例第四十六条",
        note=f"{legal_day(report.at).isoformat()} 报送",
        rail="ledger",
    )


def _presses(task: queries.MineTask) -> bool:
    """What was returned, and what this unit itself is late with or soon will be."""
    if task.group == RETURNED:
        return True
    return task.group == TODO and task.light.state in ("late", "soon")


def _to_report(item: queries.MineTask, *, many: bool) -> DeskItem:
    task, returned = item.task, item.group == RETURNED
    why = f"填报被退回：{item.last.reason}" if returned and item.last else item.light.reason
    return DeskItem(
        title=f"第{task.number}项　{task.short_title}",
        url=f"{reverse('ledger:mine')}?open={item.key}#t-{item.key}",
        verb="去补正" if returned else "去填报",
        why=why,
        article=item.light.source or f"{task.plan.year}年工作要点",
        due=item.due if item.light.state in ("late", "soon") else task.due_on,
        note=f"{item.unit.short_name}　{task.field}" if many else task.field,
        rail="ledger",
    )
