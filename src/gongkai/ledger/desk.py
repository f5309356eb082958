"""The ledger on my desk: reports to judge, returned reports and tasks of my unit that run out."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.kernel.clock import legal_day
from gongkai.kernel.desk import OVERSIGHT, DeskItem, RailEntry
from gongkai.ledger import queries
from gongkai.ledger.models import ProgressReport
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can, units_for

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
)


def tasks_for(actor: Actor, today: date) -> list[DeskItem]:
    """What waits for this person: judging for the district office, reporting for a unit."""
    found = [_to_judge(report) for report in queries.waiting_reports(actor)] if _judges(actor) else []
    own = units_for(actor, "ledger.report") if can(actor, "ledger.report") else frozenset()
    if own:
        page = queries.ledger(year=None, today=today)
        found += [
            _to_report(row)
            for row in page.rows
            if row.light.state in ("late", "soon") and (row.needed - row.finished) & own and not row.waiting
        ]
    return found


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


def _to_report(row: queries.LedgerRow) -> DeskItem:
    return DeskItem(
        title=f"第{row.task.number}项　{row.task.short_title}",
        url=reverse("ledger:task", args=[row.task.pk]),
        verb="去填报",
        why=row.light.reason,
        article=f"{row.task.plan.year}年工作要点",
        due=row.due_on,
        note=row.task.field,
        rail="ledger",
    )
