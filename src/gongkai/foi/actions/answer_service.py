"""The signed answer leaves, arrives, comes back; after that it may be put right, or given anew on an order.

Sending ends the reply clock and closes the case for the statistics; receipt starts the remedies.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.foi.actions.days import why_no_reason, why_not_day
from gongkai.foi.actions.ending import closing_fields
from gongkai.foi.actions.engine import advance, locked
from gongkai.foi.actions.letter_texts import new_letter
from gongkai.foi.actions.service import (
    Sending,
    arrive,
    come_back,
    leave,
    locked_answer,
    why_not_arrive,
    why_not_come_back,
    why_not_leave,
)
from gongkai.foi.models import Case, Letter, Paper
from gongkai.foi.queries import results
from gongkai.foi.queries.who import ApplicantActor, Doer, may, why_not_step
from gongkai.foi.rules import letters as rules
from gongkai.foi.rules import service
from gongkai.law.basis import basis, cite
from gongkai.law.calendar import WorkCalendar
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.law.rule_table import rule


def why_not_dispatch(*, case: Case, sending: Sending, by: Doer, now: datetime) -> list[Refusal]:
    """Why the answer cannot leave so: not signed, wrong day, no postal enterprise, no agreement."""
    found = why_not_step(case, "dispatch", by)
    letter = results.answer_of(case)
    if letter is None:
        return [*found, Refusal("answer.none", cite("条例36"), "还没有答复书。请先拟稿、审核、签发。")]
    return found + why_not_leave(letter, sending, now=now) + results.not_ready(case, letter)


@transaction.atomic
def dispatch(
    *,
    case: Case,
    way: str,
    on: date,
    by: Doer,
    now: datetime,
    carrier: str = "",
    tracking: str = "",
    received_by: str = "",
) -> Case:
    """Send the answer. The day of posting counts (235号); the first result is counted once, on its first day."""
    case = locked(case)
    sending = Sending(way, on, carrier, tracking, received_by)
    refuse_if(why_not_dispatch(case=case, sending=sending, by=by, now=now))
    letter = _answer(case)
    leave(letter, sending)
    changes = closing_fields(case, code=case.disposition, on=case.closed_on or on)
    changes |= {"retention_until": kept_until(on)}
    facts = {"letter": letter.pk, "way": way}
    case = advance(case, "dispatch", by=by, now=now, on=on, facts=facts, changes=changes)
    if way == service.HAND and may(case, "deliver", by):
        return _deliver(case, letter, on=on, by=by, now=now, received_by=received_by)
    return case


@basis("行诉法46.2")
def kept_until(closed_on: date) -> date:
    """The day until which identity data are kept: as long as somebody may still go to court about the answer."""
    clock = rule("lawsuit_longest_years", on=closed_on).clock(closed_on)
    return clock.reckon(WorkCalendar(())).due


def why_not_deliver(*, case: Case, on: date, by: Doer, now: datetime) -> list[Refusal]:
    """Why no receipt of the answer can be entered."""
    found = why_not_step(case, "deliver", by)
    letter = results.answer_of(case)
    if letter is None:
        return found
    if isinstance(by, ApplicantActor) and letter.way != Letter.Way.ELECTRONIC:
        found.append(Refusal("letter.not_online", "", "这份答复不是在网上送达的，请等候邮件或者到窗口领取。"))
    return found + why_not_arrive(letter, on=on, now=now)


@transaction.atomic
def deliver(
    *,
    case: Case,
    on: date,
    by: Doer,
    now: datetime,
    received_by: str = "",
    proof: Paper | None = None,
) -> Case:
    """The applicant has the answer; from the next day on his periods for reconsideration and lawsuit run."""
    case = locked(case)
    refuse_if(why_not_deliver(case=case, on=on, by=by, now=now))
    return _deliver(case, _answer(case), on=on, by=by, now=now, received_by=received_by, proof=proof)


def _deliver(
    case: Case,
    letter: Letter,
    *,
    on: date,
    by: Doer,
    now: datetime,
    received_by: str = "",
    proof: Paper | None = None,
) -> Case:
    arrive(letter, on=on, received_by=received_by, proof=proof)
    facts = {"letter": letter.pk, "way": letter.way, "proof": proof.pk if proof else None}
    return advance(case, "deliver", by=by, now=now, on=on, facts=facts, changes={"served_on": on})


def why_not_fail_delivery(*, case: Case, on: date, why: str, by: Doer, now: datetime) -> list[Refusal]:
    """Why the answer cannot be entered as come back."""
    found = why_not_step(case, "fail_delivery", by)
    letter = results.answer_of(case)
    return found if letter is None else found + why_not_come_back(letter, on=on, why=why, now=now)


@transaction.atomic
def fail_delivery(*, case: Case, on: date, why: str, by: Doer, now: datetime) -> Case:
    """The answer came back: it is sent once more. The day on which it first left stays the day of the answer."""
    case = locked(case)
    refuse_if(why_not_fail_delivery(case=case, on=on, why=why, by=by, now=now))
    letter = _answer(case)
    come_back(letter, on=on, why=why)
    facts = {"letter": letter.pk}
    return advance(case, "fail_delivery", by=by, now=now, on=on, note=why.strip(), facts=facts)


def why_not_amend_answer(*, case: Case, reason: str, by: Doer) -> list[Refusal]:
    """Why no letter that puts the answer right can be ordered."""
    found = why_not_step(case, "amend_answer", by)
    return found + why_no_reason(reason, what="更正答复", basis=cite("条例45"))


@transaction.atomic
def amend_answer(
    *, case: Case, reason: str, by: Doer, now: datetime, wrong: str = "", right: str = ""
) -> Letter:
    """Order a letter that puts words of the answer right; the result itself stays. Returns the draft.

    Another result needs an order to answer anew (``redo``), or an answer to a new request.
    """
    case = locked(case)
    refuse_if(why_not_amend_answer(case=case, reason=reason, by=by))
    case = advance(case, "amend_answer", by=by, now=now, note=reason.strip())
    answer = results.answer_of(case)
    facts: dict[str, Any] = {"wrong": wrong, "right": right}
    if answer is not None and answer.signed_at is not None:
        facts |= {"answer_number": answer.number, "answer_on": case.decided_on}
    letter = new_letter(case, rules.letter_kind("amend_letter"), _iso(facts), by=by, now=now)
    # Whoever orders it does not write it: another drafts, he may sign.
    letter.facts = letter.facts | {"writers": []}
    letter.save(update_fields=["facts"])
    return letter


def why_not_redo(*, case: Case, reason: str, on: date | None, by: Doer, now: datetime) -> list[Refusal]:
    """Why no new answer can be ordered: the case is open, or the order and its day are not told."""
    found = why_not_step(case, "redo", by)
    found += why_not_day(case, on=on, now=now, what="收到责令重新答复的决定")
    return found + why_no_reason(reason, what="重新答复", basis=cite("复议法69"))


@transaction.atomic
def redo(*, case: Case, reason: str, on: date, by: Doer, now: datetime) -> Case:
    """Answer anew: the next round begins on the day on which the order came in; the first result stays counted."""
    case = locked(case)
    refuse_if(why_not_redo(case=case, reason=reason, on=on, by=by, now=now))
    changes: dict[str, Any] = {
        "round": case.round + 1,
        "disposition": "",
        "disposition_facts": {},
        "decided_on": None,
        "closed_on": None,
        "served_on": None,
    }
    facts = {"before": case.disposition}
    return advance(case, "redo", by=by, now=now, on=on, note=reason.strip(), facts=facts, changes=changes)


def _answer(case: Case) -> Letter:
    letter = locked_answer(case)
    assert letter is not None
    return letter


def _iso(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: worth.isoformat() if isinstance(worth, date) else worth for key, worth in facts.items()}
