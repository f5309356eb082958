"""Who may see, import, propose and approve the standard catalogue."""

from __future__ import annotations

from gongkai.catalogue.models import CatalogueProposal
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility

# The table itself is public; proposals belong to the unit that makes them.
SEES = {
    Role.OFFICER: Scope.OWN,
    Role.REVIEWER: Scope.OWN,
    Role.LEADER: Scope.OWN,
    Role.DISCLOSURE_OFFICE: Scope.ALL,
}
declare(
    Policy("catalogue.view", "查看标准目录和修订建议", SEES),
    Policy(
        "catalogue.powers",
        "维护本单位权责清单",
        {Role.OFFICER: Scope.OWN, Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy("catalogue.import", "导入标准目录", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
    Policy(
        "catalogue.propose",
        "提出标准目录修订建议",
        {Role.OFFICER: Scope.OWN, Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy(
        "catalogue.approve",
        "批准标准目录修订建议",
        {Role.DISCLOSURE_OFFICE: Scope.ALL},
        "不能批准自己提出的建议",
    ),
)
visibility(CatalogueProposal, action="catalogue.view")
