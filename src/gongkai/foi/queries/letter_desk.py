"""Letters that wait for somebody: to be signed, to be sent, to be opened by the applicant."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.foi import states
from gongkai.foi.models import Letter, LetterSettings
from gongkai.foi.queries.letters import WRITERS
from gongkai.foi.rules import letters as rules
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can, visible

MOST = 50
USUAL_UNREAD_DAYS = 7


def letters_to_sign(actor: Actor) -> list[Letter]:
    """Finished drafts of others that this person may sign; a draft with a gap still lies with its drafter."""
    if not can(actor, "foi.sign_letter"):
        return []
    kinds = [kind.key for kind in rules.letter_kinds().values() if kind.signer == rules.REVIEWER]
    rows = visible(Letter, actor, "foi.sign_letter").filter(
        kind__in=kinds, is_answer=False, signed_at=None, cancelled_at=None, case__state__in=states.OPEN
    )
    rows = rows.exclude(drafted_by=actor.person_id).select_related("case__unit").order_by("drafted_at", "pk")
    return [
        letter
        for letter in rows[:MOST]
        if actor.person_id not in letter.facts.get(WRITERS, []) and not rules.has_gap(letter.text)
    ]


def letters_to_send(actor: Actor) -> list[Letter]:
    """Signed letters, answers aside, that lie in the house, those that came back too."""
    if not can(actor, "foi.dispatch_letter"):
        return []
    rows = visible(Letter, actor, "foi.dispatch_letter").filter(
        is_answer=False, signed_at__isnull=False, cancelled_at=None, case__state__in=states.OPEN
    )
    inside = [kind.key for kind in rules.letter_kinds().values() if kind.addressee == rules.INSIDE]
    rows = rows.exclude(kind__in=[*inside, "receipt"]).exclude(dispatched_on__isnull=False, failed_on=None)
    return list(rows.select_related("case__unit").order_by("signed_at", "pk")[:MOST])


def letters_unread(actor: Actor, today: date) -> list[Letter]:
    """Answers served online that the applicant has not opened for as long as his unit allows."""
    if not can(actor, "foi.dispatch_letter"):
        return []
    rows = visible(Letter, actor, "foi.dispatch_letter").filter(
        way=Letter.Way.ELECTRONIC, received_on=None, failed_on=None, dispatched_on__lt=today, is_answer=True
    )
    kept = LetterSettings.objects.unscoped("only how long a unit waits")
    allowed = dict(kept.values_list("unit_id", "unread_days"))
    return [
        letter
        for letter in rows.select_related("case__unit").order_by("dispatched_on", "pk")[:MOST]
        if letter.dispatched_on is not None
        and today - letter.dispatched_on >= timedelta(allowed.get(letter.unit_id, USUAL_UNREAD_DAYS))
    ]
