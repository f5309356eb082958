"""Who may see, bring in and explain registers; who keeps the official texts."""

from __future__ import annotations

from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility
from gongkai.registers.models import (
    DeclaredTotal,
    HostedCopy,
    IssuedPaper,
    RecheckItem,
    RegisterImport,
    RegisterTask,
)

declare(
    Policy(
        "registers.view",
        "查看发文登记和转载件核对",
        {
            Role.OFFICER: Scope.OWN,
            Role.REVIEWER: Scope.OWN,
            Role.LEADER: Scope.OWN,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
        },
    ),
    Policy(
        "registers.work",
        "导入发文登记簿，说明缺号，处理转载件",
        {Role.OFFICER: Scope.OWN, Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy(
        "registers.recheck",
        "再次评估没有公开的公文",
        {Role.OFFICER: Scope.OWN},
        "改为公开的，还要经过审核和发布",
    ),
    Policy("registers.office", "查看各单位登记簿核对情况，发起再次评估", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
)
for walled in (RegisterImport, IssuedPaper, RegisterTask, DeclaredTotal, HostedCopy, RecheckItem):
    visibility(walled, action="registers.view")
