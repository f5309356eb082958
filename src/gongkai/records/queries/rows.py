"""Rows as clerks see them: the types with their counts, a table with filter, one row with its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet

from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person, RoleHolding, Unit
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import units_for, visible
from gongkai.publishing.models import Publication
from gongkai.records import states
from gongkai.records.models import RecordBatch, RecordEdition, RecordImport, RecordRow
from gongkai.records.queries.kinds import Periods, kinds
from gongkai.records.rules.declared import Link, RecordType
from gongkai.records.rules.lifetime import stale_on
from gongkai.records.rules.masking import masked_row
from gongkai.records.rules.rows import read_value, row_troubles
from gongkai.records.rules.steps import StepStanding, standings

PER_PAGE = 50
MOST_FACET_VALUES = 200


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A type with the rows that this person sees of it, by state."""

    kind: RecordType
    counts: Mapping[str, int]
    changed: object

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def live(self) -> int:
        return self.counts.get(states.LIVE, 0)

    @property
    def waiting(self) -> int:
        return self.counts.get(states.WAITING, 0)

    @property
    def drafts(self) -> int:
        return self.counts.get(states.DRAFT, 0)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the table: masked cells in the order of the fields, and what is the matter with it."""

    row: RecordRow
    cells: tuple[str, ...]
    publish_by: date | None
    late: bool
    faults: tuple[StepStanding, ...]
    stale: bool
    change_by: date | None = None
    change_provisional: bool = False
    change_late: bool = False

    @property
    def is_late(self) -> bool:
        """Whether anything of it is out of time or lacking."""
        return bool(self.late or self.change_late or self.faults or self.stale)

    @property
    def light(self) -> str:
        if self.is_late:
            return "late"
        return states.LIGHTS[self.row.state]

    @property
    def words(self) -> str:
        if self.late:
            return f"{self.row.get_state_display()}，逾期"
        if self.change_late:
            return f"{self.row.get_state_display()}，改动逾期"
        if self.faults:
            return f"{self.faults[0].step.title}{self.faults[0].words}"
        if self.stale:
            return "超过核对周期"
        return self.row.get_state_display()


def type_lines(actor: Actor) -> list[TypeLine]:
    """Every type with its counts. Two queries, however many rows."""
    counted: dict[str, Counter[str]] = {}
    newest: dict[str, object] = {}
    grouped = visible(RecordRow, actor).values("code", "state").annotate(n=Count("pk"), at=Max("changed_at"))
    for one in grouped.order_by():
        counted.setdefault(one["code"], Counter())[one["state"]] = one["n"]
        newest[one["code"]] = max(newest.get(one["code"]) or one["at"], one["at"])
    return [TypeLine(kind, counted.get(code, Counter()), newest.get(code)) for code, kind in kinds().items()]


def filtered(
    kind: RecordType,
    actor: Actor,
    *,
    text: str = "",
    state: str = "",
    unit: int | None = None,
    batch: int | None = None,
) -> QuerySet[RecordRow]:
    """The rows of a type that this person sees, narrowed."""
    rows = visible(RecordRow, actor).filter(code=kind.code)
    if text:
        rows = rows.filter(Q(words__icontains=text) | Q(title__icontains=text))
    if state in states.LABELS:
        rows = rows.filter(state=state)
    elif state == "open":
        rows = rows.filter(state__in=(states.DRAFT, states.WAITING))
    elif state == "review":
        rows = rows.filter(Q(state=states.WAITING) | Q(state=states.LIVE, proposed__isnull=False))
    elif state == "proposed":
        rows = rows.filter(proposed__isnull=False)
    if unit is not None:
        rows = rows.filter(unit=unit)
    if batch is not None:
        rows = rows.filter(batch=batch)
    return rows.select_related("unit").order_by("-sort_on", "-pk")


def before_public(rows: QuerySet[RecordRow], exposed: Collection[int] = ()) -> QuerySet[RecordRow]:
    """Those that are not yet public, or of which a change waits, or that are ``exposed``: what the gate reads."""
    open_states = (states.DRAFT, states.WAITING, states.HIDDEN)
    changed = Q(proposed__isnull=False) | Q(pk__in=exposed)
    return rows.filter(Q(state__in=open_states) | Q(changed, state=states.LIVE))


def page_of_rows(
    kind: RecordType, rows: QuerySet[RecordRow], *, number: int, today: date
) -> tuple[Page, list[ShownRow]]:
    """A page of the table."""
    page = Paginator(rows, PER_PAGE).get_page(number)
    periods = Periods()
    return page, [shown(kind, row, periods, today=today) for row in page]


def shown(kind: RecordType, row: RecordRow, periods: Periods, *, today: date) -> ShownRow:
    """A row with what is the matter with it."""
    values = masked_row(kind, row.values)
    open_row = row.state in (states.DRAFT, states.WAITING)
    until = periods.publish_by(kind, row.formed_on) if open_row else None
    steps = steps_of(kind, row, periods, today=today)
    fresh = stale_on(kind, checked_on=row.checked_on) if row.state == states.LIVE else None
    change_by, provisional = periods.change_by(row.proposed_on if row.proposed is not None else None)
    return ShownRow(
        row=row,
        cells=tuple(values[field.name] for field in kind.fields),
        publish_by=until,
        late=bool(until and today > until),
        faults=tuple(step for step in steps if step.is_fault),
        stale=bool(fresh and today > fresh),
        change_by=change_by,
        change_provisional=provisional,
        change_late=bool(change_by and today > change_by),
    )


def steps_of(kind: RecordType, row: RecordRow, periods: Periods, *, today: date) -> tuple[StepStanding, ...]:
    """The stages or links of a row."""
    if not kind.steps:
        return ()
    return standings(kind, row.values, today=today, due_of=periods.due)


def faults_in(kind: RecordType, values: Mapping[str, str]) -> list[str]:
    """What is wrong with the values as they stand, each with its label; also a document that is not here."""
    found = []
    for field in kind.fields:
        _, problem = read_value(field, values.get(field.name, ""))
        if problem:
            found.append(f"“{field.label}”{problem}")
    found += [f"“{label}”{text}" for label, text in row_troubles(kind, values)]
    addressed = {
        field.label: values[field.name]
        for field in kind.fields
        if field.link is Link.DOCUMENT and values.get(field.name)
    }
    if addressed:
        live = documents_at(addressed.values())
        found += [
            f"“{label}”：本站没有公开“{path[:60]}”。请填已公开文件的网址，如 /doc/… 。"
            for label, path in addressed.items()
            if path not in live
        ]
    return found


def documents_at(paths: object) -> dict[str, Publication]:
    """The documents in public at these addresses."""
    rows = Publication.objects.unscoped("published documents are public")
    found = rows.filter(path__in=list(paths), state=Publication.State.LIVE)  # type: ignore[call-overload]
    return {one.path: one for one in found}


def batches(kind: RecordType, actor: Actor, limit: int = 20) -> list[RecordBatch]:
    """What came in lately."""
    rows = visible(RecordBatch, actor).filter(code=kind.code).select_related("unit", "by")
    return list(rows[:limit])


def running_imports(kind: RecordType, actor: Actor) -> list[RecordImport]:
    """Long sheets that a job is reading or storing now."""
    rows = visible(RecordImport, actor).filter(code=kind.code, state=states.IMPORTING)
    return list(rows.select_related("unit", "by")[:5])


def editions(row: RecordRow, actor: Actor) -> list[RecordEdition]:
    """How a row read before, newest first."""
    return list(visible(RecordEdition, actor).filter(row=row).select_related("by"))


def working_units(actor: Actor) -> QuerySet[Unit]:
    """For which units a person may enter rows."""
    units = units_for(actor, "records.work")
    rows = Unit.objects.filter(active=True).order_by("order", "pk")
    return rows if units is None else rows.filter(pk__in=units)


def possible_approvers(unit: Unit, *, today: date, without: int | None) -> QuerySet[Person]:
    """Who of a unit, or of the disclosure office, may be named to approve a row."""
    held = RoleHolding.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today, person__is_active=True
    )
    own = Q(role__in=(Role.REVIEWER, Role.LEADER), unit__in=(unit.pk, unit.parent_id or unit.pk))
    chosen = held.filter(own | Q(role=Role.DISCLOSURE_OFFICE)).values("person")
    rows = Person.objects.filter(pk__in=chosen).select_related("unit").order_by("unit__order", "pk")
    return rows.exclude(pk=without) if without else rows
