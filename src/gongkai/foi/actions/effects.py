"""What a letter does to its case on the day on which it leaves the house, and on the day on which it is received.

``EFFECTS[kind](letter=, on=, by=, now=)`` is called at dispatch, ``WHY_NOT[kind](letter=, on=, by=, now=)`` says
beforehand why it would be refused; kinds that are not here change nothing (receipts, notes for information).
``letter_delivered`` is called when the other side has the letter. All run inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions.consulting import period_end
from gongkai.foi.actions.days import why_not_day
from gongkai.foi.actions.engine import advance, locked, set_dates
from gongkai.foi.models import Case, CaseEvent, Consultation, Extension, Fee, Letter
from gongkai.foi.queries.charges import open_fee
from gongkai.foi.queries.clocks import dates_of
from gongkai.foi.queries.who import Doer, why_not_step
from gongkai.foi.rules import steps
from gongkai.kernel.clock import legal_day
from gongkai.kernel.text.numerals import written_number
from gongkai.law.basis import cite
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.law.rule_table import value
from gongkai.orgs.actor import actor_of

WHY = "the caller has the letter and its case"
Effect = Callable[..., Case]
WhyNot = Callable[..., list[Refusal]]


# -- 补正 ----------------------------------------------------------------------------------------------


def why_not_ask_correction(*, letter: Letter, on: date, by: Doer, now: datetime) -> list[Refusal]:
    """Once in the life of a case; after the seventh working day only when somebody answers for it.

    ``letter.facts["late_confirmed"]``: the clerk has read that the old date stays as the risk date.
    """
    case = letter.case
    found = _why_not(case, "ask_correction", on=on, by=by, now=now)
    if CaseEvent.objects.unscoped(WHY).filter(case=case, name="ask_correction").exists():
        text = "补正只能一次性告知，这件申请已经发过补正告知书。请与申请人沟通后按现有内容答复。"
        return [*found, Refusal("foi.correction_again", cite("条例30"), text)]
    if case.received_on is None:
        return found
    late = bool(letter.facts.get("late_confirmed"))
    return found + steps.why_not_ask_correction(dates_of(case), confirmed_late=late, on=on)


@transaction.atomic
def ask_correction(*, letter: Letter, on: date, by: Doer, now: datetime) -> Case:
    """The 补正 notice left: the office waits, and the period is counted anew from the corrected request."""
    case = _case(letter)
    refuse_if(why_not_ask_correction(letter=letter, on=on, by=by, now=now))
    late = bool(letter.facts.get("late_confirmed"))
    facts = _period(letter) | {"letter": letter.pk, "late_confirmed": late}
    if "period_ends" not in facts and "period_working_days" not in facts:
        facts["period_working_days"] = value("correction_by_applicant_working_days", on=on)
    return advance(case, "ask_correction", by=by, now=now, on=on, facts=facts)


# -- 说明理由、延迟答复 ---------------------------------------------------------------------------------


def why_not_ask_reasons(*, letter: Letter, on: date, by: Doer, now: datetime) -> list[Refusal]:
    """Why the applicant cannot be asked for his reasons; the clock goes on meanwhile (条例第三十五条)."""
    return _why_not(letter.case, "ask_reasons", on=on, by=by, now=now)


@transaction.atomic
def ask_reasons(*, letter: Letter, on: date, by: Doer, now: datetime) -> Case:
    """The letter that asks for reasons left."""
    case = _case(letter)
    refuse_if(why_not_ask_reasons(letter=letter, on=on, by=by, now=now))
    facts = _period(letter) | {"letter": letter.pk}
    if "period_ends" not in facts and "period_working_days" not in facts:
        facts["period_working_days"] = value("correction_by_applicant_working_days", on=on)
    return advance(case, "ask_reasons", by=by, now=now, on=on, facts=facts)


def why_not_set_delay(*, letter: Letter, on: date, by: Doer, now: datetime) -> list[Refusal]:
    """Why the reply cannot be put off to the day that the letter names."""
    case = letter.case
    found = [one for one in why_not_step(case, "set_delay", by) if one.code != "foi.role"]
    found += why_not_day(case, on=on, now=now, what="发出")
    until = _day(letter, "until")
    article = cite("条例35")
    if until is None:
        text = "延迟答复告知书没有写明延迟到哪一天。请填写日期。"
        return [*found, Refusal("foi.no_until", article, text)]
    if letter.signed_by_id is None:
        found.append(Refusal("foi.unsigned", article, "延迟答复要由公开工作机构负责人签发。请先送签。"))
    if case.received_on is not None:
        found += steps.why_not_delay(dates_of(case), until=until, on=on)
    return found


@transaction.atomic
def set_delay(*, letter: Letter, on: date, by: Doer, now: datetime) -> Case:
    """The applicant was told a later day. Whoever signed fixed it; the officer only brought the letter away."""
    case = _case(letter)
    refuse_if(why_not_set_delay(letter=letter, on=on, by=by, now=now))
    assert letter.signed_by is not None
    until = _day(letter, "until")
    assert until is not None
    return advance(
        case,
        "set_delay",
        by=actor_of(letter.signed_by, today=legal_day(now)),
        now=now,
        on=on,
        note=str(letter.facts.get("reason", "")),
        facts={"letter": letter.pk, "until": until.isoformat()},
    )


# -- 收费 ----------------------------------------------------------------------------------------------


def why_not_ask_fee(*, letter: Letter, on: date, by: Doer, now: datetime) -> list[Refusal]:
    """Why the fee notice cannot leave: nothing was reckoned, or the period has passed."""
    case = letter.case
    found = _why_not(case, "ask_fee", on=on, by=by, now=now)
    if _fee_of(letter) is None:
        found.append(Refusal("foi.no_fee", cite("条例42.1"), "还没有核算费用。请先在案件页核算费用。"))
    if case.received_on is not None:
        found += steps.why_not_ask_fee(dates_of(case), on=on)
    return found


@transaction.atomic
def ask_fee(*, letter: Letter, on: date, by: Doer, now: datetime) -> Case:
    """The fee notice left: the office waits for the payment, thirty days from its receipt."""
    case = _case(letter)
    refuse_if(why_not_ask_fee(letter=letter, on=on, by=by, now=now))
    fee = _fee_of(letter)
    assert fee is not None
    facts = {"letter": letter.pk, "fee": fee.pk, "amount": fee.amount}
    case = advance(case, "ask_fee", by=by, now=now, on=on, facts=facts)
    fee.letter, fee.pay_by = letter, _pay_by(case)
    fee.save(update_fields=["letter", "pay_by"])
    return case


# -- 征求意见 ------------------------------------------------------------------------------------------


def why_not_consult(*, letter: Letter, on: date, by: Doer, now: datetime) -> list[Refusal]:
    """Why this party cannot be asked now."""
    found = _why_not(letter.case, "consult", on=on, by=by, now=now)
    row = consultation_of(letter)
    if row is None:
        text = "还没有登记征求谁的意见。请先在案件页添加征求对象。"
        found.append(Refusal("foi.no_party", states.EVENTS["consult"].basis, text))
    elif row.sent_on is not None:
        found.append(Refusal("foi.asked_already", "", f"已经向{row.party}发出过征求意见书。请等待答复。"))
    return found


@transaction.atomic
def consult(*, letter: Letter, on: date, by: Doer, now: datetime) -> Case:
    """A letter to one party left: from the next day on the days do not count, fifteen working days at most."""
    case = _case(letter)
    refuse_if(why_not_consult(letter=letter, on=on, by=by, now=now))
    row = consultation_of(letter)
    assert row is not None
    row.letter, row.sent_on = letter, on
    row.due_on = period_end(row)
    row.save(update_fields=["letter", "sent_on", "due_on"])
    facts = {"letter": letter.pk, "row": row.pk, "kind": row.kind}
    return advance(case, "consult", by=by, now=now, on=on, facts=facts)


def why_not_tell_third_party(*, letter: Letter, on: date, by: Doer, now: datetime) -> list[Refusal]:
    """Why a third party cannot be told of a publication against his will."""
    found = why_not_day(letter.case, on=on, now=now, what="发出")
    row = consultation_of(letter)
    if row is None or not row.overridden_why:
        text = "没有记录因公共利益公开的理由。请先在征求意见一栏写明理由。"
        found.append(Refusal("foi.not_overridden", cite("条例32"), text))
    return found


@transaction.atomic
def tell_third_party(*, letter: Letter, on: date, by: Doer, now: datetime) -> Case:
    """The third party was told in writing what is published and why (条例第三十二条)."""
    case = _case(letter)
    refuse_if(why_not_tell_third_party(letter=letter, on=on, by=by, now=now))
    row = consultation_of(letter)
    assert row is not None
    row.told_on = on
    row.save(update_fields=["told_on"])
    return case


# -- 延期 ----------------------------------------------------------------------------------------------


def why_not_extend(*, letter: Letter, on: date, by: Doer, now: datetime) -> list[Refusal]:
    """Why the notice of an extension cannot leave: not agreed to, or the old date has passed."""
    found = _why_not(letter.case, "extend", on=on, by=by, now=now)
    row = extension_of(letter)
    if row is None:
        text = "没有经同意的延期。请先在案件页申请延期，由公开工作机构负责人同意。"
        return [*found, Refusal("foi.extension_unapproved", cite("条例33.2"), text)]
    return found + steps.why_not_extend(
        dates_of(letter.case),
        by_days=row.days,
        on=on,
        reason=row.reason,
        approved=row.approved_at is not None,
    )


@transaction.atomic
def extend(*, letter: Letter, on: date, by: Doer, now: datetime) -> Case:
    """The applicant was told before the old date: the period is longer by the days agreed to."""
    case = _case(letter)
    refuse_if(why_not_extend(letter=letter, on=on, by=by, now=now))
    row = extension_of(letter)
    assert row is not None
    assert row.approved_at is not None
    row.letter, row.told_on = letter, on
    row.save(update_fields=["letter", "told_on"])
    approved = legal_day(row.approved_at)
    facts = {"letter": letter.pk, "row": row.pk, "days": row.days, "approved_on": approved.isoformat()}
    return advance(case, "extend", by=by, now=now, on=on, note=row.reason, facts=facts)


EFFECTS: dict[str, Effect] = {
    "correction_notice": ask_correction,
    "reasons_notice": ask_reasons,
    "delay_notice": set_delay,
    "extension_notice": extend,
    "fee_notice": ask_fee,
    "third_party_letter": consult,
    "joint_maker_letter": consult,
    "other_agency_letter": consult,
    "third_party_told": tell_third_party,
}
WHY_NOT: dict[str, WhyNot] = {
    "correction_notice": why_not_ask_correction,
    "reasons_notice": why_not_ask_reasons,
    "delay_notice": why_not_set_delay,
    "extension_notice": why_not_extend,
    "fee_notice": why_not_ask_fee,
    "third_party_letter": why_not_consult,
    "joint_maker_letter": why_not_consult,
    "other_agency_letter": why_not_consult,
    "third_party_told": why_not_tell_third_party,
}


@transaction.atomic
def letter_delivered(*, letter: Letter, on: date, by: Doer, now: datetime) -> Case:
    """The other side has an interim letter: periods that begin with its receipt are reckoned anew.

    The caller has stored ``letter.received_on``; nothing else happens to the case.
    """
    case = _case(letter)
    row = Consultation.objects.unscoped(WHY).filter(letter=letter, sent_on__isnull=False).first()
    if row is not None and letter.kind != "third_party_told":
        row.delivered_on = on
        row.due_on = period_end(row)
        row.save(update_fields=["delivered_on", "due_on"])
    set_dates(case)
    case.save()
    fee = Fee.objects.unscoped(WHY).filter(letter=letter, paid_on=None).first()
    if fee is not None:
        fee.pay_by = _pay_by(case)
        fee.save(update_fields=["pay_by"])
    return case


def consultation_of(letter: Letter) -> Consultation | None:
    """The party to whom a letter goes: named by the letter, or the only one of its kind that waits for one."""
    rows = Consultation.objects.unscoped(WHY).filter(case=letter.case_id)
    given = letter.facts.get("consultation")
    if given:
        return rows.filter(pk=int(given)).first()
    kind = {"joint_maker_letter": "joint_maker", "other_agency_letter": "other_agency"}.get(letter.kind)
    waiting = rows.filter(kind=kind or "third_party")
    if letter.kind == "third_party_told":
        waiting = waiting.exclude(overridden_why="").filter(told_on=None)
    else:
        waiting = waiting.filter(sent_on=None)
    found = list(waiting[:2])
    return found[0] if len(found) == 1 else None


def extension_of(letter: Letter) -> Extension | None:
    """The extension that a letter tells: named by it, or the one that was agreed to and not told."""
    rows = Extension.objects.unscoped(WHY).filter(
        case=letter.case_id, approved_at__isnull=False, told_on=None, refused_why=""
    )
    given = letter.facts.get("extension")
    return rows.filter(pk=int(given)).first() if given else rows.order_by("pk").first()


def _fee_of(letter: Letter) -> Fee | None:
    given = letter.facts.get("fee")
    if given:
        rows = Fee.objects.unscoped(WHY).filter(case=letter.case_id, cancelled_why="", paid_on=None)
        return rows.filter(pk=int(given)).first()
    return open_fee(letter.case)


def _why_not(case: Case, event: str, *, on: date, by: Doer, now: datetime) -> list[Refusal]:
    return why_not_step(case, event, by) + why_not_day(case, on=on, now=now, what="发出")


def _case(letter: Letter) -> Case:
    """The case of the letter, locked; the letter looks at the same row from here on."""
    letter.case = locked(letter.case)
    return letter.case


def _period(letter: Letter) -> dict[str, Any]:
    """The period that the letter grants: a day, or working days from its receipt."""
    ends = _day(letter, "period_ends")
    if ends is not None:
        return {"period_ends": ends.isoformat()}
    days = written_number(str(letter.facts.get("period_working_days") or "").strip())
    return {"period_working_days": days} if days else {}


def _day(letter: Letter, key: str) -> date | None:
    given = str(letter.facts.get(key) or "").strip()
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        return None


def _pay_by(case: Case) -> date | None:
    payment = dates_of(case).payment
    return payment.due if payment else None
