"""Columns and matters on my desk: three days before a column goes stale and from the breach on (C04); a street is
warned of its communities (A12); records that wait to be taken into my unit's column."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.kernel.desk import PUBLICATION, DeskItem, RailEntry, the_same_for_all
from gongkai.orgs.actor import Actor
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import can, units_for
from gongkai.upkeep import queries
from gongkai.upkeep.queries import Upkeep

RAIL = (
    RailEntry(
        key="upkeep",
        label="专栏更新",
        icon="clock",
        url_name="upkeep:list",
        action="upkeep.view",
        group=PUBLICATION,
        order=34,
    ),
)


def tasks_for(actor: Actor, today: date) -> list[DeskItem]:
    """What this person must bring up to date, and what waits for his yes."""
    if actor.person_id is None or not can(actor, "upkeep.view"):
        return []
    lines = the_same_for_all(("upkeep", today), lambda: queries.upkeep_of_all(today=today))
    officer_of = {held.unit_id for held in actor.held if held.role is Role.OFFICER}
    mine = queries.of_person(lines, actor.person_id, officer_of, today=today)
    found = [_item(line) for line in mine if queries.urgent(line)]
    found += _below(actor, lines)
    if can(actor, "upkeep.take_in"):
        found += [
            DeskItem(
                title=f"{one.unit.short_name}报送：{one.publication.title}",
                url=reverse("upkeep:placements"),
                verb="去确认",
                why=f"要收入“{one.column.name}”专栏，等本单位确认",
                article="国办发〔2019〕54号",
                rail="upkeep",
            )
            for one in queries.offered(actor)
        ]
    return found


def _below(actor: Actor, lines: list[Upkeep]) -> list[DeskItem]:
    """Late columns of the communities below this person's street. The district office has its own page."""
    units = units_for(actor, "upkeep.view")
    if units is None:
        return []
    return [
        DeskItem(
            title=f"{_of_unit(line)}　{line.standing.words}",
            url=reverse("upkeep:unit_matters", args=[line.column.owner_id]),
            verb="去督促",
            why=f"下级单位的专栏应在 {line.standing.due} 前更新",
            article=line.standing.basis,
            due=line.standing.due,
            rail="upkeep",
        )
        for line in queries.stale_below(lines, units, actor.unit_id)
    ]


def _of_unit(line: Upkeep) -> str:
    """The column with its unit, which the names of a pack for each unit already say."""
    name, unit = line.column.name, line.column.owner.short_name
    return name if name.startswith(unit) else f"{unit}　{name}"


def _item(line: Upkeep) -> DeskItem:
    column = line.column
    last = f"上次更新 {line.last}" if line.last else "还没有内容"
    return DeskItem(
        title=f"专栏更新　{column.name}　{line.standing.words}",
        url=f"{reverse('upkeep:list')}#c-{column.pk}",
        verb="去更新",
        why=f"{last}，应在 {line.standing.due} 前更新",
        article=line.standing.basis,
        due=line.standing.due,
        rail="upkeep",
    )
