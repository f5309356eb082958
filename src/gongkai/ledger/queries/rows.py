"""One row of the ledger: a task with whom it names, what stands behind it, and its light."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from gongkai.kernel.clock import legal_day
from gongkai.ledger import states
from gongkai.ledger.models import Evidence, Match, ProgressReport, Task, TaskUnit
from gongkai.ledger.rules.lights import ByHand, Facts, Light, UnitFacts, light

_ALL = "lights count the accepted reports of all units"
REPORTS, RECORDS = 0, 1
_ACCEPTED = Q(state=states.ACCEPTED)


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
class UnitStanding:
    """What one unit has done on a task: its reports, its records in public, their newest days.

    ``lapsed``: it had finished, but all its evidence was withdrawn since.
    """

    accepted: int = 0
    waiting: int = 0
    finished: bool = False
    lapsed: bool = False
    last_accepted: date | None = None
    records: int = 0
    last_record: date | None = None

    @property
    def last(self) -> date | None:
        """The newest day of an accepted report or a matching record."""
        return max((day for day in (self.last_accepted, self.last_record) if day), default=None)


NOTHING = UnitStanding()


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A task as the ledger shows it on a day.

    ``needed`` units must finish or keep it fresh; ``behind`` are those of them that have not.
    """

    task: Task
    answerable: tuple[Answerable, ...]
    light: Light
    accepted: int
    waiting: int
    last: date | None
    needed: frozenset[int]
    finished: frozenset[int]
    today: date
    facts: Facts
    records: int = 0
    standing: dict[int, UnitStanding] = field(default_factory=dict)

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
    def names(self) -> dict[int, str]:
        """The short name of every unit that a name of the plan means."""
        return {pk: name for one in self.answerable for pk, name in one.units}

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset(pk for one in self.answerable for pk, _ in one.units)

    @property
    def published_units(self) -> int:
        """How many units have a matching record in public."""
        return sum(1 for own in self.standing.values() if own.records)

    @property
    def behind(self) -> frozenset[int]:
        """The units that must act: those that did not finish, or whose newest record is older than the cycle."""
        if self.task.due_kind != Task.Due.CONTINUOUS:
            return self.needed - self.finished
        return frozenset(pk for pk in self.needed if self.due_of(pk) < self.today)

    @property
    def missing(self) -> list[str]:
        """Short names of the units that had to finish by a day, or to bring something new, and did not."""
        if self.task.due_kind == Task.Due.NONE:
            return []
        return [self.names[pk] for pk in sorted(self.behind)]

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

    @property
    def due(self) -> date:
        """The first day by which somebody had to act: the oldest lateness of the task."""
        days = [self.due_of(pk) for pk in self.behind or self.needed]
        if days:
            return min(days)
        return self.task.due_on or (self.last or self.facts.since) + timedelta(days=self.task.cycle_days)

    def due_of(self, unit: int) -> date:
        """The day by which a unit must act: the date of the task, or the end of its own cycle."""
        if self.task.due_on is not None:
            return self.task.due_on
        last = self.standing.get(unit, NOTHING).last
        return (last or self.facts.since) + timedelta(days=self.task.cycle_days)

    def light_of(self, unit: int) -> Light:
        """The light of one unit on this task: what it has done itself, whatever the others did."""
        own = self.standing.get(unit, NOTHING)
        facts = replace(
            self.facts,
            needed=1,
            finished=int(own.finished),
            last_accepted=own.last_accepted,
            waiting=own.waiting,
            last_record=own.last_record,
            units=(),
            lapsed=int(own.lapsed),
        )
        return light(facts, today=self.today)


def rows_of(tasks: Sequence[Task], *, today: date) -> Iterable[LedgerRow]:
    """The rows of tasks with their lights. Two queries, however many tasks and units; a third for tasks that
    were not read by ``with_verdicts``."""
    ids = [task.pk for task in tasks]
    answerable, standing = _answerable(ids), _standing(ids)
    if any("hand_state" not in task.__dict__ for task in tasks):
        tasks = list(with_verdicts(Task.objects.filter(pk__in=ids)).in_bulk(ids).values())
        order = {pk: at for at, pk in enumerate(ids)}
        tasks.sort(key=lambda task: order[task.pk])
    for task in tasks:
        yield _row(task, answerable.get(task.pk, ()), standing.get(task.pk, {}), today)


def with_verdicts(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with their plan and the office's own verdict, in the same query."""
    hand = FilteredRelation("overrides", condition=Q(overrides__lifted_at__isnull=True))
    return tasks.select_related("plan").annotate(
        hand=hand,
        hand_state=F("hand__state"),
        hand_reason=F("hand__reason"),
        hand_until=F("hand__until"),
        hand_by=F("hand__by__name"),
        hand_at=F("hand__at"),
    )


def _row(
    task: Task, named: tuple[Answerable, ...], standing: dict[int, UnitStanding], today: date
) -> LedgerRow:
    needed = _needed(named)
    done = frozenset(unit for unit, own in standing.items() if own.finished)
    finished = done & needed if needed else done
    names = {pk: name for one in named for pk, name in one.units}
    accepted = [own.last_accepted for own in standing.values() if own.last_accepted]
    records = [own.last_record for own in standing.values() if own.last_record]
    facts = Facts(
        kind=task.due_kind,
        due_on=task.due_on,
        since=legal_day(task.plan.imported_at),
        cycle_days=task.cycle_days,
        needed=len(needed) or 1,
        finished=len(finished),
        last_accepted=max(accepted, default=None),
        waiting=sum(own.waiting for own in standing.values()),
        last_record=max(records, default=None),
        units=tuple(UnitFacts(names[pk], standing.get(pk, NOTHING).last) for pk in sorted(needed)),
        lapsed=sum(standing[pk].lapsed for pk in (needed or standing) if pk in standing),
        source=source_of(task),
        by_hand=_by_hand(task),
    )
    return LedgerRow(
        task=task,
        answerable=named,
        light=light(facts, today=today),
        accepted=sum(own.accepted for own in standing.values()),
        waiting=facts.waiting,
        last=max([*accepted, *records], default=None),
        needed=needed,
        finished=finished,
        today=today,
        facts=facts,
        records=sum(own.records for own in standing.values()),
        standing=standing,
    )


def source_of(task: Task) -> str:
    """Where a duty is written, with its own words for the time."""
    year = task.plan.year
    place = f"第{task.number}项" if task.origin == Task.Origin.ANNEX else f"正文“{task.chapter}”"
    if task.origin == Task.Origin.CARRIED:
        place = f"结转任务第{task.number}项"
    written = f"“{task.due_as_written}”" if task.due_as_written else ""
    cycle = f"，更新周期{task.cycle_days}天为本平台规定" if task.due_kind == Task.Due.CONTINUOUS else ""
    return f"{year}年工作要点{place}{written}{cycle}"


def _by_hand(task: Any) -> ByHand | None:
    if not task.hand_state:
        return None
    return ByHand(task.hand_state, task.hand_reason, task.hand_until, task.hand_by, legal_day(task.hand_at))


def _needed(named: tuple[Answerable, ...]) -> frozenset[int]:
    """Who must finish: the leaders where there are any, else everybody who is named or exactly described.

    Whom a phrase such as 各相关单位 means is the office's to say, so nobody is late by it alone.
    """
    sure = [one for one in named if one.certain]
    leaders = [one for one in sure if one.role == TaskUnit.Role.LEAD]
    chosen = leaders or [one for one in sure if one.role == TaskUnit.Role.RESPONSIBLE]
    return frozenset(pk for one in chosen for pk, _ in one.units)


def _standing(tasks: list[int]) -> dict[int, dict[int, UnitStanding]]:
    """What each unit has done on each task: sums of its reports and of its records in public, in one query."""
    reported = (
        ProgressReport.objects.unscoped(_ALL)
        .filter(task__in=tasks)
        .values_list("task_id", "unit_id", Value(REPORTS))
        .annotate(
            n_accepted=Count("pk", filter=_ACCEPTED),
            n_waiting=Count("pk", filter=Q(state=states.SUBMITTED)),
            n_finished=Count("pk", filter=_ACCEPTED & Q(finished=True) & ~_lapsed()),
            n_claimed=Count("pk", filter=_ACCEPTED & Q(finished=True)),
            newest=Max("decided_at", filter=_ACCEPTED),
        )
        .order_by()
    )
    nothing = {name: Value(0) for name in ("n_waiting", "n_finished", "n_claimed")}
    found = (
        Match.objects.filter(task__in=tasks, state=Match.State.LIVE)
        .values_list("task_id", "unit_id", Value(RECORDS))
        # A day is midnight in Greenwich here, which is the same day of the law.
        .annotate(n_accepted=Count("pk"), **nothing, newest=Max("published_on", output_field=DateTimeField()))
        .order_by()
    )
    days: dict[datetime | None, date | None] = {None: None}  # few days stand in very many rows
    rows: dict[int, dict[int, dict[str, Any]]] = {}
    for task, unit, kind, count, waiting, finished, claimed, newest in reported.union(found, all=True):
        if newest not in days:
            days[newest] = legal_day(newest)
        own = rows.setdefault(task, {}).setdefault(unit, {})
        if kind == RECORDS:
            own.update(records=count, last_record=days[newest])
        else:
            own.update(
                accepted=count, waiting=waiting, finished=finished > 0,
                lapsed=claimed > 0 and not finished, last_accepted=days[newest],
            )  # fmt: skip
    return {task: {unit: UnitStanding(**own) for unit, own in by.items()} for task, by in rows.items()}


def _lapsed() -> Q:
    """A report had evidence, and all of it was published here and withdrawn since: it proves nothing now."""
    pieces = Evidence.objects.unscoped(_ALL).filter(report=OuterRef("pk"))
    gone = Q(publication__state="withdrawn")
    standing = pieces.filter(Q(publication=None) | ~gone)
    return Q(Exists(pieces)) & ~Q(Exists(standing))


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
