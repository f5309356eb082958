"""How a file differs from the ledger of its year, and what an import of it would do to the tasks that are gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, TypeAlias

from django.db import models

from gongkai.ledger.models import Plan, PlanImport, Task
from gongkai.ledger.rules.differences import Pair, TaskWords, differences
from gongkai.ledger.rules.plan import PlanReading
from gongkai.ledger.rules.responsible import named

Missing: TypeAlias = Literal["keep", "end"]
ORIGINS = (Task.Origin.ANNEX, Task.Origin.CHAPTER)
MOSTLY = 0.5


@dataclass(frozen=True)
class Changes:
    """How a file differs from the ledger of its year, task by task."""

    pairs: tuple[Pair, ...]
    stored: bool

    def _numbers(self, change: str) -> tuple[int, ...]:
        return tuple(one.words.number for one in self.pairs if one.change == change and _annex(one))

    @cached_property
    def new(self) -> tuple[int, ...]:
        """Numbers of annex tasks that the ledger does not have."""
        return self._numbers("added")

    @cached_property
    def changed(self) -> tuple[int, ...]:
        return self._numbers("changed")

    @cached_property
    def same(self) -> tuple[int, ...]:
        return self._numbers("same")

    @cached_property
    def gone(self) -> tuple[int, ...]:
        """Numbers of annex tasks of the ledger that the file does not have."""
        return self._numbers("removed")

    @cached_property
    def of_chapters(self) -> dict[str, int]:
        """How many duties of the chapters were added, changed, removed or stayed the same."""
        found = {"added": 0, "changed": 0, "removed": 0, "same": 0}
        for one in self.pairs:
            if not _annex(one):
                found[one.change] += 1
        return found

    @cached_property
    def removed(self) -> tuple[Pair, ...]:
        return tuple(one for one in self.pairs if one.change == "removed")

    @property
    def shown(self) -> tuple[Pair, ...]:
        """What differs, as the page of an import shows it."""
        return tuple(one for one in self.pairs if one.change != "same") if self.stored else ()

    @property
    def any(self) -> bool:
        """Whether the file adds or changes anything; what is gone is asked for apart."""
        return any(one.change in ("added", "changed") for one in self.pairs)

    @property
    def likely_missing(self) -> Missing:
        """What the clerk most likely wants: a file with most tasks is a new version, one with few a supplement."""
        kept = sum(1 for one in self.pairs if one.change in ("same", "changed"))
        return "end" if kept and kept >= MOSTLY * (kept + len(self.removed)) else "keep"


def changes_of(plan: PlanReading) -> Changes:
    """What an import of this reading would change in the ledger of its year (two queries)."""
    tasks = Task.objects.filter(plan__year=plan.year, origin__in=ORIGINS, ended_at=None)
    stored = [_stored(task) for task in tasks.order_by("origin", "number")]
    exists = bool(stored) or Plan.objects.filter(year=plan.year).exists()
    return Changes(differences(stored, read_words(plan)), exists)


def read_words(plan: PlanReading) -> list[TaskWords]:
    """Every task of a reading in words; chapter tasks are numbered in their order after the annex."""
    annex = [
        TaskWords(
            place, "annex", task.number, "", "", task.field, task.requirement, task.units_as_written,
            task.deadline.kind, task.deadline.day, task.deadline.as_written,
        )
        for place, task in enumerate(plan.tasks)
    ]  # fmt: skip
    duties = [
        TaskWords(
            len(annex) + place, "chapter", place + 1, duty.chapter[:120], duty.section[:120], "", duty.sentence,
            named(duty.units), duty.deadline.kind, duty.deadline.day, duty.deadline.as_written,
        )
        for place, duty in enumerate(plan.duties)
    ]  # fmt: skip
    return annex + duties


def last_import(year: int) -> PlanImport | None:
    """The newest import of a year that was not undone."""
    return PlanImport.objects.filter(year=year, undone_at=None).first()


def recent_imports(limit: int = 20) -> list[PlanImport]:
    """The last imports of all years, newest first, without what they wrote."""
    rows = PlanImport.objects.select_related("by", "undone_by").defer("before", "after")
    return list(rows[:limit])


def earlier_decisions(digest: str, year: int) -> tuple[dict[int, dict[str, str]], dict[str, int]]:
    """What a clerk put right when this very file was imported before: by place, and units by name."""
    before = PlanImport.objects.filter(digest=digest, year=year, undone_at=None).first()
    if before is None:
        return {}, {}
    return {int(place): dict(given) for place, given in before.corrections.items()}, dict(before.chosen)


def past_deadlines(plan: PlanReading, *, today: date) -> list[str]:
    """A sentence for each task whose deadline has passed already: late from the first day, most likely a slip."""
    return [
        f"第 {task.number} 项：期限 {task.deadline.day.isoformat()} 已经过去，写入后即为逾期，请核对。"
        for task in plan.tasks
        if task.deadline.day is not None and task.deadline.day < today
    ]


def leaning_on(
    model: type[models.Model], pks: Iterable[int], *, but: Iterable[type[models.Model]] = ()
) -> dict[str, set[int]]:
    """Which of these rows others hold fast, by the name of what holds them: work that stands on them.

    ``but`` are models that do not count.
    """
    wanted, but = list(pks), tuple(but)
    found: dict[str, set[int]] = {}
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.on_delete is not models.PROTECT:
            continue
        other, name = relation.related_model, relation.field.attname
        if other in but:
            continue
        rows: Any = other._base_manager.filter(**{f"{name}__in": wanted})
        held = set(rows.values_list(name, flat=True))
        if held:
            found.setdefault(str(other._meta.verbose_name), set()).update(held)
    return found


def _stored(task: Task) -> TaskWords:
    return TaskWords(
        task.pk, "annex" if task.origin == Task.Origin.ANNEX else "chapter", task.number, task.chapter,
        task.section, task.field, task.requirement, task.units_as_written, task.due_kind, task.due_on,
        task.due_as_written,
    )  # fmt: skip


def _annex(one: Pair) -> bool:
    return one.words.origin == "annex"
