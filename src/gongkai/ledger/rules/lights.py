"""How far a task is, and why: the light of the ledger. House rules of the district's plan, no statute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

State: TypeAlias = Literal["done", "ok", "soon", "late", "idle"]

CYCLE_DAYS = 90  # a standing task needs a new record within this time, unless the office sets another
SOON_BEFORE_DUE = 20
SOON_BEFORE_CYCLE_ENDS = 7
NAMED = 3  # how many units a sentence names before it counts them
ORDER: tuple[State, ...] = ("late", "soon", "ok", "idle", "done")
# What the district office may say instead of the system; 未开始 is a fact, not a verdict.
BY_HAND: dict[State, str] = {"done": "完成", "ok": "正常", "soon": "临期", "late": "逾期"}
THRESHOLDS = (
    f"有期限的任务看期限：剩{SOON_BEFORE_DUE}天起为临期，过期没有完成为逾期；责任单位全部完成并核对后为完成。",
    f"持续公开的任务看每个责任单位最近的记录（核对过的填报，或者系统找到的公开文件）：超过更新周期（一般{CYCLE_DAYS}天）"
    f"没有新记录为逾期，剩{SOON_BEFORE_CYCLE_ENDS}天起为临期。",
    "还没有核对过进展、也没有到期的任务为未开始。被退回、收回的填报不计；佐证已全部撤回的，不再算完成。",
    "区政务公开主管部门可以写明理由作人工判定，到期自动失效；页面同时写出系统判定。",
)


@dataclass(frozen=True, slots=True)
class ByHand:
    """The office's own verdict: which state, why, until which day, by whom and when."""

    state: State
    reason: str
    until: date
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit that has to keep a standing task fresh, and the day of its newest record."""

    name: str
    last: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a task. ``needed`` units must finish, ``finished`` of them did and were accepted.

    ``last_record`` is the newest matching record in public; ``units`` are those that must each keep a standing
    task fresh (none: anybody's record will do); ``lapsed`` units had finished, but their evidence was withdrawn.
    ``source`` says where the duty is written.
    """

    kind: str
    due_on: date | None
    since: date
    cycle_days: int = CYCLE_DAYS
    needed: int = 0
    finished: int = 0
    last_accepted: date | None = None
    waiting: int = 0
    last_record: date | None = None
    units: tuple[UnitFacts, ...] = ()
    lapsed: int = 0
    source: str = ""
    by_hand: ByHand | None = None


@dataclass(frozen=True, slots=True)
class Light:
    """State, the words beside its shape, the sentence that explains it, and where the duty is written.

    ``system`` is what the system would say where ``by_hand`` overrules it.
    """

    state: State
    words: str
    reason: str
    source: str = ""
    by_hand: ByHand | None = None
    system: Light | None = None

    @property
    def sentence(self) -> str:
        """The reason with its source."""
        return f"{self.reason}依据：{self.source}。" if self.source else self.reason


def light(facts: Facts, *, today: date) -> Light:
    """The light of a task on a day; the office's own verdict comes first while it holds.

    >>> light(Facts("date", date(2026, 10, 31), date(2026, 1, 5), needed=1), today=date(2026, 10, 14)).words
    '剩 17 天'
    """
    system = _system(facts, today)
    given = facts.by_hand
    if given is None or given.until < today:
        return system
    reason = (
        f"人工判定：{given.reason.rstrip('。')}（{given.by}，{given.on.isoformat()}，有效至 {given.until.isoformat()}）。"
        f"系统判定为“{system.words}”：{system.reason}"
    )
    words = f"人工判定：{BY_HAND[given.state]}"
    return Light(given.state, words, reason, facts.source, by_hand=given, system=system)


def window_of(cycle_days: int) -> int:
    """How many days before the end of a cycle the light turns amber: a week, or a quarter of a short cycle.

    >>> [window_of(days) for days in (90, 28, 12, 1)]
    [7, 7, 3, 1]
    """
    return min(SOON_BEFORE_CYCLE_ENDS, max(1, cycle_days // 4))


def _system(facts: Facts, today: date) -> Light:
    if facts.kind == "date" and facts.due_on is not None:
        return _dated(facts, facts.due_on, today)
    if facts.kind == "continuous":
        return _standing(facts, today)
    if facts.finished and facts.finished >= facts.needed:
        return Light("done", "完成", _finished(facts), facts.source)
    last = _newest(facts.last_accepted, facts.last_record)
    if last is None:
        reason = _with_waiting("没有写期限，也还没有核对过的进展。", facts)
        return Light("idle", "未开始", reason, facts.source)
    return Light("ok", "正常", f"没有写期限，最近一次进展 {last.isoformat()}。", facts.source)


def _dated(facts: Facts, due_on: date, today: date) -> Light:
    if facts.finished and facts.finished >= facts.needed:
        return Light("done", "完成", _finished(facts), facts.source)
    rest = (due_on - today).days
    part = f"{facts.needed}个责任单位已完成{facts.finished}个" if facts.needed > 1 else "还没有核对完成"
    if facts.lapsed:
        part += f"，另有{facts.lapsed}个单位的佐证已撤回，不再算完成"
    if rest < 0:
        reason = f"期限 {due_on.isoformat()} 已过，{part}。"
        return Light("late", f"逾期 {-rest} 天", _with_waiting(reason, facts), facts.source)
    reason = _with_waiting(f"期限 {due_on.isoformat()}，还有 {rest} 天，{part}。", facts)
    if rest <= SOON_BEFORE_DUE:
        return Light("soon", f"剩 {rest} 天" if rest else "今天到期", reason, facts.source)
    if facts.last_accepted is None:
        return Light("idle", "未开始", reason, facts.source)
    return Light("ok", "正常", reason, facts.source)


def _standing(facts: Facts, today: date) -> Light:
    """The unit that is the furthest behind gives the light; one busy unit does not hide the silent ones."""
    newest = _newest(facts.last_accepted, facts.last_record)
    lasts = [one.last for one in facts.units] or [newest]
    cycle = timedelta(days=facts.cycle_days)
    ends = min((last or facts.since) + cycle for last in lasts)
    rest = (ends - today).days
    behind = [
        one.name
        for one in facts.units
        if ((one.last or facts.since) + cycle - today).days <= window_of(facts.cycle_days)
    ]
    if rest < 0:
        late = [one.name for one in facts.units if (one.last or facts.since) + cycle < today]
        reason = f"{_who(late, facts)}{_known(facts, newest)}，{facts.cycle_days}天的更新周期到 {ends.isoformat()} 已过。"
        return Light("late", f"逾期 {-rest} 天", _with_waiting(reason, facts), facts.source)
    soon = rest <= window_of(facts.cycle_days)
    who = _who(behind, facts) if soon else ""
    reason = _with_waiting(f"{who}{_known(facts, newest)}，{ends.isoformat()} 前应有新的记录。", facts)
    if soon:
        return Light("soon", f"剩 {rest} 天" if rest else "今天到期", reason, facts.source)
    if newest is None:
        return Light("idle", "未开始", reason, facts.source)
    return Light("ok", "正常", reason, facts.source)


def _who(names: list[str], facts: Facts) -> str:
    """Which units are meant, where there are several."""
    if len(facts.units) < 2 or not names:
        return ""
    shown = "、".join(names[:NAMED]) + (f"等{len(names)}个单位" if len(names) > NAMED else "")
    return f"{len(facts.units)}个责任单位中，{shown}需要更新；"


def _known(facts: Facts, newest: date | None) -> str:
    if newest is None:
        return "还没有核对过的记录"
    kind = "系统找到的公开文件" if newest == facts.last_record else "核对过的填报"
    return f"最近记录 {newest.isoformat()}（{kind}）"


def _newest(*days: date | None) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _finished(facts: Facts) -> str:
    on = f"，最近核对 {facts.last_accepted.isoformat()}" if facts.last_accepted else ""
    many = f"{facts.needed}个责任单位均已完成" if facts.needed > 1 else "责任单位已完成"
    return f"{many}{on}。"


def _with_waiting(reason: str, facts: Facts) -> str:
    return f"{reason}另有{facts.waiting}份填报待审核。" if facts.waiting else reason
