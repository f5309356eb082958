"""Stages of a project, links of a chain: what is there, what is missing, what is overdue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.records.rules.declared import RecordType, Step

DONE, MISSING, OVERDUE, RUNNING, OPEN = "done", "missing", "overdue", "running", "open"
WORDS = {DONE: "已公开", MISSING: "缺失", OVERDUE: "逾期", RUNNING: "期限内", OPEN: "未到"}
LIGHTS = {DONE: "done", MISSING: "late", OVERDUE: "late", RUNNING: "ok", OPEN: "idle"}


@dataclass(frozen=True, slots=True)
class StepStanding:
    """One step of one row: its state, the day it was done, the day until which it is due."""

    step: Step
    state: str
    on: date | None = None
    due: date | None = None

    @property
    def words(self) -> str:
        return WORDS[self.state]

    @property
    def light(self) -> str:
        return LIGHTS[self.state]

    @property
    def is_fault(self) -> bool:
        return self.state in (MISSING, OVERDUE)


def standings(
    kind: RecordType,
    values: Mapping[str, str],
    *,
    today: date,
    due_of: Callable[[str, date], date],
) -> tuple[StepStanding, ...]:
    """Every step in its order. A step that is empty while a later one is done is missing; ``due_of`` reckons
    the last day of a period of the rule table from a day."""
    days = [_day(values, step.done) for step in kind.steps]
    found = []
    for at, step in enumerate(kind.steps):
        start = _day(values, step.due.after) if step.due else None
        due = due_of(step.due.rule, start) if step.due and start else None
        if days[at]:
            state = DONE
        elif any(days[at + 1 :]) and not step.optional:
            state = MISSING
        elif due and today > due:
            state = OVERDUE
        else:
            state = RUNNING if due else OPEN
        found.append(StepStanding(step, state, days[at], due))
    return tuple(found)


def _day(values: Mapping[str, str], name: str) -> date | None:
    text = values.get(name, "")
    return date.fromisoformat(text) if text else None
