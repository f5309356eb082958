"""The tasks of one's own units on one page: how far each is, what was said last, what the system found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.kernel.desk import the_same_for_all
from gongkai.ledger import states
from gongkai.ledger.models import Evidence, Plan, ProgressReport, Task
from gongkai.ledger.queries.evidence import evidence_of
from gongkai.ledger.queries.matching import FoundRecord, newest_for
from gongkai.ledger.queries.rows import LedgerRow
from gongkai.ledger.queries.standing import ledger
from gongkai.ledger.rules.lights import Light
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can, units_for, visible

RETURNED, TODO, WAITING, FINE, SHARED = (
    "被退回",
    "要填报",
    "已报送，等核对",
    "正常和完成",
    "按统称或配合涉及本单位",
)
GROUPS = (RETURNED, TODO, WAITING, FINE, SHARED)


@dataclass(frozen=True, slots=True)
class MineTask:
    """A task as one unit sees it."""

    row: LedgerRow
    unit: Unit
    light: Light
    due: date
    group: str
    last: ProgressReport | None
    evidence: tuple[Evidence, ...] = ()
    records: tuple[FoundRecord, ...] = ()

    @property
    def task(self) -> Task:
        return self.row.task

    @property
    def key(self) -> str:
        """Its name on the page: a task can stand there once for each of several units."""
        return f"{self.task.pk}-{self.unit.pk}"

    @property
    def again(self) -> bool:
        """Whether what was typed last waits to be mended and sent again."""
        return self.last is not None and self.last.state in (states.RETURNED, states.WITHDRAWN)

    @property
    def waiting(self) -> bool:
        return self.last is not None and self.last.state == states.SUBMITTED


@dataclass(frozen=True, slots=True)
class MinePage:
    """The tasks of one's units, what must be done first."""

    plan: Plan | None
    units: tuple[Unit, ...]
    tasks: tuple[MineTask, ...] = ()

    @property
    def groups(self) -> list[tuple[str, list[MineTask]]]:
        found = {name: [task for task in self.tasks if task.group == name] for name in GROUPS}
        return [(name, tasks) for name, tasks in found.items() if tasks]

    @property
    def todo(self) -> list[MineTask]:
        return [task for task in self.tasks if task.group in (RETURNED, TODO)]

    def find(self, key: str) -> MineTask | None:
        return next((task for task in self.tasks if task.key == key), None)

    def after(self, key: str) -> MineTask | None:
        """What to report next: the next open task of the page, from the top again where none follows."""
        keys = [task.key for task in self.tasks]
        at = keys.index(key) + 1 if key in keys else 0
        rest = [*self.tasks[at:], *self.tasks[:at]]
        return next((task for task in rest if task.group in (RETURNED, TODO) and task.key != key), None)


def mine(actor: Actor, *, today: date, year: int | None = None) -> MinePage:
    """The tasks of the units for which this person reports. A fixed number of queries."""
    allowed = units_for(actor, "ledger.report")
    units = list(Unit.objects.filter(pk__in=allowed or ())) if can(actor, "ledger.report") else []
    plan, rows = the_same_for_all(("ledger", year, today), lambda: _rows(year, today))
    pairs = [(row, unit) for row in rows for unit in units if unit.pk in row.unit_ids]
    tasks = _mine(pairs, units, actor, today)
    order = {name: at for at, name in enumerate(GROUPS)}
    tasks.sort(key=lambda one: (order[one.group], one.due, one.task.number))
    return MinePage(plan, tuple(units), tuple(tasks))


def _rows(year: int | None, today: date) -> tuple[Plan | None, tuple[LedgerRow, ...]]:
    """The tasks of a plan, those carried over from the year before first."""
    page = ledger(year=year, today=today)
    carried = ledger(year=page.plan.year, today=today, origin=Task.Origin.CARRIED).rows if page.plan else ()
    return page.plan, (*carried, *page.rows)


def mine_task(actor: Actor, task: Task, unit: Unit, *, today: date, row: LedgerRow) -> MineTask:
    """One task as one unit sees it."""
    return _mine([(row, unit)], [unit], actor, today)[0]


def _mine(
    pairs: Sequence[tuple[LedgerRow, Unit]], units: Sequence[Unit], actor: Actor, today: date
) -> list[MineTask]:
    if not pairs:
        return []
    tasks = [row.task for row, _ in pairs]
    last = _last_reports(tasks, units, actor)
    evidence = evidence_of(list(last.values()))
    records = newest_for(tasks, [unit.pk for unit in units], today=today)
    found = []
    for row, unit in pairs:
        key = (row.task.pk, unit.pk)
        light, report = _light(row, unit), last.get(key)
        found.append(
            MineTask(
                row=row,
                unit=unit,
                light=light,
                due=row.due_of(unit.pk),
                group=_group(row, unit, light, report),
                last=report,
                evidence=tuple(evidence.get(report.pk, ())) if report else (),
                records=tuple(records.get(key, ())),
            )
        )
    return found


def _light(row: LedgerRow, unit: Unit) -> Light:
    """A phrase such as 各相关单位, or support, makes nobody late: what the unit did counts, what it did not does not."""
    found = row.light_of(unit.pk)
    if unit.pk in row.needed or found.state in ("done", "ok"):
        return found
    reason = "要点没有点名本单位，或者写的是配合：有进展就报，不报不算逾期。"
    return Light("idle", "按需填报", reason, found.source)


def _group(row: LedgerRow, unit: Unit, light: Light, last: ProgressReport | None) -> str:
    if last is not None and last.state == states.RETURNED:
        return RETURNED
    if last is not None and last.state == states.SUBMITTED:
        return WAITING
    if unit.pk not in row.needed:
        return SHARED
    return FINE if light.state in ("done", "ok") else TODO


def _last_reports(
    tasks: Sequence[Task], units: Sequence[Unit], actor: Actor
) -> dict[tuple[int, int], ProgressReport]:
    rows = visible(ProgressReport, actor).filter(task__in=tasks, unit__in=units).order_by("at", "pk")
    return {(row.task_id, row.unit_id): row for row in rows}
