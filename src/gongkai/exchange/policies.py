"""Who brings packages in, and who enters publications on other platforms."""

from __future__ import annotations

from gongkai.exchange.models import Package
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility

declare(
    Policy("exchange.import", "导入交换包", {Role.OFFICER: Scope.OWN}),
    Policy(
        "exchange.view",
        "查看交换包和平台录入",
        {Role.OFFICER: Scope.OWN, Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy(
        "exchange.enter",
        "登记平台录入",
        {Role.OFFICER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
)
visibility(Package, action="exchange.view")
