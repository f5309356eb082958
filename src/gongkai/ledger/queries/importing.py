"""Reads for the import: the plan in a file, whom its names mean, and how it differs from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gongkai.files.models import StoredFile
from gongkai.files.queries import own_file
from gongkai.files.reading import read_file
from gongkai.files.storage import path_of
from gongkai.law.refusal import Refusal, Refused
from gongkai.ledger.rules.corrections import Corrections
from gongkai.ledger.rules.plan import PlanReading, read_plan
from gongkai.ledger.rules.responsible import Group, group_of
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.queries import unit_index

KINDS = {
    "streets": (Unit.Kind.STREET,),
    "departments": (Unit.Kind.DEPARTMENT, Unit.Kind.DUAL),
    "communities": (Unit.Kind.COMMUNITY,),
    "all": (Unit.Kind.DEPARTMENT, Unit.Kind.DUAL, Unit.Kind.STREET, Unit.Kind.INSTITUTION),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the plan: the units that it means, or the nearest names where nobody bears it.

    ``shared`` when two units bear it; then ``nearest`` are those units, and a person chooses.
    """

    text: str
    units: tuple[Unit, ...]
    group: Group | None
    nearest: tuple[str, ...] = ()
    tasks: tuple[int, ...] = ()
    shared: bool = False

    @property
    def unknown(self) -> bool:
        """Nobody bears the name, and it is no phrase for a group."""
        return self.group is None and not self.units


@dataclass(frozen=True, slots=True)
class Understanding:
    """Every name of a plan, once."""

    names: Mapping[str, Name]

    @property
    def unknown(self) -> list[Name]:
        return [name for name in self.names.values() if name.unknown]

    @property
    def open_groups(self) -> list[Name]:
        """Phrases that leave it to the office who is meant."""
        return [name for name in self.names.values() if name.group and not name.group.certain]


def read_plan_file(
    path: Path | str, *, name: str, year: int, corrections: Corrections | None = None
) -> PlanReading:
    """The plan in a file, read in the child process. A file that cannot be read is refused in words."""
    reading = read_file(path, name=name)
    if not reading.readable:
        raise Refused([Refusal(reading.code or "file.broken", "", f"“{name}”没有读成。{reading.problem}")])
    return read_plan(reading.blocks, year=year, corrections=corrections)


def read_stored_plan(file: StoredFile, *, year: int, corrections: Corrections | None = None) -> PlanReading:
    """The plan in a file that was taken in."""
    return read_plan_file(path_of(file), name=file.name, year=year, corrections=corrections)


def plan_file(key: str, *, actor: Actor) -> StoredFile | None:
    """A clean file that this person took in himself, by its random key."""
    return own_file(key, person_id=actor.person_id)


def understand(plan: PlanReading, *, chosen: Mapping[str, int] | None = None) -> Understanding:
    """Whom each name means; ``chosen`` are units that a clerk chose for unknown names (four queries)."""
    index = unit_index()
    tasks: dict[str, list[int]] = {}
    for task in plan.tasks:
        for named in task.units:
            tasks.setdefault(named.text, []).append(task.number)
    for duty in plan.duties:
        for named in duty.units:
            tasks.setdefault(named.text, [])
    given = Unit.objects.in_bulk(set((chosen or {}).values()))
    groups = {text: group_of(text) for text in tasks}
    members = members_of([group for group in groups.values() if group])
    names = {}
    for text, numbers in tasks.items():
        group = groups[text]
        pk = (chosen or {}).get(text)
        unit = given.get(pk) if pk is not None else (None if group else index.find(text))
        units = (unit,) if unit else (members[group] if group else ())
        bearers = index.bearers(text) if not units and not group else ()
        near: tuple[str, ...] = ()
        if not units and not group:
            near = tuple(one.short_name for one in bearers) or tuple(index.nearest(text))
        names[text] = Name(
            text, units, None if unit else group, near, tuple(dict.fromkeys(numbers)), len(bearers) > 1
        )
    return Understanding(names)


def members_of(groups: Iterable[Group]) -> dict[Group, tuple[Unit, ...]]:
    """The units that phrases mean by rule, in the district's order (one query)."""
    wanted = set(groups)
    if not wanted:
        return {}
    units = list(Unit.objects.filter(active=True).exclude(kind=Unit.Kind.DISTRICT))
    kinds = {group: {kind for whom in group.whom for kind in KINDS[whom]} for group in wanted}
    return {group: tuple(unit for unit in units if unit.kind in kinds[group]) for group in wanted}
