"""What is read for the signature: the 发文单 with its number, who may sign it, the sheet that was filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.documents.models import Document
from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person
from gongkai.orgs.queries import who_may
from gongkai.review import rules
from gongkai.review.models import ReviewStep, SecrecyReview, SignedSheet
from gongkai.review.queries.coordinating import digest_of
from gongkai.review.queries.steps import people_of_round, secrecy_review_of, steps_of_round
from gongkai.review.rules.signing import sheet_code
from gongkai.trail.models import TrailRow


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """Everything that the printed 发文单 shows; ``code`` names the round and the text."""

    code: str
    steps: list[ReviewStep]
    secrecy: SecrecyReview | None
    digest: str


def sheet_to_print(document: Document) -> PaperSheet:
    """The 发文单 of the present round."""
    digest = digest_of(document)
    return PaperSheet(
        code=sheet_code(document=document.pk, round_=document.round, digest=digest),
        steps=steps_of_round(document),
        secrecy=secrecy_review_of(document),
        digest=digest,
    )


def signers_of(document: Document, *, on: date) -> list[Person]:
    """Who may have signed the sheet: whoever may give the final approval and had no other part in this round."""
    writers, deciders = people_of_round(document)
    barred = writers | deciders
    own = [
        person for person in who_may(rules.ACTIONS[rules.FINAL], document.unit, on) if person.pk not in barred
    ]
    return [person for person in own if _signs_for(person, document, on)]


def sheet_of(document: Document) -> SignedSheet | None:
    """The signed sheet of the present round."""
    rows = SignedSheet.objects.unscoped("the paper was already shown to this person")
    return rows.filter(document=document, round=document.round).select_related("file", "signer", "by").first()


def sent_on(document: Document) -> date:
    """The day on which the present round was sent in; a signature before it is of another text."""
    sent = TrailRow.objects.filter(
        verb="documents.submit", object_kind="documents.document", object_id=str(document.pk)
    )
    found = sent.order_by("-seq").first()
    return legal_day(found.at if found else document.changed_at)


def _signs_for(person: Person, document: Document, on: date) -> bool:
    return any(held.unit_id == document.unit_id for held in actor_of(person, today=on).held)
