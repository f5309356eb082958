"""Who watches freshness and coverage, who places records in a second column."""

from __future__ import annotations

from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility
from gongkai.upkeep.models import Placement

declare(
    Policy(
        "upkeep.view",
        "查看专栏更新和标准目录落实",
        {
            # A street sees its communities (A12).
            Role.OFFICER: Scope.SUBTREE,
            Role.REVIEWER: Scope.OWN,
            Role.LEADER: Scope.SUBTREE,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
        },
    ),
    Policy("upkeep.office", "查看全区超期专栏", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
    Policy("upkeep.work", "把信息报送到另一个专栏", {Role.OFFICER: Scope.OWN, Role.LEADER: Scope.OWN}),
    Policy(
        "upkeep.take_in",
        "确认别的单位报送到本单位专栏的信息",
        {Role.REVIEWER: Scope.OWN, Role.LEADER: Scope.OWN},
        "不能确认自己报送的信息",
    ),
)
visibility(Placement, action="upkeep.view", also="owner_id")
