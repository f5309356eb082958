"""What reviewers do: approve, return, and review for secrecy."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.documents import states as life
from gongkai.documents.actions import move
from gongkai.documents.models import Document
from gongkai.documents.queries import PROACTIVE, gate_refusals, openness_of
from gongkai.events.publication import DocumentApproved, DocumentReturned
from gongkai.kernel import clock
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import TABLE, can, own_roles_only
from gongkai.review import queries, rules, states
from gongkai.review.models import ReviewStep, SecrecyReview
from gongkai.review.rules import (
    HOUSE_RULE,
    LEAST_OPINION,
    opinion_refusals,
    separation_refusals,
    small_unit_refusals,
)
from gongkai.trail.chain import record


def why_not_decide(
    *,
    document: Document,
    by: Actor,
    approve: bool,
    today: date,
    opinion: str = "",
    reason: str = "",
) -> list[Refusal]:
    """Why this person cannot take the step that is due, or not with this answer."""
    step = queries.step_due(document)
    if step is None:
        return [
            Refusal(
                "review.not_due",
                "",
                f"这份公文现在是“{life.LABELS[document.state]}”，没有等待审核的步骤。请刷新页面。",
            )
        ]
    if not can(by, queries.action_of(step, document), document.unit_id):
        return [
            Refusal(
                "wall.step",
                HOUSE_RULE,
                f"现在等的是{rules.LABELS[step]}，您没有这个单位的{rules.LABELS[step]}权限。",
            )
        ]
    writers, deciders = queries.people_of_round(document)
    found = separation_refusals(person=by.person_id, writers=writers, deciders=deciders, step=step)
    found += small_unit_refusals(
        step=step,
        is_small=document.unit.is_small,
        own_unit=queries.holds_for(by, document.unit_id),
    )
    found += opinion_refusals(approve=approve, opinion=opinion, step=step, reason=reason)
    if approve and step == rules.FINAL:
        found += final_refusals(document, today=today)
    return found


def final_refusals(document: Document, *, today: date) -> list[Refusal]:
    """What stands against the final approval, whoever gives it: secrecy review, the gate, other agencies."""
    found = _secrecy_refusals(document) + gate_refusals(document, today=today)
    if openness_of(document) == PROACTIVE:
        found += queries.coordination_refusals(document)
    return found


@transaction.atomic
def decide(
    *,
    document: Document,
    by: Actor,
    now: datetime,
    approve: bool,
    opinion: str = "",
    reason: str = "",
    should_be_public: bool = False,
    signature: str = states.LOGIN,
) -> ReviewStep:
    """Approve the step that is due, or give the document back to its author. 条例第十七条.

    ``reason`` sorts what is given back; ``should_be_public`` is the disclosure office's word that the paper is
    not to be kept from the public; ``signature`` tells how the person proved to be himself.
    """
    document = locked(document)
    today = clock.legal_day(now)
    refuse_if(
        why_not_decide(document=document, by=by, approve=approve, opinion=opinion, reason=reason, today=today)
    )
    step = queries.step_due(document)
    assert step is not None
    decision = states.APPROVED if approve else states.RETURNED
    if not approve and should_be_public and step == rules.OPINION:
        decision = states.OPEN_IT
    row = ReviewStep.objects.create(
        document=document,
        round=document.round,
        step=step,
        decision=decision,
        reason="" if approve else reason,
        opinion=opinion.strip(),
        signature=signature,
        by_id=by.acting_id,
        instead_of_id=_instead_of(by, queries.action_of(step, document), document.unit_id),
        at=now,
    )
    record(
        verb=f"review.{'approve' if approve else 'return'}",
        by=by,
        at=now,
        about=document,
        note=opinion.strip(),
        facts=_facts(row),
    )
    move_on(document=document, step=row, now=now)
    return row


def _facts(row: ReviewStep) -> dict[str, Any]:
    """What the trail keeps of a decision."""
    facts = {
        "step": row.step,
        "round": row.round,
        "decision": row.decision,
        "instead_of": row.instead_of_id,
        "signature": row.signature,
    }
    return facts | ({"reason": row.reason} if row.reason else {})


def move_on(*, document: Document, step: ReviewStep, now: datetime) -> None:
    """Where a document goes after a decision; the caller has written the decision and its trail row."""
    ids = {"document_id": document.pk, "unit_id": document.unit_id, "round": document.round}
    if step.decision != states.APPROVED:
        move(document=document, verb="return", now=now)
        emit(DocumentReturned(**ids))
    elif step.step == rules.FINAL:
        # What is not published on the office's own account is filed; art. 18 asks for it again later.
        verb = "approve" if openness_of(document) == PROACTIVE else "file"
        move(document=document, verb=verb, now=now)
        emit(DocumentApproved(**ids))


def why_not_review_secrecy(*, document: Document, by: Actor, opinion: str) -> list[Refusal]:
    """Why this person cannot record the secrecy review."""
    if document.state != life.SUBMITTED:
        return [Refusal("secrecy.not_due", "条例第十七条", "公文不在审核中，不用做保密审查。")]
    if not can(by, "review.secrecy", document.unit_id):
        return [Refusal("wall.step", "条例第十七条", "您没有这个单位的保密审查权限。")]
    if by.person_id in document.writers:
        return [
            Refusal("secrecy.own_draft", "条例第十七条", "您起草或修改过这份公文，请由另一位同志做保密审查。")
        ]
    if queries.secrecy_review_of(document):
        return [Refusal("secrecy.done", "条例第十七条", "这一轮的保密审查已经记录，不能再改。")]
    if len(opinion.strip()) < LEAST_OPINION:
        return [Refusal("secrecy.opinion", "条例第十七条", f"请写明审查意见，至少{LEAST_OPINION}个字。")]
    return []


@transaction.atomic
def review_secrecy(
    *, document: Document, by: Actor, now: datetime, passed: bool, opinion: str
) -> SecrecyReview:
    """Put the secrecy review on record: who, when, opinion. 条例第十七条; no publication without it (B03)."""
    document = locked(document)
    refuse_if(why_not_review_secrecy(document=document, by=by, opinion=opinion))
    row = SecrecyReview.objects.create(
        document=document,
        round=document.round,
        passed=passed,
        opinion=opinion.strip(),
        by_id=by.acting_id,
        at=now,
    )
    record(
        verb="review.secrecy",
        by=by,
        at=now,
        about=document,
        note=opinion.strip(),
        facts={"passed": passed, "round": document.round},
    )
    return row


def _secrecy_refusals(document: Document) -> list[Refusal]:
    secrecy = queries.secrecy_review_of(document)
    if secrecy is None:
        return [
            Refusal("secrecy.missing", "条例第十七条", "还没有保密审查记录。请先由审核人做保密审查，再签发。")
        ]
    if not secrecy.passed:
        return [
            Refusal(
                "secrecy.refused",
                "条例第十七条",
                "保密审查认为不可以公开。请退回修改，或者改为不予公开并写明情形。",
            )
        ]
    return []


def _instead_of(by: Actor, action: str, unit_id: int) -> int | None:
    """Whose role the person used, when he has it only as a deputy."""
    if own_roles_only(by, action, unit_id):
        return None
    lent = (
        held.instead_of
        for held in by.held
        if held.instead_of and held.role in TABLE[action].grants and held.unit_id == unit_id
    )
    return next(lent, None)


def locked(document: Document) -> Document:
    """The row as it is now, held until the end of the transaction."""
    rows = Document.objects.unscoped("the action checks the actor itself")
    return rows.select_for_update(of=("self",)).select_related("unit").get(pk=document.pk)
