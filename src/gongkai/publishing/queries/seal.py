"""What is sealed in an edition, and whether what is stored is still what was sealed (B16, B17)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.documents.models import Document
from gongkai.documents.queries import openness_of
from gongkai.files.queries import public_of
from gongkai.publishing import rules
from gongkai.publishing.models import Publication
from gongkai.publishing.queries.ledger_check import differences
from gongkai.trail.models import TrailRow

BATCH = 400
_PLAIN = ["title", "number", "issuer", "recipients", "kind", "theme", "catalogue_item", "keywords", "summary"]
_DATES = ["written_on", "effective_on", "valid_until"]


@dataclass(frozen=True, slots=True)
class Altered:
    """A publication of which something stored no longer agrees with its seal or with the trail."""

    publication_id: int
    path: str
    what: str


def edition_fields(document: Document, *, index_number: str) -> dict[str, Any]:
    """The fields of a document as the public will see them, frozen."""
    fields = {name: getattr(document, name) for name in _PLAIN}
    for name in _DATES:
        day = getattr(document, name)
        fields[name] = day.isoformat() if day else ""
    return {
        **fields,
        "registered_number": document.registered_number,
        "is_normative": document.is_normative,
        "openness": openness_of(document),
        "unit": document.unit.name,
        "index_number": index_number,
    }


def sealed_attachments(document: Document) -> list[dict[str, Any]]:
    """The attachments of a document as they are sealed, in their order; of a cleaned one the public copy."""
    found = document.attachments.select_related("file__public").order_by("order", "pk")
    return [
        {
            "id": attachment.pk,
            "title": attachment.title,
            "kind": attachment.file.kind,
            "size": public_of(attachment.file).size,
            "digest": public_of(attachment.file).digest,
        }
        for attachment in found
    ]


def receipt_of(publication: Publication, *, site_url: str, label: str) -> dict[str, Any]:
    """The public receipt of a publication's present edition; ``label`` marks a demo or training installation."""
    edition = publication.edition
    row = TrailRow.objects.filter(seq=publication.trail_seq).values_list("digest", flat=True).first()
    return rules.receipt_content(
        code=publication.receipt,
        url=site_url.rstrip("/") + publication.path,
        title=edition.fields["title"],
        index_number=edition.fields["index_number"],
        published_at=publication.published_at,
        version=publication.version,
        edition=edition.number,
        digest=publication.digest,
        trail_seq=publication.trail_seq,
        trail_digest=row or "",
        sealed=json.loads(_canonical(publication)),
        installation=label,
    )


def altered() -> Iterator[Altered]:
    """Every publication that is not what its trail tells: one line for each difference."""
    rows = Publication.objects.unscoped("the check of the whole ledger").order_by("pk")
    for keys in batched(rows.values_list("pk", flat=True).iterator(chunk_size=BATCH)):
        for key, path, what in differences(keys):
            yield Altered(key, path, what)


def batched(keys: Iterable[int], size: int = BATCH) -> Iterator[list[int]]:
    """Keys in stretches that one query can hold."""
    waiting: list[int] = []
    for key in keys:
        waiting.append(key)
        if len(waiting) == size:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _canonical(publication: Publication) -> bytes:
    edition = publication.edition
    digests = [attachment["digest"] for attachment in edition.attachments]
    return rules.canonical(edition.fields, edition.body, digests)
