"""Reads of placements: what is offered to whom, what a column took in."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.columns.models import Column
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import units_for, visible
from gongkai.publishing.models import Publication
from gongkai.upkeep import states
from gongkai.upkeep.models import Placement

CHOICE = 200


def placements_of(actor: Actor) -> list[Placement]:
    """The placements that the actor may see, waiting ones first."""
    rows = visible(Placement, actor).select_related("publication", "column", "unit", "owner", "by")
    order = {states.ASKED: 0, states.TAKEN: 1}
    return sorted(rows[:300], key=lambda one: (order.get(one.state, 2), -one.pk))


def offered(actor: Actor) -> list[Placement]:
    """What waits for this actor to be taken in."""
    units = units_for(actor, "upkeep.take_in")
    rows = Placement.objects.unscoped("narrowed to the units for which the actor decides")
    rows = rows.filter(state=states.ASKED).exclude(by=actor.person_id)
    rows = rows if units is None else rows.filter(owner__in=units)
    return list(rows.select_related("publication", "column", "unit"))


def own_records(actor: Actor) -> QuerySet[Publication]:
    """The newest records of the actor's units in public, for offering one to a further column."""
    units = units_for(actor, "upkeep.work")
    rows = Publication.objects.unscoped("narrowed to the units for which the actor works")
    rows = rows.filter(state=Publication.State.LIVE, unit__in=units or ())
    newest = rows.order_by("-first_published_at", "-pk").values_list("pk", flat=True)[:CHOICE]
    return rows.filter(pk__in=list(newest)).order_by("-first_published_at", "-pk")


def taken_columns(publication_id: int) -> list[Column]:
    """The columns that took a record in."""
    rows = Placement.objects.unscoped("an event of the system").filter(
        publication=publication_id, state=states.TAKEN
    )
    return [one.column for one in rows.select_related("column").order_by("pk")]
