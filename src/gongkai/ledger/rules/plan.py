"""From the words of a file to the tasks of a plan, row by row, with a sentence for each row not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.kernel.text.blocks import BODY, Block, Paragraph, Table
from gongkai.ledger.rules.cells import find_head, numbers_in_order, read_cells
from gongkai.ledger.rules.columns import number_range, row_number
from gongkai.ledger.rules.corrections import ROLE_OF_COLUMN, Corrections, corrected, units_of
from gongkai.ledger.rules.deadlines import Deadline, read_deadline
from gongkai.ledger.rules.drawn import with_drawn_tables
from gongkai.ledger.rules.duties import Duty, read_duties
from gongkai.ledger.rules.grids import NO_UNITS, GridReader
from gongkai.ledger.rules.numbering import counted_anew
from gongkai.ledger.rules.responsible import NamedUnit, is_open_ended
from gongkai.ledger.rules.rows import Row, joined

LONGEST_TITLE = 80
SHORT_TITLE = 20
LONGEST_UNIT = 60
_TITLE = re.compile(
    r"(?:工作要点|要点|分解(?:落实)?表|分工(?:方案|表)?|实施方案|工作方案|工作安排|台账|任务清单)$"
)
_NUMBERS = frozenset({"plan.merged_number", "plan.no_number"})
EMPTY = (
    "没有读到任务：文件里没有任务表，也没有编了号的工作要求。"
    "请确认文件是工作要点或任务分解表；表格要有“具体要求”“责任单位”等列名；"
    "pdf 里的表读不出的，请改用原来的 docx 或 xlsx。"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not understood. ``task`` is the task's number where it has one, ``place`` its row."""

    code: str
    text: str
    message: str
    task: int | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class TaskReading:
    """One task of the annex as it was read. ``inherited`` when its field stands in the row above."""

    place: int
    number: int
    field: str
    requirement: str
    units_as_written: str
    units: tuple[NamedUnit, ...]
    deadline: Deadline
    title: str = ""
    inherited: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A whole plan as it was read; it can be stored when ``problems`` is empty.

    ``rows`` are the rows of its table before anything was put right, ``left_out`` those not to be imported.
    """

    title: str
    year: int
    tasks: tuple[TaskReading, ...]
    duties: tuple[Duty, ...]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    rows: tuple[Row, ...] = field(default=())
    left_out: tuple[Row, ...] = field(default=())


def read_plan(blocks: Iterable[Block], *, year: int, corrections: Corrections | None = None) -> PlanReading:
    """Read a plan in whatever form its table has: merged fields, | or tabs, or one field per line.

    ``corrections`` are what a clerk put right, by the row's place, see ``rules.corrections``.
    """
    grids, prose, seen = GridReader(), [], False
    faults: list[Problem] = []
    for block in with_drawn_tables(blocks):
        if isinstance(block, Table):
            seen = grids.take(block) or seen
        elif isinstance(block, Paragraph) and block.part == BODY:
            lines = [line for line in block.text.splitlines() if line.strip()]
            if seen:
                for line in lines:
                    grids.between(line)
            else:
                prose += lines
    rows: list[Row] = grids.rows
    head = None if rows or grids.faults else find_head(prose)
    if head is not None:
        if not any(column.value in ROLE_OF_COLUMN for column in head.columns):
            faults.append(Problem("plan.no_units", "", NO_UNITS))
        else:
            rows = read_cells(prose, head)
        prose = prose[: head.start]
    if not rows:
        faults += [Problem("plan.no_units", "", fault.message) for fault in grids.faults]
    kept, left_out = corrected(rows, corrections or {})
    kept, counted = counted_anew(kept)
    tasks, problems = _tasks(kept, year)
    duties = read_duties(prose, year=year)
    if not tasks and not duties and not problems and not faults and not left_out:
        faults.append(Problem("plan.empty", "", EMPTY))
    return PlanReading(
        title=_title(prose),
        year=year,
        tasks=tasks,
        duties=duties,
        problems=(*faults, *problems),
        remarks=(*counted, *_other_year(_title(prose), year), *_remarks(tasks), *_passed_over(grids, rows)),
        rows=tuple(rows),
        left_out=tuple(left_out),
    )


def short_title(requirement: str) -> str:
    """A title of at most 20 characters until the office writes one: the first clause of the requirement.

    >>> short_title("做好本地区历史规划(计划)的归集整理和主动公开工作。")
    '做好本地区历史规划(计划)的归集整理和…'
    """
    clause = re.split(r"[，,。；;：:]", requirement.strip(), maxsplit=1)[0]
    if len(clause) < 6:
        clause = re.split(r"[。；;]", requirement.strip(), maxsplit=1)[0]
    return clause if len(clause) <= SHORT_TITLE else clause[: SHORT_TITLE - 1] + "…"


def _title(prose: Sequence[str]) -> str:
    lines = [joined(line).lstrip("# ") for line in prose[:12]]
    titled = [line for line in lines if _TITLE.search(line) and len(line) <= LONGEST_TITLE]
    return titled[0] if titled else (lines[0][:LONGEST_TITLE] if lines else "")


def _tasks(rows: Sequence[Row], year: int) -> tuple[tuple[TaskReading, ...], list[Problem]]:
    tasks: list[TaskReading] = []
    problems: list[Problem] = []
    above = ""
    for row in rows:
        number, problem = _number(row, tasks)
        task = _task(row, number, above, year)
        above = task.field
        tasks.append(task)
        problems += [problem] if problem else []
        problems += _problems_of(row, task)
    doubtful = {problem.place for problem in problems if problem.code in _NUMBERS}
    return tuple(tasks), [*problems, *_repeated([task for task in tasks if task.place not in doubtful])]


def _number(row: Row, before: Sequence[TaskReading]) -> tuple[int, Problem | None]:
    following = before[-1].number + 1 if before else 1
    number = row_number(row.number) if row.numbered else following
    if number is not None:
        return number, None
    span = number_range(row.number)
    if span:
        message = (
            f"表中第 {row.place} 行的序号写成“{row.number}”，一行只能是一项任务。"
            f"请拆成 {span[1] - span[0] + 1} 行，或改成一个序号。"
        )
        return span[0], Problem("plan.merged_number", row.number, message, span[0], row.place)
    shown = f"“{row.number}”不是序号" if row.number else "没有序号"
    message = f"表中第 {row.place} 行{shown}，不知道它是第几项任务。请填上序号再导入。"
    return following, Problem("plan.no_number", row.number, message, None, row.place)


def _task(row: Row, number: int, above: str, year: int) -> TaskReading:
    written = "；".join(text for text, _ in row.units)
    remarks = ["“等”后没有写明其他单位，按原文保留"] if any(is_open_ended(t) for t, _ in row.units) else []
    return TaskReading(
        place=row.place,
        number=number,
        field=row.field or above,
        requirement=row.requirement,
        units_as_written=written,
        units=units_of(row),
        deadline=read_deadline(row.deadline, year=year),
        title=row.title,
        inherited=not row.field and bool(above),
        remarks=tuple(remarks),
    )


def _problems_of(row: Row, task: TaskReading) -> list[Problem]:
    def problem(code: str, text: str, message: str) -> Problem:
        return Problem(code, text, f"第 {task.number} 项：{message}", task.number, row.place)

    found = []
    if row.problem:
        code = "plan.torn_row" if row.torn else "plan.short_row"
        found.append(problem(code, row.requirement, row.problem))
    if not task.requirement:
        found.append(problem("plan.no_requirement", "", "没有写具体要求。请补上要求，或删去这一行。"))
    if not task.units:
        found.append(problem("plan.no_unit", row.requirement, "没有写责任单位。请补上单位再导入。"))
    too_long = next((unit.text for unit in task.units if len(unit.text) > LONGEST_UNIT), "")
    if too_long:
        text = f"单位名称“{too_long[:20]}…”太长，可能读错了列。请写清单位，用顿号分开。"
        found.append(problem("plan.no_unit", too_long, text))
    if task.deadline.problem and not row.problem:
        found.append(problem("plan.deadline", task.deadline.as_written, task.deadline.problem))
    return found


def _repeated(tasks: Sequence[TaskReading]) -> list[Problem]:
    """Two tasks with one number: a report on either could not be told apart."""
    found: list[Problem] = []
    first: dict[int, TaskReading] = {}
    for task in tasks:
        other = first.setdefault(task.number, task)
        if other is not task:
            message = (
                f"序号 {task.number} 用了两次：表中第 {other.place} 行“{short_title(other.requirement)}”"
                f"和第 {task.place} 行“{short_title(task.requirement)}”。请改正其中一个序号再导入。"
            )
            found.append(Problem("plan.repeated_number", str(task.number), message, task.number, task.place))
    return found


def _other_year(title: str, year: int) -> tuple[str, ...]:
    """A plan of another year under this one is most likely a slip."""
    named = re.search(r"(?<!\d)(20\d{2})年", title)
    if named is None or int(named[1]) == year:
        return ()
    return (f"文件标题写的是{named[1]}年，现在按{year}年读入。请核对年度是否选错。",)


def _passed_over(grids: GridReader, rows: Sequence[Row]) -> tuple[str, ...]:
    if not grids.passed_over or not rows:
        return ()
    return (f"文件里另有 {grids.passed_over} 张表不像任务表，没有读取，请核对是否漏读。",)


def _remarks(tasks: Sequence[TaskReading]) -> tuple[str, ...]:
    numbers = sorted({task.number for task in tasks})
    if not numbers:
        return ()
    missing = sorted(set(range(numbers[0], numbers[-1])) - set(numbers))
    if missing and not numbers_in_order(numbers):
        return (f"序号不连续，缺第 {'、'.join(map(str, missing[:20]))} 项，请核对原文是否漏读。",)
    return ()
