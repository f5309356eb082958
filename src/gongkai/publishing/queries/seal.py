"""What is sealed in an edition, and whether what is stored is still what was sealed (B16, B17)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.documents.models import Document
from gongkai.documents.queries import openness_of
from gongkai.publishing import rules
from gongkai.publishing.models import Publication
from gongkai.trail.chain import sm3
from gongkai.trail.models import TrailRow

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
    """The attachments of a document as they are sealed, in their order."""
    return [
        {
            "id": attachment.pk,
            "title": attachment.title,
            "kind": attachment.file.kind,
            "size": attachment.file.size,
            "digest": attachment.file.digest,
        }
        for attachment in document.attachments.select_related("file").order_by("order", "pk")
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
    """Every publication whose stored time, address, text or digest differs from what the trail holds."""
    rows = (
        Publication.objects.unscoped("the check of the whole ledger")
        .select_related("edition")
        .order_by("pk")
        .iterator(chunk_size=500)
    )
    for publication in rows:
        what = _difference(publication)
        if what:
            yield Altered(publication.pk, publication.path, what)


def _difference(publication: Publication) -> str:
    if sm3(_canonical(publication)) != publication.digest:
        return "正文、字段或附件与发布时的摘要不一致"
    facts = TrailRow.objects.filter(seq=publication.trail_seq).values_list("facts", flat=True).first()
    if facts is None:
        return "找不到发布时的留痕"
    if facts.get("digest") != publication.digest:
        return "内容摘要与留痕不一致"
    if facts.get("path") != publication.path or facts.get("receipt") != publication.receipt:
        return "网址或者回执编号与留痕不一致"
    if datetime.fromisoformat(facts["published_at"]) != publication.published_at:
        return "发布时间与留痕不一致"
    return ""


def _canonical(publication: Publication) -> bytes:
    edition = publication.edition
    digests = [attachment["digest"] for attachment in edition.attachments]
    return rules.canonical(edition.fields, edition.body, digests)
