"""Why a unit is late with a matter, what comes next, and which reminders are due. House rules, no statute."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["task", "campaign", "order"]
Why: TypeAlias = Literal[
    "waiting", "returned", "silent", "unfinished", "stale", "not_handed_in", "unanswered"
]

SOURCE = "本平台规定"
SHORT: dict[Why, str] = {
    "waiting": "已报来，等您核对",
    "returned": "退回后没有重报",
    "silent": "一直没有填报",
    "unfinished": "报过进展，没有报完成",
    "stale": "过了更新周期",
    "not_handed_in": "没有交",
    "unanswered": "整改单没有答复",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one late matter of one unit. ``last_report`` is the day of its newest report."""

    kind: Kind
    continuous: bool = False
    reports: int = 0
    returns: int = 0
    waiting: bool = False
    last_returned: bool = False
    last_report: date | None = None


def why_late(facts: Facts) -> Why:
    """The one reason that explains the lateness best.

    >>> why_late(Facts("task", reports=2, returns=2, last_returned=True))
    'returned'
    """
    if facts.kind == "campaign":
        return "not_handed_in"
    if facts.kind == "order":
        return "waiting" if facts.waiting else "unanswered"
    if facts.waiting:
        return "waiting"
    if facts.last_returned:
        return "returned"
    if not facts.reports:
        return "silent"
    return "stale" if facts.continuous else "unfinished"


def reason_of(facts: Facts) -> str:
    """The reason as a sentence for the head of the office, with its numbers."""
    why = why_late(facts)
    last = f"，最近一次填报 {facts.last_report.isoformat()}" if facts.last_report else ""
    if why == "returned":
        times = f"退回 {facts.returns} 次" if facts.returns > 1 else "被退回"
        return f"填报{times}，还没有重报{last}。"
    if why == "unfinished":
        return f"报过 {facts.reports} 次进展，没有报完成{last}。"
    if why == "stale":
        return f"更新周期已过，没有新的记录{last}。"
    return {
        "waiting": f"单位已经报来，等区政务公开主管部门核对{last}。",
        "silent": "从来没有填报过。",
        "not_handed_in": "专项行动的材料没有交。",
        "unanswered": "整改单没有答复。",
    }[why]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder: so many days after the due day, this person is reminded."""

    number: int
    after_days: int
    to: str


# 单位信息员 → 单位负责人 → 区政务公开主管部门; the days are 本平台规定 and stand only here.
LADDER = (
    Step(1, 1, "单位信息员"),
    Step(2, 7, "单位负责人"),
    Step(3, 15, "区政务公开主管部门"),
)
LADDER_WORDS = "逾期" + "，".join(f"满{step.after_days}天催{step.to}" for step in LADDER) + f"（{SOURCE}）。"


def reached(days_over: int) -> Step | None:
    """The highest step that a lateness of so many days has reached.

    >>> reached(0), reached(8).to
    (None, '单位负责人')
    """
    return next((step for step in reversed(LADDER) if days_over >= step.after_days), None)


def steps_to_send(
    *, since: date, today: date, sent: Collection[int], promised_on: date | None = None, waiting: bool = False
) -> tuple[Step, ...]:
    """The steps that are due and did not go out yet, lowest first.

    Nothing goes out while the matter waits for the office itself, nor up to the day that unit and office
    agreed on (约定日期); from the day after, the ladder goes on with the days since the due day.
    """
    if waiting or (promised_on is not None and today <= promised_on):
        return ()
    over = (today - since).days
    return tuple(step for step in LADDER if over >= step.after_days and step.number not in sent)


def next_step(
    facts: Facts, *, since: date, today: date, sent: Collection[int], promised_on: date | None
) -> str:
    """What happens next, and when: the office's own turn, the promised day, or the next step of the ladder."""
    if why_late(facts) == "waiting":
        return "您先核对"
    if promised_on is not None and today <= promised_on:
        return f"等到约定的 {promised_on:%m-%d}"
    done = max(sent, default=0)
    coming = next((step for step in LADDER if step.number > done), None)
    if coming is None:
        return "三级都已催办，请您直接过问"
    rest = coming.after_days - (today - since).days
    return f"今天催{coming.to}" if rest <= 0 else f"{rest}天后催{coming.to}"
