"""权责清单 and 机构职能 of each unit: in force, and as they were from every day on which they changed (A02)."""

from __future__ import annotations

import json
from datetime import date

from gongkai.catalogue.models import PowerEdition
from gongkai.catalogue.queries import (
    days_of_powers,
    functions_of,
    functions_on,
    powers_on,
    units_with_powers,
)
from gongkai.orgs.models import Unit
from gongkai.portal import addresses
from gongkai.portal.context import Banner, Column, Link
from gongkai.portal.context.powers import PowerRow, PowersPage
from gongkai.portal.pages.power_links import address_of
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.pages.units import unit_page
from gongkai.portal.parts import Part
from gongkai.portal.tree import Output

RECORD = "powers"


def draw(scene: Scene, key: str) -> list[Output]:
    """The pages of the unit with this code, of all for an empty key."""
    found: list[Output] = []
    for unit in units_with_powers():
        if not key or unit.code == key:
            found += _unit(unit, scene)
    return found


# An edition may begin on a later day: the page in force changes with the day alone.
PART = Part(RECORD, draw, daily=True)


def _unit(unit: Unit, scene: Scene) -> list[Output]:
    days = sorted({*days_of_powers(unit), *(one.valid_from for one in functions_of(unit))}, reverse=True)
    record, version = f"{RECORD}:{unit.code}", scene.today.toordinal()
    rows = powers_on(unit, scene.today)
    data = [
        {
            "code": one.item.code,
            "name": one.name,
            "kind": one.kind,
            "basis": one.basis,
            "content": one.content,
            "valid_from": one.valid_from.isoformat(),
        }
        for one in rows
    ]
    body = json.dumps({"unit": unit.name, "items": data}, ensure_ascii=False, indent=1).encode()
    found = [
        scene.draw(_page(unit, scene, None, days, rows), record=record, version=version),
        Output(f"{address_of(unit)}powers.json", body, record, version, "file"),
    ]
    # The unit's own page leads here, and says how many items there are.
    found.append(scene.draw(unit_page(unit, scene), record=f"unit:{unit.code}"))
    for day in days:
        page = _page(unit, scene, day, days, powers_on(unit, day))
        found.append(scene.draw(page, record=record, version=version))
    return found


def _page(
    unit: Unit, scene: Scene, on: date | None, days: list[date], rows: list[PowerEdition]
) -> PowersPage:
    base = address_of(unit)
    functions = functions_on(unit, on or scene.today)
    past = on is not None and on != next((day for day in days if day <= scene.today), None)
    banner = Banner("amb", f"这是 {on} 起的内容", "现行内容可能已经变化。", Link("看现行清单", base))
    return PowersPage(
        address=f"{base}{on.isoformat()}/" if on else base,
        title=f"{unit.short_name}权责清单{f'（{on} 起）' if on else ''}",
        section=addresses.UNITS,
        crumbs=(
            HOME,
            Link("单位", addresses.UNITS),
            Link(unit.short_name, f"/units/{unit.code}/"),
            Link("权责清单"),
        ),
        column=Column(name=f"{unit.name}权责清单", type="机构职能"),
        banners=(banner,) if past else (),
        unit=Link(unit.name, f"/units/{unit.code}/"),
        on=on,
        rows=tuple(
            PowerRow(one.item.code, one.name, one.kind, one.basis, one.content, one.valid_from)
            for one in rows
        ),
        functions=functions.text if functions else "",
        functions_from=functions.valid_from if functions else None,
        days=tuple(Link(day.isoformat(), f"{base}{day.isoformat()}/") for day in days),
        exports=(Link("JSON", f"{base}powers.json"),) if on is None else (),
    )
