"""The yearly plan as a ledger: tasks, who answers for each, and what was reported on it."""

from gongkai.ledger.models.bulletin import Bulletin, BulletinLine, RectificationOrder
from gongkai.ledger.models.evidence import Evidence
from gongkai.ledger.models.imports import PlanImport
from gongkai.ledger.models.lookback import LookBack, Verification
from gongkai.ledger.models.match import Match, MatchWords, Sweep
from gongkai.ledger.models.office import Campaign, CampaignAnswer, ContactNote, LadderStep, PaperTemplate
from gongkai.ledger.models.plan import Member, Plan, Task, TaskUnit
from gongkai.ledger.models.report import ProgressReport
from gongkai.ledger.models.unit_plan import UnitPlan, UnitPlanItem, UnitPlanVersion
from gongkai.ledger.models.verdict import Override

__all__ = [
    "Bulletin",
    "BulletinLine",
    "Campaign",
    "CampaignAnswer",
    "ContactNote",
    "Evidence",
    "LadderStep",
    "LookBack",
    "Match",
    "MatchWords",
    "Member",
    "Override",
    "PaperTemplate",
    "Plan",
    "PlanImport",
    "ProgressReport",
    "RectificationOrder",
    "Sweep",
    "Task",
    "TaskUnit",
    "UnitPlan",
    "UnitPlanItem",
    "UnitPlanVersion",
    "Verification",
]
