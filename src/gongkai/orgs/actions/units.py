"""The register of units: lists taken in, details kept, institutional changes that keep every old name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.events.orgs import UnitChanged
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person, Unit, UnitChange, UnitName
from gongkai.orgs.rules.offices import why_not_change_unit as why_not_in_law
from gongkai.orgs.rules.register import Known, UnitRow, in_order, list_faults
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, SystemActor, record

Kind = UnitChange.Kind
DETAILS = ("functions", "address", "hours", "phone", "leader", "uscc")
ENDS = (Kind.MERGE, Kind.ABOLISH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An institutional change as the approving document gives it."""

    kind: str
    on: date
    basis: str
    new_name: str = ""
    new_short_name: str = ""
    successor: Unit | None = None


# -- details ------------------------------------------------------------------------------------------


def why_not_keep_unit(*, unit: Unit, by: Actor) -> list[Refusal]:
    """Why the unit's public details cannot be changed by this person."""
    if not can(by, "orgs.keep_unit", unit.pk):
        text = "机构信息由本单位信息员或负责人维护，也可以请区政务公开主管部门修改。"
        return [Refusal("orgs.not_granted", "", text)]
    if not unit.active:
        return [
            Refusal("orgs.unit_ended", "", "这个单位已经撤销或并入，信息不再修改。请到承接单位的页面修改。")
        ]
    return []


@transaction.atomic
def keep_unit(*, unit: Unit, values: Mapping[str, str], by: Actor, now: datetime) -> bool:
    """Correct what the public pages say about the unit (条例第二十条第二项); tells whether anything changed."""
    refuse_if(why_not_keep_unit(unit=unit, by=by))
    wanted = {name: values[name].strip() for name in DETAILS if name in values}
    changed = [name for name, value in wanted.items() if getattr(unit, name) != value]
    if not changed and not unit.to_confirm:
        return False
    for name in changed:
        setattr(unit, name, wanted[name])
    unit.to_confirm = False
    unit.save(update_fields=[*changed, "to_confirm"])
    record(verb="orgs.keep_unit", by=by, at=now, about=unit, facts={"fields": changed})
    emit(UnitChanged(unit_id=unit.pk, kind="details", on=legal_day(now)))
    return True


# -- institutional change -----------------------------------------------------------------------------


def why_not_change_unit(*, unit: Unit, change: Change, by: Actor, today: date) -> list[Refusal]:
    """Why this institutional change cannot be entered."""
    found: list[Refusal] = []
    if not can(by, "orgs.change_units", unit.pk):
        text = "机构变动由区政务公开主管部门办理。请把批准文件交给他们。"
        found.append(Refusal("orgs.not_granted", "", text))
    heir = change.successor
    found += why_not_in_law(
        kind=change.kind,
        active=unit.active,
        name=change.new_name,
        basis=change.basis,
        on=change.on,
        today=today,
        same=heir is not None and heir.pk == unit.pk,
        successor_active=heir is not None and heir.active,
    )
    if change.kind == Kind.RENAME and Unit.objects.filter(name=change.new_name).exists():
        text = f"“{change.new_name}”已经是名录里的一个全称。请核对新名称。"
        found.append(Refusal("orgs.name_taken", "", text))
    if change.kind in ENDS:
        found += _why_not_end(unit, change.kind)
    return found


def _why_not_end(unit: Unit, kind: str) -> list[Refusal]:
    found = []
    if unit.is_disclosure_office or unit.kind == Unit.Kind.DISTRICT:
        text = "区政府和区政务公开主管部门不能并入或撤销。请先在名录里指定新的主管部门。"
        found.append(Refusal("orgs.needed_unit", "条例第三条", text))
    below = Unit.objects.filter(parent=unit, active=True).count()
    if below:
        text = f"它下面还有 {below} 个在用的单位。请先办理这些单位的变动。"
        found.append(Refusal("orgs.units_below", "", text))
    staff = Person.objects.filter(unit=unit, is_active=True).count()
    if kind == Kind.ABOLISH and staff:
        text = f"单位里还有 {staff} 位在岗人员。请先移交他们的职责并停用账号，或者改办“并入”。"
        found.append(Refusal("orgs.people_left", "", text))
    return found


@transaction.atomic
def change_unit(*, unit: Unit, change: Change, by: Actor, now: datetime) -> UnitChange:
    """Enter an institutional change. Old names, old papers and old addresses stay with the unit.

    Whoever works in a merged unit works in its successor from then on, and keeps the role for what the old
    unit left, until the security administrator takes it back.
    """
    refuse_if(why_not_change_unit(unit=unit, change=change, by=by, today=legal_day(now)))
    renamed = change.kind == Kind.RENAME
    heir = None if renamed else change.successor
    entered = UnitChange.objects.create(
        unit=unit,
        kind=change.kind,
        on=change.on,
        successor=heir,
        old_name=unit.name,
        new_name=change.new_name if renamed else "",
        basis=change.basis.strip(),
    )
    if renamed:
        _rename(unit, change)
    elif change.kind in ENDS:
        unit.active = False
        unit.save(update_fields=["active"])
    if change.kind == Kind.MERGE:
        Person.objects.filter(unit=unit, is_active=True).update(unit=heir)
    record(
        verb="orgs.change_unit",
        by=by,
        at=now,
        about=unit,
        note=entered.basis,
        facts={
            "kind": change.kind,
            "on": change.on.isoformat(),
            "old": entered.old_name,
            "new": entered.new_name,
            "successor": heir.pk if heir else None,
        },
    )
    emit(UnitChanged(unit_id=unit.pk, kind=change.kind, on=change.on, successor_id=heir.pk if heir else None))
    return entered


def _rename(unit: Unit, change: Change) -> None:
    until = change.on - timedelta(days=1)
    ends = UnitName.objects.filter(unit=unit, valid_to__isnull=False, valid_to__lt=change.on)
    last = ends.order_by("-valid_to").values_list("valid_to", flat=True).first()
    began = last + timedelta(days=1) if last else None
    short = change.new_short_name.strip() or unit.short_name
    old = [(unit.name, UnitName.Kind.FORMER)]
    if short != unit.short_name and unit.short_name != unit.name:
        old.append((unit.short_name, UnitName.Kind.ALIAS))
    for name, kind in old:
        UnitName.objects.update_or_create(
            unit=unit, name=name, defaults={"kind": kind, "valid_from": began, "valid_to": until}
        )
    unit.name, unit.short_name = change.new_name.strip(), short
    unit.save(update_fields=["name", "short_name"])


# -- lists --------------------------------------------------------------------------------------------


def why_not_import_units(*, rows: Collection[UnitRow], by: Actor | SystemActor) -> list[Refusal]:
    """Why this list cannot become part of the register; every fault of every row."""
    if by is not SYSTEM and not (isinstance(by, Actor) and can(by, "orgs.change_units")):
        text = "单位名录由区政务公开主管部门或运维人员导入。请与其联系。"
        return [Refusal("orgs.not_granted", "", text)]
    known = Known(dict(Unit.objects.values_list("code", "name")))
    found = list_faults(rows, known)
    if any(row.kind == "district" and row.code not in known.names for row in rows):
        there = Unit.objects.filter(kind=Unit.Kind.DISTRICT).first()
        if there:
            found.append(f"名录里已经有区政府“{there.name}”。一个系统只服务一个区，请删去清单里的区政府。")
    return [Refusal("orgs.bad_list", "", text) for text in found]


@transaction.atomic
def import_units(*, rows: Collection[UnitRow], source: str, by: Actor | SystemActor, now: datetime) -> int:
    """Take a list into the register, all of it or nothing; units that stand there already stay as they are."""
    refuse_if(why_not_import_units(rows=rows, by=by))
    units = {unit.code: unit for unit in Unit.objects.all()}
    first = max((unit.order for unit in units.values()), default=0) + 1
    new = [row for row in in_order(rows) if row.code not in units]
    for place, row in enumerate(new):
        units[row.code] = Unit.objects.create(
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            parent=units.get(row.parent),
            area_code=row.area_code,
            to_confirm=not row.confirmed,
            order=first + place,
        )
        UnitName.objects.bulk_create(
            UnitName(unit=units[row.code], name=alias) for alias in dict.fromkeys(row.aliases) if alias
        )
    if new:
        record(
            verb="orgs.import_units", by=by, at=now, note=source, facts={"codes": [row.code for row in new]}
        )
        for row in new:
            emit(UnitChanged(unit_id=units[row.code].pk, kind="details", on=legal_day(now)))
    return len(new)
