"""The life of a case as one table: role x state x event. Engine, buttons, permissions, diagram and tests come from it.

The five headings are those of 条例第四十五条: 登记, 审核, 办理, 答复, 归档. Periods are no states: a clock is
stopped by what happened (``rules.clocks``), never by where a case stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ARRIVED = "arrived"
REGISTERED = "registered"
ASSIGNED = "assigned"
CORRECTION = "correction"
REASONS = "reasons"
FEE = "fee"
IN_HAND = "in_hand"
CONSULTING = "consulting"
DELIBERATING = "deliberating"
DRAFTED = "drafted"
REVIEWED = "reviewed"
SIGNED = "signed"
DISPATCHED = "dispatched"
ANSWERED = "answered"
ARCHIVED = "archived"
VOID = "void"

LABELS = {
    ARRIVED: "待确认收到",
    REGISTERED: "已登记",
    ASSIGNED: "待承办单位签收",
    CORRECTION: "等待补正",
    REASONS: "等待说明理由",
    FEE: "等待缴费",
    IN_HAND: "办理中",
    CONSULTING: "征求意见中",
    DELIBERATING: "会商中",
    DRAFTED: "待审核",
    REVIEWED: "待签发",
    SIGNED: "待发出",
    DISPATCHED: "已发出",
    ANSWERED: "已办结",
    ARCHIVED: "已归档",
    VOID: "已注销",
}

REGISTRATION, EXAMINATION, HANDLING, ANSWERING, FILING = "登记", "审核", "办理", "答复", "归档"
HEADINGS = {
    ARRIVED: REGISTRATION,
    REGISTERED: REGISTRATION,
    VOID: REGISTRATION,
    ASSIGNED: EXAMINATION,
    CORRECTION: EXAMINATION,
    REASONS: EXAMINATION,
    FEE: EXAMINATION,
    IN_HAND: HANDLING,
    CONSULTING: HANDLING,
    DELIBERATING: HANDLING,
    DRAFTED: ANSWERING,
    REVIEWED: ANSWERING,
    SIGNED: ANSWERING,
    DISPATCHED: ANSWERING,
    ANSWERED: ANSWERING,
    ARCHIVED: FILING,
}

OFFICER, REVIEWER, LEADER = "officer", "reviewer", "leader"
DISCLOSURE_OFFICE, LEGAL_OFFICE, COUNTER = "disclosure_office", "legal_office", "counter"
ASSESSOR, APPLICANT, SYSTEM = "assessor", "applicant", "system"
ROLES = (
    OFFICER,
    REVIEWER,
    LEADER,
    DISCLOSURE_OFFICE,
    LEGAL_OFFICE,
    COUNTER,
    ASSESSOR,
    APPLICANT,
    SYSTEM,
)

# Open: no answer has left the house. The reply clock may run, stand still or be overdue in these.
OPEN = (
    ARRIVED,
    REGISTERED,
    ASSIGNED,
    CORRECTION,
    REASONS,
    FEE,
    IN_HAND,
    CONSULTING,
    DELIBERATING,
    DRAFTED,
    REVIEWED,
    SIGNED,
)
CLOSED = (DISPATCHED, ANSWERED, ARCHIVED)
WORKED_ON = (IN_HAND, CONSULTING, DELIBERATING, DRAFTED, REVIEWED)

AGENCY, HOLDER = "agency", "holder"


@dataclass(frozen=True, slots=True)
class Event:
    """One verb of the office. ``side``: whether the answering agency or the unit that holds the case does it."""

    name: str
    label: str
    roles: tuple[str, ...]
    basis: str
    side: str = HOLDER
    needs_reason: bool = False


EVENTS: dict[str, Event] = {
    event.name: event
    for event in (
        Event("confirm", "确认收到", (OFFICER, COUNTER), "条例第三十一条", AGENCY),
        Event("note_unreachable", "记下联系不上", (OFFICER, COUNTER), "条例第三十一条", AGENCY, True),
        Event("void", "注销登记", (REVIEWER,), "条例第四十五条", AGENCY, True),
        Event("sign_for", "签收办理", (OFFICER,), "条例第四十五条"),
        Event("assign", "转办", (OFFICER, REVIEWER), "条例第四条", AGENCY),
        Event("hand_back", "退回转办", (OFFICER,), "条例第四条", HOLDER, True),
        Event("take_back", "收回转办", (REVIEWER,), "条例第四条", AGENCY, True),
        Event("ask_correction", "发出补正告知书", (OFFICER,), "条例第三十条"),
        Event("correction_arrives", "收到补正", (OFFICER, APPLICANT), "条例第三十条"),
        Event("correction_lapses", "逾期不补正", (OFFICER, SYSTEM), "条例第三十条"),
        Event("ask_reasons", "要求说明理由", (OFFICER,), "条例第三十五条"),
        Event("reasons_arrive", "收到理由", (OFFICER, APPLICANT), "条例第三十五条"),
        Event("reasons_lapse", "逾期不说明理由", (OFFICER, SYSTEM), "条例第三十五条"),
        Event("set_delay", "确定延迟答复期限", (REVIEWER,), "条例第三十五条", AGENCY, True),
        Event("ask_fee", "发出收费通知", (OFFICER,), "条例第四十二条"),
        Event("fee_paid", "收到缴费", (OFFICER,), "条例第四十二条"),
        Event("fee_lapses", "逾期不缴费", (OFFICER, SYSTEM), "条例第四十二条"),
        Event("consult", "发出征求意见书", (OFFICER,), "条例第三十二条、第三十四条"),
        Event("opinion_arrives", "收到意见", (OFFICER,), "条例第三十二条、第三十四条"),
        Event("consultation_lapses", "征求意见逾期未答", (OFFICER, SYSTEM), "条例第三十二条、第三十四条"),
        Event("consultations_end", "征求意见结束", (OFFICER, SYSTEM), "条例第三十三条第三款"),
        Event("deliberate", "开始会商", (OFFICER,), "条例第四十五条"),
        Event("give_opinion", "提出会商意见", (OFFICER, LEGAL_OFFICE), "条例第四十五条"),
        Event("conclude", "会商结论", (REVIEWER,), "条例第四十五条", AGENCY),
        Event("propose_extension", "申请延期", (OFFICER,), "条例第三十三条第二款", HOLDER, True),
        Event("approve_extension", "同意延期", (REVIEWER,), "条例第三十三条第二款", AGENCY),
        Event("refuse_extension", "不同意延期", (REVIEWER,), "条例第三十三条第二款", AGENCY, True),
        Event("extend", "发出延期告知书", (OFFICER,), "条例第三十三条第二款"),
        Event("record_search", "记录检索", (OFFICER,), "条例第三十六条第四项"),
        Event("redact", "区分处理", (OFFICER,), "条例第三十七条"),
        Event("dispose", "确定办理结果", (OFFICER,), "条例第三十六条"),
        Event("draft_answer", "拟好答复", (OFFICER,), "条例第三十六条"),
        Event("return_draft", "退回重拟", (REVIEWER, LEADER), "条例第四十五条", AGENCY, True),
        Event("review", "审核通过", (REVIEWER, LEADER), "条例第四十五条", AGENCY),
        Event("sign", "签发", (LEADER,), "条例第四十五条", AGENCY),
        Event("recall", "撤回签发", (LEADER,), "条例第四十五条", AGENCY, True),
        Event("dispatch", "发出答复", (OFFICER, COUNTER), "国办公开办函〔2016〕235号", AGENCY),
        Event("fail_delivery", "登记送达未成", (OFFICER,), "国办公开办函〔2016〕235号", AGENCY, True),
        Event("deliver", "登记送达", (OFFICER, COUNTER, APPLICANT), "国办公开办函〔2016〕235号", AGENCY),
        Event("amend_answer", "更正答复", (REVIEWER,), "条例第四十五条", AGENCY, True),
        Event("withdraw", "撤回申请", (OFFICER, APPLICANT), "国办公开办函〔2021〕30号", AGENCY, True),
        Event("join", "并案", (OFFICER,), "国办公开办函〔2021〕30号", AGENCY, True),
        Event("redo", "重新答复", (REVIEWER,), "行政复议法第六十九条", AGENCY, True),
        Event("archive", "归档", (OFFICER, SYSTEM), "条例第四十五条", AGENCY),
        Event("purge", "清除身份信息", (REVIEWER, SYSTEM), "个人信息保护法第四十七条", AGENCY),
    )
}


@dataclass(frozen=True, slots=True)
class Transition:
    """From which state an event leads where; who and on which basis stands with the event."""

    source: str
    event: str
    target: str


def _rows() -> Iterator[Transition]:
    def lead(event: str, sources: tuple[str, ...], target: str = "") -> Iterator[Transition]:
        for source in sources:
            yield Transition(source, event, target or source)

    yield from lead("confirm", (ARRIVED,), REGISTERED)
    yield from lead("note_unreachable", (ARRIVED,))
    yield from lead("void", (ARRIVED, REGISTERED), VOID)
    yield from lead("sign_for", (REGISTERED, ASSIGNED), IN_HAND)
    yield from lead("assign", (REGISTERED, IN_HAND), ASSIGNED)
    yield from lead("hand_back", (ASSIGNED, IN_HAND), REGISTERED)
    yield from lead("take_back", (ASSIGNED, IN_HAND), REGISTERED)
    yield from lead("ask_correction", (REGISTERED, IN_HAND), CORRECTION)
    yield from lead("correction_arrives", (CORRECTION,), IN_HAND)
    yield from lead("correction_lapses", (CORRECTION,), IN_HAND)
    yield from lead("ask_reasons", (IN_HAND,), REASONS)
    yield from lead("reasons_arrive", (REASONS,), IN_HAND)
    yield from lead("reasons_lapse", (REASONS,), IN_HAND)
    yield from lead("set_delay", (IN_HAND,))
    yield from lead("ask_fee", (IN_HAND,), FEE)
    yield from lead("fee_paid", (FEE,), IN_HAND)
    yield from lead("fee_lapses", (FEE,), IN_HAND)
    yield from lead("consult", (IN_HAND, CONSULTING), CONSULTING)
    yield from lead("opinion_arrives", (CONSULTING,))
    yield from lead("consultation_lapses", (CONSULTING,))
    yield from lead("consultations_end", (CONSULTING,), IN_HAND)
    yield from lead("deliberate", (IN_HAND,), DELIBERATING)
    yield from lead("give_opinion", (DELIBERATING,))
    yield from lead("conclude", (DELIBERATING,), IN_HAND)
    for event in ("propose_extension", "approve_extension", "refuse_extension", "extend"):
        yield from lead(event, (*WORKED_ON, REASONS))
    yield from lead("record_search", (IN_HAND, CONSULTING, DELIBERATING))
    yield from lead("redact", (IN_HAND, DRAFTED))
    yield from lead("dispose", (IN_HAND,))
    yield from lead("draft_answer", (IN_HAND,), DRAFTED)
    yield from lead("return_draft", (DRAFTED, REVIEWED), IN_HAND)
    yield from lead("review", (DRAFTED,), REVIEWED)
    yield from lead("sign", (REVIEWED,), SIGNED)
    yield from lead("recall", (SIGNED,), IN_HAND)
    yield from lead("dispatch", (SIGNED,), DISPATCHED)
    yield from lead("fail_delivery", (DISPATCHED,), SIGNED)
    yield from lead("deliver", (DISPATCHED,), ANSWERED)
    yield from lead("amend_answer", (ANSWERED,))
    yield from lead("withdraw", OPEN, ANSWERED)
    yield from lead("join", (REGISTERED, IN_HAND), ANSWERED)
    yield from lead("redo", (ANSWERED, ARCHIVED), IN_HAND)
    yield from lead("archive", (ANSWERED,), ARCHIVED)
    yield from lead("purge", (ARCHIVED,))


TABLE: tuple[Transition, ...] = tuple(_rows())
_BY_CELL = {(row.source, row.event): row.target for row in TABLE}


def target_of(state: str, event: str) -> str | None:
    """Where an event leads from a state; ``None`` when it is not possible there."""
    return _BY_CELL.get((state, event))


def allowed(role: str, state: str, event: str) -> bool:
    """One cell of the table: whether this role may do this in this state."""
    return (state, event) in _BY_CELL and role in EVENTS[event].roles


def possible(state: str) -> tuple[str, ...]:
    """The events that a case in this state can meet, in the order of the table."""
    return tuple(name for name in EVENTS if (state, name) in _BY_CELL)
