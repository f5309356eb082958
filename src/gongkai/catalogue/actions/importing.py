"""A standard catalogue comes in: a new version whose matters keep their identity (A08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from gongkai.catalogue import queries
from gongkai.catalogue.models import Matter, StandardField, StandardItem, StandardVersion
from gongkai.catalogue.queries.stored import cells_json, layout_json, meaning_fields
from gongkai.catalogue.rules.reading import Meaning
from gongkai.catalogue.rules.revising import Line
from gongkai.catalogue.rules.sheet import Layout
from gongkai.events.site import PartChanged
from gongkai.files.models import StoredFile
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, SystemActor, record

By = Actor | SystemActor
PART = "standard"
SHOWN = 30


def why_not_import(*, reading: queries.Reading, by: By) -> list[Refusal]:
    """Why a catalogue cannot be stored: first the cells that were not understood."""
    found = []
    if by is not SYSTEM and not (isinstance(by, Actor) and can(by, "catalogue.import")):
        text = "标准目录由区政务公开主管部门导入。请把表格交给该部门，或者提出修订建议。"
        found.append(Refusal("catalogue.not_granted", "国办发〔2019〕54号", text))
    for fault in reading.stopping[:SHOWN]:
        where = f"第 {fault.row} 行 {fault.where}：" if fault.row else ""
        found.append(Refusal("catalogue.not_understood", "", f"{where}{fault.text}"))
    if len(reading.stopping) > SHOWN:
        text = f"另有 {len(reading.stopping) - SHOWN} 处。改好后再导入，目录现在没有改动。"
        found.append(Refusal("catalogue.not_understood", "", text))
    return found


@transaction.atomic
def set_up_field(
    *, name: str, by: By, now: datetime, code: str = "", lead: Unit | None = None
) -> StandardField:
    """A field of the catalogue; one of that name is given back as it is."""
    name = name.strip()[:60]
    if not name:
        refuse_if([Refusal("catalogue.no_field", "", "没有写领域名称。请填写，例如“养老服务”。")])
    known = queries.field_named(name)
    if known:
        return known
    last = StandardField.objects.aggregate(last=Max("order"))["last"] or 0
    made = StandardField.objects.create(name=name, code=code or _code(last + 1), order=last + 1, lead=lead)
    record(verb="catalogue.set_up_field", by=by, at=now, about=made)
    return made


@transaction.atomic
def import_catalogue(
    *,
    reading: queries.Reading,
    field_name: str,
    by: By,
    now: datetime,
    file: StoredFile | None = None,
    source_name: str = "",
    renamed: Mapping[int, int] | None = None,
) -> StandardVersion:
    """Store a catalogue as the new version of its field; the same content changes nothing."""
    refuse_if(why_not_import(reading=reading, by=by))
    field = set_up_field(name=field_name, by=by, now=now)
    field = StandardField.objects.select_for_update().get(pk=field.pk)
    found = queries.preview(reading, field, renamed=renamed)
    layout = reading.table.layout
    if layout is None:  # ``why_not_import`` has said why
        raise ValueError("a reading without a layout has faults")
    lines = [
        Line(matter, row.place, row.cells)
        for row, matter in zip(reading.table.rows, found.matters, strict=True)
    ]
    current = queries.current_version(field)
    if current is not None and _same(current, layout, lines):
        return current
    return store_version(
        field=field, layout=layout, lines=lines, meanings=reading.meanings, by=by, now=now, file=file,
        source_name=source_name or (file.name if file else ""), note="导入",
    )  # fmt: skip


def store_version(
    *,
    field: StandardField,
    layout: Layout,
    lines: Sequence[Line],
    meanings: Sequence[Meaning],
    by: By,
    now: datetime,
    file: StoredFile | None = None,
    source_name: str = "",
    note: str = "",
) -> StandardVersion:
    """The next version of a field. Only for actions, which have checked who may."""
    before = queries.current_version(field)
    matters = _matters(field, lines, meanings)
    StandardVersion.objects.filter(field=field, current=True).update(current=False)
    number = (StandardVersion.objects.filter(field=field).aggregate(n=Max("number"))["n"] or 0) + 1
    version = StandardVersion.objects.create(
        field=field, number=number, layout=layout_json(layout), file=file, source_name=source_name[:200],
        note=note[:300], by_id=by.person_id, at=now,
    )  # fmt: skip
    StandardItem.objects.bulk_create(
        StandardItem(
            version=version, matter=matter, place=line.place, cells=cells_json(line.cells),
            **meaning_fields(meaning),
        )
        for line, matter, meaning in zip(lines, matters, meanings, strict=True)
    )  # fmt: skip
    Matter.objects.filter(field=field, active=True).exclude(pk__in=[one.pk for one in matters]).update(
        active=False
    )
    if before is not None:
        found = queries.difference(before, version)
        version.facts = {
            "added": len(found.added), "removed": len(found.removed), "changed": len(found.changed),
        }  # fmt: skip
    else:
        version.facts = {"added": len(matters), "removed": 0, "changed": 0}
    version.save(update_fields=["facts"])
    facts = {"field": field.pk, "number": number, **version.facts}
    record(verb="catalogue.new_version", by=by, at=now, about=version, facts=facts, note=note[:200])
    emit(PartChanged(PART, field.code))
    return version


def _matters(field: StandardField, lines: Sequence[Line], meanings: Sequence[Meaning]) -> list[Matter]:
    """The matter of each row; new rows get a new one, known ones the name that they bear now."""
    known = {matter.pk: matter for matter in Matter.objects.filter(field=field)}
    last = len(known)
    found, made = [], []
    for line, meaning in zip(lines, meanings, strict=True):
        matter = known.get(line.matter or 0)
        if matter is None:
            last += 1
            matter = Matter(field=field, code=f"{field.code}-{last:03d}")
            made.append(matter)
        matter.name, matter.group, matter.active = meaning.name[:200], meaning.group[:200], True
        found.append(matter)
    Matter.objects.bulk_create(made)
    Matter.objects.bulk_update([one for one in found if one not in made], ["name", "group", "active"])
    return found


def _same(current: StandardVersion, layout: Layout, lines: Sequence[Line]) -> bool:
    held = {item.place: (item.matter_id, item.cells) for item in queries.items_of(current)}
    new = {line.place: (line.matter, cells_json(line.cells)) for line in lines}
    return held == new and current.layout == layout_json(layout)


def _code(number: int) -> str:
    while StandardField.objects.filter(code=f"f{number:02d}").exists():
        number += 1
    return f"f{number:02d}"
