"""Reads of the ledger: the tasks of a year, whom they concern, what waits for a decision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.ledger import states
from gongkai.ledger.models import Plan, ProgressReport, Task
from gongkai.ledger.queries.rows import LedgerRow, rows_of, with_verdicts
from gongkai.ledger.rules.lights import ORDER, Light, State
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import units_for, visible


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
        return min(late, key=lambda row: row.due) if late else None


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
    def lights(self) -> list[tuple[LedgerRow, Light]]:
        """Its own tasks, each with the light of this unit alone."""
        return [(row, row.light_of(self.id)) for row in self.own]

    @property
    def shared(self) -> int:
        """Tasks that reach this unit only by a phrase such as 各相关单位, or as a supporter."""
        return len(self.rows) - len(self.own)

    @property
    def late(self) -> int:
        """Late tasks that this unit itself has to finish or renew, whatever the others did."""
        return sum(1 for row in self.own if row.light_of(self.id).state == "late")

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
    asked = Task.objects.filter(plan__in=plans.values("pk"), origin=origin, ended_at=None)
    tasks = list(with_verdicts(asked).order_by("number"))
    plan = tasks[0].plan if tasks else plan_of(year)
    return LedgerPage(plan, tuple(rows_of(tasks, today=today)))


def row_of(task: Task, *, today: date) -> LedgerRow:
    """One task of the ledger."""
    return next(iter(rows_of([task], today=today)))


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


def reports_by(actor: Actor, *, since: date, limit: int = 10) -> list[ProgressReport]:
    """What this person reported: all that wait, and what was decided since then; newest first."""
    rows = visible(ProgressReport, actor).filter(by_id=actor.person_id)
    rows = rows.filter(Q(state=states.SUBMITTED) | Q(decided_at__date__gte=since))
    return list(rows.select_related("task", "unit").order_by("-at", "-pk")[:limit])


def reports_of(task: Task, *, actor: Actor) -> list[ProgressReport]:
    """The reports on a task that this person may see, newest first."""
    rows = visible(ProgressReport, actor).filter(task=task)
    return list(rows.select_related("unit", "by", "decided_by").order_by("-at", "-pk"))
