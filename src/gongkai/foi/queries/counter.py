"""What the counter sees: cases found by a card or a number, what it entered today, what waits to be handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q

from gongkai.foi import states
from gongkai.foi.models import Case, Letter
from gongkai.foi.queries.bodies import Body, bodies
from gongkai.foi.queries.codes import code_digest, identity_digest
from gongkai.foi.rules.identity import normal_code, plain
from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import units_for, visible

MOST = 30


@dataclass(frozen=True, slots=True)
class Handing:
    """A letter that can be handed over now; ``answer`` is the final one."""

    letter: Letter
    answer: bool


def counter_cases(actor: Actor) -> Any:
    """The cases that this person may look up at the counter."""
    return visible(Case, actor, "foi.find").select_related("unit", "agency", "applicant")


def found(actor: Actor, typed: str) -> list[Case]:
    """Cases of an identity card, or with this number or query code; never by a name, which many people share."""
    text = plain(typed)
    if len(text) < 5:
        return []
    digest = identity_digest(text)
    wanted = Q(applicant__identity_digest=digest) | Q(number__iexact=typed.strip())
    if normal_code(typed):
        wanted |= Q(code_digest=code_digest(typed))
    return list(counter_cases(actor).filter(wanted)[:MOST])


def entered_today(actor: Actor, *, today: date) -> list[Case]:
    """What this person entered today, newest first."""
    begin = datetime.combine(today, time(0), tzinfo=LEGAL_ZONE)
    rows = counter_cases(actor).filter(registered_by_id=actor.person_id, submitted_at__gte=begin)
    return list(rows[:MOST])


def to_pick_up(actor: Actor) -> list[Case]:
    """Signed answers whose applicants come for them."""
    rows = counter_cases(actor).filter(state=states.SIGNED, delivery_wanted=Case.Delivery.PICKUP)
    return list(rows.order_by("due_on", "pk")[:MOST])


def to_confirm(actor: Actor) -> list[Case]:
    """Requests that nobody has confirmed with their applicants, the oldest first (条例第三十一条)."""
    rows = counter_cases(actor).filter(state=states.ARRIVED)
    return list(rows.order_by("arrived_on", "pk")[:MOST])


def handings(case: Case) -> list[Handing]:
    """What can be handed to the applicant at the counter: signed, not sent, or sent and not yet received."""
    rows = Letter.objects.unscoped("the case was found by the wall of the counter").filter(
        case=case, signed_at__isnull=False, received_on__isnull=True, cancelled_at__isnull=True
    )
    return [Handing(letter, letter.is_answer) for letter in rows if letter.round == case.round]


def bodies_for(actor: Actor) -> dict[str, Body]:
    """The bodies for which this person enters requests."""
    units = units_for(actor, "foi.register")
    return {code: body for code, body in bodies().items() if units is None or body.unit.pk in units}
