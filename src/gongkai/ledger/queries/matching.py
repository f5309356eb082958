"""Records that the system found for tasks: what to look for, what was found, and whether it still counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from django.db.models import Count, F, Max, QuerySet, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import RowNumber

from gongkai.catalogue.queries import ITEM_BY_CODE, item_of
from gongkai.kernel.clock import LEGAL_ZONE, legal_day
from gongkai.ledger.models import Match, MatchWords, Plan, Sweep, Task, TaskUnit
from gongkai.ledger.rules.matching import VERSION, Candidate, Index, Subject, explain, index_of, staleness
from gongkai.ledger.rules.words import distinctive, given_words, words_of
from gongkai.orgs.models import Unit
from gongkai.publishing.models import Publication

_PUBLIC = "what is published is nobody's secret"
PER_TASK = 3
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Tally:
    """How many live records of a unit fit a task, and the newest day."""

    count: int
    newest: date


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record that fits a task, with why, and why it no longer counts where it does not."""

    id: int
    task_id: int
    publication_id: int
    unit_id: int
    unit: str
    title: str
    path: str
    number: str
    published_on: date
    why: str
    stale: str


@dataclass(frozen=True, slots=True)
class Lookout:
    """What to look for on behalf of a plan; ``basis`` changes whenever something else is to be found."""

    plan: Plan
    index: Index
    basis: str
    above: dict[int, int | None]


def lookout_of(plan: Plan) -> Lookout:
    """The tasks of a plan as the matcher sees them. Four queries, however many tasks."""
    tasks = list(Task.objects.filter(plan=plan, ended_at=None).order_by("pk"))
    units: dict[int, set[int]] = {}
    named = TaskUnit.objects.filter(task__in=tasks, members__isnull=False)
    for task, unit in named.values_list("task_id", "members__unit_id"):
        units.setdefault(task, set()).add(unit)
    typed = dict(MatchWords.objects.filter(task__in=tasks).values_list("task_id", "words"))
    own = distinctive([words_of(task.requirement, task.field) for task in tasks])
    first, last = period_of(plan)
    subjects = [
        Subject(
            id=task.pk,
            words=given_words(typed[task.pk]) if task.pk in typed else words,
            units=frozenset(units.get(task.pk, ())),
            first=first,
            last=last,
        )
        for task, words in zip(tasks, own, strict=True)
    ]
    above: dict[int, int | None] = dict(Unit.objects.values_list("pk", "parent_id"))
    told = [VERSION, str(plan.year), *(f"{one.id}:{one.words}:{sorted(one.units)}" for one in subjects)]
    told += [f"{pk}<{parent}" for pk, parent in sorted(above.items())]
    return Lookout(plan, index_of(subjects), hashlib.sha256("\n".join(told).encode()).hexdigest(), above)


def period_of(plan: Plan) -> tuple[date, date]:
    """The days whose records count for a plan: its year."""
    return date(plan.year, 1, 1), date(plan.year, 12, 31)


def words_used(task: Task) -> tuple[tuple[str, ...], bool]:
    """The words by which records of a task are looked for, and whether the office chose them itself."""
    typed = MatchWords.objects.filter(task=task).values_list("words", flat=True).first()
    if typed is not None:
        return given_words(typed), True
    others = Task.objects.filter(plan=task.plan_id, ended_at=None).order_by("pk")
    rows = others.values_list("pk", "requirement", "field")
    own = distinctive([words_of(requirement, field) for _, requirement, field in rows])
    found = {pk: words for (pk, *_), words in zip(rows, own, strict=True)}
    return found.get(task.pk, ()), False


def plans_to_sweep(newest: int = 2) -> list[Plan]:
    """Plans whose records are to be looked through: the newest always, older ones until it was done once."""
    plans = list(Plan.objects.order_by("-year"))
    done = set(Sweep.objects.filter(finished_at__isnull=False).values_list("plan_id", flat=True))
    return [plan for at, plan in enumerate(plans) if at < newest or plan.pk not in done]


def plans_of_record(publication_id: int) -> list[Plan]:
    """The plans in whose year a record was published."""
    rows = Publication.objects.unscoped(_PUBLIC).filter(pk=publication_id)
    at = rows.values_list("first_published_at", flat=True).first()
    return list(Plan.objects.filter(year=legal_day(at).year)) if at else []


def candidates(lookout: Lookout, *, after: int, limit: int) -> list[tuple[Candidate, str]]:
    """The next published records by their number, each with its state. One query."""
    first, last = _moments(lookout.plan)
    rows = Publication.objects.unscoped(_PUBLIC).filter(pk__gt=after, first_published_at__range=(first, last))
    return list(_candidates(rows.order_by("pk")[:limit], lookout))


def candidate(lookout: Lookout, publication_id: int) -> tuple[Candidate, str] | None:
    """One published record with its state."""
    rows = Publication.objects.unscoped(_PUBLIC).filter(pk=publication_id)
    return next(_candidates(rows, lookout), None)


def tallies(tasks: Collection[int]) -> dict[int, dict[int, Tally]]:
    """By task and unit: how many live records fit, and the newest day. One query, from the index alone."""
    rows = (
        Match.objects.filter(task__in=tasks, state=Match.State.LIVE)
        .values_list("task_id", "unit_id")
        .annotate(count=Count("pk"), newest=Max("published_on"))
        .order_by()
    )
    found: dict[int, dict[int, Tally]] = {}
    for task, unit, count, newest in rows:
        found.setdefault(task, {})[unit] = Tally(count, newest)
    return found


def newest_for(
    tasks: Sequence[Task], units: Collection[int], *, today: date, each: int = PER_TASK
) -> dict[tuple[int, int], list[FoundRecord]]:
    """By task and unit the newest live records that still count. One query, however many tasks."""
    place = Window(RowNumber(), partition_by=[F("task"), F("unit")], order_by=F("published_on").desc())
    rows = (
        Match.objects.filter(task__in=tasks, unit__in=units, state=Match.State.LIVE)
        .annotate(place=place)
        .filter(place__lte=each)
    )
    found: dict[tuple[int, int], list[FoundRecord]] = {}
    for record in _found(rows, {task.pk: task for task in tasks}, today):
        if not record.stale:
            found.setdefault((record.task_id, record.unit_id), []).append(record)
    return found


def records_of(task: Task, *, unit: int | None = None) -> QuerySet[Match]:
    """Everything that was found for a task, the newest first; for pages that leaf through it."""
    rows = Match.objects.filter(task=task)
    if unit is not None:
        rows = rows.filter(unit=unit)
    return rows.order_by("-published_on", "-publication_id")


def told(rows: Sequence[Match] | QuerySet[Match], task: Task, *, today: date) -> list[FoundRecord]:
    """Rows of a page with why each counts and whether it still does."""
    pks = [row.pk for row in rows]
    return list(_found(Match.objects.filter(pk__in=pks), {task.pk: task}, today))


def match_of(pk: int) -> Match | None:
    """One found record with what it stands for."""
    return (
        Match.objects.select_related("task__plan", "unit", "publication__index_number").filter(pk=pk).first()
    )


def _found(rows: QuerySet[Match], tasks: dict[int, Task], today: date) -> Iterator[FoundRecord]:
    full = rows.select_related("unit", "publication__index_number").order_by(
        "-published_on", "-publication_id"
    )
    for row in full:
        task = tasks[row.task_id]
        yield FoundRecord(
            id=row.pk,
            task_id=row.task_id,
            publication_id=row.publication_id,
            unit_id=row.unit_id,
            unit=row.unit.short_name,
            title=row.publication.title,
            path=row.publication.path,
            number=row.publication.index_number.number,
            published_on=row.published_on,
            why=explain(
                words=row.words.split("、") if row.words else [],
                item=item_of(row.item).name if row.item else "",
                theme=row.theme,
                unit=row.unit.short_name,
                published_on=row.published_on,
                year=task.plan.year,
            ),
            stale=staleness(
                published_on=row.published_on,
                withdrawn=row.state == Match.State.WITHDRAWN,
                cycle_days=task.cycle_days if task.due_kind == Task.Due.CONTINUOUS else None,
                today=today,
            ),
        )


def _candidates(rows: QuerySet[Publication], lookout: Lookout) -> Iterator[tuple[Candidate, str]]:
    # The three parts that count are taken out of the header by the database: reading it whole takes twice as long.
    parts = (KeyTextTransform(name, "edition__fields") for name in ("catalogue_item", "theme", "keywords"))
    given = rows.values_list("pk", "unit_id", "title", "first_published_at", "state", *parts)
    for pk, unit, title, at, state, item, theme, keywords in given:
        above = lookout.above.get(unit)
        yield (
            Candidate(
                id=pk,
                units=(unit,) if above is None else (unit, above),
                title=title,
                keywords=_listed(keywords),
                item=item or "",
                item_words=_item_words(item),
                theme=theme or "",
                published_on=legal_day(at),
            ),
            state,
        )


def _listed(text: str | None) -> tuple[str, ...]:
    if not text or text == "[]":
        return ()
    return tuple(word for word in json.loads(text) if isinstance(word, str))


@cache
def _item_words(code: str | None) -> str:
    item = ITEM_BY_CODE.get(code or "")
    return f"{item.name}，{item.text}" if item else ""


def _moments(plan: Plan) -> tuple[datetime, datetime]:
    first, last = period_of(plan)
    return (
        datetime.combine(first, time.min, LEGAL_ZONE),
        datetime.combine(last, time.max, LEGAL_ZONE),
    )
