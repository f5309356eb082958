"""Editions, releases and changes: every text that stood in public, and when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from gongkai.documents.models import Attachment, Document, Edition
from gongkai.documents.queries import difference_to
from gongkai.kernel.clock import LEGAL_ZONE, legal_day
from gongkai.kernel.html import plain
from gongkai.publishing import rules
from gongkai.publishing.models import EditionClosure, Entry, Publication, PublicChange, Release
from gongkai.publishing.rules.comparing import Line, compare
from gongkai.publishing.rules.history import Stretch, standing_at, stretches
from gongkai.trail.models import TrailRow

CHANGES_ON_PAGE = 30


@dataclass(frozen=True, slots=True)
class Past:
    """An edition as it was released; ``closed`` says why it may not be read any more."""

    release: Release
    edition: Edition
    stretch: Stretch | None
    closed: str

    @property
    def number(self) -> int:
        return self.edition.number


def editions_of(publication: Publication) -> list[Past]:
    """Every edition of a record with its release, oldest first. Four queries."""
    releases = list(publication.releases.select_related("edition").order_by("published_at", "pk"))
    closed = dict(
        EditionClosure.objects.filter(edition__in=[row.edition_id for row in releases]).values_list(
            "edition_id", "reason"
        )
    )
    stood = {one.edition: one for one in stretches_of(publication, releases)}
    return [
        Past(row, row.edition, stood.get(row.edition.number), closed.get(row.edition_id, ""))
        for row in releases
    ]


def stretches_of(publication: Publication, releases: Sequence[Release] | None = None) -> list[Stretch]:
    """When which edition stood in public."""
    rows = releases
    if rows is None:
        rows = list(publication.releases.select_related("edition"))
    endings = publication.withdrawals.exclude(kind=rules.EXPIRED).values_list("at", "kind")
    return stretches(releases=[(row.published_at, row.edition.number) for row in rows], endings=list(endings))


def standing_on(publication: Publication, day: date) -> Stretch | None:
    """Which edition stood in public at the end of a day of the law."""
    end = datetime.combine(day + timedelta(days=1), time.min, LEGAL_ZONE) - timedelta(microseconds=1)
    return standing_at(stretches_of(publication), end)


def compare_with_edition(document: Document, edition: Edition) -> list[Line]:
    """The text of a draft against that of an edition."""
    return compare(plain(edition.body), plain(document.body))


def changed_labels(document: Document, edition: Edition) -> list[str]:
    """Which fields a draft changes, by the words of the form."""
    found = difference_to(document, edition)
    names = [
        str(getattr(Document._meta.get_field(name), "verbose_name", name))
        for name in found.fields
        if name != "body"
    ]
    return [*names, *(["附件"] if found.attachments else [])]


def first_day_of(publication: Publication) -> date:
    """The legal day on which a record first stood in public."""
    return legal_day(publication.first_published_at)


def closure_of(edition_id: int) -> str:
    """Why an edition may not be read any more; empty: it may."""
    found = EditionClosure.objects.filter(edition=edition_id).values_list("reason", flat=True).first()
    return found or ""


def successor_of(attachment_id: int) -> Attachment | None:
    """The attachment that now stands in the place of one that was replaced, however often."""
    found = Attachment.ever.filter(pk=attachment_id).first()
    for _ in range(100):
        following = Attachment.ever.filter(replaces=found).order_by("-pk").first() if found else None
        if following is None:
            break
        found = following
    return found if found and found.pk != attachment_id else None


def release_by_receipt(code: str) -> Release | None:
    """The release to which a receipt was given."""
    rows = Release.objects.select_related("publication", "publication__unit", "edition")
    return rows.filter(receipt=code.strip().upper()).first()


def receipt_of_release(release: Release, *, site_url: str, label: str) -> dict[str, Any]:
    """The public receipt of an edition, also of an earlier one."""
    publication, edition = release.publication, release.edition
    row = TrailRow.objects.filter(seq=release.trail_seq).values_list("digest", flat=True).first()
    digests = [one["digest"] for one in edition.attachments]
    return rules.receipt_content(
        code=release.receipt,
        url=site_url.rstrip("/") + publication.path,
        title=edition.fields["title"],
        index_number=edition.fields["index_number"],
        published_at=release.published_at,
        version=release.version,
        edition=edition.number,
        digest=release.digest,
        trail_seq=release.trail_seq,
        trail_digest=row or "",
        sealed=json.loads(rules.canonical(edition.fields, edition.body, digests)),
        installation=label,
    )


def page_of_change(change_id: int) -> int:
    """The page of the list of changes on which a line stands; pages are counted from the oldest and never move."""
    return (change_id - 1) // CHANGES_ON_PAGE + 1


def changes_on(page: int) -> list[PublicChange]:
    """The lines of one page of the list of changes, newest first."""
    first = (page - 1) * CHANGES_ON_PAGE + 1
    rows = _changes().filter(pk__gte=first, pk__lt=first + CHANGES_ON_PAGE)
    return list(rows.order_by("-pk"))


def newest_changes(count: int) -> list[PublicChange]:
    """The newest lines of the list of changes."""
    return list(_changes().order_by("-pk")[:count])


def changes_in(listing_id: int, count: int) -> list[PublicChange]:
    """The newest changes of what has, or had, a place in a list; its subscribers are told of them."""
    placed = Entry.objects.filter(listing=listing_id).values("publication")
    return list(_changes().filter(publication__in=placed)[:count])


def _changes() -> QuerySet[PublicChange]:
    return PublicChange.objects.select_related("publication", "publication__unit").order_by("-pk")
