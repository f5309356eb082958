"""The life of a placement: a published record is offered to a second column, whose owner takes it in or not (A12)."""

from __future__ import annotations

from dataclasses import dataclass

ASKED, TAKEN, DECLINED, ENDED = "asked", "taken", "declined", "ended"
LABELS = {ASKED: "待确认", TAKEN: "已收入", DECLINED: "未收入", ENDED: "已移出"}
LIGHTS = {ASKED: "soon", TAKEN: "done", DECLINED: "paused", ENDED: "paused"}


@dataclass(frozen=True, slots=True)
class Transition:
    """One verb: from which state to which, who by policy action, on which basis."""

    source: str
    verb: str
    target: str
    action: str
    basis: str


TABLE: tuple[Transition, ...] = (
    Transition(ASKED, "take", TAKEN, "upkeep.take_in", "国办发〔2019〕54号"),
    Transition(ASKED, "decline", DECLINED, "upkeep.take_in", ""),
    Transition(TAKEN, "end", ENDED, "upkeep.take_in", ""),
    Transition(DECLINED, "ask", ASKED, "upkeep.work", ""),
    Transition(ENDED, "ask", ASKED, "upkeep.work", ""),
)


def target_of(state: str, verb: str) -> str | None:
    """Where a verb leads from a state; ``None`` when the verb is not possible there."""
    return next((row.target for row in TABLE if row.source == state and row.verb == verb), None)
