"""What is read about reviews: where a document stands, who decided what, what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from gongkai.documents import states as life
from gongkai.documents.models import Document
from gongkai.documents.queries import PROACTIVE, open_changes, openness_of, with_openness
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can, visible
from gongkai.review import rules, states
from gongkai.review.models import ReviewStep, SecrecyReview
from gongkai.review.rules import next_step, separation_refusals, small_unit_refusals


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document and the step that it waits for."""

    document: Document
    step: str
    label: str
    due: date | None = None


def steps_of_round(document: Document) -> list[ReviewStep]:
    """The decisions of the present round in order."""
    return list(
        ReviewStep.objects.filter(document=document, round=document.round)
        .select_related("by", "instead_of", "sheet__by")
        .order_by("at", "pk")
    )


def history(document: Document) -> list[ReviewStep]:
    """All decisions of all rounds, oldest first."""
    return list(
        ReviewStep.objects.filter(document=document)
        .select_related("by", "instead_of", "sheet__by")
        .order_by("round", "at", "pk")
    )


def is_withheld(document: Document) -> bool:
    """Whether the paper is to be kept from the public, wholly or until somebody asks; one query unless annotated."""
    found = getattr(document, "present_openness", None)
    return (found or openness_of(document)) not in ("", PROACTIVE)


def step_due(document: Document, decided: list[ReviewStep] | None = None) -> str | None:
    """The step that the document waits for; ``None`` when it is not in review."""
    if document.state != life.SUBMITTED:
        return None
    decided = steps_of_round(document) if decided is None else decided
    done = [step.step for step in decided if step.decision == states.APPROVED]
    return next_step(done, is_small=document.unit.is_small, withheld=is_withheld(document))


def opinion_of(document: Document) -> ReviewStep | None:
    """The opinion of the unit's disclosure office in this round, which the signer reads."""
    found = ReviewStep.objects.filter(document=document, round=document.round, step=rules.OPINION)
    return found.select_related("by").order_by("-at").first()


def secrecy_review_of(document: Document) -> SecrecyReview | None:
    """The secrecy review of the present round."""
    return SecrecyReview.objects.filter(document=document, round=document.round).select_related("by").first()


def people_of_round(document: Document) -> tuple[frozenset[int], frozenset[int]]:
    """Who wrote and who approved in the present round; publishing asks whether they are different people."""
    deciders = ReviewStep.objects.filter(
        document=document, round=document.round, decision=states.APPROVED
    ).values_list("by_id", flat=True)
    return frozenset(document.writers), frozenset(deciders)


def issuer_of(document: Document) -> int | None:
    """Who gave the final approval of the present round."""
    return (
        ReviewStep.objects.filter(
            document=document, round=document.round, step=rules.FINAL, decision=states.APPROVED
        )
        .values_list("by_id", flat=True)
        .first()
    )


def waiting_for(actor: Actor) -> list[Waiting]:
    """Documents whose next step this person may take, oldest first. Four queries, however many rows."""
    documents = list(
        with_openness(visible(Document, actor, "review.decide"))
        .filter(state=life.SUBMITTED)
        .select_related("unit", "author")
        .order_by("changed_at", "pk")
    )
    decided: dict[tuple[int, int], list[ReviewStep]] = {}
    for step in ReviewStep.objects.filter(
        document__in=[document.pk for document in documents], decision=states.APPROVED
    ):
        decided.setdefault((step.document_id, step.round), []).append(step)
    changes = open_changes([document.pk for document in documents])
    found = []
    for document in documents:
        done = decided.get((document.pk, document.round), [])
        due = step_due(document, done)
        if due and not _barred(document, due, done, actor):
            # A new edition has its own last day, counted from the change.
            until = (changes.get(document.pk) or document).due_on
            found.append(Waiting(document, due, rules.LABELS[due], until))
    return found


def passed_on(actor: Actor, *, limit: int = 10) -> list[tuple[Document, ReviewStep]]:
    """Documents that this person approved in their present round and others have now; two queries."""
    under_way = visible(Document, actor, "review.view").filter(state__in=(life.SUBMITTED, life.APPROVED))
    steps = (
        ReviewStep.objects.filter(
            by_id=actor.person_id,
            decision=states.APPROVED,
            round=F("document__round"),
            document__in=under_way.values("pk"),
        )
        .select_related("document__unit")
        .order_by("-at", "-pk")
    )
    found: dict[int, tuple[Document, ReviewStep]] = {}
    for step in steps[: limit * 3]:
        found.setdefault(step.document_id, (step.document, step))
    return list(found.values())[:limit]


def _barred(document: Document, step: str, done: list[ReviewStep], actor: Actor) -> bool:
    return (
        not can(actor, action_of(step, document), document.unit_id)
        or bool(
            separation_refusals(
                person=actor.person_id,
                writers=document.writers,
                deciders={row.by_id for row in done},
                step=step,
            )
        )
        or bool(
            small_unit_refusals(
                step=step,
                is_small=document.unit.is_small,
                own_unit=holds_for(actor, document.unit_id),
            )
        )
    )


def holds_for(actor: Actor, unit_id: int) -> bool:
    """Whether the person belongs to the unit, by a role of his own or of one he stands in for."""
    return any(held.unit_id == unit_id for held in actor.held)


def action_of(step: str, document: Document | None = None) -> str:
    """The action in the table of the wall by which a step is taken.

    In a unit of two the officer is the author; its second person gives the opinion of the disclosure office too.
    """
    if step == rules.OPINION and document is not None and document.unit.is_small:
        return rules.ACTIONS[rules.SECOND]
    return rules.ACTIONS[step]
