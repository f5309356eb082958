"""Who may read what people look for: sums without persons, so they belong to no unit."""

from __future__ import annotations

from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare

declare(
    Policy(
        "search.report",
        "查看搜索词报告",
        {
            Role.OFFICER: Scope.OWN,
            Role.REVIEWER: Scope.OWN,
            Role.LEADER: Scope.OWN,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
        },
    ),
)
