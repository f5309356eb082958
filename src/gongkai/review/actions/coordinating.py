"""Other agencies confirm what concerns them: asked, answered, decided, called off. 条例第十一条."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.documents import states as life
from gongkai.documents.models import Document
from gongkai.kernel.clock import legal_day
from gongkai.law.clock import working_days
from gongkai.law.queries import calendar
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import can
from gongkai.review import queries, states
from gongkai.review.actions.deciding import locked
from gongkai.review.models import Coordination
from gongkai.review.rules.coordination import (
    ARTICLE,
    LONGEST_MATTER,
    USUAL_WORKING_DAYS,
    settle_refusals,
    words_refusals,
)
from gongkai.trail.chain import record

LONGEST_WAIT = 60


def usual_answer_by(today: date) -> tuple[date, bool]:
    """The day until which the other agency is asked to answer, and whether it may still move."""
    found = working_days(today, USUAL_WORKING_DAYS, calendar())
    return found.due, found.provisional


def why_not_ask(*, document: Document, by: Actor) -> list[Refusal]:
    """Why no other agency can be asked about this document now."""
    if not can(by, "review.ask", document.unit_id):
        return [Refusal("wall.unit", ARTICLE, "您没有为这个单位征求意见的权限。请联系本单位信息员。")]
    if not queries.may_still_ask(document):
        text = f"这份公文现在是“{document.get_state_display()}”，不用再征求意见。"
        return [Refusal("coordination.not_due", ARTICLE, text)]
    return []


@transaction.atomic
def ask(
    *, document: Document, asked: Unit, matter: str, by: Actor, now: datetime, answer_by: date | None = None
) -> Coordination:
    """Mark a part of the paper as touching another agency; publication waits for its confirmation."""
    document = locked(document)
    today = legal_day(now)
    usual, provisional = usual_answer_by(today)
    day = answer_by or usual
    found = why_not_ask(document=document, by=by)
    found += words_refusals(matter, what="涉及的内容", longest=LONGEST_MATTER)
    if asked.pk not in {unit.pk for unit in queries.agencies_to_ask(document)}:
        text = f"{asked.short_name}不能作为征求的机关。请选另一个在用的单位。"
        found.append(Refusal("coordination.agency", ARTICLE, text))
    if not today < day or (day - today).days > LONGEST_WAIT:
        text = f"答复期限 {day} 不合适，应在明天到 {LONGEST_WAIT} 天之内。请核对日期。"
        found.append(Refusal("coordination.answer_by", ARTICLE, text))
    if any(
        row.asked_id == asked.pk and row.state in (states.WAITING, states.OBJECTED)
        for row in queries.coordinations_of(document)
    ):
        text = f"已经在征求{asked.short_name}的意见。要换内容的，请先把那一条改为“不再征求”。"
        found.append(Refusal("coordination.asked", ARTICLE, text))
    refuse_if(found)
    row = Coordination.objects.create(
        document=document, unit=document.unit, asked=asked, matter=matter.strip(), answer_by=day,
        provisional=provisional and answer_by is None, by_id=by.acting_id, at=now,
    )  # fmt: skip
    _record("ask", row, by=by, now=now, note=row.matter)
    return row


def why_not_answer(*, coordination: Coordination, by: Actor) -> list[Refusal]:
    """Why this person cannot answer for the agency that was asked."""
    if not can(by, "review.answer", coordination.asked_id):
        text = f"征求的是{coordination.asked.short_name}的意见，请由该单位答复。"
        return [Refusal("wall.unit", ARTICLE, text)]
    return _not_from(coordination, "confirm")


@transaction.atomic
def answer(
    *, coordination: Coordination, agree: bool, opinion: str, by: Actor, now: datetime, seen: str = ""
) -> Coordination:
    """Confirm, or say what is not right. ``seen`` is the text that was on the page; another one is not confirmed."""
    coordination = _locked(coordination)
    found = why_not_answer(coordination=coordination, by=by)
    if not agree:
        found += words_refusals(opinion, what="不同意见")
    digest = queries.digest_of(coordination.document)
    if seen and seen != digest:
        text = "您看的时候文稿又改过了。请重新看一遍现在的文稿再答复。"
        found.append(Refusal("coordination.text_changed", ARTICLE, text))
    refuse_if(found)
    coordination.opinion, coordination.digest = opinion.strip()[:500], digest
    coordination.answered_by_id, coordination.answered_at = by.acting_id, now
    verb = "confirm" if agree else "object"
    _move(coordination, verb)
    _record(verb, coordination, by=by, now=now, note=coordination.opinion)
    return coordination


def why_not_settle(*, coordination: Coordination, by: Actor, today: date) -> list[Refusal]:
    """Why this person cannot decide in place of the agency that was asked."""
    if not can(by, "review.settle", coordination.unit_id):
        text = "您没有作这个决定的权限。请由本单位负责人或者区政务公开主管部门决定。"
        return [Refusal("wall.unit", ARTICLE, text)]
    return _not_from(coordination, "decide") or settle_refusals(
        state=coordination.state,
        answer_by=coordination.answer_by,
        today=today,
        is_office=by.holds(Role.DISCLOSURE_OFFICE),
    )


@transaction.atomic
def settle(*, coordination: Coordination, ruling: str, by: Actor, now: datetime) -> Coordination:
    """Decide after the agency was silent past its day, or after a dispute; the reason is on record."""
    coordination = _locked(coordination)
    refuse_if(
        why_not_settle(coordination=coordination, by=by, today=legal_day(now))
        + words_refusals(ruling, what="决定理由")
    )
    coordination.ruling, coordination.ruled_by_id, coordination.ruled_at = ruling.strip(), by.acting_id, now
    coordination.digest = queries.digest_of(coordination.document)
    _move(coordination, "decide")
    _record("decide", coordination, by=by, now=now, note=coordination.ruling)
    return coordination


def why_not_call_off(*, coordination: Coordination, by: Actor) -> list[Refusal]:
    """Why a question cannot be taken back: only while the paper is a draft, so that reviewers see what is left."""
    if not can(by, "review.ask", coordination.unit_id):
        return [Refusal("wall.unit", ARTICLE, "您没有为这个单位撤回征求的权限。")]
    if coordination.document.state != life.DRAFT:
        text = "公文已经送审，不能撤回征求。请先撤回送审。"
        return [Refusal("coordination.in_review", ARTICLE, text)]
    return _not_from(coordination, "call_off")


@transaction.atomic
def call_off(*, coordination: Coordination, ruling: str, by: Actor, now: datetime) -> Coordination:
    """The part that touched the other agency is gone from the draft, or the wrong one was asked."""
    coordination = _locked(coordination)
    refuse_if(
        why_not_call_off(coordination=coordination, by=by) + words_refusals(ruling, what="不再征求的原因")
    )
    coordination.ruling, coordination.ruled_by_id, coordination.ruled_at = ruling.strip(), by.acting_id, now
    _move(coordination, "call_off")
    _record("call_off", coordination, by=by, now=now, note=coordination.ruling)
    return coordination


def _not_from(coordination: Coordination, verb: str) -> list[Refusal]:
    if states.target_of(coordination.state, verb) is not None:
        return []
    text = f"这一条现在是“{states.LABELS[coordination.state]}”，做不了这一步。请刷新页面。"
    return [Refusal("coordination.state", "", text)]


def _move(coordination: Coordination, verb: str) -> None:
    target = states.target_of(coordination.state, verb)
    assert target is not None  # the action has refused otherwise
    coordination.state = target
    coordination.save()


def _record(verb: str, row: Coordination, *, by: Actor, now: datetime, note: str) -> None:
    facts = {"coordination": row.pk, "asked": row.asked_id, "answer_by": row.answer_by.isoformat()}
    record(
        verb=f"review.coordination_{verb}", by=by, at=now, about=row.document, note=note[:200], facts=facts
    )


def _locked(coordination: Coordination) -> Coordination:
    rows = Coordination.objects.unscoped("the action checks the actor itself")
    rows = rows.select_for_update(of=("self",)).select_related("document", "unit", "asked")
    return rows.get(pk=coordination.pk)
