"""What the district office keeps about a unit, to try the wall with."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models

from gongkai.ledger import states
from gongkai.ledger.models import (
    Bulletin,
    Campaign,
    CampaignAnswer,
    ContactNote,
    LadderStep,
    LookBack,
    RectificationOrder,
    Task,
    Verification,
)
from gongkai.orgs.models import Person, Unit

DAY = date(2026, 10, 14)


def office_specimens(
    unit: Unit, author: Person, task: Task, canary: str, now: datetime
) -> dict[type[models.Model], models.Model]:
    """A call, a reminder, an answer, an order and a verification of this unit; the frame of each is everybody's."""
    Bulletin.objects.get_or_create(
        year=DAY.year, month=9, defaults={"title": "通报", "overview": "总体情况。", "by": author, "at": now}
    )
    step = LadderStep._base_manager.create(
        unit=unit, matter=f"task:{task.pk}", since=DAY, step=1, to=canary, at=now
    )
    return {
        ContactNote: ContactNote._base_manager.create(unit=unit, outcome=canary, by=author, at=now),
        LadderStep: step,
        CampaignAnswer: _answer(unit, author, canary, now),
        RectificationOrder: _order(unit, author, canary, now),
        Verification: _verification(unit, author, task, canary, now),
    }


def _answer(unit: Unit, author: Person, canary: str, now: datetime) -> CampaignAnswer:
    frame = {"question": "报清单。", "scope_text": "各部门", "due_on": DAY, "by": author, "at": now}
    campaign, _ = Campaign.objects.get_or_create(title="专项行动", defaults=frame)
    return CampaignAnswer._base_manager.create(
        campaign=campaign,
        unit=unit,
        text=canary,
        state=states.HANDED_IN,
        by=author,
        at=now,
        reason=canary,
    )


def _order(unit: Unit, author: Person, canary: str, now: datetime) -> RectificationOrder:
    serial = RectificationOrder.objects.unscoped("the next number").count() + 1
    return RectificationOrder._base_manager.create(
        year=DAY.year,
        serial=serial,
        unit=unit,
        fault=canary,
        demand=canary,
        due_on=DAY,
        by=author,
        at=now,
        answer=canary,
        answered_by=author,
        answered_at=now,
        state=states.ORDER_ANSWERED,
    )


def _verification(unit: Unit, author: Person, task: Task, canary: str, now: datetime) -> Verification:
    look_back, _ = LookBack.objects.get_or_create(
        plan=task.plan, defaults={"due_on": DAY, "by": author, "at": now}
    )
    return Verification._base_manager.create(
        look_back=look_back,
        task=task,
        unit=unit,
        verifier=author,
        check_by=DAY,
        state=states.UNFINISHED,
        finding=canary,
        rectify_by=DAY,
        verified_by=author,
        verified_at=now,
    )
