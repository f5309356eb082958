"""Reads of the ledger: one row per task with its light, whom it concerns, what waits for a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.kernel.clock import legal_day
from gongkai.ledger import states
from gongkai.ledger.models import Plan, ProgressReport, Task, TaskUnit
from gongkai.ledger.rules.lights import ORDER, Facts, Light, State, light
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import units_for, visible


@dataclass(frozen=True, slots=True)
class Answerable:
    """One name or phrase of a task with the units that it means (id and short name)."""

    id: int
    text: str
    role: str
    is_group: bool
    certain: bool
    units: tuple[tuple[int, str], ...]

    @property
    def role_name(self) -> str:
        return TaskUnit.Role(self.role).label

    @property
    def unknown(self) -> bool:
        return not self.units


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A task as the ledger shows it."""

    task: Task
    answerable: tuple[Answerable, ...]
    light: Light
    accepted: int
    waiting: int
    last: date | None
    needed: frozenset[int]
    finished: frozenset[int]

    @property
    def units(self) -> str:
        """The names as written, leaders marked."""
        words = [
            f"{one.text}（{one.role_name}）" if one.role == TaskUnit.Role.LEAD else one.text
            for one in self.answerable
            if one.role != TaskUnit.Role.SUPPORT
        ]
        return "、".join(words) or "、".join(one.text for one in self.answerable)

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset(pk for one in self.answerable for pk, _ in one.units)

    @property
    def missing(self) -> list[str]:
        """Short names of the units that had to finish by a day and did not."""
        if self.task.due_kind != Task.Due.DATE:
            return []
        names = {pk: name for one in self.answerable for pk, name in one.units}
        return [names[pk] for pk in sorted(self.needed - self.finished)]

    @property
    def due_on(self) -> date | None:
        """The day that counts on a desk."""
        return self.task.due_on

    @property
    def due_words(self) -> str:
        if self.task.due_on is None:
            return "持续" if self.task.due_kind == Task.Due.CONTINUOUS else "没有写"
        same_year = self.task.due_on.year == self.task.plan.year
        return self.task.due_on.strftime("%m-%d" if same_year else "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The ledger of a year: its rows and the number of each light."""

    plan: Plan | None
    rows: tuple[LedgerRow, ...]

    @property
    def counts(self) -> dict[State, int]:
        counted = Counter(row.light.state for row in self.rows)
        return {state: counted[state] for state in ORDER}

    @property
    def worst(self) -> LedgerRow | None:
        """The task that is late the longest."""
        late = [row for row in self.rows if row.light.state == "late"]
        return min(late, key=lambda row: row.task.due_on or date.max) if late else None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """The tasks of one unit."""

    id: int
    name: str
    rows: tuple[LedgerRow, ...]

    @property
    def own(self) -> list[LedgerRow]:
        """Tasks that name this unit, or describe it exactly."""
        return [row for row in self.rows if self.id in row.needed]

    @property
    def shared(self) -> int:
        """Tasks that reach this unit only by a phrase such as 各相关单位, or as a supporter."""
        return len(self.rows) - len(self.own)

    @property
    def late(self) -> int:
        """Late tasks that this unit itself has to finish or renew."""
        mine = (row for row in self.rows if self.id in row.needed - row.finished)
        return sum(1 for row in mine if row.light.state == "late")

    @property
    def open(self) -> int:
        """Tasks that this unit itself still has to finish or renew."""
        return sum(1 for row in self.rows if row.light.state != "done" and self.id not in row.finished)


def plan_of(year: int | None) -> Plan | None:
    """The plan of a year; the newest one where no year is asked."""
    plans = Plan.objects.filter(year=year) if year else Plan.objects.order_by("-year")
    return plans.first()


def ledger(*, year: int | None, today: date, origin: str = Task.Origin.ANNEX) -> LedgerPage:
    """All tasks of a year's plan (the newest where none is asked) with their lights.

    Three queries, however many tasks there are.
    """
    plans = Plan.objects.filter(year=year) if year else Plan.objects.order_by("-year")[:1]
    asked = Task.objects.filter(plan__in=plans.values("pk"), origin=origin)
    tasks = list(asked.select_related("plan").order_by("number"))
    plan = tasks[0].plan if tasks else plan_of(year)
    return LedgerPage(plan, tuple(_rows(tasks, today)))


def row_of(task: Task, *, today: date) -> LedgerRow:
    """One task of the ledger."""
    return next(iter(_rows([task], today)))


def by_unit(page: LedgerPage) -> list[UnitRow]:
    """The same rows by unit, the unit with the most late tasks first."""
    names: dict[int, str] = {}
    rows: dict[int, list[LedgerRow]] = {}
    for row in page.rows:
        for pk, name in dict.fromkeys(pair for one in row.answerable for pair in one.units):
            names[pk] = name
            rows.setdefault(pk, []).append(row)
    found = [UnitRow(pk, names[pk], tuple(own)) for pk, own in rows.items()]
    return sorted(found, key=lambda unit: (-unit.late, -unit.open, unit.id))


def answerable_units(task: Task) -> frozenset[int]:
    """The units that may report on a task: every unit that one of its names means."""
    return frozenset(
        pk for pk in task.answerable.values_list("members__unit_id", flat=True) if pk is not None
    )


def units_to_report_for(task: Task, actor: Actor) -> list[Unit]:
    """The answerable units for which this person may report."""
    units = Unit.objects.filter(pk__in=answerable_units(task))
    allowed = units_for(actor, "ledger.report")
    return list(units if allowed is None else units.filter(pk__in=allowed))


def waiting_reports(actor: Actor) -> list[ProgressReport]:
    """Reports that wait for this person's decision, oldest first."""
    rows = visible(ProgressReport, actor, "ledger.judge").filter(state=states.SUBMITTED)
    return list(rows.select_related("task__plan", "unit", "by").order_by("at", "pk"))


def reports_of(task: Task, *, actor: Actor) -> list[ProgressReport]:
    """The reports on a task that this person may see, newest first."""
    rows = visible(ProgressReport, actor).filter(task=task)
    return list(rows.select_related("unit", "by", "decided_by", "evidence").order_by("-at", "-pk"))


@dataclass(frozen=True, slots=True)
class _Reported:
    unit_id: int
    state: str
    finished: bool
    decided_at: datetime | None


def _rows(tasks: list[Task], today: date) -> Iterable[LedgerRow]:
    ids = [task.pk for task in tasks]
    answerable = _answerable(ids)
    reported: dict[int, list[_Reported]] = {}
    reports = ProgressReport.objects.unscoped("lights count the accepted reports of all units")
    for task_id, unit_id, state, finished, decided_at in reports.filter(task__in=ids).values_list(
        "task_id", "unit_id", "state", "finished", "decided_at"
    ):
        one = _Reported(unit_id, state, finished, decided_at)
        reported.setdefault(task_id, []).append(one)
    for task in tasks:
        yield _row(task, answerable.get(task.pk, ()), reported.get(task.pk, []), today)


def _row(task: Task, named: tuple[Answerable, ...], reports: list[_Reported], today: date) -> LedgerRow:
    accepted = [one for one in reports if one.state == states.ACCEPTED]
    waiting = sum(1 for one in reports if one.state == states.SUBMITTED)
    needed = _needed(named)
    done = frozenset(one.unit_id for one in accepted if one.finished)
    finished = done & needed if needed else done
    days = [legal_day(one.decided_at) for one in accepted if one.decided_at]
    last = max(days, default=None)
    facts = Facts(
        kind=task.due_kind,
        due_on=task.due_on,
        since=legal_day(task.plan.imported_at),
        cycle_days=task.cycle_days,
        needed=len(needed) or 1,
        finished=len(finished),
        last_accepted=last,
        waiting=waiting,
    )
    return LedgerRow(task, named, light(facts, today=today), len(accepted), waiting, last, needed, finished)


def _needed(named: tuple[Answerable, ...]) -> frozenset[int]:
    """Who must finish: the leaders where there are any, else everybody who is named or exactly described.

    Whom a phrase such as 各相关单位 means is the office's to say, so nobody is late by it alone.
    """
    sure = [one for one in named if one.certain]
    leaders = [one for one in sure if one.role == TaskUnit.Role.LEAD]
    chosen = leaders or [one for one in sure if one.role == TaskUnit.Role.RESPONSIBLE]
    return frozenset(pk for one in chosen for pk, _ in one.units)


def _answerable(task_ids: list[int]) -> dict[int, tuple[Answerable, ...]]:
    """Names, phrases and their units of many tasks in one query."""
    rows = (
        TaskUnit.objects.filter(task__in=task_ids)
        .order_by("task", "order", "members__unit__order", "members__unit")
        .values_list(
            "task_id", "pk", "text", "role", "is_group", "certain",
            "members__unit_id", "members__unit__short_name",
        )
    )  # fmt: skip
    found: dict[int, dict[int, list[tuple[int, str]]]] = {}
    heads: dict[int, tuple[str, str, bool, bool]] = {}
    for task, pk, text, role, is_group, certain, unit, name in rows:
        heads[pk] = (text, role, is_group, certain)
        units = found.setdefault(task, {}).setdefault(pk, [])
        if unit is not None:
            units.append((unit, name))
    return {
        task: tuple(Answerable(pk, *heads[pk], tuple(units)) for pk, units in own.items())
        for task, own in found.items()
    }
