"""Who may see and change units and people."""

from __future__ import annotations

from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare

PEOPLE = "orgs.view_units"

EVERYONE_OWN = {
    Role.OFFICER: Scope.OWN,
    Role.REVIEWER: Scope.OWN,
    Role.LEADER: Scope.OWN,
    Role.DISCLOSURE_OFFICE: Scope.ALL,
    Role.LEGAL_OFFICE: Scope.OWN,
    Role.ASSESSOR: Scope.OWN,
    Role.SYSTEM_ADMIN: Scope.ALL,
    Role.SECURITY_ADMIN: Scope.ALL,
    Role.AUDIT_ADMIN: Scope.ALL,
}

declare(
    Policy("workbench.open", "打开工作台", EVERYONE_OWN),
    Policy(
        PEOPLE,
        "查看单位与人员",
        {Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL, Role.SYSTEM_ADMIN: Scope.ALL},
    ),
)
