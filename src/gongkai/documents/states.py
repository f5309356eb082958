"""The life of a document as one table; buttons, permissions, diagram and tests come from it."""

from __future__ import annotations

from dataclasses import dataclass

DRAFT = "draft"
SUBMITTED = "submitted"
APPROVED = "approved"
PUBLISHED = "published"
WITHDRAWN = "withdrawn"
FILED = "filed"

LABELS = {
    DRAFT: "草稿",
    SUBMITTED: "审核中",
    APPROVED: "待发布",
    PUBLISHED: "已发布",
    WITHDRAWN: "已撤回",
    FILED: "已归档",
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One verb of the office: from which state to which, who by policy action, on which basis."""

    source: str
    verb: str
    target: str
    action: str
    basis: str


TABLE: tuple[Transition, ...] = (
    Transition(DRAFT, "submit", SUBMITTED, "documents.submit", "条例第十七条"),
    Transition(SUBMITTED, "return", DRAFT, "review.decide", "条例第十七条"),
    Transition(SUBMITTED, "take_back", DRAFT, "documents.submit", ""),
    Transition(SUBMITTED, "approve", APPROVED, "review.decide", "条例第十七条"),
    # What is not published on the office's own account is filed with its ground, to be looked at again.
    Transition(SUBMITTED, "file", FILED, "review.decide", "条例第十八条"),
    # Looked at again, the ground is gone: the paper is determined anew and passes its reviews once more.
    Transition(FILED, "reopen", DRAFT, "documents.write", "条例第十八条"),
    Transition(APPROVED, "return", DRAFT, "review.decide", "条例第十七条"),
    Transition(APPROVED, "publish", PUBLISHED, "publishing.publish", "条例第二十六条"),
    Transition(PUBLISHED, "withdraw", WITHDRAWN, "publishing.withdraw", "条例第十七条"),
    Transition(WITHDRAWN, "publish", PUBLISHED, "publishing.publish", "条例第二十六条"),
    # A new edition is written on the same record; what stands in public stays until it is published.
    Transition(PUBLISHED, "correct", DRAFT, "documents.write", "条例第六条"),
    Transition(WITHDRAWN, "correct", DRAFT, "documents.write", "条例第六条"),
    Transition(DRAFT, "submit_slip", APPROVED, "documents.submit", "条例第六条"),
    Transition(DRAFT, "drop_correction", PUBLISHED, "documents.write", ""),
    Transition(DRAFT, "drop_withdrawn", WITHDRAWN, "documents.write", ""),
)


def target_of(state: str, verb: str) -> str | None:
    """Where a verb leads from a state; ``None`` when the verb is not possible there."""
    return next((row.target for row in TABLE if row.source == state and row.verb == verb), None)
