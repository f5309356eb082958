"""Who may see and write the documents of which unit."""

from __future__ import annotations

from gongkai.documents.models import Document
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility

declare(
    Policy(
        "documents.view",
        "查看公文与信息",
        {
            Role.OFFICER: Scope.OWN,
            Role.REVIEWER: Scope.OWN,
            Role.LEADER: Scope.OWN,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
            Role.LEGAL_OFFICE: Scope.ALL,
        },
    ),
    Policy("documents.write", "起草、修改公文与信息", {Role.OFFICER: Scope.OWN}),
    Policy("documents.submit", "送审、撤回送审", {Role.OFFICER: Scope.OWN}),
    Policy(
        "documents.justify",
        "对规则提示说明情况",
        {Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN, Role.LEADER: Scope.OWN},
    ),
)
visibility(Document, action="documents.view")
