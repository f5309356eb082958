"""权责清单 and 机构职能 with their editions: what changes begins on a day, what was before opens by date (A02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.catalogue import queries
from gongkai.catalogue.actions.importing import By
from gongkai.catalogue.models import FunctionsEdition, PowerEdition, PowerItem
from gongkai.catalogue.rules.powers import Power
from gongkai.catalogue.rules.sheet import Fault
from gongkai.events.site import PartChanged
from gongkai.files.actions import keep
from gongkai.files.models import StoredFile
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, record

PART, BASIS, SHOWN = "powers", "条例第二十条第二项", 20


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did: items that are new, changed, gone."""

    new: int
    changed: int
    gone: int


def why_not_keep_powers(
    *, unit: Unit, on: date | None, by: By, faults: Sequence[Fault] = ()
) -> list[Refusal]:
    """Why a 权责清单 cannot be changed from that day on."""
    found = []
    if by is not SYSTEM and not (isinstance(by, Actor) and can(by, "catalogue.powers", unit.pk)):
        text = f"您没有为{unit.short_name}维护权责清单的权限。请联系该单位信息员。"
        found.append(Refusal("wall.powers", "平台规则", text))
    for fault in faults[:SHOWN]:
        where = f"第 {fault.row} 行 {fault.where}：" if fault.row else ""
        found.append(Refusal("powers.not_understood", "", f"{where}{fault.text}"))
    if on is None:
        found.append(Refusal("powers.no_day", BASIS, "没有写施行日期。请写从哪一天起按新的执行。"))
        return found
    last = (
        PowerEdition.objects.filter(item__unit=unit)
        .order_by("-valid_from")
        .values_list("valid_from", flat=True)
    )
    newest = last.first()
    if newest is not None and on < newest:
        text = f"施行日期早于最近一次变动（{newest}），不能倒填。请写 {newest} 或者以后的日期。"
        found.append(Refusal("powers.back_dated", "平台规则", text))
    return found


@transaction.atomic
def import_powers(
    *,
    unit: Unit,
    powers: Sequence[Power],
    faults: Sequence[Fault],
    on: date | None,
    by: By,
    now: datetime,
    file: StoredFile | None = None,
) -> Taken:
    """Let a whole list hold from a day on; the same list changes nothing. ``file`` is where it was read from."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    refuse_if(why_not_keep_powers(unit=unit, on=on, by=by, faults=faults))
    if on is None:
        raise ValueError("refused above")
    present = {one.item.code: one for one in queries.powers_on(unit, on)}
    new = changed = 0
    for power in powers:
        before = present.pop(power.code, None)
        if before is None:
            new += 1
        elif _of(before) != power:
            changed += 1
        else:
            continue
        _edition(unit, power, before, on, by, now)
    for gone in present.values():
        _end(gone, on)
    if file is not None:
        keep(file=file)
    taken = Taken(new, changed, len(present))
    if new or changed or present:
        facts = {"new": new, "changed": changed, "gone": len(present), "on": on.isoformat()}
        record(verb="catalogue.import_powers", by=by, at=now, about=unit, facts=facts)
        emit(PartChanged(PART, unit.code))
    return taken


@transaction.atomic
def change_power(*, unit: Unit, power: Power, on: date | None, by: By, now: datetime) -> PowerEdition:
    """Let one item read otherwise from a day on, or add one."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    faults = (
        [] if power.code.strip() and power.name.strip() else [Fault(0, "", "事项编码和事项名称都要填写。")]
    )
    refuse_if(why_not_keep_powers(unit=unit, on=on, by=by, faults=faults))
    if on is None:
        raise ValueError("refused above")
    before = next((one for one in queries.powers_on(unit, on) if one.item.code == power.code), None)
    if before is not None and _of(before) == power:
        return before
    made = _edition(unit, power, before, on, by, now)
    facts = {"code": power.code, "on": on.isoformat()}
    record(verb="catalogue.change_power", by=by, at=now, about=made, facts=facts)
    emit(PartChanged(PART, unit.code))
    return made


@transaction.atomic
def note_functions(*, unit: Unit, now: datetime) -> FunctionsEdition | None:
    """Keep the 机构职能 of a unit as they are now, if they differ from the newest edition; by the system."""
    today, text = legal_day(now), unit.functions.strip()
    newest = FunctionsEdition.objects.filter(unit=unit).order_by("-valid_from", "-pk").first()
    if not text or (newest is not None and newest.text == text):
        return None
    if (
        newest is not None and newest.valid_from >= today
    ):  # changed twice in a day: the last words of it count
        newest.text, newest.at = text, now
        newest.save(update_fields=["text", "at"])
        edition = newest
    else:
        edition = FunctionsEdition.objects.create(unit=unit, text=text, valid_from=today, at=now)
    record(verb="catalogue.note_functions", by=SYSTEM, at=now, about=edition, facts={"unit": unit.pk})
    emit(PartChanged(PART, unit.code))
    return edition


def _edition(
    unit: Unit, power: Power, before: PowerEdition | None, on: date, by: By, now: datetime
) -> PowerEdition:
    item, _ = PowerItem.objects.get_or_create(unit=unit, code=power.code)
    values = {
        "name": power.name, "kind": power.kind, "basis": power.basis, "content": power.content,
        "valid_to": None, "by_id": by.person_id, "at": now,
    }  # fmt: skip
    if before is not None and before.valid_from < on:
        _end(before, on)
    made, _ = PowerEdition.objects.update_or_create(item=item, valid_from=on, defaults=values)
    return made


def _end(edition: PowerEdition, on: date) -> None:
    """It holds until the day before; what began on that very day was never in force."""
    if edition.valid_from >= on:
        edition.delete()
        return
    edition.valid_to = on - timedelta(days=1)
    edition.save(update_fields=["valid_to"])


def _of(edition: PowerEdition) -> Power:
    return Power(edition.item.code, edition.name, edition.kind, edition.basis, edition.content)
