"""The preview of an import: what needs a decision first, original words beside the reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.ledger.queries.importing import Changes, Name, Understanding, changes_of, understand
from gongkai.ledger.rules.plan import PlanReading, Problem, TaskReading
from gongkai.ledger.rules.responsible import ROLE_NAMES
from gongkai.orgs.models import Unit
from gongkai.orgs.queries import unit_index, units_of_kind

UNREAD, DECIDE, READ = "未识别", "待确认", "已看懂"


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing that a clerk can put right in a row: the field, what is wrong, what is proposed."""

    name: str
    label: str
    message: str
    value: str
    code: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A unit of a row as it was understood; ``count`` for a phrase that means many."""

    text: str
    role: str
    count: int
    tone: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A task as it was read: its verdict, the words of the file, what is to be put right."""

    task: TaskReading
    verdict: str
    light: str
    original: str
    chips: tuple[Chip, ...]
    fixes: tuple[Fix, ...]
    due: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An unknown name with the units that may be meant; ``chosen`` is the clerk's choice so far."""

    place: int
    name: Name
    nearest: tuple[Unit, ...]
    chosen: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that the page of an import shows."""

    reading: PlanReading
    rows: tuple[PreviewRow, ...]
    names: Understanding
    choices: tuple[Choice, ...]
    changes: Changes
    general: tuple[Problem, ...]
    carried: tuple[tuple[str, str], ...]
    units: tuple[Unit, ...]

    @property
    def blocked(self) -> bool:
        return bool(self.reading.problems) or not self.reading.tasks

    @property
    def understood(self) -> int:
        return sum(1 for row in self.rows if row.verdict == READ)

    @property
    def open(self) -> int:
        return len(self.rows) - self.understood

    @property
    def sections(self) -> int:
        """Numbered duties of the running text; each may hold several sentences."""
        return len({(duty.chapter, duty.section) for duty in self.reading.duties})

    @property
    def numbers(self) -> str:
        found = sorted(row.task.number for row in self.rows)
        if not found:
            return "没有读到附件任务"
        whole = len(set(found)) == len(found) and not self.reading.remarks
        return f"序号{found[0]}至{found[-1]}，" + ("连续、无重复" if whole else "有缺号或重复")


_FIELDS = {
    "plan.deadline": ("deadline", "期限"),
    "plan.no_unit": ("units", "责任单位"),
    "plan.no_requirement": ("requirement", "具体要求"),
    "plan.merged_number": ("number", "序号"),
    "plan.no_number": ("number", "序号"),
    "plan.repeated_number": ("number", "序号"),
    "plan.short_row": ("units", "责任单位"),
    "plan.torn_row": ("deadline", "期限"),
}


def preview_of(reading: PlanReading, *, typed: Mapping[str, str], chosen: Mapping[str, int]) -> Preview:
    """The rows with the open ones first, the unknown names, and the difference from the ledger."""
    names = understand(reading, chosen=chosen)
    fixes: dict[int, list[Fix]] = {}
    general = []
    for problem in reading.problems:
        if problem.place and problem.code in _FIELDS:
            _add(fixes.setdefault(problem.place, []), _fix(problem, reading, typed))
        else:
            general.append(problem)
    rows = [_row(task, tuple(fixes.get(task.place, ())), names) for task in reading.tasks]
    rank = {UNREAD: 0, DECIDE: 1, READ: 2}
    shown = {f"{fix.name}-{place}" for place, own in fixes.items() for fix in own}
    carried = tuple(
        (key, value)
        for key, value in typed.items()
        if value
        and key not in shown
        and key.rpartition("-")[2].isdigit()
        and not key.startswith(("name-", "text-"))
    )
    return Preview(
        reading=reading,
        rows=tuple(sorted(rows, key=lambda row: (rank[row.verdict], row.task.number, row.task.place))),
        names=names,
        choices=_choices(names, chosen),
        changes=changes_of(reading),
        general=tuple(general),
        carried=carried,
        units=tuple(units_of_kind().exclude(kind=Unit.Kind.DISTRICT)),
    )


def _add(fixes: list[Fix], fix: Fix) -> None:
    """One field is asked for once, whatever is wrong with it."""
    if all(other.name != fix.name for other in fixes):
        fixes.append(fix)


def _fix(problem: Problem, reading: PlanReading, typed: Mapping[str, str]) -> Fix:
    name, label = _FIELDS[problem.code]
    value = typed.get(f"{name}-{problem.place}", "")
    if not value and problem.code == "plan.deadline":
        task = next(task for task in reading.tasks if task.place == problem.place)
        proposal: date | None = task.deadline.proposal
        value = proposal.isoformat() if proposal else ""
    return Fix(name, label, problem.message.removeprefix(f"第 {problem.task} 项："), value, problem.code)


def _row(task: TaskReading, fixes: tuple[Fix, ...], names: Understanding) -> PreviewRow:
    unknown = any(names.names[unit.text].unknown for unit in task.units)
    verdict = UNREAD if fixes else DECIDE if unknown else READ
    due = task.deadline
    return PreviewRow(
        task=task,
        verdict=verdict,
        light={UNREAD: "late", DECIDE: "soon", READ: "done"}[verdict],
        original="｜".join(
            (str(task.number), "（空）" if task.inherited else task.field, task.requirement,
             task.units_as_written, due.as_written)
        ),
        chips=tuple(_chip(unit.text, ROLE_NAMES[unit.role], names.names[unit.text]) for unit in task.units),
        fixes=fixes,
        due=due.day.isoformat() if due.day else "持续公开" if due.kind == "continuous" else "没有写",
    )  # fmt: skip


def _chip(text: str, role: str, name: Name) -> Chip:
    tone = "amb" if name.unknown or (name.group and not name.group.certain) else "ink"
    if role == ROLE_NAMES["lead"] and not name.unknown:
        tone = "main"
    return Chip(text, role, len(name.units) if name.group else 0, tone)


def _choices(names: Understanding, chosen: Mapping[str, int]) -> tuple[Choice, ...]:
    """Unknown names, and names for which a unit was chosen, so that the choice can be changed."""
    asked = [name for name in names.names.values() if name.unknown or name.text in chosen]
    if not asked:
        return ()
    index = unit_index()
    found = []
    for place, name in enumerate(asked, start=1):
        near = [index.find(text) for text in name.nearest or index.nearest(name.text)]
        units = {unit.pk: unit for unit in near if unit is not None}
        found.append(Choice(place, name, tuple(units.values()), chosen.get(name.text)))
    return tuple(found)
