"""The answer of a case: one result, one letter a round; drafted, reviewed, signed, sent, received, put right.

A result is fixed by one code (``rules.dispositions``); letter, remedy and statistics follow from it. The drafter
neither reviews nor signs; the reviewer signs only in a unit of two people.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions.engine import advance, locked
from gongkai.foi.actions.letter_texts import (
    HOUSE_RULE,
    new_letter,
    plain_facts,
    put_signature,
    rewrite,
    trail,
    why_own,
)
from gongkai.foi.actions.service import locked_answer
from gongkai.foi.models import Case, CaseEvent, Letter
from gongkai.foi.queries import letters as said
from gongkai.foi.queries import results
from gongkai.foi.queries.who import Doer, why_not_step
from gongkai.foi.rules import letters as rules
from gongkai.kernel.clock import legal_day
from gongkai.law.basis import cite
from gongkai.law.refusal import Refusal, refuse_if

WHY = "the action checks the unit of the case itself"


# -- the result ----------------------------------------------------------------------------------------


def why_not_dispose(
    *, case: Case, code: str, by: Doer, facts: Mapping[str, Any] | None = None
) -> list[Refusal]:
    """Why this result cannot be fixed now: another verb, a step that is missing before it."""
    found = why_not_step(case, "dispose", by)
    if code in results.BY_OTHER_VERBS:
        text = f"“{results.result_label(code)}”不用拟答复书。请在案件页点“{results.BY_OTHER_VERBS[code]}”。"
        return [*found, Refusal("result.other_verb", "国办公开办函〔2021〕30号", text)]
    if code not in results.results_of(case):
        text = "没有选定唯一的办理结果。请把问题逐个答完。"
        return [*found, Refusal("result.unknown", cite("条例36"), text)]
    found += results.lacks(case, code)
    if code == "r3_4" and facts is not None:
        found += results.why_no_opinion(case, facts)
    return found


@transaction.atomic
def dispose(
    *,
    case: Case,
    code: str,
    by: Doer,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
    path: Mapping[str, str] | None = None,
    ground: str = "",
) -> Case:
    """Fix the one result of this round and compose its letter; fixed anew, it takes the place of the former.

    ``facts`` are those of the letter; ``path`` holds the answers to the questions, for the file.
    """
    case = locked(case)
    worth = results.suggested_facts(case, code, ground=ground) | plain_facts(facts or {})
    refuse_if(why_not_dispose(case=case, code=code, by=by, facts=worth))
    kept = {"path": dict(path or {}), "ground": ground}
    told = {"code": code, "before": case.disposition}
    changes = {"disposition": code, "disposition_facts": kept}
    case = advance(case, "dispose", by=by, now=now, facts=told, changes=changes)
    _compose(case, worth, by=by, now=now)
    return case


def _compose(case: Case, facts: Mapping[str, Any], *, by: Doer, now: datetime) -> Letter:
    """The draft of the round's answer; a number that was given before it was recalled stays with it."""
    kind = results.letter_of(case, case.disposition)
    letter = locked_answer(case)
    if letter is None:
        return new_letter(case, kind, facts, by=by, now=now)
    if letter.kind != kind.key:
        letter.kind, letter.text = kind.key, []
        letter.facts = {said.WRITERS: letter.facts.get(said.WRITERS, [])}
        shown = said.shown_facts(case, kind, facts, today=legal_day(now), code=case.disposition)
        letter.text = said.stored(rules.compose(kind, shown))
    rewrite(letter, by=by, now=now, facts=facts)
    letter.save()
    return letter


def why_not_edit_answer(*, case: Case, by: Doer) -> list[Refusal]:
    """Why the words of the answer cannot be changed now."""
    found = why_not_step(case, "draft_answer", by)
    if results.answer_of(case) is None:
        found.append(_no_answer())
    return found


@transaction.atomic
def edit_answer(
    *,
    case: Case,
    by: Doer,
    now: datetime,
    texts: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Letter:
    """Change words or facts of the draft."""
    case = locked(case)
    refuse_if(why_not_edit_answer(case=case, by=by))
    letter = _answer(case)
    rewrite(letter, by=by, now=now, texts=texts, facts=facts)
    letter.save()
    trail("foi.edit_letter", letter, by=by, now=now)
    return letter


# -- draft, review, signature --------------------------------------------------------------------------


def why_not_draft_answer(*, case: Case, by: Doer, now: datetime) -> list[Refusal]:
    """Why the draft cannot go to review: no result, elements missing, the severed version missing."""
    found = why_not_step(case, "draft_answer", by)
    letter = results.answer_of(case)
    if not case.disposition or letter is None:
        return [*found, _no_answer()]
    found += results.lacks(case, case.disposition)
    found += said.faults_of(letter, today=legal_day(now))
    return found + results.not_ready(case, letter)


@transaction.atomic
def draft_answer(*, case: Case, by: Doer, now: datetime) -> Case:
    """Send the finished draft to review."""
    case = locked(case)
    refuse_if(why_not_draft_answer(case=case, by=by, now=now))
    letter = _answer(case)
    letter.drafted_by_id, letter.drafted_at = by.person_id, now
    rewrite(letter, by=by, now=now)
    letter.save()
    return advance(case, "draft_answer", by=by, now=now, facts={"letter": letter.pk})


def why_not_review(*, case: Case, by: Doer, now: datetime) -> list[Refusal]:
    """Why this person cannot pass the draft."""
    found = why_not_step(case, "review", by)
    letter = results.answer_of(case)
    if letter is None:
        return [*found, _no_answer()]
    return found + why_own(letter, by, "审核") + said.faults_of(letter, today=legal_day(now))


@transaction.atomic
def review(*, case: Case, by: Doer, now: datetime, note: str = "") -> Case:
    """The head of the disclosure office passes the draft to the leader."""
    case = locked(case)
    refuse_if(why_not_review(case=case, by=by, now=now))
    letter = _answer(case)
    return advance(case, "review", by=by, now=now, note=note.strip(), facts={"letter": letter.pk})


def why_not_return_draft(*, case: Case, by: Doer, reason: str) -> list[Refusal]:
    """Why the draft cannot be given back, or not without a reason."""
    found = why_not_step(case, "return_draft", by)
    if not reason.strip():
        text = "没有写退回的理由。请写明要改什么，拟稿人会看到。"
        found.append(Refusal("answer.no_reason", cite("条例45"), text))
    return found


@transaction.atomic
def return_draft(*, case: Case, reason: str, by: Doer, now: datetime) -> Case:
    """Give the draft back to its drafter with the reason."""
    case = locked(case)
    refuse_if(why_not_return_draft(case=case, by=by, reason=reason))
    return advance(case, "return_draft", by=by, now=now, note=reason.strip())


def why_not_sign(*, case: Case, by: Doer, now: datetime) -> list[Refusal]:
    """Why this person cannot sign: own draft, own review, an element that is missing by the law of today."""
    found = why_not_step(case, "sign", by)
    letter = results.answer_of(case)
    if letter is None:
        return [*found, _no_answer()]
    found += why_own(letter, by, "签发")
    if by.person_id is not None and by.person_id == _reviewer(case) and not case.unit.is_small:
        text = "您审核过这份答复，不能再由您签发。请由另一位负责人签发；只有两人的单位请先在单位信息里标明。"
        found.append(Refusal("answer.own_review", HOUSE_RULE, text))
    found += said.faults_of(letter, today=legal_day(now))
    return found + results.not_ready(case, letter)


@transaction.atomic
def sign(*, case: Case, by: Doer, now: datetime) -> Case:
    """Sign the answer: the decision is made today, its remedy follows the law of today, its number is given."""
    case = locked(case)
    refuse_if(why_not_sign(case=case, by=by, now=now))
    letter = _answer(case)
    put_signature(letter, by=by, now=now)
    facts = {"letter": letter.pk, "number": letter.number, "digest": letter.digest}
    return advance(case, "sign", by=by, now=now, facts=facts, changes={"decided_on": legal_day(now)})


def why_not_recall(*, case: Case, by: Doer, reason: str) -> list[Refusal]:
    """Why the signature cannot be taken back, or not without a reason."""
    found = why_not_step(case, "recall", by)
    letter = results.answer_of(case)
    if letter is not None and letter.dispatched_on is not None:
        text = f"答复已于 {letter.dispatched_on} 发出过，不能撤回签发。内容有误的，送达后发更正告知书。"
        found.append(Refusal("answer.sent", cite("条例45"), text))
    if not reason.strip():
        found.append(Refusal("answer.no_reason", cite("条例45"), "没有写撤回签发的理由。请用一句话写明。"))
    return found


@transaction.atomic
def recall(*, case: Case, reason: str, by: Doer, now: datetime) -> Case:
    """Take the signature back before the letter left. It keeps its number, so that the series has no hole."""
    case = locked(case)
    refuse_if(why_not_recall(case=case, by=by, reason=reason))
    letter = _answer(case)
    facts = {"letter": letter.pk, "number": letter.number, "digest": letter.digest}
    letter.signed_by_id, letter.signed_at, letter.digest, letter.file = None, None, "", None
    letter.save()
    return advance(
        case, "recall", by=by, now=now, note=reason.strip(), facts=facts, changes={"decided_on": None}
    )


def _answer(case: Case) -> Letter:
    """The answer of the round, locked, looking at the locked case."""
    letter = locked_answer(case)
    assert letter is not None
    return letter


def _reviewer(case: Case) -> int | None:
    rows = CaseEvent.objects.unscoped(WHY).filter(case=case, round=case.round, name="review")
    return rows.order_by("-pk").values_list("by_id", flat=True).first()


def _no_answer() -> Refusal:
    text = "还没有确定办理结果，没有答复书。请先在“办理结果”里把问题答完。"
    return Refusal("answer.none", states.EVENTS["dispose"].basis, text)
