"""Entries of the rail for units and people, and hits of the search in the top bar."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from gongkai.kernel.desk import HOUSE, OVERSIGHT, Found, RailEntry
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.policies import PEOPLE
from gongkai.orgs.queries.people import people_seen_by
from gongkai.orgs.wall import can, visible

RAIL = (
    RailEntry(
        key="trail",
        label="留痕",
        icon="trail",
        url_name="orgs:trail",
        action="trail.view",
        group=OVERSIGHT,
        order=90,
    ),
    RailEntry(
        key="leave",
        label="请假与代理",
        icon="person",
        url_name="orgs:leave",
        action="workbench.open",
        group=HOUSE,
        order=10,
    ),
    RailEntry(
        key="units",
        label="单位与人员",
        icon="people",
        url_name="orgs:units",
        action=PEOPLE,
        group=HOUSE,
        order=20,
    ),
    RailEntry(
        key="permissions",
        label="权限表",
        icon="lock",
        url_name="orgs:permissions",
        action="orgs.view_permissions",
        group=HOUSE,
        order=90,
    ),
)


def finds(actor: Actor, text: str, limit: int) -> list[Found]:
    """Units and people whom the actor may look up."""
    if not can(actor, PEOPLE):
        return []
    units = visible(Unit, actor).filter(Q(name__icontains=text) | Q(short_name__icontains=text))[:limit]
    people = people_seen_by(actor).filter(name__icontains=text)[:limit]
    return [
        Found(title=unit.short_name, url=reverse("orgs:unit", args=[unit.pk]), note=unit.name)
        for unit in units
    ] + [
        Found(
            title=person.name,
            url=reverse("orgs:person", args=[person.pk]),
            note=person.unit.short_name,
        )
        for person in people
    ]
