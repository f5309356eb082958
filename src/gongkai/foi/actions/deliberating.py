"""会商: who has to say something, what each said, the conclusion; frozen into the file when it is concluded."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions.days import why_not_day
from gongkai.foi.actions.engine import advance, locked
from gongkai.foi.models import Case, Deliberation, DeliberationOpinion, Paper
from gongkai.foi.queries.who import Doer, may, why_not_step
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.roles import Role
from gongkai.trail.chain import sm3

WHY = "the action checks whose opinion it is"
ARTICLE = states.EVENTS["deliberate"].basis
Side = DeliberationOpinion.Side


@dataclass(frozen=True, slots=True)
class Asked:
    """One side of a 会商 and the unit that speaks for it."""

    side: str
    unit: Unit
    required: bool = True


def why_not_deliberate(
    *, case: Case, by: Doer, question: str, asked: Iterable[Asked] | None
) -> list[Refusal]:
    """Why no 会商 can begin. ``asked=None`` leaves out whom to ask, for the button."""
    found = why_not_step(case, "deliberate", by)
    if not question.strip():
        found.append(Refusal("foi.no_question", "", "没有写会商什么问题。请写清楚要各方判断的问题。"))
    if asked is None:
        return found
    sides = list(asked)
    for side in (Side.HOLDER, Side.LEGAL):
        if not any(one.side == side and one.required for one in sides):
            text = f"会商要有{side.label}的意见。请把它列为必须提出意见的一方。"
            found.append(Refusal("foi.side_missing", ARTICLE, text))
    if len({(one.side, one.unit.pk) for one in sides}) != len(sides):
        found.append(Refusal("foi.asked_twice", "", "同一个单位列了两次。请去掉一个。"))
    return found


@transaction.atomic
def deliberate(*, case: Case, by: Doer, question: str, asked: Iterable[Asked], now: datetime) -> Deliberation:
    """Ask the handling unit, the legal reviewers and other units about one question of the case."""
    case = locked(case)
    sides = list(asked)
    refuse_if(why_not_deliberate(case=case, by=by, question=question, asked=sides))
    row = Deliberation._base_manager.create(
        case=case, unit_id=case.unit_id, question=question.strip(), opened_at=now
    )
    DeliberationOpinion._base_manager.bulk_create(
        DeliberationOpinion(
            deliberation=row, unit_id=case.unit_id, side=one.side, asked_unit=one.unit, required=one.required
        )
        for one in sides
    )
    facts = {"row": row.pk, "asked": [[one.side, one.unit.pk, one.required] for one in sides]}
    advance(case, "deliberate", by=by, now=now, facts=facts)
    return row


def why_not_give_opinion(*, opinion: DeliberationOpinion, by: Doer, text: str) -> list[Refusal]:
    """Why this person cannot say this for the side that was asked."""
    case = opinion.deliberation.case
    found = why_not_step(case, "give_opinion", by, unit_id=opinion.asked_unit_id)
    if opinion.side == Side.LEGAL and not (isinstance(by, Actor) and by.holds(Role.LEGAL_OFFICE)):
        text_of = "法律意见要由合法性审核人提出。请转给合法性审核人。"
        found.append(Refusal("foi.not_legal", "本平台权限规定", text_of))
    if opinion.side != Side.LEGAL and not _speaks_for(opinion, by):
        text_of = f"这是{opinion.asked_unit.short_name}的意见，要由该单位的信息员提出。"
        found.append(Refusal("foi.other_side", "本平台权限规定", text_of))
    if opinion.deliberation.concluded_at is not None:
        found.append(Refusal("foi.concluded", ARTICLE, "会商已有结论，意见不能再改。"))
    if not text.strip():
        found.append(Refusal("foi.no_opinion", "", "没有写意见。没有不同意见的，写“同意”并说明理由。"))
    return found


@transaction.atomic
def give_opinion(
    *, opinion: DeliberationOpinion, by: Doer, text: str, paper: Paper | None = None, now: datetime
) -> DeliberationOpinion:
    """One side says what it thinks; until the conclusion it may say it anew, and each time stands in the trail."""
    case = locked(opinion.deliberation.case)
    row = _fresh(opinion)
    refuse_if(why_not_give_opinion(opinion=row, by=by, text=text))
    row.text, row.by_id, row.at, row.paper = text.strip(), by.person_id, now, paper or row.paper
    row.save(update_fields=["text", "by", "at", "paper"])
    facts = {"row": row.pk, "side": row.side, "unit": row.asked_unit_id}
    advance(case, "give_opinion", by=by, now=now, facts=facts, unit_id=row.asked_unit_id)
    return row


def why_not_conclude(
    *, deliberation: Deliberation, by: Doer, conclusion: str, held_on: date | None, now: datetime
) -> list[Refusal]:
    """Why there can be no conclusion: somebody who must be heard was not."""
    case = deliberation.case
    found = why_not_step(case, "conclude", by)
    found += why_not_day(case, on=held_on, now=now, what="会商")
    if deliberation.concluded_at is not None:
        found.append(Refusal("foi.concluded", ARTICLE, "这次会商已有结论。请刷新页面。"))
    rows = DeliberationOpinion.objects.unscoped(WHY).filter(deliberation=deliberation, required=True, at=None)
    missing = [
        f"{row.get_side_display()}（{row.asked_unit.short_name}）"
        for row in rows.select_related("asked_unit")
    ]
    if missing:
        text = f"还缺{'、'.join(missing)}的意见，不能下结论。请催办，或者请对方书面说明。"
        found.append(Refusal("foi.opinion_missing", ARTICLE, text))
    if not conclusion.strip():
        found.append(Refusal("foi.no_conclusion", "", "没有写会商结论。请写明怎样办理、依据哪一条。"))
    return found


@transaction.atomic
def conclude(
    *, deliberation: Deliberation, by: Doer, conclusion: str, held_on: date, now: datetime
) -> Deliberation:
    """Write the conclusion and freeze the 会商: its digest proves question, opinions and conclusion."""
    case = locked(deliberation.case)
    row = Deliberation.objects.unscoped(WHY).select_related("case__unit").get(pk=deliberation.pk)
    refuse_if(why_not_conclude(deliberation=row, by=by, conclusion=conclusion, held_on=held_on, now=now))
    row.conclusion, row.held_on, row.concluded_at = conclusion.strip(), held_on, now
    row.digest = digest_of(row)
    row.save(update_fields=["conclusion", "held_on", "concluded_at", "digest"])
    advance(case, "conclude", by=by, now=now, on=held_on, facts={"row": row.pk, "digest": row.digest})
    return row


def digest_of(deliberation: Deliberation) -> str:
    """SM3 over everything that was said; the verifier of the case's package reckons it again."""
    rows = DeliberationOpinion.objects.unscoped(WHY).filter(deliberation=deliberation).order_by("pk")
    content = {
        "question": deliberation.question,
        "held_on": deliberation.held_on.isoformat() if deliberation.held_on else "",
        "conclusion": deliberation.conclusion,
        "opinions": [
            [row.side, row.asked_unit_id, row.required, row.text, row.by_id, row.paper_id] for row in rows
        ],
    }
    return sm3(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def _speaks_for(opinion: DeliberationOpinion, by: Doer) -> bool:
    if not isinstance(by, Actor):
        return False
    own = {held.unit_id for held in by.held if held.role is Role.OFFICER}
    return opinion.asked_unit_id in own and may(
        opinion.deliberation.case, "give_opinion", by, unit_id=opinion.asked_unit_id
    )


def _fresh(opinion: DeliberationOpinion) -> DeliberationOpinion:
    rows = DeliberationOpinion.objects.unscoped(WHY).select_related("deliberation__case__unit", "asked_unit")
    return rows.get(pk=opinion.pk)
