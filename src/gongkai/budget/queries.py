"""Reads of budgets: the matrix, the debt series, announcements; what a file does not add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Max

from gongkai.budget.models import Announcement, BudgetApproval, BudgetPaperLink, DebtFigure
from gongkai.budget.rules.checking import check_paper
from gongkai.budget.rules.debt import DebtReading, Problem, read_debt
from gongkai.budget.rules.finding import Finding
from gongkai.budget.rules.matrix import KINDS, Standing, standing
from gongkai.budget.rules.paper import read_paper
from gongkai.files.reading import read_cells, read_file
from gongkai.kernel.clock import legal_day
from gongkai.law.rule_table import value
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import units_for, visible
from gongkai.publishing.models import Publication

__all__ = [
    "KINDS",
    "Checked",
    "Field",
    "Line",
    "Matrix",
    "announced_by",
    "announcements",
    "approval_of",
    "candidates",
    "check_file",
    "debt",
    "field_of",
    "holes_of",
    "last_year",
    "links_of",
    "matrix",
    "matrix_for",
    "names_of",
    "newest_papers",
    "read_debt_file",
    "released",
]
_PUBLIC = "the matrix of the district is public"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a file found; ``problem`` is empty exactly when it was readable."""

    readable: bool
    problem: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the matrix with its documents."""

    unit: Unit
    year: int
    kind: str
    standing: Standing
    papers: tuple[Publication, ...]

    @property
    def kind_words(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Line:
    """A unit with its fields; ``depth`` is how far below the district it stands."""

    unit: Unit
    depth: int
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """All units against years and kinds."""

    years: tuple[int, ...]
    lines: tuple[Line, ...]

    @property
    def holes(self) -> tuple[Field, ...]:
        return tuple(one for line in self.lines for one in line.fields if one.standing.is_hole)


def check_file(path: Path, *, name: str = "") -> Checked:
    """The arithmetic of a budget paper, read in the child process."""
    reading = read_file(path, name=name)
    if not reading.readable:
        return Checked(False, reading.problem, ())
    return Checked(True, "", tuple(check_paper(read_paper(reading.blocks))))


def matrix(*, today: date, years: Sequence[int] = ()) -> Matrix:
    """Every unit in use with what it published; the newest year first. A fixed number of queries."""
    shown = tuple(years) or (today.year, today.year - 1, today.year - 2)
    approvals = {
        (one.unit_id, one.year, one.kind): one.approved_on
        for one in BudgetApproval.objects.unscoped(_PUBLIC).filter(year__in=shown)
    }
    papers: dict[tuple[int, int, str], list[Publication]] = {}
    links = BudgetPaperLink.objects.unscoped(_PUBLIC).filter(
        year__in=shown, publication__state=Publication.State.LIVE
    )
    for link in links.select_related("publication").order_by("publication__published_at"):
        papers.setdefault((link.unit_id, link.year, link.kind), []).append(link.publication)
    days = value("budget_publication_days", on=today)
    lines = []
    for unit, depth in _tree():
        fields = []
        for year in shown:
            for kind in KINDS:
                key = (unit.pk, year, kind)
                own = papers.get(key, [])
                first = min((legal_day(one.first_published_at) for one in own), default=None)
                place = standing(approved_on=approvals.get(key), published_on=first, days=days, today=today)
                fields.append(Field(unit, year, kind, place, tuple(own)))
        lines.append(Line(unit, depth, tuple(fields)))
    return Matrix(shown, tuple(lines))


def holes_of(units: frozenset[int] | None, *, today: date) -> list[Field]:
    """The holes of these units (``None``: of all)."""
    return [one for one in matrix(today=today).holes if units is None or one.unit.pk in units]


def matrix_for(actor: Actor, *, today: date) -> Matrix:
    """The lines of the units that this person works for or sees."""
    units = units_for(actor, "budget.view")
    found = matrix(today=today)
    lines = tuple(line for line in found.lines if units is None or line.unit.pk in units)
    return Matrix(found.years, lines)


def field_of(unit: Unit, year: int, kind: str, *, today: date) -> Field | None:
    """One field of the matrix."""
    for line in matrix(today=today, years=(year,)).lines:
        for one in line.fields:
            if (one.unit.pk, one.kind) == (unit.pk, kind):
                return one
    return None


def links_of(unit: Unit, year: int, kind: str, actor: Actor) -> list[BudgetPaperLink]:
    """The papers in a field, each to be taken out again."""
    rows = visible(BudgetPaperLink, actor).filter(unit=unit, year=year, kind=kind)
    return list(rows.select_related("publication").order_by("publication__published_at"))


def newest_papers(limit: int) -> list[BudgetPaperLink]:
    """The papers of the matrix that came out last."""
    rows = BudgetPaperLink.objects.unscoped(_PUBLIC).filter(publication__state=Publication.State.LIVE)
    return list(
        rows.select_related("publication", "unit").order_by("-publication__published_at", "-pk")[:limit]
    )


def approval_of(unit: Unit, year: int, kind: str, actor: Actor) -> BudgetApproval | None:
    """The day of approval of a field."""
    return visible(BudgetApproval, actor).filter(unit=unit, year=year, kind=kind).first()


def candidates(unit: Unit, *, text: str = "", limit: int = 30) -> list[Publication]:
    """Published documents of a unit that may belong into a field: budgets and accounts first, then the newest."""
    rows = Publication.objects.unscoped(_PUBLIC).filter(unit=unit, state=Publication.State.LIVE)
    if text:
        rows = rows.filter(title__icontains=text)
    taken = BudgetPaperLink.objects.unscoped(_PUBLIC).values("publication")
    found = list(rows.exclude(pk__in=taken).order_by("-published_at")[:300])
    found.sort(key=lambda one: not any(word in one.title for word in KINDS.values()))
    return found[:limit]


def announced_by(actor: Actor) -> list[Announcement]:
    """Announced releases of this person's units with their changes."""
    rows = visible(Announcement, actor).select_related("unit", "publication")
    return list(rows.prefetch_related("changes").order_by("publication", "due_on", "pk"))


def read_debt_file(path: Path, *, name: str) -> DebtReading:
    """What a sheet says of the debt, read in the child process."""
    reading = read_cells(path, name=name)
    if not reading.readable:
        return DebtReading(problems=(Problem(0, "", reading.problem),))
    return read_debt(reading.sheets)


def released(pk: int) -> Publication | None:
    """The document that came of an announcement."""
    rows = Announcement.objects.unscoped("announcements are public").select_related("publication")
    found = rows.filter(pk=pk).first()
    return found.publication if found else None


def debt() -> list[DebtFigure]:
    """The debt series, newest year first."""
    return list(DebtFigure.objects.all())


def announcements() -> list[Announcement]:
    """Announced releases with their changes and, once out, the publication."""
    rows = Announcement.objects.unscoped("announcements are public").select_related("unit", "publication")
    return list(rows.prefetch_related("changes"))


def last_year() -> int | None:
    """The newest year for which anything is known."""
    rows = BudgetApproval.objects.unscoped(_PUBLIC)
    newest: int | None = rows.aggregate(last=Max("year"))["last"]
    return newest


def names_of(unit: Unit) -> tuple[str, ...]:
    """The names by which titles call a unit."""
    return (unit.name, unit.short_name, *unit.names.values_list("name", flat=True))


def _tree() -> list[tuple[Unit, int]]:
    """Units in use, subordinate ones below theirs. Communities have no budget of their own."""
    units = list(Unit.objects.filter(active=True).exclude(kind=Unit.Kind.COMMUNITY).order_by("order", "pk"))
    known = {unit.pk for unit in units}
    children: dict[int | None, list[Unit]] = {}
    for unit in units:
        children.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    found: list[tuple[Unit, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for unit in children.get(parent, ()):
            found.append((unit, depth))
            walk(unit.pk, depth + 1)

    walk(None, 0)
    return found
