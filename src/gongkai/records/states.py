"""The life of a row as one table; buttons, permissions, diagram and tests come from it."""

from __future__ import annotations

from dataclasses import dataclass

DRAFT, WAITING, LIVE, HIDDEN, ENDED = "draft", "waiting", "live", "hidden", "ended"
LABELS = {DRAFT: "草稿", WAITING: "待审核", LIVE: "已公开", HIDDEN: "已撤下", ENDED: "公示期满"}
IMPORTING, IMPORTED, NOT_IMPORTED = "waiting", "done", "failed"
IMPORT_LABELS = {IMPORTING: "正在导入", IMPORTED: "已写入", NOT_IMPORTED: "没有写入"}
LIGHTS = {DRAFT: "idle", WAITING: "ok", LIVE: "done", HIDDEN: "paused", ENDED: "paused"}


@dataclass(frozen=True, slots=True)
class Transition:
    """One verb of the office: from which state to which, who by policy action, on which basis."""

    source: str
    verb: str
    target: str
    action: str
    basis: str


TABLE: tuple[Transition, ...] = (
    Transition(DRAFT, "submit", WAITING, "records.work", "条例第十七条"),
    Transition(WAITING, "take_back", DRAFT, "records.work", ""),
    Transition(WAITING, "return", DRAFT, "records.publish", "条例第十七条"),
    Transition(WAITING, "publish", LIVE, "records.publish", "条例第二十六条"),
    Transition(LIVE, "hide", HIDDEN, "records.publish", "条例第十七条"),
    Transition(HIDDEN, "submit", WAITING, "records.work", "条例第十七条"),
    # By the clock: the public period is over.
    Transition(LIVE, "end", ENDED, "", "条例第十九条"),
)


def target_of(state: str, verb: str) -> str | None:
    """Where a verb leads from a state; ``None`` when the verb is not possible there."""
    return next((row.target for row in TABLE if row.source == state and row.verb == verb), None)


def sources_of(verb: str) -> tuple[str, ...]:
    """The states in which a verb is possible."""
    return tuple(row.source for row in TABLE if row.verb == verb)
