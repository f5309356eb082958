"""The life of a progress report as one table; buttons, permissions, diagram and tests come from it."""

from __future__ import annotations

from dataclasses import dataclass

SUBMITTED, ACCEPTED, RETURNED = "submitted", "accepted", "returned"
LABELS = {SUBMITTED: "待审核", ACCEPTED: "已核对", RETURNED: "已退回"}


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
    # A returned report stays as it is; the unit sends a new one.
    Transition(SUBMITTED, "return", RETURNED, "ledger.judge", "条例第四十六条"),
    Transition(ACCEPTED, "return", RETURNED, "ledger.judge", "条例第四十六条"),
)


def target_of(state: str, verb: str) -> str | None:
    """Where a verb leads from a state; ``None`` when the verb is not possible there."""
    return next((row.target for row in TABLE if row.source == state and row.verb == verb), None)
