"""Who may change what stands on every page, and who sees what waits in the unit."""

from __future__ import annotations

from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare

declare(
    Policy(
        "orgs.change_site",
        "修改网站信息",
        {Role.DISCLOSURE_OFFICE: Scope.ALL, Role.SYSTEM_ADMIN: Scope.ALL},
    ),
    Policy("workbench.unit_desk", "查看本单位全部待办", {Role.LEADER: Scope.OWN}),
)
