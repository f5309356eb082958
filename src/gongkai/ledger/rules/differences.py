"""How two versions of a plan differ: which task of the new one is which of the old, and what changed in it.

A task is known again by its words, not by its number: a plan that got one more row in the middle has one new
task, and every report stays with the task that it was written for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from gongkai.kernel.text.numerals import bare

Origin: TypeAlias = Literal["annex", "chapter"]
Change: TypeAlias = Literal["added", "changed", "same", "removed"]

ALIKE = 0.6  # the share of common signs from which two requirements are one that was reworded
ALIKE_UNDER_ONE_NUMBER = 0.35
MOST_COMPARED = 120  # pairs grow with the square; whoever rewrites more than this wrote another plan


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task in words. ``key`` is its row in the ledger, or its place in the file."""

    key: int
    origin: Origin
    number: int
    chapter: str
    section: str
    field: str
    requirement: str
    units: str
    due_kind: str
    due_on: date | None
    due: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a task that reads differently now."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A task of the old plan and its like in the new one; one of them is missing where it was added or removed."""

    change: Change
    old: TaskWords | None
    new: TaskWords | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def words(self) -> TaskWords:
        found = self.new or self.old
        assert found is not None
        return found


def differences(old: Sequence[TaskWords], new: Sequence[TaskWords]) -> tuple[Pair, ...]:
    """Every task of both versions once, in the order of the new one; what was removed stands last.

    >>> def task(number, words): return TaskWords(number, "annex", number, "", "", "", words, "", "none", None, "")
    >>> before, now = [task(1, "公开预算。"), task(2, "公开决算。")], [task(1, "公开规划。"), task(2, "公开预算。")]
    >>> [(pair.change, pair.old and pair.old.number) for pair in differences(before, now)]
    [('changed', 2), ('changed', 1)]
    """
    found: list[Pair] = []
    gone: list[Pair] = []
    origins: tuple[Origin, ...] = ("annex", "chapter")
    for origin in origins:
        before = [one for one in old if one.origin == origin]
        after = [one for one in new if one.origin == origin]
        matched = _matched(before, after)
        for one in after:
            other = matched.get(one.key)
            if other is None:
                found.append(Pair("added", None, one))
                continue
            fields = tuple(_fields(other, one))
            found.append(Pair("changed" if fields else "same", other, one, fields))
        taken = {other.key for other in matched.values()}
        gone += [Pair("removed", one, None) for one in before if one.key not in taken]
    return (*found, *gone)


def _matched(before: Sequence[TaskWords], after: Sequence[TaskWords]) -> dict[int, TaskWords]:
    """For each new task, by its key, the old one that it is: same words first, then most alike."""
    found: dict[int, TaskWords] = {}
    left = {one.key: one for one in before}

    def take(new: TaskWords, old: TaskWords) -> None:
        found[new.key] = old
        del left[old.key]

    by_words: dict[str, list[TaskWords]] = {}
    for one in before:
        by_words.setdefault(bare(one.requirement), []).append(one)
    for new in after:
        same = [one for one in by_words.get(bare(new.requirement), ()) if one.key in left]
        if same:
            take(new, min(same, key=lambda one: (one.number != new.number, one.section != new.section)))
    by_number = {one.number: one for one in left.values() if one.origin == "annex"}
    for new in after:
        old = by_number.get(new.number)
        if new.key not in found and old is not None and old.key in left:
            least = ALIKE_UNDER_ONE_NUMBER if old.field == new.field else ALIKE
            if _likeness(old.requirement, new.requirement) >= least:
                take(new, old)
    rest = [new for new in after if new.key not in found]
    if len(rest) <= MOST_COMPARED and len(left) <= MOST_COMPARED:
        for _, new, old in sorted(_likely(rest, list(left.values())), key=lambda one: -one[0]):
            if new.key not in found and old.key in left:
                take(new, old)
    return found


def _likely(
    rest: Iterable[TaskWords], left: Sequence[TaskWords]
) -> Iterable[tuple[float, TaskWords, TaskWords]]:
    for new in rest:
        for old in left:
            likeness = _likeness(old.requirement, new.requirement)
            if likeness >= ALIKE:
                yield likeness, new, old


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, bare(one), bare(other), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE_UNDER_ONE_NUMBER else 0.0


def _fields(old: TaskWords, new: TaskWords) -> Iterable[FieldChange]:
    """Every field that differs; the place of a sentence in a chapter is no field of it."""
    if old.origin == "annex" and old.number != new.number:
        yield FieldChange("序号", str(old.number), str(new.number))
    for label, before, after in (
        ("章", old.chapter, new.chapter),
        ("节", old.section, new.section),
        ("公开领域", old.field, new.field),
        ("具体要求", old.requirement, new.requirement),
        ("责任单位", old.units, new.units),
        ("完成时限", old.due, new.due),
    ):
        if before != after:
            yield FieldChange(label, before, after)
    if old.due == new.due and (old.due_kind, old.due_on) != (new.due_kind, new.due_on):
        yield FieldChange("读出的期限", _day(old), _day(new))


def _day(one: TaskWords) -> str:
    words = {"continuous": "持续公开", "none": "没有期限"}
    return one.due_on.isoformat() if one.due_on else words.get(one.due_kind, one.due_kind)
