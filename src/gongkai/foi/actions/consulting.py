"""Asking others in writing: each third party, joint maker and other agency has its own letter, clock and answer."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions.days import why_no_reason, why_not_day
from gongkai.foi.actions.engine import advance, locked
from gongkai.foi.models import Case, Consultation
from gongkai.foi.queries.who import Doer, why_not_step
from gongkai.foi.rules.case_events import Asked, ConsultationSent
from gongkai.foi.rules.sub_clocks import consultation as reckoned
from gongkai.kernel import sealing
from gongkai.kernel.clock import legal_day
from gongkai.law.basis import cite
from gongkai.law.queries import calendar
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.trail.chain import SYSTEM, record

CONTACT = "foi.consultation.contact"
WHY = "the action checks the unit of the case"
ANSWERS = (Consultation.Opinion.AGREE, Consultation.Opinion.PARTLY, Consultation.Opinion.OBJECT)


def why_not_add_consultation(
    *, case: Case, by: Doer, kind: str, party: str, concerning: str
) -> list[Refusal]:
    """Why this party cannot be put on the list of those to be asked."""
    found = why_not_step(case, "consult", by)
    if kind not in Consultation.Kind.values:
        found.append(Refusal("foi.no_kind", "", "没有选征求对象的类别。请选第三方、共同制作机关或其他机关。"))
    if not party.strip():
        found.append(Refusal("foi.no_party", "", "没有填写征求意见的对象。请写全称。"))
    if not concerning.strip():
        text = "没有写明征求哪些信息的意见。请逐项写明，对方只看得到这些内容。"
        found.append(Refusal("foi.no_concern", states.EVENTS["consult"].basis, text))
    asked = Consultation.objects.unscoped(WHY).filter(case=case, party=party.strip(), answered_on=None)
    if asked.filter(lapsed_on=None).exists():
        found.append(Refusal("foi.asked_already", "", f"已经在征求{party.strip()}的意见。请等待答复。"))
    return found


@transaction.atomic
def add_consultation(
    *, case: Case, by: Doer, kind: str, party: str, concerning: str, contact: str = "", now: datetime
) -> Consultation:
    """Put a party on the list; its clock begins when its letter has left (effects of the letter)."""
    case = locked(case)
    refuse_if(why_not_add_consultation(case=case, by=by, kind=kind, party=party, concerning=concerning))
    row = Consultation._base_manager.create(
        case=case,
        unit_id=case.unit_id,
        kind=kind,
        party=party.strip(),
        concerning=concerning.strip(),
        contact_sealed=sealing.seal(contact.strip(), purpose=CONTACT) if contact.strip() else "",
    )
    record(verb="foi.add_consultation", by=by, at=now, about=case, facts={"kind": kind, "row": row.pk})
    return row


def why_not_drop_consultation(*, consultation: Consultation, by: Doer) -> list[Refusal]:
    """Why a party cannot be taken off the list: its letter has left."""
    found = [one for one in why_not_step(consultation.case, "consult", by) if one.code == "foi.role"]
    if consultation.sent_on is not None:
        found.append(Refusal("foi.asked_already", "", "征求意见书已经发出，不能再从名单里去掉。请等待答复。"))
    return found


@transaction.atomic
def drop_consultation(*, consultation: Consultation, by: Doer, now: datetime) -> None:
    """Take a party off the list that was not written to."""
    consultation = _fresh(consultation)
    refuse_if(why_not_drop_consultation(consultation=consultation, by=by))
    record(
        verb="foi.drop_consultation", by=by, at=now, about=consultation.case, facts={"row": consultation.pk}
    )
    consultation.delete()


def why_not_opinion_arrives(
    *, consultation: Consultation, by: Doer, on: date | None, opinion: str, reasons: str, now: datetime
) -> list[Refusal]:
    """Why this answer of a party cannot be entered."""
    case = consultation.case
    found = why_not_step(case, "opinion_arrives", by)
    found += why_not_day(case, on=on, now=now, what="收到意见")
    article = states.EVENTS["opinion_arrives"].basis
    if consultation.sent_on is None:
        found.append(Refusal("foi.not_asked", article, "征求意见书还没有发出。请先发出，再登记意见。"))
    elif on is not None and on < (consultation.delivered_on or consultation.sent_on):
        text = f"收到意见的日期 {on} 早于对方收到征求意见书的日期。请核对两个日期。"
        found.append(Refusal("foi.opinion_early", "", text))
    if consultation.answered_on is not None:
        found.append(Refusal("foi.answered", "", f"{consultation.party}的意见已经登记。请刷新页面。"))
    if opinion not in ANSWERS:
        found.append(Refusal("foi.no_opinion", "", "没有选对方的意见。请选同意、部分同意或不同意。"))
    elif opinion != Consultation.Opinion.AGREE and not reasons.strip():
        text = "对方不同意公开，要写明他说的理由；没有说理由的，写“未说明理由”。"
        found.append(Refusal("foi.no_objection", article, text))
    return found


@transaction.atomic
def opinion_arrives(
    *,
    consultation: Consultation,
    by: Doer,
    on: date,
    opinion: str,
    reasons: str = "",
    reasonable: bool | None = None,
    now: datetime,
) -> Consultation:
    """A party answered; days from here on count again. The last answer ends the consulting.

    ``reasonable``: whether the agency finds the grounds against publication reasonable (条例第三十二条).
    """
    locked(consultation.case)
    row = _fresh(consultation)
    refuse_if(
        why_not_opinion_arrives(consultation=row, by=by, on=on, opinion=opinion, reasons=reasons, now=now)
    )
    row.answered_on, row.opinion, row.reasons = on, opinion, reasons.strip()
    row.reasonable = None if opinion == Consultation.Opinion.AGREE else reasonable
    row.save(update_fields=["answered_on", "opinion", "reasons", "reasonable"])
    facts = {"row": row.pk, "kind": row.kind, "opinion": opinion}
    case = advance(row.case, "opinion_arrives", by=by, now=now, on=on, facts=facts)
    _end_when_done(case, now=now)
    return row


def why_not_consultation_lapses(*, consultation: Consultation, by: Doer, now: datetime) -> list[Refusal]:
    """Why a party's silence has no effect yet."""
    found = why_not_step(consultation.case, "consultation_lapses", by)
    article = states.EVENTS["consultation_lapses"].basis
    if consultation.answered_on is not None or consultation.lapsed_on is not None:
        found.append(Refusal("foi.answered", "", "这一方已经有结果。请刷新页面。"))
    elif consultation.delivered_on is None:
        text = "还没有登记征求意见书的送达日期，无法确认 15 个工作日从哪天起算。请先登记送达。"
        found.append(Refusal("foi.lapse_undelivered", article, text))
    elif consultation.due_on is not None and legal_day(now) <= consultation.due_on:
        text = f"对方提出意见的期限到 {consultation.due_on}，还没有届满。请在届满后再登记。"
        found.append(Refusal("foi.lapse_early", article, text))
    return found


@transaction.atomic
def consultation_lapses(*, consultation: Consultation, by: Doer, now: datetime) -> Consultation:
    """Fifteen working days passed in silence: a third party's leaves the decision to the agency
    (条例第三十二条), a joint maker's is consent (条例第三十四条)."""
    locked(consultation.case)
    row = _fresh(consultation)
    refuse_if(why_not_consultation_lapses(consultation=row, by=by, now=now))
    row.lapsed_on, row.opinion = legal_day(now), Consultation.Opinion.SILENT
    row.save(update_fields=["lapsed_on", "opinion"])
    case = advance(row.case, "consultation_lapses", by=by, now=now, facts={"row": row.pk, "kind": row.kind})
    _end_when_done(case, now=now)
    return row


def why_not_judge_objection(*, consultation: Consultation, by: Doer) -> list[Refusal]:
    """Why the grounds of an objection cannot be judged."""
    found = [one for one in why_not_step(consultation.case, "opinion_arrives", by) if one.code == "foi.role"]
    if consultation.case.state not in states.OPEN:
        found.append(Refusal("foi.state", "", "案件已经办结，不能再改。需要改的，请走重新答复。"))
    if consultation.opinion not in (Consultation.Opinion.PARTLY, Consultation.Opinion.OBJECT):
        found.append(Refusal("foi.no_objection", cite("条例32"), "对方没有反对公开，不用判断理由。"))
    return found


@transaction.atomic
def judge_objection(*, consultation: Consultation, by: Doer, reasonable: bool, now: datetime) -> Consultation:
    """Whether the grounds against publication are reasonable; reasonable ones stop publication (条例第三十二条)."""
    locked(consultation.case)
    row = _fresh(consultation)
    refuse_if(why_not_judge_objection(consultation=row, by=by))
    row.reasonable = reasonable
    row.save(update_fields=["reasonable"])
    facts = {"row": row.pk, "reasonable": reasonable}
    record(verb="foi.judge_objection", by=by, at=now, about=row.case, facts=facts)
    return row


def why_not_override(*, consultation: Consultation, by: Doer, reason: str) -> list[Refusal]:
    """Why a party's interest cannot be set aside for the public interest."""
    found = [one for one in why_not_step(consultation.case, "opinion_arrives", by) if one.code == "foi.role"]
    if consultation.case.state not in states.OPEN:
        found.append(Refusal("foi.state", "", "案件已经办结，不能再改。需要改的，请走重新答复。"))
    if consultation.kind != Consultation.Kind.THIRD_PARTY:
        found.append(Refusal("foi.not_third_party", cite("条例32"), "只有第三方的反对才需要因公共利益公开。"))
    elif consultation.opinion in ("", Consultation.Opinion.AGREE):
        found.append(
            Refusal("foi.no_objection", cite("条例32"), "第三方没有反对公开，不用写公共利益的理由。")
        )
    return found + why_no_reason(reason, what="因公共利益公开", basis=cite("条例32"))


@transaction.atomic
def override(*, consultation: Consultation, by: Doer, reason: str, now: datetime) -> Consultation:
    """Publish all the same, because not publishing may seriously harm the public interest; the third party is
    told in writing what is published and why before the answer leaves (条例第三十二条)."""
    locked(consultation.case)
    row = _fresh(consultation)
    refuse_if(why_not_override(consultation=row, by=by, reason=reason))
    row.overridden_why = reason.strip()
    row.save(update_fields=["overridden_why"])
    record(verb="foi.override", by=by, at=now, about=row.case, note=row.overridden_why, facts={"row": row.pk})
    return row


def period_end(row: Consultation) -> date | None:
    """The last day for a party's opinion, from its receipt of the letter, or of the dispatch until then."""
    if row.sent_on is None:
        return None
    event = ConsultationSent(Asked(row.kind), row.party, row.sent_on, row.delivered_on, row.answered_on)
    return reckoned(event, calendar())[0].due


def _end_when_done(case: Case, *, now: datetime) -> None:
    """The case goes on when nobody is waited for any more; parties not yet written to do not hold it."""
    waiting = Consultation.objects.unscoped(WHY).filter(
        case=case, sent_on__isnull=False, answered_on=None, lapsed_on=None
    )
    if case.state == states.CONSULTING and not waiting.exists():
        advance(case, "consultations_end", by=SYSTEM, now=now)


def _fresh(consultation: Consultation) -> Consultation:
    rows = Consultation.objects.unscoped(WHY).select_related("case__unit", "case__holder", "case__applicant")
    return rows.get(pk=consultation.pk)
