"""How far a task is, and why: the light of the ledger. House rules of the district's plan, no statute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

State: TypeAlias = Literal["done", "ok", "soon", "late", "idle"]

CYCLE_DAYS = 90  # a standing task needs a new record within this time, unless the office sets another
SOON_BEFORE_DUE = 20
SOON_BEFORE_CYCLE_ENDS = 7
ORDER: tuple[State, ...] = ("late", "soon", "ok", "idle", "done")
THRESHOLDS = (
    f"有期限的任务看期限：剩{SOON_BEFORE_DUE}天起为临期，过期没有完成为逾期；责任单位全部完成并核对后为完成。",
    f"持续公开的任务看最近记录：超过更新周期（一般{CYCLE_DAYS}天）没有新记录为逾期，剩{SOON_BEFORE_CYCLE_ENDS}天起为临期。",
    "还没有核对过进展、也没有到期的任务为未开始。被退回的填报不计。",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a task. ``needed`` units must finish, ``finished`` of them did and were accepted."""

    kind: str
    due_on: date | None
    since: date
    cycle_days: int = CYCLE_DAYS
    needed: int = 0
    finished: int = 0
    last_accepted: date | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Light:
    """State, the words beside its shape, and the sentence that explains it."""

    state: State
    words: str
    reason: str


def light(facts: Facts, *, today: date) -> Light:
    """The light of a task on a day.

    >>> light(Facts("date", date(2026, 10, 31), date(2026, 1, 5), needed=1), today=date(2026, 10, 14)).words
    '剩 17 天'
    """
    if facts.kind == "date" and facts.due_on is not None:
        return _dated(facts, facts.due_on, today)
    if facts.kind == "continuous":
        return _standing(facts, today)
    if facts.finished and facts.finished >= facts.needed:
        return Light("done", "完成", _finished(facts))
    if facts.last_accepted is None:
        return Light("idle", "未开始", _with_waiting("没有写期限，也还没有核对过的进展。", facts))
    return Light("ok", "正常", f"没有写期限，最近一次进展 {facts.last_accepted.isoformat()}。")


def _dated(facts: Facts, due_on: date, today: date) -> Light:
    if facts.finished and facts.finished >= facts.needed:
        return Light("done", "完成", _finished(facts))
    rest = (due_on - today).days
    part = f"{facts.needed}个责任单位已完成{facts.finished}个" if facts.needed > 1 else "还没有核对完成"
    if rest < 0:
        reason = f"期限 {due_on.isoformat()} 已过，{part}。"
        return Light("late", f"逾期 {-rest} 天", _with_waiting(reason, facts))
    reason = _with_waiting(f"期限 {due_on.isoformat()}，还有 {rest} 天，{part}。", facts)
    if rest <= SOON_BEFORE_DUE:
        return Light("soon", f"剩 {rest} 天" if rest else "今天到期", reason)
    if facts.last_accepted is None:
        return Light("idle", "未开始", reason)
    return Light("ok", "正常", reason)


def _standing(facts: Facts, today: date) -> Light:
    last = facts.last_accepted
    ends = (last or facts.since) + timedelta(days=facts.cycle_days)
    rest = (ends - today).days
    known = f"最近记录 {last.isoformat()}" if last else "还没有核对过的记录"
    if rest < 0:
        reason = f"{known}，{facts.cycle_days}天的更新周期到 {ends.isoformat()} 已过。"
        return Light("late", f"逾期 {-rest} 天", _with_waiting(reason, facts))
    reason = _with_waiting(f"{known}，{ends.isoformat()} 前应有新的记录。", facts)
    if rest <= SOON_BEFORE_CYCLE_ENDS:
        return Light("soon", f"剩 {rest} 天" if rest else "今天到期", reason)
    return Light("ok", "正常", reason) if last else Light("idle", "未开始", reason)


def _finished(facts: Facts) -> str:
    on = f"，最近核对 {facts.last_accepted.isoformat()}" if facts.last_accepted else ""
    many = f"{facts.needed}个责任单位均已完成" if facts.needed > 1 else "责任单位已完成"
    return f"{many}{on}。"


def _with_waiting(reason: str, facts: Facts) -> str:
    return f"{reason}另有{facts.waiting}份填报待审核。" if facts.waiting else reason
