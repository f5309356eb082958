"""Who works on the matrix: units on their own fields, the district office on all and on the debt."""

from __future__ import annotations

from gongkai.budget.models import Announcement, BudgetApproval, BudgetPaperLink
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility

_OWN = {Role.OFFICER: Scope.SUBTREE, Role.LEADER: Scope.SUBTREE, Role.DISCLOSURE_OFFICE: Scope.ALL}
declare(
    Policy("budget.view", "查看预决算公开情况", {**_OWN, Role.REVIEWER: Scope.SUBTREE}),
    Policy("budget.work", "登记预决算批复日期、文件和发布预告", _OWN),
    Policy("budget.debt", "登记地方政府债务数据", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
)
for walled in (Announcement, BudgetApproval, BudgetPaperLink):
    visibility(walled, action="budget.view")
