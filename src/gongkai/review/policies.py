"""Who may review which unit's documents."""

from __future__ import annotations

from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare

NOT_OWN = "拟稿人、修改人、本轮已审的人不能审；代理人也一样"

declare(
    Policy(
        "review.view",
        "查看审核",
        {
            Role.OFFICER: Scope.OWN,
            Role.REVIEWER: Scope.OWN,
            Role.LEADER: Scope.OWN,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
        },
    ),
    Policy("review.first", "初审", {Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN}, NOT_OWN),
    Policy("review.second", "复审", {Role.REVIEWER: Scope.OWN, Role.LEADER: Scope.OWN}, NOT_OWN),
    Policy(
        "review.final",
        "终审签发",
        {Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
        NOT_OWN + "；区政务公开主管部门只为两人单位签发",
    ),
    Policy("review.secrecy", "保密审查", {Role.REVIEWER: Scope.OWN, Role.LEADER: Scope.OWN}, NOT_OWN),
    # Opening the page of a review is enough to decide; the step's own action is checked by the action.
    Policy(
        "review.decide",
        "作出审核决定",
        {
            Role.OFFICER: Scope.OWN,
            Role.REVIEWER: Scope.OWN,
            Role.LEADER: Scope.OWN,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
        },
        NOT_OWN,
    ),
)
