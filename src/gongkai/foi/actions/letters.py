"""Letters of the agency: drafted from the registry, edited, signed and numbered, sent, received.

An answer takes the same road through ``actions.answers``, where review and the leader's signature belong to the
case. What an interim letter does to its case happens on the day on which it leaves (``actions.effects``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions.effects import EFFECTS, letter_delivered
from gongkai.foi.actions.effects import WHY_NOT as WHY_NO_EFFECT
from gongkai.foi.actions.engine import locked
from gongkai.foi.actions.letter_texts import (
    HOUSE_RULE,
    new_letter,
    put_signature,
    rewrite,
    trail,
    why_no_hand,
    why_own,
)
from gongkai.foi.actions.service import (
    Sending,
    arrive,
    come_back,
    leave,
    locked_letter,
    why_not_arrive,
    why_not_come_back,
    why_not_leave,
)
from gongkai.foi.models import Case, Letter, Paper
from gongkai.foi.queries import letters as said
from gongkai.foi.queries.who import ApplicantActor, Doer
from gongkai.foi.rules import letters as rules
from gongkai.foi.rules import service
from gongkai.kernel.clock import legal_day
from gongkai.law.basis import cite
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can

ALIASES = {"withdraw_confirmation": "close_withdrawn", "merge_notice": "close_merged"}


# -- drafting ------------------------------------------------------------------------------------------


def why_not_draft_letter(*, case: Case, kind: str, by: Doer) -> list[Refusal]:
    """Why this person cannot begin such a letter in this case."""
    name = ALIASES.get(kind, kind)
    if name not in rules.letter_kinds():
        return [Refusal("letter.unknown", "", f"没有“{kind}”这种文书。请从文书列表中选择。")]
    found = []
    if rules.letter_kind(name).is_answer:
        text = "答复书从“办理结果”里拟，系统会按结果选定文书。请先确定办理结果。"
        found.append(Refusal("letter.is_answer", cite("条例36"), text))
    if case.state in (states.VOID, states.ARCHIVED):
        text = f"案件{states.LABELS[case.state]}，不能再拟文书。"
        found.append(Refusal("letter.closed", cite("条例45"), text))
    return found + why_no_hand(case, "foi.draft_letter", by, "拟制文书")


@transaction.atomic
def draft_letter(
    *,
    case: Case,
    kind: str,
    facts: Mapping[str, Any],
    by: Doer,
    now: datetime,
    addressee: str = "",
) -> Letter:
    """Compose a letter from the case and the clerk's facts; what is not known yet is marked in the text.

    ``facts`` are the registry's (dates as ``date`` or ISO text) and the ids that ``actions.effects`` reads.
    """
    case = locked(case)
    refuse_if(why_not_draft_letter(case=case, kind=kind, by=by))
    registered = rules.letter_kind(ALIASES.get(kind, kind))
    letter = new_letter(case, registered, facts, by=by, now=now, addressee=addressee)
    trail("foi.draft_letter", letter, by=by, now=now)
    return letter


def why_not_edit_letter(*, letter: Letter, by: Doer) -> list[Refusal]:
    """Why this person cannot change the words now."""
    if letter.cancelled_at is not None:
        return [Refusal("letter.cancelled", "", "这份文书已经作废，不能修改。请另拟一份。")]
    if letter.signed_at is not None:
        text = "文书已经签发，不能再改。发现有误的，请作废重拟；已经答复的，发更正告知书。"
        return [Refusal("letter.signed", cite("条例45"), text)]
    return why_no_hand(letter.case, "foi.draft_letter", by, "修改文书")


@transaction.atomic
def edit_letter(
    *,
    letter: Letter,
    by: Doer,
    now: datetime,
    texts: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
    addressee: str | None = None,
) -> Letter:
    """Change words or facts. An element that nobody touched follows the new facts; typed words stay typed."""
    letter = locked_letter(letter)
    refuse_if(why_not_edit_letter(letter=letter, by=by))
    rewrite(letter, by=by, now=now, texts=texts, facts=facts)
    if addressee is not None:
        letter.addressee = addressee.strip()[:160]
    letter.save()
    trail("foi.edit_letter", letter, by=by, now=now)
    return letter


# -- signing -------------------------------------------------------------------------------------------


def why_not_sign_letter(*, letter: Letter, by: Doer, now: datetime) -> list[Refusal]:
    """Why it cannot be signed: an answer, signed already, own draft, or an element is missing."""
    kind = rules.letter_kind(letter.kind)
    if letter.is_answer:
        text = "答复书由审核人审核、负责人签发。请在答复页面办理。"
        return [Refusal("letter.is_answer", cite("条例45"), text)]
    if letter.cancelled_at is not None or letter.signed_at is not None:
        return [Refusal("letter.signed", "", "这份文书已经签发或者作废。请刷新页面。")]
    found = []
    if kind.signer == rules.OFFICER:
        found += why_no_hand(letter.case, "foi.draft_letter", by, "出具文书")
    else:
        if not (isinstance(by, Actor) and can(by, "foi.sign_letter", letter.case.unit_id)):
            text = f"《{kind.title}》由本单位的工作机构负责人（审核人）签发。请送审核人办理。"
            found.append(Refusal("letter.role", HOUSE_RULE, text))
        found += why_own(letter, by, "签发")
    return found + said.faults_of(letter, today=legal_day(now))


@transaction.atomic
def sign_letter(*, letter: Letter, by: Doer, now: datetime) -> Letter:
    """Sign: the words are fixed by their digest, the number is given, nothing changes any more."""
    letter = locked_letter(letter)
    refuse_if(why_not_sign_letter(letter=letter, by=by, now=now))
    put_signature(letter, by=by, now=now)
    trail("foi.sign_letter", letter, by=by, now=now, digest=letter.digest)
    return letter


def why_not_cancel_letter(*, letter: Letter, by: Doer, reason: str) -> list[Refusal]:
    """Why the letter cannot be struck: it has left, or no reason is given."""
    found = []
    if letter.is_answer:
        text = "答复书不能作废：没有签发的请退回重拟，已经签发的请撤回签发。"
        found.append(Refusal("letter.is_answer", cite("条例45"), text))
    if letter.dispatched_on is not None or letter.cancelled_at is not None:
        text = "文书已经发出或者已经作废，不能再作废。"
        found.append(Refusal("letter.sent", "", text))
    if not reason.strip():
        found.append(Refusal("letter.no_reason", cite("条例45"), "没有写作废的理由。请用一句话写明。"))
    return found + why_no_hand(letter.case, "foi.draft_letter", by, "作废文书")


@transaction.atomic
def cancel_letter(*, letter: Letter, reason: str, by: Doer, now: datetime) -> Letter:
    """Strike a letter that has not left. Its number stays taken, so that the series has no hole without a reason."""
    letter = locked_letter(letter)
    refuse_if(why_not_cancel_letter(letter=letter, by=by, reason=reason))
    letter.cancelled_at = now
    letter.save(update_fields=["cancelled_at"])
    trail("foi.cancel_letter", letter, by=by, now=now, note=reason.strip())
    return letter


# -- on its way ----------------------------------------------------------------------------------------


def why_not_dispatch_letter(*, letter: Letter, sending: Sending, by: Doer, now: datetime) -> list[Refusal]:
    """Why it cannot leave so, or why what it does to its case is not possible."""
    if letter.is_answer:
        return [Refusal("letter.is_answer", cite("条例45"), "答复书请在答复页面登记发出。")]
    found = why_no_hand(letter.case, "foi.dispatch_letter", by, "发出文书")
    found += why_not_leave(letter, sending, now=now)
    asks = WHY_NO_EFFECT.get(letter.kind)
    if asks is not None and not found:
        found += asks(letter=letter, on=sending.on, by=by, now=now)
    return found


@transaction.atomic
def dispatch_letter(
    *,
    letter: Letter,
    way: str,
    on: date,
    by: Doer,
    now: datetime,
    carrier: str = "",
    tracking: str = "",
    received_by: str = "",
) -> Letter:
    """Send a signed letter; the table's event happens now. A letter handed over is received the same day."""
    letter = locked_letter(letter)
    sending = Sending(way, on, carrier, tracking, received_by)
    refuse_if(why_not_dispatch_letter(letter=letter, sending=sending, by=by, now=now))
    leave(letter, sending)
    effect = EFFECTS.get(letter.kind)
    if effect is not None:
        effect(letter=letter, on=on, by=by, now=now)
    trail("foi.dispatch_letter", letter, by=by, now=now, way=way, on=on.isoformat())
    if way == service.HAND:
        _received(letter, on=on, received_by=received_by, by=by, now=now)
    return letter


def why_not_deliver_letter(*, letter: Letter, on: date, by: Doer, now: datetime) -> list[Refusal]:
    """Why no receipt can be entered by this person on that day."""
    found = []
    if letter.is_answer:
        found.append(Refusal("letter.is_answer", cite("条例45"), "答复书请在答复页面登记送达。"))
    if isinstance(by, ApplicantActor):
        if letter.way != Letter.Way.ELECTRONIC:
            found.append(Refusal("letter.not_online", "", "这份文书不是在网上送达的。"))
    else:
        found += why_no_hand(letter.case, "foi.deliver_letter", by, "登记送达")
    return found + why_not_arrive(letter, on=on, now=now)


@transaction.atomic
def deliver_letter(
    *,
    letter: Letter,
    on: date,
    by: Doer,
    now: datetime,
    received_by: str = "",
    proof: Paper | None = None,
) -> Letter:
    """The other side has it: periods that begin with its receipt are reckoned anew."""
    letter = locked_letter(letter)
    refuse_if(why_not_deliver_letter(letter=letter, on=on, by=by, now=now))
    _received(letter, on=on, received_by=received_by, by=by, now=now, proof=proof)
    return letter


def why_not_fail_letter(*, letter: Letter, on: date, why: str, by: Doer, now: datetime) -> list[Refusal]:
    """Why it cannot be entered as come back."""
    found = []
    if letter.is_answer:
        found.append(Refusal("letter.is_answer", cite("条例45"), "答复书请在答复页面登记退回。"))
    found += why_no_hand(letter.case, "foi.deliver_letter", by, "登记退回")
    return found + why_not_come_back(letter, on=on, why=why, now=now)


@transaction.atomic
def fail_letter(*, letter: Letter, on: date, why: str, by: Doer, now: datetime) -> Letter:
    """The letter came back; it can be sent once more."""
    letter = locked_letter(letter)
    refuse_if(why_not_fail_letter(letter=letter, on=on, why=why, by=by, now=now))
    come_back(letter, on=on, why=why)
    trail("foi.fail_letter", letter, by=by, now=now, on=on.isoformat())
    return letter


def _received(
    letter: Letter,
    *,
    on: date,
    received_by: str,
    by: Doer,
    now: datetime,
    proof: Paper | None = None,
) -> None:
    arrive(letter, on=on, received_by=received_by, proof=proof)
    letter_delivered(letter=letter, on=on, by=by, now=now)
    trail("foi.deliver_letter", letter, by=by, now=now, on=on.isoformat())
