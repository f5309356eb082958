"""Where a unit stands with its budget or final accounts of a year; what a title announces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

PUBLISHED, LATE_PUBLISHED, MISSING, LATE, UNKNOWN = (
    "published",
    "published_late",
    "missing",
    "late",
    "unknown",
)
WORDS = {
    PUBLISHED: "已公开",
    LATE_PUBLISHED: "逾期公开",
    MISSING: "未公开",
    LATE: "逾期未公开",
    UNKNOWN: "未登记批复日",
}
LIGHTS = {PUBLISHED: "done", LATE_PUBLISHED: "soon", MISSING: "ok", LATE: "late", UNKNOWN: "idle"}
BUDGET, ACCOUNTS = "budget", "accounts"
KINDS = {BUDGET: "预算", ACCOUNTS: "决算"}
_TITLE = re.compile(
    r"(?P<before>.*?)(?P<year>20\d{2})年?度?(?P<after>.*?)(?P<kind>预算|决算)(?!.*(?:解读|政策|办法|通知|细则|方案|培训))"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One field of the matrix: word, light, the day until which it must be public."""

    state: str
    due: date | None = None

    @property
    def words(self) -> str:
        return WORDS[self.state]

    @property
    def light(self) -> str:
        return LIGHTS[self.state]

    @property
    def is_hole(self) -> bool:
        return self.state in (MISSING, LATE)


def standing(*, approved_on: date | None, published_on: date | None, days: int, today: date) -> Standing:
    """Published within ``days`` after the approval, later, or not (预算法第十四条).

    >>> standing(approved_on=date(2026, 1, 20), published_on=None, days=20, today=date(2026, 2, 10)).words
    '逾期未公开'
    """
    due = approved_on + timedelta(days=days) if approved_on else None
    if published_on is not None:
        return Standing(LATE_PUBLISHED if due and published_on > due else PUBLISHED, due)
    if due is None:
        return Standing(UNKNOWN)
    return Standing(LATE if today > due else MISSING, due)


def recognise(title: str, names: tuple[str, ...]) -> tuple[int, str] | None:
    """Year and kind that a title of this unit names; ``names`` are the names that the unit bears.

    >>> recognise("滨海区财政局2026年度部门预算", ("滨海区财政局",))
    (2026, 'budget')
    """
    match = _TITLE.search(title)
    if match is None or not any(name and name in title for name in names):
        return None
    return int(match["year"]), BUDGET if match["kind"] == "预算" else ACCOUNTS
