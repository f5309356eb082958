"""Whose turn it is: the cases whose next step belongs to a person by his roles and his units."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from gongkai.foi import states
from gongkai.foi.models import Case, Extension
from gongkai.orgs.actor import Actor
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import can, visible

MOST = 200
# States in which an officer of the unit that handles, or answers, has to do something.
OF_THE_HOLDER = (states.ASSIGNED, states.IN_HAND)
OF_THE_AGENCY = (states.ARRIVED, states.REGISTERED, states.SIGNED, states.DISPATCHED)
WAITING = (states.CORRECTION, states.REASONS, states.FEE, states.CONSULTING)


def cases_on_desk(actor: Actor, today: date) -> list[Case]:
    """Cases whose next step is this person's, the nearest date first. Somebody else's cases stay with him."""
    if not can(actor, "foi.view"):
        return []
    officer, reviewer, leader = (_units(actor, role) for role in (Role.OFFICER, Role.REVIEWER, Role.LEADER))
    mine = Q(assignee=None) | Q(assignee__in=_persons(actor))
    # While somebody else is waited for, there is something to do only on the day on which his period has passed.
    silent = Q(state__in=WAITING, lapse_on__lte=today)
    by_holder = Q(state__in=OF_THE_HOLDER) | silent
    turn = mine & Q(state__in=OF_THE_AGENCY, unit__in=officer)
    turn |= mine & by_holder & (Q(holder__in=officer) | Q(holder=None, unit__in=officer))
    turn |= Q(state__in=(states.DRAFTED, states.DELIBERATING), unit__in=reviewer)
    turn |= Q(state=states.REVIEWED, unit__in=leader)
    turn |= Q(state=states.DRAFTED, unit__in=leader, unit__is_small=True)
    rows = visible(Case, actor).filter(turn).select_related("unit", "holder")
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST])


def extensions_to_decide(actor: Actor) -> list[Extension]:
    """Extensions that wait for the head of the disclosure office."""
    if not can(actor, "foi.approve_extension"):
        return []
    rows = visible(Extension, actor, "foi.approve_extension").filter(approved_at=None, refused_why="")
    rows = rows.filter(case__state__in=states.OPEN).exclude(proposed_by=actor.person_id)
    return list(rows.select_related("case__unit", "proposed_by").order_by("case__due_on", "pk")[:MOST])


def sent_on(actor: Actor) -> list[Case]:
    """Cases of this person that are with others now, the newest first."""
    with_others = (states.DRAFTED, states.REVIEWED, states.DELIBERATING, *WAITING, states.ANSWERED)
    rows = visible(Case, actor).filter(assignee=actor.person_id, state__in=with_others)
    return list(rows.order_by("-state_since")[:20])


def _units(actor: Actor, role: Role) -> list[int]:
    return [held.unit_id for held in actor.held if held.role is role]


def _persons(actor: Actor) -> list[int]:
    """The person himself and those whom he stands in for today."""
    found = {held.instead_of for held in actor.held if held.instead_of is not None}
    return [*found, actor.acting_id]
