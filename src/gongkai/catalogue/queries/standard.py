"""Reads of the standard catalogue: fields, versions, what a file would change, differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Count, Q, QuerySet

from gongkai.catalogue import states
from gongkai.catalogue.models import CatalogueProposal, Matter, StandardField, StandardItem, StandardVersion
from gongkai.catalogue.queries.stored import layout_of, lines_of, meaning_of
from gongkai.catalogue.rules.differing import Difference, compare
from gongkai.catalogue.rules.naming import is_own
from gongkai.catalogue.rules.reading import Meaning, read_row
from gongkai.catalogue.rules.revising import Revised, Unknown, revise
from gongkai.catalogue.rules.sheet import Fault, Layout, Row, Table, read_table, values_of
from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.files.reading import read_cells
from gongkai.law.rule_table import value
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import visible


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as a standard catalogue: the table, what each row means, what a person must look at."""

    table: Table
    meanings: tuple[Meaning, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def stopping(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.stops)

    @property
    def hints(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if not fault.stops)

    @property
    def rows(self) -> tuple[tuple[Row, Meaning], ...]:
        return tuple(zip(self.table.rows, self.meanings, strict=True))


@dataclass(frozen=True, slots=True)
class Preview:
    """What storing a file changes: which row is which matter, and the difference to the present version."""

    matters: tuple[int | None, ...]
    difference: Difference
    rows_new: tuple[int, ...]


def usual_days(on: date) -> int:
    """The working days of 条例第二十六条."""
    return value("publication_working_days", on=on)


def read_path(path: Path, *, name: str, field_name: str, today: date) -> Reading:
    """What a file says as the catalogue of a field. Never raises for what it holds."""
    cells = read_cells(path, name=name)
    if not cells.readable:
        fault = Fault(0, name, cells.problem)
        return Reading(Table(faults=(fault,)), (), (fault,))
    table = read_table(cells.sheets, field_name)
    usual = usual_days(today)
    meanings = tuple(read_row(row.values, usual=usual) for row in table.rows)
    hints = [
        Fault(row.place + table.layout.first - 1, label, f"“{words[:40]}”没有读懂，照原样保留。", stops=False)
        for row, meaning in zip(table.rows, meanings, strict=True)
        for label, words in meaning.unread
        if table.layout
    ]
    return Reading(table, meanings, (*table.faults, *hints))


def read_stored(file: StoredFile, *, field_name: str, today: date) -> Reading:
    """The same for a file of the store."""
    return read_path(storage.path_of(file), name=file.name, field_name=field_name, today=today)


def preview(
    reading: Reading, field: StandardField | None, *, renamed: Mapping[int, int] | None = None
) -> Preview:
    """What a reading changes. ``renamed`` says of a row (its number in the reading) which matter it is under
    a new name."""
    current = current_version(field) if field else None
    before = meanings_of(current) if current else {}
    known: dict[tuple[str, str], list[int]] = {}
    for matter, meaning in before.items():
        known.setdefault(meaning.key, []).append(matter)
    matters: list[int | None] = []
    for meaning in reading.meanings:
        left = known.get(meaning.key, [])
        matters.append(left.pop(0) if left else None)
    free = set(before) - {matter for matter in matters if matter}
    for at, matter in (renamed or {}).items():
        if 0 <= at < len(matters) and matters[at] is None and matter in free:
            matters[at] = matter
            free.discard(matter)
    after = {
        matter if matter is not None else -at: meaning
        for at, (matter, meaning) in enumerate(zip(matters, reading.meanings, strict=True), 1)
    }
    new = tuple(at for at, matter in enumerate(matters) if matter is None)
    return Preview(tuple(matters), compare(before, after), new)


def fields() -> list[StandardField]:
    """The fields of the district in their order, each with the number of matters of its present version."""
    rows = StandardField.objects.select_related("lead")
    return list(rows.annotate(matter_count=Count("matters", filter=Q(matters__active=True))))


def field_named(name: str) -> StandardField | None:
    """A field by its name or code."""
    return StandardField.objects.filter(Q(name=name.strip()) | Q(code=name.strip())).first()


def current_version(field: StandardField) -> StandardVersion | None:
    """The version that counts now."""
    return StandardVersion.objects.filter(field=field, current=True).select_related("field").first()


def version_of(field: StandardField, number: int) -> StandardVersion | None:
    """A version by its number."""
    return StandardVersion.objects.filter(field=field, number=number).select_related("field").first()


def versions_of(field: StandardField) -> list[StandardVersion]:
    """All versions, newest first."""
    return list(StandardVersion.objects.filter(field=field).order_by("-number"))


def items_of(version: StandardVersion) -> list[StandardItem]:
    """The rows of a version in the order of the sheet."""
    return list(StandardItem.objects.filter(version=version).select_related("matter").order_by("place"))


def current_items(field: StandardField | None = None) -> list[StandardItem]:
    """The rows that count now, of one field or of all."""
    rows = StandardItem.objects.filter(version__current=True)
    rows = rows.filter(version__field=field) if field else rows
    return list(
        rows.select_related("matter", "version__field").order_by(
            "version__field__order", "version__field_id", "place"
        )
    )


def meanings_of(version: StandardVersion) -> dict[int, Meaning]:
    """What each matter of a version says."""
    return {item.matter_id: meaning_of(item) for item in items_of(version)}


def difference(before: StandardVersion, after: StandardVersion) -> Difference:
    """Two versions of a field compared."""
    return compare(meanings_of(before), meanings_of(after))


def revised(version: StandardVersion, changes: Sequence[Mapping[str, object]]) -> Revised:
    """A version with changes applied; raises ``Unknown``."""
    return revise(layout_of(version), lines_of(items_of(version)), changes)


def meanings_after(done: Revised, *, usual: int) -> list[Meaning]:
    """What the rows say after a proposal."""
    body = {line.place: dict(line.cells) for line in done.lines}
    return [
        read_row(values_of(line.place, dict(line.cells), done.layout, body=body), usual=usual)
        for line in done.lines
    ]


def difference_of(proposal: CatalogueProposal, *, today: date) -> Difference | None:
    """What a proposal would change of the present version; None where it does not fit any more."""
    current = current_version(proposal.field)
    if current is None:
        return None
    try:
        done = revised(current, proposal.changes)
    except Unknown:
        return None
    meanings = meanings_after(done, usual=usual_days(today))
    after = {
        line.matter if line.matter is not None else -at: meaning
        for at, (line, meaning) in enumerate(zip(done.lines, meanings, strict=True), 1)
    }
    return compare(meanings_of(current), after)


def words_of_matter(version: StandardVersion, matter: int) -> dict[str, str]:
    """The words of a row by key, for the form that changes it."""
    items = items_of(version)
    layout, lines = layout_of(version), lines_of(items)
    body = {line.place: dict(line.cells) for line in lines}
    line = next((one for one in lines if one.matter == matter), None)
    return values_of(line.place, dict(line.cells), layout, body=body) if line else {}


def matters_for_choice() -> QuerySet[Matter]:
    """The matters in force, for choosing one."""
    return (
        Matter.objects.filter(active=True)
        .select_related("field")
        .order_by("field__order", "field_id", "code")
    )


def own_items(unit: Unit) -> list[StandardItem]:
    """The rows in force that are for this unit to disclose (A12)."""
    names = [unit.name, unit.short_name, *unit.names.values_list("name", flat=True)]
    return [
        item
        for item in current_items()
        if is_own(subject=item.subject, tiers=item.tiers, names=names, kind=unit.kind)
    ]


def matters_of_unit(unit: Unit, *, also: int | None = None) -> QuerySet[Matter]:
    """The matters that a unit's records may be put under: its own, and the one that a record has."""
    wanted = {item.matter_id for item in own_items(unit)} | ({also} if also else set())
    return matters_for_choice().filter(pk__in=wanted)


def proposals_of(actor: Actor, *, field: StandardField | None = None) -> list[CatalogueProposal]:
    """The proposals that the actor may see, waiting ones first."""
    rows = visible(CatalogueProposal, actor).select_related("field", "unit", "by", "result")
    rows = rows.filter(field=field) if field else rows
    order = {states.SUBMITTED: 0, states.DRAFT: 1}
    return sorted(rows, key=lambda one: (order.get(one.state, 2), -one.pk))


def layout_columns(layout: Layout) -> list[tuple[str, str]]:
    """Key and name of each column that a proposal can change."""
    return [
        (key, layout.labels.get(column, key))
        for column, key in sorted(layout.columns.items())
        if key not in ("seq", "field") and not key.startswith("extra")
    ]
