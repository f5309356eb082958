"""What happens next to a case: what, who, by when, why, on which article. One answer for page, list and desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.foi import states
from gongkai.law.basis import basis

AGENCY, HOLDER, APPLICANT, OTHERS = "agency", "holder", "applicant", "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """As much of a case as decides what comes next."""

    state: str
    due: date | None
    stopped: bool
    arrived: date
    lapse: date | None = None
    disposition: str = ""
    holder: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do. ``event`` is the verb of the table, ``by`` whose turn it is, ``due`` its last day."""

    event: str
    title: str
    why: str
    article: str
    by: str
    due: date | None


_ANSWERING = {
    states.DRAFTED: ("review", "审核答复", "答复已经拟好，等审核"),
    states.REVIEWED: ("sign", "签发答复", "审核已通过，等单位负责人签发"),
    states.SIGNED: ("dispatch", "发出答复", "发出之日才算答复：当面以签收为准，邮寄以交邮之日为准"),
}
_WAITING = {
    states.CORRECTION: ("correction_arrives", "等申请人补正", "收到补正的申请后重新计算期限"),
    states.REASONS: ("reasons_arrive", "等申请人说明理由", "这段时间答复期限照常计算"),
    states.FEE: ("fee_paid", "等申请人缴费", "缴费的次日起重新计算期限"),
}


@basis("条例30", "条例31", "条例33.2", "条例36", "条例45")
def next_step(now: Situation) -> NextStep | None:
    """What comes next; ``None`` when nothing is left to do.

    ``due`` is the day of the step itself where the law knows one, else the last day of the reply.
    """
    basis_of = {name: event.basis for name, event in states.EVENTS.items()}
    match now.state:
        case states.ARRIVED:
            why = "双方确认之日才是收到申请之日，到达当天就要确认"
            return NextStep("confirm", "与申请人确认收到", why, basis_of["confirm"], AGENCY, now.arrived)
        case states.REGISTERED:
            why = "期限已经开始计算；信息由别的单位保管的，现在转办"
            return NextStep("sign_for", "签收办理，或者转办", why, basis_of["sign_for"], AGENCY, now.due)
        case states.ASSIGNED:
            why = "案件转来后期限照常计算；不归本单位办的，写明理由退回"
            return NextStep("sign_for", "签收办理", why, basis_of["sign_for"], HOLDER, now.due)
        case states.CORRECTION | states.REASONS | states.FEE:
            return _waiting(now, basis_of)
        case states.CONSULTING:
            why = "对方答复或满 15 个工作日后继续；这段时间不计入期限"
            until = now.lapse - timedelta(days=1) if now.lapse else None
            return NextStep(
                "opinion_arrives", "登记对方的意见", why, basis_of["opinion_arrives"], HOLDER, until
            )
        case states.DELIBERATING:
            why = "各方意见齐了才能下结论；会商不停止计算期限"
            return NextStep("conclude", "收齐会商意见，下结论", why, basis_of["conclude"], AGENCY, now.due)
        case states.IN_HAND:
            return _in_hand(now, basis_of)
        case states.DRAFTED | states.REVIEWED | states.SIGNED:
            event, title, why = _ANSWERING[now.state]
            return NextStep(event, title, why, basis_of[event], AGENCY, now.due)
        case states.DISPATCHED:
            why = "申请人收到之日起算复议、起诉的期限"
            return NextStep("deliver", "登记送达", why, basis_of["deliver"], AGENCY, None)
        case states.ANSWERED:
            return NextStep("archive", "归档", "案卷齐全后封存归档", basis_of["archive"], AGENCY, None)
    return None


def _waiting(now: Situation, basis_of: dict[str, str]) -> NextStep:
    event, title, why = _WAITING[now.state]
    if now.lapse is None:
        why = f"先登记通知的送达日期，才知道等到哪天；{why}"
        return NextStep(event, title, why, basis_of[event], APPLICANT, None)
    return NextStep(event, title, why, basis_of[event], APPLICANT, now.lapse - timedelta(days=1))


def _in_hand(now: Situation, basis_of: dict[str, str]) -> NextStep:
    if now.stopped:
        why = "申请人逾期没有补正或缴费，视为放弃；要告知申请人不再处理"
        return NextStep("dispose", "按放弃申请办结", why, basis_of["correction_lapses"], HOLDER, None)
    if now.disposition:
        why = "办理结果已经确定，还没有拟好答复"
        return NextStep("draft_answer", "拟答复", why, basis_of["draft_answer"], HOLDER, now.due)
    why = "核对材料后确定办理结果；内容不明确的，7 个工作日内一次性告知补正"
    return NextStep("dispose", "确定办理结果", why, basis_of["dispose"], HOLDER, now.due)
