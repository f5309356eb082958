"""Reads of registers: rows, tasks, the yearly total; what a stored file says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.files.reading import read_cells
from gongkai.kernel.text.docnumber import read_number
from gongkai.law.calendar import OutsideCalendar, WorkCalendar
from gongkai.law.clock import working_days
from gongkai.law.queries import calendar
from gongkai.law.rule_table import value
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import visible
from gongkai.publishing.models import Publication
from gongkai.registers import states
from gongkai.registers.models import (
    DeclaredTotal,
    HostedCopy,
    IssuedPaper,
    RegisterImport,
    RegisterTask,
)
from gongkai.registers.rules.reconciling import Fault, OnSite, reconcile
from gongkai.registers.rules.register import PUBLIC, Problem, RegisterReading, RegisterRow, read_register

_JOB = "a comparison over one unit's whole register"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new file changes: numbers that are new, changed or gone."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def any(self) -> bool:
        return bool(self.new or self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class YearTotal:
    """How many papers the register has for a year, and what the annual report says."""

    unit: str
    year: int
    registered: int
    declared: int | None

    @property
    def differs(self) -> bool:
        return self.declared is not None and self.declared != self.registered

    @property
    def words(self) -> str:
        if self.declared is None:
            return "年报制发件数还没有填"
        if not self.differs:
            return "与年报制发件数一致"
        return f"年报写 {self.declared} 件，相差 {abs(self.declared - self.registered)} 件"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the overview of the district office."""

    unit: Unit
    received: object
    papers: int
    open: int
    explained: int
    copies: int


def read_stored(file: StoredFile) -> RegisterReading:
    """What a stored file says as a register."""
    reading = read_cells(storage.path_of(file), name=file.name)
    if not reading.readable:
        return RegisterReading(problems=(Problem(0, file.name, reading.problem),))
    return read_register(reading.sheets)


def rows_of(unit: Unit, years: Iterable[int]) -> list[RegisterRow]:
    """The stored rows of a unit's register."""
    papers = IssuedPaper.objects.unscoped(_JOB).filter(unit=unit, year__in=list(years))
    return [
        RegisterRow(
            row=one.row, number=one.number, title=one.title, written_on=one.written_on,
            openness=one.openness, ground=one.ground, secrecy=one.secrecy, copies=one.copies, note=one.note,
        )
        for one in papers.order_by("year", "row", "pk")
    ]  # fmt: skip


def changes_of(reading: RegisterReading, unit: Unit) -> Changes:
    """What storing a file would change, without regard to the order of its rows."""
    before, after = _contents(rows_of(unit, reading.years)), _contents(reading.rows)
    return Changes(
        new=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(key for key in after.keys() & before.keys() if after[key] != before[key])),
        gone=tuple(sorted(before.keys() - after.keys())),
    )


def faults_of(unit: Unit, year: int, *, today: date) -> list[Fault]:
    """Every fault of a unit's register of one year against the site as it stands."""
    return faults_in(rows_of(unit, [year]), unit, year, today=today)


def faults_in(rows: Sequence[RegisterRow], unit: Unit, year: int, *, today: date) -> list[Fault]:
    """The same for rows that are not stored yet: what the preview shows."""
    own = [row for row in rows if row.parsed.year == year]
    return reconcile(own, on_site(unit, year), due=_due(own), today=today)


def on_site(unit: Unit, year: int) -> list[OnSite]:
    """The papers of a year that stand in public: of the unit, and under its code words by whomever."""
    live = Publication.objects.unscoped(_JOB).filter(state=Publication.State.LIVE)
    codes = list(unit.issuing_codes.values_list("code", flat=True))
    wanted = Q(unit=unit, document__number__contains=str(year))
    for code in codes:
        wanted |= Q(document__number__startswith=f"{code}〔{year}〕")
    found = []
    for number, title, path in live.filter(wanted).values_list("document__number", "title", "path"):
        parsed = read_number(number).number
        if parsed and parsed.year == year:
            found.append(OnSite(str(parsed), title, path))
    return found


def issued_in_year(unit: Unit, year: int) -> YearTotal:
    """The register's total of a year beside the 制发件数 of the annual report."""
    papers = IssuedPaper.objects.unscoped("a total").filter(unit=unit, year=year)
    registered = papers.aggregate(n=Count("number", distinct=True))["n"]
    declared = DeclaredTotal.objects.unscoped("a total").filter(unit=unit, year=year).first()
    return YearTotal(unit.short_name, year, registered, declared.count if declared else None)


def years_of(unit: Unit) -> list[int]:
    """The years of which a unit's register came in, newest first."""
    rows = IssuedPaper.objects.unscoped("years only").filter(unit=unit)
    return sorted(set(rows.order_by().values_list("year", flat=True).distinct()), reverse=True)


def units_to_compare(today: date, *, limit: int) -> list[Unit]:
    """Units whose register has not been compared today; a few at a time."""
    rows = RegisterImport.objects.unscoped("a job of the system").filter(
        Q(compared_on__isnull=True) | Q(compared_on__lt=today)
    )
    return list(Unit.objects.filter(pk__in=rows.order_by().values("unit")).order_by("pk")[:limit])


def tasks_of(actor: Actor, *, unit: Unit | None = None, state: str = "") -> list[RegisterTask]:
    """The tasks that the actor may see; open ones first."""
    rows = visible(RegisterTask, actor).select_related("unit", "by")
    rows = rows.filter(unit=unit) if unit else rows
    rows = rows.filter(state=state) if state else rows
    order = {states.OPEN: 0, states.EXPLAINED: 1, states.DONE: 2}
    return sorted(rows, key=lambda task: (order[task.state], -task.year, task.kind, task.pk))


def overview() -> list[UnitLine]:
    """Every unit that keeps a register: received or not, open tasks, faulty copies."""
    why = "the district office sees all units"
    received = dict(
        RegisterImport.objects.unscoped(why).order_by().values_list("unit").annotate(last=Max("at"))
    )
    papers = dict(IssuedPaper.objects.unscoped(why).order_by().values_list("unit").annotate(n=Count("pk")))
    counts = {
        unit: (waiting, explained)
        for unit, waiting, explained in RegisterTask.objects.unscoped(why)
        .order_by()
        .values_list("unit")
        .annotate(
            waiting=Count("pk", filter=Q(state=states.OPEN)),
            explained=Count("pk", filter=Q(state=states.EXPLAINED)),
        )
    }
    copies: dict[int, int] = {}
    for copy in HostedCopy.objects.unscoped(why).filter(decision=states.TO_DECIDE):
        copies[copy.unit_id] = copies.get(copy.unit_id, 0) + copy.faulty
    units = Unit.objects.filter(active=True).exclude(kind__in=(Unit.Kind.COMMUNITY, Unit.Kind.DISTRICT))
    lines = [
        UnitLine(
            unit,
            received.get(unit.pk),
            papers.get(unit.pk, 0),
            *counts.get(unit.pk, (0, 0)),
            copies.get(unit.pk, 0),
        )
        for unit in units.order_by("order", "pk")
    ]
    return sorted(lines, key=lambda line: -(line.open + line.copies))


def _contents(rows: Iterable[RegisterRow]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows:
        content = (
            row.title,
            str(row.written_on),
            row.openness,
            row.ground,
            row.secrecy,
            row.copies,
            row.note,
        )
        found.setdefault(row.number, []).append(content)
    return {number: sorted(contents) for number, contents in found.items()}


def _due(rows: Iterable[RegisterRow]) -> dict[str, date]:
    work: WorkCalendar = calendar()
    found = {}
    for row in rows:
        if row.written_on is None or row.openness != PUBLIC:
            continue
        try:
            days = value("publication_working_days", on=row.written_on)
            found[row.number] = working_days(row.written_on, days, work).due
        except OutsideCalendar:
            continue
    return found
