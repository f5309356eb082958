"""Who may see and change units and people."""

from __future__ import annotations

from gongkai.orgs.models import Leave, Person, Unit
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility

PEOPLE = "orgs.view_units"

EVERYONE_OWN = {
    Role.OFFICER: Scope.OWN,
    Role.REVIEWER: Scope.OWN,
    Role.LEADER: Scope.OWN,
    Role.DISCLOSURE_OFFICE: Scope.ALL,
    Role.LEGAL_OFFICE: Scope.OWN,
    Role.ASSESSOR: Scope.OWN,
    Role.COUNTER: Scope.OWN,
    Role.SYSTEM_ADMIN: Scope.ALL,
    Role.SECURITY_ADMIN: Scope.ALL,
    Role.AUDIT_ADMIN: Scope.ALL,
}

TRAIL = {Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL, Role.AUDIT_ADMIN: Scope.ALL}

declare(
    Policy("workbench.open", "打开工作台", EVERYONE_OWN),
    Policy("orgs.view_permissions", "查看权限表", EVERYONE_OWN),
    Policy(
        PEOPLE,
        "查看单位与人员",
        EVERYONE_OWN | {Role.LEADER: Scope.SUBTREE, Role.ASSESSOR: Scope.OWN},
    ),
    Policy(
        "orgs.keep_unit",
        "维护本单位公开的机构信息",
        {Role.OFFICER: Scope.OWN, Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy("orgs.change_units", "办理机构变动", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
    Policy(
        "orgs.keep_people",
        "开设、停用账号，重设登录",
        {Role.SYSTEM_ADMIN: Scope.ALL},
        "不能停用自己；还有职责没有移交的人不能停用",
    ),
    Policy(
        "orgs.grant_roles",
        "授予、收回角色",
        {Role.SECURITY_ADMIN: Scope.ALL},
        "不能给自己授权；三类管理员不能由一人兼任",
    ),
    Policy(
        "orgs.hand_over",
        "设岗、移交职责",
        {Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL, Role.SYSTEM_ADMIN: Scope.ALL},
    ),
    Policy(
        "orgs.arrange_leave",
        "为同事登记请假与代理",
        {Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
        "本人的请假由本人登记，不需要这项权限",
    ),
    Policy("trail.view", "查看留痕", TRAIL),
    Policy("trail.export", "导出留痕", {Role.DISCLOSURE_OFFICE: Scope.ALL, Role.AUDIT_ADMIN: Scope.ALL}),
)
visibility(Unit, action=PEOPLE, unit_path="id")
visibility(Person, action=PEOPLE)
visibility(Leave, action=PEOPLE, unit_path="person__unit_id")
