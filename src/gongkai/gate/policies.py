"""Who keeps the lists, and who sees what the sweep found on which unit's pages."""

from __future__ import annotations

from gongkai.gate.models import GateRun, LiveFinding, Sketch
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility

declare(
    Policy(
        "gate.view",
        "查看已公开内容的检查结果和用词表",
        {
            Role.OFFICER: Scope.OWN,
            Role.REVIEWER: Scope.OWN,
            Role.LEADER: Scope.OWN,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
        },
    ),
    Policy("gate.lists", "维护用词表、领导名录", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
)
for walled in (GateRun, Sketch, LiveFinding):
    visibility(walled, action="gate.view")
