"""Reads about units: by any name they bear, by kind, through their changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from gongkai.kernel.remembering import remembered
from gongkai.orgs.models import Unit, UnitChange, UnitName
from gongkai.orgs.rules.names import NOWHERE, Place, key_of, place_of, similar
from gongkai.orgs.rules.register import UnitRow


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """One name of one unit and the period in which it was its name."""

    name: str
    key: str
    unit: Unit
    valid_from: date | None = None
    valid_to: date | None = None

    def held_on(self, day: date | None) -> bool:
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class UnitIndex:
    """Every name of every unit, read once and asked often (a plan names dozens of units)."""

    def __init__(self, named: Iterable[NamedUnit], place: Place) -> None:
        self._named = tuple(named)
        self.place = place
        self._by_key: dict[str, list[NamedUnit]] = {}
        for entry in self._named:
            self._by_key.setdefault(entry.key, []).append(entry)

    def find(self, name: str, *, on: date | None = None) -> Unit | None:
        """The one unit that bears this name on that day, else the one that ever bore it.

        None where nobody bears it and where two units could be meant: then a person chooses.
        """
        entries = self._by_key.get(key_of(name, self.place), []) if name.strip() else []
        exact = [entry for entry in entries if entry.name == name.strip()]
        for choice in (
            [entry for entry in exact if entry.held_on(on)],
            [entry for entry in entries if entry.held_on(on)],
            entries,
        ):
            units = {entry.unit.pk: entry.unit for entry in choice}
            if len(units) == 1:
                return next(iter(units.values()))
            if len(units) > 1:
                return None
        return None

    def bearers(self, name: str, *, on: date | None = None) -> tuple[Unit, ...]:
        """Every unit that bears this name; more than one where two share an alias and a person must choose."""
        entries = self._by_key.get(key_of(name, self.place), []) if name.strip() else []
        held = [entry for entry in entries if entry.held_on(on)] or entries
        return tuple({entry.unit.pk: entry.unit for entry in held}.values())

    def nearest(self, name: str, *, limit: int = 3) -> list[str]:
        """Short names of the units that may have been meant, most likely first."""
        close = similar(name, ((entry.name, entry.key) for entry in self._named), self.place, limit=limit * 4)
        by_name = {entry.name: entry.unit.short_name for entry in self._named}
        return list(dict.fromkeys(by_name[candidate] for candidate in close))[:limit]


def unit_index() -> UnitIndex:
    """All names of all units (two queries)."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    government = next((unit for unit in units.values() if unit.kind == Unit.Kind.DISTRICT), None)
    here = place_of(government.name) if government else NOWHERE
    former = list(UnitName.objects.order_by("pk").values_list("unit_id", "name", "valid_from", "valid_to"))
    began = _began(former)

    def entry(name: str, unit: Unit, start: date | None, end: date | None) -> NamedUnit:
        return NamedUnit(name, key_of(name, here), unit, start, end)

    named = [entry(name, units[pk], start, end) for pk, name, start, end in former]
    for unit in units.values():
        for name in dict.fromkeys((unit.name, unit.short_name)):
            named.append(entry(name, unit, began.get(unit.pk), None))
    return UnitIndex(named, here)


def find_unit(name: str, *, on: date | None = None) -> Unit | None:
    """The unit that papers of that day call so. For many names ask ``unit_index()`` once."""
    return unit_index().find(name, on=on)


def nearest(name: str, *, limit: int = 3) -> list[str]:
    """Names of units that may have been meant by a name that nobody bears."""
    return unit_index().nearest(name, limit=limit)


def place() -> Place:
    """The district's own name and the name of the government above it."""
    government = district()
    return place_of(government.name) if government else NOWHERE


@remembered
def district() -> Unit | None:
    """The district government itself."""
    return Unit.objects.filter(kind=Unit.Kind.DISTRICT).first()


def disclosure_office() -> Unit | None:
    """The unit that is the district's 政府信息公开工作主管部门 (条例第三条)."""
    return Unit.objects.filter(is_disclosure_office=True).first()


def units_of_kind(*kinds: Unit.Kind, active_only: bool = True) -> QuerySet[Unit]:
    """The units of these kinds in the district's order; all kinds where none is named."""
    units = Unit.objects.filter(active=True) if active_only else Unit.objects.all()
    return units.filter(kind__in=kinds) if kinds else units


def third_eye_for(unit: Unit) -> Unit | None:
    """Who issues for a unit of two people: the disclosure office; None where the unit has three."""
    return disclosure_office() if unit.is_small else None


def name_on(unit: Unit, day: date) -> str:
    """The full name that the unit bore on that day, so that an old paper keeps its issuer's name."""
    former = (
        UnitName.objects.filter(unit=unit, kind=UnitName.Kind.FORMER, valid_to__gte=day)
        .order_by("valid_to")
        .first()
    )
    return former.name if former else unit.name


def history_of(unit: Unit) -> list[UnitChange]:
    """Changes of this unit and changes that led to it, oldest first."""
    own = list(UnitChange.objects.filter(unit=unit).select_related("unit", "successor"))
    into = list(UnitChange.objects.filter(successor=unit).select_related("unit", "successor"))
    return sorted({change.pk: change for change in own + into}.values(), key=lambda one: (one.on, one.pk))


def successors_of(unit: Unit, *, on: date) -> list[Unit]:
    """The units that carry on the work of an ended unit on that day; the unit itself while it stands."""
    found: dict[int, Unit] = {}
    open_units, seen = [unit], set()
    while open_units:
        one = open_units.pop()
        if one.pk in seen:
            continue
        seen.add(one.pk)
        if one.active:
            found[one.pk] = one
            continue
        later = UnitChange.objects.filter(unit=one, on__lte=on, successor__isnull=False)
        open_units.extend(
            change.successor for change in later.select_related("successor") if change.successor
        )
    return sorted(found.values(), key=lambda one: (one.order, one.pk))


def _began(former: list[tuple[int, str, date | None, date | None]]) -> dict[int, date]:
    """Since when each unit bears its present name: the day after its last former name ended."""
    ends: dict[int, date] = {}
    for pk, _, _, end in former:
        if end is not None:
            ends[pk] = max(ends.get(pk, end), end)
    return {pk: end + timedelta(days=1) for pk, end in ends.items()}


# What a unit must tell about itself (条例第二十条第二项), as its public page shows it.
FACTS = (
    ("functions", "机构职能"),
    ("leader", "负责人"),
    ("address", "办公地址"),
    ("hours", "办公时间"),
    ("phone", "联系电话"),
    ("uscc", "统一社会信用代码"),
)


def gaps_of(unit: Unit) -> list[str]:
    """Which of the six facts a unit does not tell yet (A01)."""
    return [label for name, label in FACTS if not getattr(unit, name).strip()]


def incomplete(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Those that leave at least one of the six facts out."""
    wanted = Q(pk__in=[])
    for name, _ in FACTS:
        wanted |= Q(**{name: ""})
    return units.filter(wanted, active=True)


def register() -> list[UnitRow]:
    """The units in use as rows of a list, so that a register can be written out and taken in again."""
    aliases: dict[int, list[str]] = {}
    for pk, name in UnitName.objects.filter(kind=UnitName.Kind.ALIAS).values_list("unit_id", "name"):
        aliases.setdefault(pk, []).append(name)
    return [
        UnitRow(
            code=unit.code,
            name=unit.name,
            short_name=unit.short_name,
            kind=unit.kind,
            parent=unit.parent.code if unit.parent else "",
            area_code=unit.area_code,
            aliases=tuple(aliases.get(unit.pk, ())),
            confirmed=not unit.to_confirm,
        )
        for unit in Unit.objects.filter(active=True).select_related("parent")
    ]
