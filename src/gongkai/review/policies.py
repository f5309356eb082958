"""Who may review which unit's documents, who asks and answers for another agency, who records a signed sheet."""

from __future__ import annotations

from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility
from gongkai.review.models import Coordination, SignedSheet

NOT_OWN = "拟稿人、修改人、本轮已审的人不能审；代理人也一样"
STAFF = {Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN, Role.LEADER: Scope.OWN}
STAFF_AND_OFFICE = {**STAFF, Role.DISCLOSURE_OFFICE: Scope.ALL}

declare(
    Policy("review.view", "查看审核", STAFF_AND_OFFICE),
    Policy("review.first", "初审", {Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN}, NOT_OWN),
    Policy("review.second", "复审", {Role.REVIEWER: Scope.OWN, Role.LEADER: Scope.OWN}, NOT_OWN),
    # The unit's 公开工作机构; in a unit of two its second person (``review.second``).
    Policy(
        "review.opinion",
        "拟不公开公文的公开审查",
        {Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN},
        "拟稿人、修改人不能审；审过的不能再签发",
    ),
    Policy(
        "review.final",
        "终审签发",
        {Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
        NOT_OWN + "；区政务公开主管部门只为两人单位签发",
    ),
    Policy("review.secrecy", "保密审查", {Role.REVIEWER: Scope.OWN, Role.LEADER: Scope.OWN}, NOT_OWN),
    # Opening the page of a review is enough to decide; the step's own action is checked by the action.
    Policy("review.decide", "作出审核决定", STAFF_AND_OFFICE, NOT_OWN),
    Policy(
        "review.record_sheet",
        "登记纸质签批的发文单",
        {Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN},
        "拟稿人、修改人和签批人本人不能登记",
    ),
    Policy("review.coordination", "查看征求其他机关意见", STAFF_AND_OFFICE),
    Policy("review.ask", "征求其他机关意见", {Role.OFFICER: Scope.OWN}),
    Policy("review.answer", "答复其他机关的征求", STAFF, "只有被征求的机关能答复"),
    Policy(
        "review.settle",
        "逾期未答复或者有分歧时作决定",
        {Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
        "有不同意见的，只由区政务公开主管部门决定",
    ),
)
visibility(SignedSheet, action="review.view")
visibility(Coordination, action="review.coordination", also="asked_id")
