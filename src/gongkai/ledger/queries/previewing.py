"""The preview of an import: what needs a decision first, original words beside the reading."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.ledger.queries.changes import Changes, changes_of, past_deadlines
from gongkai.ledger.queries.importing import Name, Understanding, understand
from gongkai.ledger.rules.corrections import FIELDS, MARKS, WHOLE, as_typed, effective
from gongkai.ledger.rules.plan import PlanReading, Problem, TaskReading
from gongkai.ledger.rules.responsible import ROLE_NAMES
from gongkai.ledger.rules.rows import Row
from gongkai.orgs.models import Unit
from gongkai.orgs.queries import unit_index, units_of_kind

UNREAD, DECIDE, READ = "未识别", "待确认", "已看懂"
ROWS_A_PAGE = 100
MOST_OPEN = 40  # rows with open fields on one page: a form has to stay small enough to be sent
LABELS = {
    "number": "序号", "field": "公开领域", "requirement": "具体要求", "units": "责任单位", "deadline": "完成时限",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an open row: its words now, and what is wrong with it."""

    name: str
    label: str
    value: str
    message: str = ""

    @property
    def long(self) -> bool:
        return self.name in ("requirement", "units")


@dataclass(frozen=True, slots=True)
class Chip:
    """A unit of a row as it was understood; ``count`` for a phrase that means many."""

    text: str
    role: str
    count: int
    tone: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A task as it was read: its verdict, the words of the file, what is to be put right.

    ``fields`` are there where the row stands open; ``corrected`` names what the clerk put right.
    """

    task: TaskReading
    verdict: str
    light: str
    original: str
    chips: tuple[Chip, ...]
    messages: tuple[str, ...]
    due: str
    fields: tuple[Field, ...] = ()
    corrected: str = ""
    torn: bool = False
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """An unknown name with the units that may be meant; ``chosen`` is the clerk's choice so far."""

    place: int
    name: Name
    nearest: tuple[Unit, ...]
    chosen: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that the page of an import shows; ``rows`` is the page of them that is shown now."""

    reading: PlanReading
    rows: tuple[PreviewRow, ...]
    total: int
    understood: int
    page: int
    pages: int
    names: Understanding
    choices: tuple[Choice, ...]
    changes: Changes
    general: tuple[Problem, ...]
    past: tuple[str, ...]
    carried: tuple[tuple[str, str], ...]
    units: tuple[Unit, ...]
    swapped: bool

    @property
    def blocked(self) -> bool:
        return bool(self.reading.problems) or not (self.reading.tasks or self.reading.duties)

    @property
    def open(self) -> int:
        return self.total - self.understood

    @property
    def sections(self) -> int:
        """Numbered duties of the running text; each may hold several sentences."""
        return len({(duty.chapter, duty.section) for duty in self.reading.duties})

    @property
    def page_numbers(self) -> range:
        return range(1, self.pages + 1)

    @property
    def numbers(self) -> str:
        found = sorted(task.number for task in self.reading.tasks)
        if not found:
            return "没有读到附件任务"
        whole = len(set(found)) == len(found) and found[-1] - found[0] + 1 == len(found)
        return f"序号{found[0]}至{found[-1]}，" + ("连续、无重复" if whole else "有缺号或重复")


_FIELD_OF = {
    "plan.deadline": "deadline",
    "plan.no_unit": "units",
    "plan.no_requirement": "requirement",
    "plan.merged_number": "number",
    "plan.no_number": "number",
    "plan.repeated_number": "number",
    "plan.short_row": "units",
    "plan.torn_row": "deadline",
}


def preview_of(
    reading: PlanReading,
    *,
    typed: Mapping[str, str],
    chosen: Mapping[str, int],
    opened: Collection[int] = (),
    page: int = 1,
    today: date | None = None,
) -> Preview:
    """One page of the rows with the open ones first, the unknown names, and the difference from the ledger."""
    names = understand(reading, chosen=chosen)
    problems: dict[int, list[Problem]] = {}
    general = []
    for problem in reading.problems:
        if problem.place and problem.code in _FIELD_OF:
            problems.setdefault(problem.place, []).append(problem)
        else:
            general.append(problem)
    verdicts = {task.place: _verdict(task, problems, names) for task in reading.tasks}
    rank = {UNREAD: 0, DECIDE: 1, READ: 2}
    tasks = sorted(reading.tasks, key=lambda task: (rank[verdicts[task.place]], task.number, task.place))
    pages = max(1, -(-len(tasks) // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    tasks = tasks[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    places = [task.place for task in tasks]
    open_now = [place for place in places if place in opened]
    open_now += [place for place in places if place in problems and place not in opened]
    show_open = set(open_now[:MOST_OPEN])
    read = {row.place: row for row in reading.rows}
    rows = tuple(
        _row(task, read[task.place], problems.get(task.place, []), names, typed, task.place in show_open)
        for task in tasks
    )
    return Preview(
        reading=reading,
        rows=rows,
        total=len(reading.tasks),
        understood=sum(1 for verdict in verdicts.values() if verdict == READ),
        page=page,
        pages=pages,
        names=names,
        choices=_choices(names, chosen),
        changes=changes_of(reading),
        general=tuple(general),
        past=tuple(past_deadlines(reading, today=today)) if today else (),
        carried=_carried(typed, read, show_open, reading),
        units=tuple(units_of_kind().exclude(kind=Unit.Kind.DISTRICT)),
        swapped=bool(typed.get(f"swap-{WHOLE}")),
    )


def _verdict(task: TaskReading, problems: Mapping[int, list[Problem]], names: Understanding) -> str:
    if task.place in problems:
        return UNREAD
    return DECIDE if any(names.names[unit.text].unknown for unit in task.units) else READ


def _carried(
    typed: Mapping[str, str], read: Mapping[int, Row], shown: Collection[int], reading: PlanReading
) -> tuple[tuple[str, str], ...]:
    """What was put right in rows that are not open on this page: it goes along unseen."""
    listed = {row.place for row in reading.left_out}
    found = []
    for place, row in read.items():
        if place in shown or (place in listed and typed.get(f"skip-{place}")):
            continue
        given = {name: typed.get(f"{name}-{place}", "") for name in (*FIELDS, *MARKS)}
        found += [(f"{name}-{place}", value) for name, value in effective(row, given).items()]
        found += [(f"{name}-{place}", "1") for name in MARKS if given[name]]
    return tuple(found)


def _row(
    task: TaskReading,
    read: Row,
    problems: list[Problem],
    names: Understanding,
    typed: Mapping[str, str],
    is_open: bool,
) -> PreviewRow:
    verdict = _verdict(task, {task.place: problems} if problems else {}, names)
    messages = tuple(_short(problem) for problem in problems)
    given = {name: typed.get(f"{name}-{task.place}", "") for name in (*FIELDS, *MARKS)}
    put_right = [LABELS[name] for name in effective(read, given)]
    due = task.deadline
    words = as_typed(read)
    return PreviewRow(
        task=task,
        verdict=verdict,
        light={UNREAD: "late", DECIDE: "soon", READ: "done"}[verdict],
        original="｜".join(
            (words["number"], words["field"] or "（空）", words["requirement"],
             "；".join(text for text, _ in read.units), words["deadline"])
        ),
        chips=tuple(_chip(unit.text, ROLE_NAMES[unit.role], names.names[unit.text]) for unit in task.units),
        messages=messages,
        due=due.day.isoformat() if due.day else "持续公开" if due.kind == "continuous" else "没有写",
        fields=_fields(task, words, problems, typed) if is_open else (),
        corrected="、".join(put_right),
        torn=bool(read.problem),
        marks=frozenset(name for name in MARKS if given[name]),
    )  # fmt: skip


def _fields(
    task: TaskReading, words: Mapping[str, str], problems: list[Problem], typed: Mapping[str, str]
) -> tuple[Field, ...]:
    """The five fields as they were typed, else as they were read, else as they are proposed."""
    wrong: dict[str, str] = {}
    for problem in problems:
        wrong.setdefault(_FIELD_OF[problem.code], _short(problem))
    found = []
    for name in FIELDS:
        value = typed.get(f"{name}-{task.place}") or words[name]
        proposal = task.deadline.proposal
        if name == "deadline" and name in wrong and proposal and value == words[name]:
            value = proposal.isoformat()
        found.append(Field(name, LABELS[name], value, wrong.get(name, "")))
    return tuple(found)


def _short(problem: Problem) -> str:
    return problem.message.removeprefix(f"第 {problem.task} 项：")


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
        bearers = index.bearers(name.text)
        if bearers:
            units = {unit.pk: unit for unit in bearers}
        else:
            near = [index.find(text) for text in name.nearest or index.nearest(name.text)]
            units = {unit.pk: unit for unit in near if unit is not None}
        found.append(Choice(place, name, tuple(units.values()), chosen.get(name.text)))
    return tuple(found)
