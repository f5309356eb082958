"""Sealing an edition and putting it before the public; shared by publishing, correcting and anonymising."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from gongkai.catalogue.queries import columns_of, item_of, theme_code
from gongkai.columns.queries import address_of
from gongkai.documents.models import Document, Edition, InterpretationLink
from gongkai.events.publication import DocumentPublished
from gongkai.events.site import PartChanged
from gongkai.kernel import ids
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.publishing import queries, rules
from gongkai.publishing.actions import lists
from gongkai.publishing.models import Publication, PublicChange, Release
from gongkai.publishing.queries.public import day_of
from gongkai.trail.chain import Who, record, sm3

CHANGES = "changes"


def seal(
    document: Document,
    *,
    fields: Mapping[str, Any],
    body: str,
    attachments: Sequence[Mapping[str, Any]],
    now: datetime,
    note: str = "",
) -> Edition:
    """Freeze what the public will see; the digest covers every word, field and attachment."""
    digests = [attachment["digest"] for attachment in attachments]
    last = document.editions.aggregate(last=Max("number"))["last"] or 0
    return Edition.objects.create(
        document=document,
        number=last + 1,
        fields=dict(fields),
        body=body,
        attachments=[dict(row) for row in attachments],
        digest=sm3(rules.canonical(fields, body, digests)),
        made_at=now,
        change_note=note,
    )


def release(publication: Publication, edition: Edition, *, by: Who, now: datetime, verb: str) -> Release:
    """Let an edition stand at the record's address: receipt, one trail row, lists, event, public change."""
    was_live = publication.version > 0 and publication.state == Publication.State.LIVE
    publication.edition = edition
    publication.title = edition.fields["title"]
    publication.version += 1
    publication.published_at = now
    publication.receipt = receipt_code(now)
    publication.digest = edition.digest
    publication.state = Publication.State.LIVE
    publication.turns_on = turns_on(publication, legal_day(now))
    publication.public_until = queries.ends_on(publication)
    publication.trail_seq = 0
    publication.save()
    row = record(
        verb=verb, by=by, at=now, about=publication, note=edition.change_note, facts=_facts(publication)
    )
    publication.trail_seq = row.seq
    publication.save(update_fields=["trail_seq"])
    made = Release.objects.create(
        publication=publication,
        edition=edition,
        version=publication.version,
        receipt=publication.receipt,
        published_at=now,
        digest=edition.digest,
        trail_seq=row.seq,
        by_id=by.person_id,
    )
    lists.place(publication, lists_of(publication), now=now)
    if was_live:
        lists.touch(publication, now=now)
    if edition.number > 1:
        kind = PublicChange.Kind.CORRECTED if was_live else PublicChange.Kind.RETURNED
        note_change(publication, kind=kind, word=str(kind.label), note=edition.change_note, now=now)
    emit(published(publication))
    return made


def note_change(
    publication: Publication, *, kind: PublicChange.Kind, word: str, note: str, now: datetime
) -> None:
    """A line on the page of changes; earlier lines about the same record are drawn anew with it."""
    row = PublicChange.objects.create(
        publication=publication,
        kind=kind,
        word=word,
        note=note[:300],
        edition=publication.edition.number,
        at=now,
    )
    pages = {queries.page_of_change(pk) for pk in publication.changes.values_list("pk", flat=True)}
    for page in sorted(pages | {queries.page_of_change(row.pk)}):
        emit(PartChanged(part=CHANGES, key=str(page)))


def lists_of(publication: Publication) -> tuple[str, ...]:
    """The lists in which a publication stands by its present edition."""
    fields = publication.edition.fields
    first = legal_day(publication.first_published_at)
    item = item_of(fields["catalogue_item"])
    interprets = InterpretationLink.objects.filter(interpretation=publication.document_id).exists()
    listings = rules.listings_of(
        unit=publication.unit.code,
        item=item.code,
        theme=theme_code(fields["theme"]),
        columns=columns_of(item=item.code, number=fields["number"]),
        kind=fields["kind"],
        title=fields["title"],
        interprets=interprets,
    )
    column = publication.document.column
    own = (address_of(column),) if column else ()
    return (*listings, *own, rules.sitemap_address(year=first.year, month=first.month))


def turns_on(publication: Publication, today: date) -> date | None:
    """The next day on which the badge changes by itself."""
    return rules.turns_on(
        effective_on=day_of(publication, "effective_on"),
        valid_until=day_of(publication, "valid_until"),
        expired=publication.expired,
        today=today,
    )


def receipt_code(now: datetime) -> str:
    """A receipt that nobody can guess and everybody can read out."""
    return f"{legal_day(now).year}-{ids.code(groups=2)}"


def published(publication: Publication) -> DocumentPublished:
    """The event: a document stands in public, or stands there differently."""
    return DocumentPublished(
        publication_id=publication.pk,
        document_id=publication.document_id,
        unit_id=publication.unit_id,
        path=publication.path,
        version=publication.version,
    )


def _facts(publication: Publication) -> dict[str, Any]:
    """Everything that the receipt says, and what is beside the digest in the rows: so each can be checked."""
    edition = publication.edition
    return {
        "path": publication.path,
        "index_number": publication.index_number.number,
        "version": publication.version,
        "edition": edition.number,
        "digest": publication.digest,
        "receipt": publication.receipt,
        "published_at": publication.published_at.isoformat(),
        "first_published_at": publication.first_published_at.isoformat(),
        "unit": publication.unit_id,
        "document": publication.document_id,
        "beside": rules.beside_digest(
            number=edition.number,
            made_at=edition.made_at,
            change_note=edition.change_note,
            attachments=edition.attachments,
        ),
    }
