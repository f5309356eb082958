"""The leader's view: everything that waits in his unit, soonest first, and whose it is.

The stations are asked once for each role of the unit, not for each person: who holds the same role has the
same tasks, so the page costs the same for a unit of three and of thirty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.kernel.desk import DeskItem
from gongkai.law.calendar import WorkCalendar
from gongkai.orgs.actor import Actor, Held
from gongkai.orgs.models import RoleHolding, Unit
from gongkai.orgs.queries import absent_on
from gongkai.orgs.queries.people import role_holdings_on
from gongkai.orgs.roles import Role
from gongkai.workbench import desk

# Roles that reach beyond the unit (supervision, legal advice, the counter, administration) stay out: what they
# see of other units is not the leader's to see.
SHOWN = (Role.OFFICER, Role.REVIEWER, Role.LEADER)
# Nobody's number: a role is asked for its tasks before anybody in particular has taken one.
NOBODY = -1


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A line of the leader's view: as on the desk, with the people whose it is."""

    line: desk.Line
    who: str


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """已逾期, 今天, 本周 or 以后."""

    title: str
    lines: tuple[UnitLine, ...]


def unit_groups(unit: Unit, today: date, calendar: WorkCalendar) -> list[UnitGroup]:
    """What waits in the unit, in the four groups of the desk."""
    holders = _holders(unit, today)
    items: dict[str, DeskItem] = {}
    roles: dict[str, list[Role]] = {}
    for role in holders:
        for item in desk.tasks(_as(role, unit), today):
            items.setdefault(item.url, item)
            roles.setdefault(item.url, []).append(role)
    ordered = sorted(items.values(), key=lambda item: (item.due or date.max, item.title))
    return [
        UnitGroup(
            group.title,
            tuple(UnitLine(line, _who(roles[line.item.url], holders)) for line in group.lines),
        )
        for group in desk.groups(ordered, today, calendar)
    ]


def _holders(unit: Unit, today: date) -> dict[Role, list[str]]:
    """Names by role; who is away is named with his deputy."""
    away = absent_on(today)
    found: dict[Role, list[str]] = {}
    for row in role_holdings_on(unit, today):
        role = Role(row.role)
        if role in SHOWN:
            found.setdefault(role, []).append(_name(row, away.get(row.person_id)))
    return dict(sorted(found.items(), key=lambda pair: list(Role).index(pair[0])))


def _name(row: RoleHolding, leave: object) -> str:
    deputy = getattr(leave, "deputy", None)
    return f"{row.person.name}（请假，{deputy.name}代）" if deputy else row.person.name


def _as(role: Role, unit: Unit) -> Actor:
    held = (Held(role, unit.pk),)
    return Actor(person_id=NOBODY, name=role.label, unit_id=unit.pk, unit_name=unit.short_name, held=held)


def _who(roles: list[Role], holders: dict[Role, list[str]]) -> str:
    names = [name for role in roles for name in holders[role]]
    return "、".join(dict.fromkeys(names))
