"""A new edition on its way: what it changes, and what it still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongkai.documents.models import Correction, Document, Edition
from gongkai.documents.queries.facts import publication_clock
from gongkai.documents.rules.correcting import Difference, difference, note_refusals, slip_refusals
from gongkai.kernel.clock import legal_day
from gongkai.kernel.html import plain
from gongkai.law.open_dates import OpenDate
from gongkai.law.refusal import Refusal

PLAIN = ("title", "number", "issuer", "recipients", "kind", "theme", "catalogue_item", "keywords", "summary")
DATES = ("written_on", "effective_on", "valid_until")
OTHERS = ("registered_number", "is_normative")


def open_correction(document: Document) -> Correction | None:
    """The correction that is under way, if there is one."""
    return (
        Correction.objects.filter(document=document, outcome=Correction.Outcome.OPEN)
        .select_related("base", "by")
        .first()
    )


def changing_since(documents: Sequence[int]) -> dict[int, date]:
    """The day on which the information changed, for those of these documents that are being corrected."""
    rows = Correction.objects.filter(document__in=documents, outcome=Correction.Outcome.OPEN)
    return {pk: day or legal_day(at) for pk, day, at in rows.values_list("document_id", "changed_on", "at")}


def open_changes(documents: Sequence[int]) -> dict[int, Correction]:
    """The open correction of each of these documents, with its own last day; the others are left out."""
    rows = Correction.objects.filter(document__in=documents, outcome=Correction.Outcome.OPEN)
    return {row.document_id: row for row in rows}


def open_change_dates() -> list[OpenDate]:
    """The last days for changed editions that still run."""
    rows = Correction.objects.filter(outcome=Correction.Outcome.OPEN, due_on__isnull=False)
    return [
        OpenDate(pk, clock, due, provisional)
        for pk, day, due, provisional in rows.values_list("pk", "changed_on", "due_on", "due_provisional")
        if due and (clock := publication_clock(day))
    ]


def newest_edition(document: Document) -> Edition | None:
    """What the public was shown last."""
    return document.editions.order_by("-number").first()


def difference_to(document: Document, edition: Edition) -> Difference:
    """What the draft changes against an edition; a changed form of the text counts, not only its words."""
    now: dict[str, Any] = {name: getattr(document, name) for name in (*PLAIN, *OTHERS)}
    for name in DATES:
        day = getattr(document, name)
        now[name] = day.isoformat() if day else ""
    before = {name: edition.fields.get(name) for name in now}
    before["body"], now["body"] = plain(edition.body), plain(document.body)
    if before["body"] == now["body"]:
        before["body"], now["body"] = edition.body, document.body
    return difference(
        before,
        now,
        files_before=[row["id"] for row in edition.attachments],
        files_after=list(document.attachments.order_by("order", "pk").values_list("pk", flat=True)),
    )


def correction_refusals(document: Document) -> list[Refusal]:
    """What keeps a correction from its reviewers; nothing for a paper that was never public."""
    correction = open_correction(document)
    if correction is None:
        return []
    return note_refusals(correction.note, difference_to(document, correction.base))


def slip_findings(document: Document, *, reason: str) -> list[Refusal]:
    """Why the open correction may not go the short road."""
    correction = open_correction(document)
    if correction is None:
        return [Refusal("slip.none", "", "这份公文没有正在进行的更正。请先点“更正”。")]
    return slip_refusals(difference_to(document, correction.base), reason=reason)
