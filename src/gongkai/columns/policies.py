"""Who may see and keep columns, and who installs packs."""

from __future__ import annotations

from gongkai.columns.models import Column
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility

declare(
    Policy(
        "columns.view",
        "查看专栏和责任人",
        {
            Role.OFFICER: Scope.SUBTREE,
            Role.REVIEWER: Scope.OWN,
            Role.LEADER: Scope.SUBTREE,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
        },
    ),
    Policy(
        "columns.keep",
        "设立、修改、停用专栏",
        {Role.OFFICER: Scope.OWN, Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy("columns.packs", "安装、卸载专栏包", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
)
visibility(Column, action="columns.view", unit_path="owner_id")
