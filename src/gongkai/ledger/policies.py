"""Who may see the ledger, import the plan, report on tasks and judge reports."""

from __future__ import annotations

from gongkai.ledger.models import ProgressReport
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility

declare(
    Policy(
        "ledger.view",
        "查看要点台账和本单位填报",
        {
            Role.OFFICER: Scope.OWN,
            Role.REVIEWER: Scope.OWN,
            Role.LEADER: Scope.OWN,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
        },
    ),
    Policy("ledger.import", "导入工作要点", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
    Policy("ledger.correct", "更正任务的责任单位和短标题", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
    Policy("ledger.report", "填报任务进展", {Role.OFFICER: Scope.OWN, Role.LEADER: Scope.OWN}),
    Policy(
        "ledger.judge", "审核任务进展", {Role.DISCLOSURE_OFFICE: Scope.ALL}, "填报人不能审核自己填报的进展"
    ),
)
visibility(ProgressReport, action="ledger.view")
