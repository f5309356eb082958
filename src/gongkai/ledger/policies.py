"""Who may see the ledger, import the plan, report on tasks and judge reports."""

from __future__ import annotations

from gongkai.ledger.models import (
    CampaignAnswer,
    ContactNote,
    Evidence,
    LadderStep,
    ProgressReport,
    RectificationOrder,
    UnitPlan,
    UnitPlanVersion,
    Verification,
)
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility

declare(
    Policy(
        "ledger.view",
        "查看要点台账和本单位填报",
        {
            Role.OFFICER: Scope.OWN,
            Role.REVIEWER: Scope.OWN,
            Role.LEADER: Scope.OWN,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
        },
    ),
    Policy(
        "ledger.demand",
        "查看标准目录的需求排行",
        {Role.OFFICER: Scope.OWN, Role.LEADER: Scope.OWN, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy("ledger.import", "导入工作要点", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
    Policy("ledger.correct", "更正任务的责任单位和短标题", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
    Policy("ledger.adjust", "人工判定任务状态，改更新周期和匹配词", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
    Policy("ledger.plan_unit", "编制和报备本单位实施方案", {Role.OFFICER: Scope.OWN, Role.LEADER: Scope.OWN}),
    Policy("ledger.report", "填报任务进展", {Role.OFFICER: Scope.OWN, Role.LEADER: Scope.OWN}),
    Policy(
        "ledger.judge", "审核任务进展", {Role.DISCLOSURE_OFFICE: Scope.ALL}, "填报人不能审核自己填报的进展"
    ),
)
declare(
    Policy(
        "ledger.supervise", "督办：催办、通报、整改、专项行动、回头看", {Role.DISCLOSURE_OFFICE: Scope.ALL}
    ),
    Policy(
        "ledger.answer",
        "答复整改单和专项行动",
        {Role.OFFICER: Scope.OWN, Role.LEADER: Scope.OWN},
    ),
    Policy(
        "ledger.verify",
        "回头看核查",
        {Role.DISCLOSURE_OFFICE: Scope.ALL, Role.ASSESSOR: Scope.ALL},
        "核查人不能核查自己所在的单位",
    ),
)
visibility(ProgressReport, action="ledger.view")
visibility(Evidence, action="ledger.view", unit_path="report__unit_id")
visibility(ContactNote, action="ledger.supervise")
visibility(LadderStep, action="ledger.view")
visibility(CampaignAnswer, action="ledger.view")
visibility(RectificationOrder, action="ledger.view")
# A unit sees its own through "ledger.view"; the third party that verifies has no other door.
visibility(Verification, action="ledger.verify")
visibility(UnitPlan, action="ledger.view")
visibility(UnitPlanVersion, action="ledger.view", unit_path="unit_plan__unit_id")
