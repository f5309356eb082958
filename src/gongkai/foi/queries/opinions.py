"""Opinions of a 会商 that somebody is asked for; a unit that is asked sees the question, not the applicant."""

from __future__ import annotations

from django.db.models import Q

from gongkai.foi import states
from gongkai.foi.models import DeliberationOpinion
from gongkai.orgs.actor import Actor
from gongkai.orgs.roles import Role

WHY = "an opinion is asked of a unit that cannot see the case itself"
LEGAL = DeliberationOpinion.Side.LEGAL


def opinions_asked_of(actor: Actor) -> list[DeliberationOpinion]:
    """What this person is asked for and has not said: as officer for his unit, as legal reviewer for all."""
    own = [held.unit_id for held in actor.held if held.role is Role.OFFICER]
    mine = Q(asked_unit__in=own) & ~Q(side=LEGAL)
    if actor.holds(Role.LEGAL_OFFICE):
        mine |= Q(side=LEGAL)
    rows = DeliberationOpinion.objects.unscoped(WHY).filter(
        mine, at=None, deliberation__concluded_at=None, deliberation__case__state=states.DELIBERATING
    )
    return list(rows.select_related("deliberation__case__unit", "asked_unit").order_by("pk"))
