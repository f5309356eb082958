"""The letters that an applicant sees on his progress page: those served online, or already in his hands."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from gongkai.foi.models import Case, Letter, Paper
from gongkai.foi.rules import letters as rules

WHY = "the visitor gave the code of this case"


@dataclass(frozen=True, slots=True)
class PublicLetter:
    """One letter to the applicant. ``opened``: its receipt is entered, so that it shows its words at once."""

    letter: Letter
    title: str
    opened: bool

    @property
    def pk(self) -> int:
        return int(self.letter.pk)


def public_letters(case: Case) -> list[PublicLetter]:
    """Letters to the applicant that left electronically, or that he received another way; newest first."""
    rows = Letter.objects.unscoped(WHY).filter(case=case, dispatched_on__isnull=False, failed_on=None)
    rows = rows.filter(Q(way=Letter.Way.ELECTRONIC) | Q(received_on__isnull=False))
    found = []
    for letter in rows.select_related("agency", "case__applicant").order_by("-dispatched_on", "-pk"):
        kind = rules.letter_kinds().get(letter.kind)
        if kind is not None and kind.addressee == rules.APPLICANT:
            found.append(PublicLetter(letter, kind.title, letter.received_on is not None))
    return found


def public_letter(case: Case, pk: int) -> PublicLetter | None:
    """One of them."""
    return next((one for one in public_letters(case) if one.pk == pk), None)


def public_paper(case: Case, pk: int) -> Paper | None:
    """A paper that goes with the answer, once the answer was opened or received."""
    if not any(one.letter.is_answer and one.opened for one in public_letters(case)):
        return None
    rows = Paper.objects.unscoped(WHY).filter(case=case, with_answer=True, purged_at=None, file__isnull=False)
    found: Paper | None = rows.select_related("file").filter(pk=pk).first()
    return found
