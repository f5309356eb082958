"""What is read about other agencies' confirmations: of a paper, for whoever must answer, ask or decide."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.documents import states as life
from gongkai.documents.models import Document
from gongkai.documents.queries import openness_of
from gongkai.law.refusal import Refusal
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import units_for, visible
from gongkai.review import states
from gongkai.review.models import Coordination
from gongkai.review.rules.coordination import Asked, standing_refusals
from gongkai.review.rules.signing import text_digest

_OF_PAPER = "the paper was already shown to this person"


def coordinations_of(document: Document) -> list[Coordination]:
    """Every question about a paper, oldest first."""
    rows = Coordination.objects.unscoped(_OF_PAPER).filter(document=document)
    return list(rows.select_related("asked", "by", "answered_by", "ruled_by").order_by("at", "pk"))


def digest_of(document: Document) -> str:
    """What the paper says now, in 64 signs."""
    files = document.attachments.order_by("order", "pk").values_list("file__digest", flat=True)
    return text_digest(document.title, document.number, document.body, openness_of(document), files)


def coordination_refusals(document: Document) -> list[Refusal]:
    """What other agencies' confirmations stand against; one query where nobody was asked."""
    rows = coordinations_of(document)
    if not rows:
        return []
    asked = [Asked(row.asked.short_name, row.state, row.answer_by, row.digest) for row in rows]
    return standing_refusals(asked, digest=digest_of(document))


def coordinations_for(actor: Actor, *, open_only: bool = False) -> list[Coordination]:
    """The questions that concern this person's unit, as asked or as asking; unanswered ones first."""
    rows = visible(Coordination, actor).select_related("document", "unit", "asked", "answered_by")
    if open_only:
        rows = rows.filter(state__in=(states.WAITING, states.OBJECTED))
    order = {states.WAITING: 0, states.OBJECTED: 1}
    return sorted(rows[:400], key=lambda row: (order.get(row.state, 2), row.answer_by, row.pk))


def to_answer(actor: Actor) -> list[Coordination]:
    """Questions that wait for the confirmation of this person's unit, the soonest first."""
    units = units_for(actor, "review.answer") or frozenset()
    rows = Coordination.objects.unscoped("the asked unit reads what it is asked").filter(
        asked__in=units, state=states.WAITING
    )
    return list(rows.select_related("document", "unit").order_by("answer_by", "pk"))


def to_settle(actor: Actor, *, today: date) -> list[Coordination]:
    """Questions that this person may decide: unanswered after their day, or disputed (the district office)."""
    units = units_for(actor, "review.settle")
    late = Q(state=states.WAITING, answer_by__lt=today)
    rows = Coordination.objects.unscoped("who decides reads what is disputed").select_related(
        "document", "unit", "asked"
    )
    if units is None:
        found = rows.filter(Q(state=states.OBJECTED) | (late & Q(unit__is_small=True)))
    else:
        found = rows.filter(late, unit__in=units)
    return list(found.order_by("answer_by", "pk"))


def to_mend(actor: Actor) -> list[Coordination]:
    """Objections to papers of the units for which this person writes."""
    units = units_for(actor, "review.ask") or frozenset()
    rows = Coordination.objects.unscoped("the asking unit reads the objection").filter(
        unit__in=units, state=states.OBJECTED
    )
    return list(rows.select_related("document", "asked").order_by("answered_at", "pk"))


def agencies_to_ask(document: Document) -> list[Unit]:
    """Units that can be asked: in use, not the paper's own, not a community."""
    rows = Unit.objects.filter(active=True).exclude(pk=document.unit_id)
    kinds = (Unit.Kind.COMMUNITY, Unit.Kind.DISTRICT)
    return list(rows.exclude(kind__in=kinds).order_by("order", "pk"))


def may_still_ask(document: Document) -> bool:
    """Whether a question still makes sense: the paper is on its way to the public."""
    return document.state in (life.DRAFT, life.SUBMITTED, life.APPROVED)
