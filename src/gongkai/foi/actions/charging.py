"""Fees for information processing: reckoned from the applicant's month or the pages, told, paid, lapsed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions.days import why_no_reason, why_not_day
from gongkai.foi.actions.engine import advance, locked
from gongkai.foi.models import Case, Fee
from gongkai.foi.queries.charges import open_fee, pieces_before
from gongkai.foi.queries.clocks import dates_of
from gongkai.foi.queries.who import Doer, why_not_step
from gongkai.foi.rules import fees, steps
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.law.rule_table import NoRule
from gongkai.trail.chain import record

ARTICLE = states.EVENTS["ask_fee"].basis
PUBLIC = "r1_public"


@dataclass(frozen=True, slots=True)
class Charge:
    """What a request would cost, before anybody is told. ``amount`` in whole yuan."""

    amount: int
    before: int
    shares: tuple[fees.BandShare, ...]


def reckon(*, case: Case, mode: str, count: int, on: date) -> Charge:
    """By piece: the difference of the applicant's cumulative totals of the month; by page: this request alone."""
    if mode == Fee.Mode.PIECES:
        before = pieces_before(case)
        amount = fees.piece_charge(before=before, pieces=count, on=on)
        return Charge(amount, before, fees.piece_shares(before + count, on=on))
    return Charge(fees.page_total(count, on=on), 0, fees.page_shares(count, on=on))


def why_not_prepare_fee(
    *, case: Case, by: Doer, mode: str, count: int, reason: str, now: datetime
) -> list[Refusal]:
    """Why no fee can be asked: the law gives it free, another mode was used, or it comes to nothing."""
    found = why_not_step(case, "ask_fee", by)
    if case.received_on is None:
        return found
    found += steps.why_not_ask_fee(dates_of(case), on=legal_day(now))
    found += fees.why_not_charge(
        beyond_reason=bool(reason.strip()),
        already_public=case.disposition == PUBLIC,
        read_on_the_spot=mode == Fee.Mode.PAGES and case.form_wanted == Case.Form.READING,
        other_mode_used=_other_mode(case, mode),
        on=legal_day(now),
    )
    if open_fee(case) is not None:
        text = "已经拟好一笔收费，还没有缴清。要改金额，请先撤销原来的收费。"
        found.append(Refusal("foi.fee_open", ARTICLE, text))
    try:
        charge = reckon(case=case, mode=mode, count=count, on=case.received_on)
    except fees.FeeError as fault:
        return [*found, Refusal("foi.fee_number", "", str(fault))]
    except NoRule:
        text = f"申请收到于{fees.rule_since()}以前，当时还没有收费标准，不能收取信息处理费。请直接办理。"
        return [*found, Refusal("foi.fee_no_measure", ARTICLE, text)]
    if charge.amount == 0:
        text = "按标准计算是 0 元，不用收费。请直接办理。"
        found.append(Refusal("foi.fee_zero", ARTICLE, text))
    return found


@transaction.atomic
def prepare_fee(
    *, case: Case, by: Doer, mode: str, pieces: int = 0, pages: int = 0, reason: str, now: datetime
) -> Fee:
    """Reckon a fee and lay it into the file; the clock changes only when the fee notice has left."""
    case = locked(case)
    count = pieces if mode == Fee.Mode.PIECES else pages
    refuse_if(why_not_prepare_fee(case=case, by=by, mode=mode, count=count, reason=reason, now=now))
    assert case.received_on is not None
    charge = reckon(case=case, mode=mode, count=count, on=case.received_on)
    fee = Fee._base_manager.create(
        case=case,
        unit_id=case.unit_id,
        mode=mode,
        pieces=pieces if mode == Fee.Mode.PIECES else 0,
        pages=pages if mode == Fee.Mode.PAGES else 0,
        before=charge.before,
        amount=charge.amount,
        why=reason.strip(),
    )
    facts = {"mode": mode, "count": count, "before": charge.before, "amount": charge.amount}
    record(verb="foi.prepare_fee", by=by, at=now, about=case, note=reason.strip(), facts=facts)
    return fee


def why_not_cancel_fee(*, fee: Fee, by: Doer, reason: str) -> list[Refusal]:
    """Why a fee cannot be taken back: the notice has left, or it is done with."""
    found = []
    if fee.pay_by is not None or fee.paid_on is not None:
        text = "收费通知已经发出，不能再撤销这笔收费。请等待缴费，或者与财务人员商定退费。"
        found.append(Refusal("foi.fee_told", ARTICLE, text))
    if fee.cancelled_why:
        found.append(Refusal("foi.fee_cancelled", "", "这笔收费已经撤销。请刷新页面。"))
    found += [one for one in why_not_step(fee.case, "ask_fee", by) if one.code == "foi.role"]
    return found + why_no_reason(reason, what="撤销收费", basis=ARTICLE)


@transaction.atomic
def cancel_fee(*, fee: Fee, by: Doer, reason: str, now: datetime) -> Fee:
    """Take a fee back before the applicant was told of it."""
    case = locked(fee.case)
    fee = Fee.objects.unscoped("the action checks the unit itself").select_related("case").get(pk=fee.pk)
    refuse_if(why_not_cancel_fee(fee=fee, by=by, reason=reason))
    fee.cancelled_why = reason.strip()
    fee.save(update_fields=["cancelled_why"])
    record(verb="foi.cancel_fee", by=by, at=now, about=case, note=fee.cancelled_why, facts={"fee": fee.pk})
    return fee


def why_not_fee_paid(*, case: Case, by: Doer, on: date | None, receipt: str, now: datetime) -> list[Refusal]:
    """Why a payment cannot be entered."""
    found = why_not_step(case, "fee_paid", by)
    found += why_not_day(case, on=on, now=now, what="收到缴费")
    if not receipt.strip():
        text = "没有填写票据号。请填写非税收入票据的号码。"
        found.append(Refusal("foi.fee_receipt", states.EVENTS["fee_paid"].basis, text))
    return found


@transaction.atomic
def fee_paid(*, case: Case, by: Doer, on: date, receipt: str, now: datetime) -> Case:
    """The fee is here: the reply period begins anew on the next day (国办函〔2020〕109号)."""
    case = locked(case)
    refuse_if(why_not_fee_paid(case=case, by=by, on=on, receipt=receipt, now=now))
    fee = open_fee(case)
    if fee is not None:
        fee.paid_on, fee.receipt = on, receipt.strip()
        fee.save(update_fields=["paid_on", "receipt"])
    return advance(case, "fee_paid", by=by, now=now, on=on, facts={"fee": fee.pk if fee else None})


def why_not_fee_lapses(*, case: Case, by: Doer, now: datetime) -> list[Refusal]:
    """Why the request cannot be taken as abandoned for want of payment."""
    found = why_not_step(case, "fee_lapses", by)
    return found or steps.why_not_lapse_fee(dates_of(case), today=legal_day(now))


@transaction.atomic
def fee_lapses(*, case: Case, by: Doer, now: datetime) -> Case:
    """Thirty days passed without payment: the handler closes the case with ``r6_2`` and tells the applicant."""
    case = locked(case)
    refuse_if(why_not_fee_lapses(case=case, by=by, now=now))
    return advance(case, "fee_lapses", by=by, now=now)


def _other_mode(case: Case, mode: str) -> bool:
    rows = Fee.objects.unscoped("the modes of one case exclude each other")
    return rows.filter(case=case, cancelled_why="").exclude(mode=mode).exists()
