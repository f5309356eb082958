"""Reads of column packs: those that ship with the program, installed ones, what an installation would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from gongkai.columns.models import Column, ColumnPack
from gongkai.columns.rules.definition import fields_of
from gongkai.columns.rules.owners import SELF, Candidate, owner_of
from gongkai.columns.rules.packs import Pack, PackColumn, read_pack
from gongkai.orgs.models import Unit, UnitName


@dataclass(frozen=True, slots=True)
class InstallLine:
    """One column of an installation: its owner where he was found, or the column that is already there."""

    column: PackColumn
    owner: Unit | None
    present: Column | None


@dataclass(frozen=True, slots=True)
class InstallPlan:
    """What an installation would do: words of owners that nobody bears must be chosen first."""

    pack: Pack
    lines: tuple[InstallLine, ...]

    @property
    def unknown_owners(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                line.column.owner for line in self.lines if line.owner is None and line.present is None
            )
        )

    @property
    def fresh(self) -> tuple[InstallLine, ...]:
        return tuple(line for line in self.lines if line.present is None)


@cache
def shipped() -> tuple[Pack, ...]:
    """The packs that ship with the program, in the order of their files."""
    folder = resources.files("gongkai.columns") / "facts" / "packs"
    found = []
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".json"):
            pack, problems = read_pack(file.read_text(encoding="utf-8"))
            if pack is None:
                raise ValueError(f"{file.name}: {problems}")
            found.append(pack)
    return tuple(found)


def shipped_pack(code: str) -> Pack | None:
    """A shipped pack by its code."""
    return next((pack for pack in shipped() if pack.code == code), None)


def installed() -> list[ColumnPack]:
    """The packs that are installed here."""
    return list(ColumnPack.objects.select_related("by").order_by("code"))


def pack_columns(code: str) -> list[Column]:
    """The columns of an installed pack."""
    return list(
        Column.objects.filter(pack=code).select_related("owner", "parent", "post").order_by("order", "pk")
    )


def for_unit(pack: Pack, unit: Unit | None) -> Pack:
    """A pack for each unit gets codes of its own for this one."""
    if not pack.each or unit is None:
        return pack
    codes = {column.code: f"{column.code}-{unit.code}"[:60] for column in pack.columns}
    columns = tuple(
        replace(
            column,
            code=codes[column.code],
            parent=codes.get(column.parent, column.parent),
            name=f"{unit.short_name}{column.name}"[:60],
            owner=SELF,
        )
        for column in pack.columns
    )
    return replace(pack, columns=columns)


def plan_for(
    pack: Pack, *, chosen: Mapping[str, Unit] | None = None, unit: Unit | None = None
) -> InstallPlan:
    """What an installation would do. ``chosen`` names the unit of an owner's word, ``unit`` is whom a pack for
    each unit is for. Three queries."""
    pack = for_unit(pack, unit)
    units = {one.pk: one for one in Unit.objects.filter(active=True)}
    names: dict[int, list[str]] = {pk: [one.name, one.short_name] for pk, one in units.items()}
    for pk, name in UnitName.objects.filter(unit__in=units).values_list("unit_id", "name"):
        names[pk].append(name)
    candidates = [
        Candidate(pk, tuple(held)) for pk, held in names.items() if units[pk].kind != Unit.Kind.COMMUNITY
    ]
    owners: dict[str, Unit | None] = {SELF: unit}
    for word in pack.owners:
        if word != SELF:
            found = owner_of(word, candidates)
            owners[word] = (chosen or {}).get(word) or (units[found] if found else None)
    codes = [column.code for column in pack.columns]
    present = {column.code: column for column in Column.objects.filter(code__in=codes)}
    return InstallPlan(
        pack, tuple(InstallLine(one, owners[one.owner], present.get(one.code)) for one in pack.columns)
    )


def exported(code: str) -> Pack | None:
    """An installed pack as it stands now, with what was changed here, ready to travel."""
    held = ColumnPack.objects.filter(code=code).first()
    if held is None:
        return None
    rows = pack_columns(code)
    codes = {row.pk: row.code for row in rows}
    columns = tuple(
        PackColumn(
            code=row.code,
            name=row.name,
            owner=row.owner_word or row.owner.short_name,
            description=row.description,
            parent=codes.get(row.parent_id or 0, ""),
            order=row.order,
            post=row.post.title if row.post else "",
            upkeep=row.upkeep,
            cycle_days=row.cycle_days,
            record_type=row.record_type,
            tag_type=row.tag_type,
            catalogue_item=row.catalogue_item,
            keywords=row.keywords,
            shared=row.shared,
            fields=fields_of(row.fields),
        )
        for row in rows
        if row.status == Column.Status.OPEN
    )
    return Pack(held.code, held.name, columns, held.description, held.each, tuple(held.tasks))
