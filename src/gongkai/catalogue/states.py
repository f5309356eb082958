"""The life of a proposal to revise the standard catalogue: draft, approved, new version (A10)."""

from __future__ import annotations

from dataclasses import dataclass

DRAFT, SUBMITTED, APPROVED, REJECTED, DROPPED = "draft", "submitted", "approved", "rejected", "dropped"
LABELS = {
    DRAFT: "草稿",
    SUBMITTED: "待批准",
    APPROVED: "已批准，已成新版本",
    REJECTED: "未采纳",
    DROPPED: "已撤销",
}
LIGHTS = {DRAFT: "idle", SUBMITTED: "soon", APPROVED: "done", REJECTED: "paused", DROPPED: "paused"}


@dataclass(frozen=True, slots=True)
class Transition:
    """One verb: from which state to which, who by policy action, on which basis."""

    source: str
    verb: str
    target: str
    action: str
    basis: str


TABLE: tuple[Transition, ...] = (
    Transition(DRAFT, "submit", SUBMITTED, "catalogue.propose", "国办发〔2019〕54号"),
    Transition(DRAFT, "drop", DROPPED, "catalogue.propose", ""),
    Transition(SUBMITTED, "return", DRAFT, "catalogue.approve", ""),
    Transition(SUBMITTED, "reject", REJECTED, "catalogue.approve", ""),
    Transition(SUBMITTED, "approve", APPROVED, "catalogue.approve", "国办发〔2019〕54号"),
)


def target_of(state: str, verb: str) -> str | None:
    """Where a verb leads from a state; ``None`` when the verb is not possible there."""
    return next((row.target for row in TABLE if row.source == state and row.verb == verb), None)
