"""What is public, for the gate's nightly sweep and for comparing its word lists."""

from __future__ import annotations

from gongkai.documents.models import Attachment
from gongkai.files.queries import with_digest
from gongkai.gate.queries import LiveText, Passage, passages_of
from gongkai.publishing.models import Publication


def texts(*, after: int, limit: int) -> list[LiveText]:
    """The next publications that are live, oldest first, with the words and files of their edition."""
    rows = list(
        Publication.objects.unscoped("what is public is everybody's")
        .filter(state=Publication.State.LIVE, pk__gt=after)
        .select_related("edition")
        .order_by("pk")[:limit]
    )
    wanted = [one["id"] for row in rows for one in row.edition.attachments if "id" in one]
    files = {row.pk: row for row in Attachment.objects.filter(pk__in=wanted).select_related("file__public")}
    return [
        LiveText(
            row.pk,
            f"document:{row.document_id}",
            row.title,
            row.path,
            row.unit_id,
            (Passage("标题", row.title), *(one.passage for one in passages_of(row.edition.body))),
            tuple(
                (one["title"], with_digest(files[one["id"]].file, one["digest"]))
                for one in row.edition.attachments
                if one.get("id") in files
            ),
        )
        for row in rows
    ]
