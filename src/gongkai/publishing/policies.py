"""Who may publish and take back which unit's information."""

from __future__ import annotations

from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility
from gongkai.publishing.models import Publication

declare(
    Policy(
        "publishing.view",
        "查看发布记录与回执",
        {
            Role.OFFICER: Scope.OWN,
            Role.REVIEWER: Scope.OWN,
            Role.LEADER: Scope.OWN,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
            Role.AUDIT_ADMIN: Scope.ALL,
        },
    ),
    Policy(
        "publishing.publish",
        "发布",
        {Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
        "拟稿人、修改人不能发布；区政务公开主管部门只为本单位和两人单位发布",
    ),
    Policy(
        "publishing.withdraw",
        "撤回发布",
        {Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy(
        "publishing.settings",
        "索引号编制规则、公开期限规则、网站找错",
        {Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy(
        "publishing.take_down",
        "期满后撤下其他渠道的内容",
        {Role.OFFICER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy(
        "publishing.integrity",
        "处理完整性告警",
        {Role.DISCLOSURE_OFFICE: Scope.ALL, Role.SYSTEM_ADMIN: Scope.ALL, Role.AUDIT_ADMIN: Scope.ALL},
    ),
)
visibility(Publication, action="publishing.view")
