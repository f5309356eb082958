"""The standard catalogue of grass-roots disclosure in public: fields, matters, versions, differences (A08—A10)."""

from __future__ import annotations

import json

from gongkai.catalogue.models import StandardField, StandardVersion
from gongkai.catalogue.queries import (
    MATTER_FIELDS,
    catalogue_xlsx,
    current_version,
    difference,
    fields,
    meaning_of,
    versions_of,
    words_of,
)
from gongkai.columns.queries import address_of
from gongkai.kernel.clock import legal_day
from gongkai.portal import addresses
from gongkai.portal.context import Column, Link
from gongkai.portal.context.standard import (
    ChangedMatter,
    FieldRow,
    MatterRow,
    StandardDiffPage,
    StandardFieldPage,
    StandardPage,
    VersionRow,
)
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.parts import Part
from gongkai.portal.tree import Output
from gongkai.upkeep.queries import Coverage, coverage_of_field, field_totals

RECORD, INDEX = "standard", "index"
NAME = "基层政务公开标准目录"
CRUMB = Link("标准目录", addresses.STANDARD)


def draw(scene: Scene, key: str) -> list[Output]:
    """The list of fields with every key; the field of a key, or all of them."""
    found = [scene.draw(_index(scene), record=f"{RECORD}:{INDEX}", version=scene.today.toordinal())]
    rows = StandardField.objects.select_related("lead").order_by("order", "pk")
    if key != INDEX:
        for field in rows.filter(code=key) if key else rows:
            found += _field(field, scene)
    return found


PART = Part(RECORD, draw)


def _index(scene: Scene) -> StandardPage:
    totals = {one.field.pk: one for one in field_totals()}
    rows = []
    for field in fields():
        one = totals.get(field.pk)
        rows.append(
            FieldRow(
                Link(field.name, _address(field)), field.lead.short_name if field.lead else "",
                one.matters if one else 0, one.empty if one else 0, one.last if one else None,
            )
        )  # fmt: skip
    return StandardPage(
        address=addresses.STANDARD, title=NAME, section=addresses.OPEN, crumbs=(HOME, Link("标准目录")),
        column=Column(name=NAME, type="信息公开目录"), rows=tuple(rows),
    )  # fmt: skip


def _field(field: StandardField, scene: Scene) -> list[Output]:
    version, record = current_version(field), f"{RECORD}:{field.code}"
    if version is None:
        return []
    lines, versions = coverage_of_field(field), versions_of(field)
    page = _field_page(field, version, lines, versions)
    data = {
        "field": field.name,
        "version": version.number,
        "items": [_data(one, scene) for one in lines],
    }
    base = _address(field)
    body = json.dumps(data, ensure_ascii=False, indent=1).encode()
    found = [scene.draw(page, record=record), Output(f"{base}items.json", body, record, 0, "file")]
    for one in versions:
        # A version never changes, but the same name must hold the same bytes: drawn once, kept afterwards.
        found.append(Output(_xlsx(field, one), catalogue_xlsx(one), record, one.number, "file"))
    pairs = zip(versions[1:], versions, strict=False)
    return found + [scene.draw(_diff(field, a, b), record=record, version=b.number) for a, b in pairs]


def _field_page(
    field: StandardField, version: StandardVersion, lines: list[Coverage], versions: list[StandardVersion]
) -> StandardFieldPage:
    base = _address(field)
    return StandardFieldPage(
        address=base,
        title=f"{field.name}标准目录",
        description=f"{field.name}领域基层政务公开标准目录，第{version.number}版，{len(lines)}项",
        section=addresses.OPEN,
        crumbs=(HOME, CRUMB, Link(field.name)),
        column=Column(name=NAME, type="信息公开目录"),
        lead=Link(field.lead.short_name, f"/units/{field.lead.code}/") if field.lead else None,
        number=version.number,
        on=legal_day(version.at),
        rows=tuple(_matter(one) for one in lines),
        empty=sum(not one.count for one in lines),
        versions=tuple(
            _version_row(field, one, before)
            for one, before in zip(versions, [*versions[1:], None], strict=True)
        ),
        exports=(Link("官方表样", _xlsx(field, version)), Link("JSON", f"{base}items.json")),
    )


def _matter(one: Coverage) -> MatterRow:
    item, said = one.item, meaning_of(one.item)
    return MatterRow(
        anchor=item.matter_id, group=item.group if item.group != item.name else "", name=item.name,
        elements=said.elements, basis=item.basis, limit=item.limit_text.strip(),
        limit_words=said.limit.words if said.limit.understood else "", subject=item.subject,
        channels=said.channels, audience=said.audience, methods=said.methods, tiers=said.tiers,
        light="done" if one.count else "late", words=one.words, last=one.last,
        columns=tuple(Link(column.name, address_of(column)) for column in one.columns),
    )  # fmt: skip


def _version_row(field: StandardField, one: StandardVersion, before: StandardVersion | None) -> VersionRow:
    facts = one.facts
    words = f"新增 {facts.get('added', 0)} 项，改动 {facts.get('changed', 0)} 项，删去 {facts.get('removed', 0)} 项"
    return VersionRow(
        one.number, legal_day(one.at), one.current, words if before else "首次公布", _xlsx(field, one),
        _diff_address(field, before, one) if before else "",
    )  # fmt: skip


def _diff(field: StandardField, before: StandardVersion, after: StandardVersion) -> StandardDiffPage:
    found = difference(before, after)

    def whole(said: object) -> tuple[tuple[str, str, str], ...]:
        return tuple((label, "", words_of(said, name)) for name, label in MATTER_FIELDS if name != "name")  # type: ignore[arg-type]

    return StandardDiffPage(
        address=_diff_address(field, before, after),
        title=f"{field.name}标准目录：第{after.number}版改了什么",
        section=addresses.OPEN,
        crumbs=(HOME, CRUMB, Link(field.name, _address(field)), Link(f"第{after.number}版的改动")),
        column=Column(name=NAME, type="信息公开目录"),
        before=before.number,
        after=after.number,
        on=legal_day(after.at),
        reason=after.note,
        added=tuple(ChangedMatter(said.name, whole(said)) for _, said in found.added),
        removed=tuple(ChangedMatter(said.name) for _, said in found.removed),
        changed=tuple(
            ChangedMatter(
                one.name, tuple((change.label, change.before, change.after) for change in one.fields)
            )
            for one in found.changed
        ),
        back=_address(field),
        exports=(Link("前一版", _xlsx(field, before)), Link("这一版", _xlsx(field, after))),
    )


def _data(one: Coverage, scene: Scene) -> dict[str, object]:
    item, said = one.item, meaning_of(one.item)
    return {
        "code": item.matter.code,
        "group": item.group,
        "name": item.name,
        "elements": list(said.elements),
        "basis": item.basis,
        "limit_text": item.limit_text,
        "limit": item.limit,
        "subject": item.subject,
        "channels": item.channels,
        "audience": item.audience,
        "methods": item.methods,
        "tiers": item.tiers,
        "records": one.count,
        "updated_on": one.last.isoformat() if one.last else None,
        "columns": [scene.site.url + address_of(column) for column in one.columns],
    }


def _address(field: StandardField) -> str:
    return f"{addresses.STANDARD}{field.code}/"


def _xlsx(field: StandardField, version: StandardVersion) -> str:
    return f"{_address(field)}v{version.number}.xlsx"


def _diff_address(field: StandardField, before: StandardVersion, after: StandardVersion) -> str:
    return f"{_address(field)}diff/{before.number}-{after.number}/"
