"""The decisions of a review step, how a signature was given, and the life of a question to another agency."""

from __future__ import annotations

from dataclasses import dataclass

APPROVED, RETURNED, OPEN_IT = "approved", "returned", "open_it"
DECISIONS = {APPROVED: "同意", RETURNED: "退回修改", OPEN_IT: "退回，应当公开"}
# Both give the paper back to its author (退文).
GIVEN_BACK = (RETURNED, OPEN_IT)

# Why a paper that is kept from the public was given back; the monthly table counts them.
NO_GROUND, WRONG_GROUND, PARTLY, SHOULD_BE_PUBLIC = "no_ground", "wrong_ground", "partly", "public"
PAPERS_MISSING, OTHER = "papers", "other"
REASONS = {
    NO_GROUND: "没有写依据和理由",
    WRONG_GROUND: "依据不当",
    PARTLY: "可以区分处理后公开",
    SHOULD_BE_PUBLIC: "应当主动公开",
    PAPERS_MISSING: "材料不齐",
    OTHER: "其他",
}

# How the decision of a step was given.
LOGIN, CODE, PASSKEY, PAPER = "login", "code", "passkey", "paper"
SIGNATURES = {LOGIN: "登录后办理", CODE: "验证码确认本人", PASSKEY: "通行密钥确认本人", PAPER: "纸质签批"}

WAITING, CONFIRMED, OBJECTED, DECIDED, CALLED_OFF = (
    "waiting",
    "confirmed",
    "objected",
    "decided",
    "called_off",
)
LABELS = {
    WAITING: "等对方确认",
    CONFIRMED: "已确认",
    OBJECTED: "有不同意见",
    DECIDED: "已决定",
    CALLED_OFF: "不再征求",
}
LIGHTS = {WAITING: "soon", CONFIRMED: "done", OBJECTED: "late", DECIDED: "done", CALLED_OFF: "idle"}
# With these nothing stands in the way any more.
SETTLED = (CONFIRMED, DECIDED, CALLED_OFF)


@dataclass(frozen=True, slots=True)
class Transition:
    """One verb of a coordination: from which state to which, who by policy action, on which basis."""

    source: str
    verb: str
    target: str
    action: str
    basis: str


TABLE: tuple[Transition, ...] = (
    Transition(WAITING, "confirm", CONFIRMED, "review.answer", "条例第十一条"),
    Transition(WAITING, "object", OBJECTED, "review.answer", "条例第十一条"),
    # Only after the day until which an answer was asked; the action holds it.
    Transition(WAITING, "decide", DECIDED, "review.settle", "条例第十一条"),
    Transition(OBJECTED, "decide", DECIDED, "review.settle", "条例第十一条"),
    Transition(WAITING, "call_off", CALLED_OFF, "review.ask", ""),
    Transition(OBJECTED, "call_off", CALLED_OFF, "review.ask", ""),
)


def target_of(state: str, verb: str) -> str | None:
    """Where a verb leads from a state; ``None`` when the verb is not possible there."""
    return next((row.target for row in TABLE if row.source == state and row.verb == verb), None)
