"""Looking at what identifies an applicant: a permission, a reason, a row in the trail; shown once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.foi.models import Case
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

LAW = "个人信息保护法第六条"
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """What was sealed, readable; it lives as long as the one page that shows it."""

    document: str
    phone: str
    email: str
    address: str
    agent_document: str


def why_not_reveal(*, case: Case, by: Actor, reason: str) -> list[Refusal]:
    """Why this person may not look, or not without saying what for."""
    found = []
    unit = case.holder_id or case.unit_id
    if not (can(by, "foi.reveal", case.unit_id) or can(by, "foi.reveal", unit)):
        text = "查看申请人身份信息，要由答复单位的信息员或审核人办理。"
        found.append(Refusal("foi.role", LAW, text))
    if case.applicant.purged_at is not None:
        found.append(Refusal("foi.purged", LAW, "身份信息已过保存期并清除，无法查看。"))
    if len(reason.strip()) < SHORTEST:
        text = "没有写查看的理由。请写明为办什么事查看，例如“邮寄答复书核对地址”。"
        found.append(Refusal("foi.no_reason", LAW, text))
    return found


@transaction.atomic
def reveal(*, case: Case, by: Actor, reason: str, now: datetime) -> Identity:
    """Unseal the applicant's data for one page; the reason stands in the trail, the data does not."""
    refuse_if(why_not_reveal(case=case, by=by, reason=reason))
    one = case.applicant
    record(verb="foi.reveal", by=by, at=now, about=case, note=reason.strip())
    return Identity(
        document=one.opened("document"),
        phone=one.opened("phone"),
        email=one.opened("email"),
        address=one.opened("address"),
        agent_document=one.opened("agent_document"),
    )
