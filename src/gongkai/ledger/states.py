"""The life of a progress report as one table; buttons, permissions, diagram and tests come from it."""

from __future__ import annotations

from dataclasses import dataclass

SUBMITTED, ACCEPTED, RETURNED, WITHDRAWN = "submitted", "accepted", "returned", "withdrawn"
LABELS = {SUBMITTED: "待审核", ACCEPTED: "已核对", RETURNED: "已退回", WITHDRAWN: "已收回"}


@dataclass(frozen=True, slots=True)
class Transition:
    """One verb of the office: from which state to which, who by policy action, on which basis."""

    source: str
    verb: str
    target: str
    action: str
    basis: str


TABLE: tuple[Transition, ...] = (
    Transition(SUBMITTED, "accept", ACCEPTED, "ledger.judge", "条例第四十六条"),
    # The unit may take back what nobody has judged yet; its words wait for it in the form.
    Transition(SUBMITTED, "take_back", WITHDRAWN, "ledger.report", "本平台规定"),
    # A returned report stays as it is; the unit sends a new one.
    Transition(SUBMITTED, "return", RETURNED, "ledger.judge", "条例第四十六条"),
    Transition(ACCEPTED, "return", RETURNED, "ledger.judge", "条例第四十六条"),
)


def target_of(state: str, verb: str) -> str | None:
    """Where a verb leads from a state; ``None`` when the verb is not possible there."""
    return next((row.target for row in TABLE if row.source == state and row.verb == verb), None)


# -- the district office's papers: tables of the same shape ------------------------------------------------

ORDER_OPEN, ORDER_ANSWERED, ORDER_CLOSED = "order_open", "order_answered", "order_closed"
ORDER_LABELS = {ORDER_OPEN: "待整改", ORDER_ANSWERED: "已答复，待核对", ORDER_CLOSED: "已销号"}
ORDERS: tuple[Transition, ...] = (
    Transition(ORDER_OPEN, "answer", ORDER_ANSWERED, "ledger.answer", "条例第四十七条"),
    Transition(ORDER_ANSWERED, "send_back", ORDER_OPEN, "ledger.supervise", "条例第四十七条"),
    Transition(ORDER_ANSWERED, "close", ORDER_CLOSED, "ledger.supervise", "条例第四十七条"),
)

MISSING, HANDED_IN = "missing", "handed_in"
ANSWER_LABELS = {MISSING: "未交", HANDED_IN: "已交"}
ANSWERS: tuple[Transition, ...] = (
    Transition(MISSING, "hand_in", HANDED_IN, "ledger.answer", "本平台规定"),
    Transition(HANDED_IN, "hand_in", HANDED_IN, "ledger.answer", "本平台规定"),
    Transition(HANDED_IN, "send_back", MISSING, "ledger.supervise", "本平台规定"),
)

RUNNING, ENDED = "running", "ended"
CAMPAIGN_LABELS = {RUNNING: "进行中", ENDED: "已结束"}
CAMPAIGNS: tuple[Transition, ...] = (Transition(RUNNING, "end", ENDED, "ledger.supervise", "本平台规定"),)

DRAFTED, ISSUED = "drafted", "issued"
BULLETIN_LABELS = {DRAFTED: "草稿", ISSUED: "已印发"}
BULLETINS: tuple[Transition, ...] = (
    Transition(DRAFTED, "change", DRAFTED, "ledger.supervise", "条例第四十七条"),
    Transition(DRAFTED, "issue", ISSUED, "ledger.supervise", "条例第四十七条"),
)

TO_VERIFY, CONFIRMED, UNFINISHED, RECTIFY = "to_verify", "confirmed", "unfinished", "rectify"
VERIFICATION_LABELS = {TO_VERIFY: "待核查", CONFIRMED: "真完成", UNFINISHED: "未完成", RECTIFY: "需整改"}
VERIFICATIONS: tuple[Transition, ...] = tuple(
    Transition(source, verdict, verdict, "ledger.verify", "年度工作要点（回头看）")
    # A verdict may be put right until the look-back is closed.
    for source in VERIFICATION_LABELS
    for verdict in (CONFIRMED, UNFINISHED, RECTIFY)
    if source != verdict
)


def leads_to(table: tuple[Transition, ...], state: str, verb: str) -> str | None:
    """Where a verb leads in one of these tables; ``None`` when it is not possible there."""
    return next((row.target for row in table if row.source == state and row.verb == verb), None)
