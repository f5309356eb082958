"""What the public sees: the standing of a publication, the lists, what the index should hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from gongkai.catalogue.queries import columns_of
from gongkai.documents.models import InterpretationLink
from gongkai.kernel.clock import legal_day
from gongkai.kernel.clock import today as present_day
from gongkai.kernel.html import plain
from gongkai.publishing import rules
from gongkai.publishing.models import Entry, Listing, Publication, Withdrawal

_PUBLIC = "everybody may read what is published"


@dataclass(frozen=True, slots=True)
class Listed:
    """A publication as one line of a list; ``files`` are kind and address of its attachments."""

    publication_id: int
    path: str
    title: str
    number: str
    unit: str
    kind: str
    validity: str
    summary: str
    written_on: date | None
    published_at: datetime
    published_on: date
    changed_at: datetime
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a publication stands in public now: the row, its last withdrawal, what belongs to it."""

    publication: Publication
    withdrawal: Withdrawal | None
    interpretations: tuple[Publication, ...]
    interprets: Publication | None

    @property
    def is_live(self) -> bool:
        return self.publication.state == Publication.State.LIVE


@dataclass(frozen=True, slots=True)
class IndexDoc:
    """A publication as it is to be found; the field names are those of the search port."""

    key: str
    version: int
    path: str
    title: str
    body: str
    number: str
    index_number: str
    unit: str
    unit_id: int
    issuer: str
    kind: str
    theme: str
    validity: str
    written_on: date | None
    published_at: datetime
    effective_on: date | None
    valid_until: date | None
    keywords: tuple[str, ...]
    public: bool = True


def at_path(path: str) -> Publication | None:
    """The publication whose permanent address this is, withdrawn ones included."""
    return Publication.objects.unscoped(_PUBLIC).filter(path=path).first()


def standing(publication_id: int) -> Standing | None:
    """A publication with everything that its page shows."""
    rows = Publication.objects.unscoped(_PUBLIC).select_related("edition", "unit", "index_number")
    publication = rows.filter(pk=publication_id).first()
    if publication is None:
        return None
    withdrawal = publication.withdrawals.select_related("successor").order_by("-at", "-pk").first()
    return Standing(publication, withdrawal, *_related(publication.document_id))


def listing_at(address: str) -> Listing | None:
    """A public list by its address."""
    return Listing.objects.filter(address=address).first()


def listings_of_publication(publication_id: int) -> list[tuple[Listing, int]]:
    """The lists in which a publication has a place, with that place."""
    rows = (
        Entry.objects.filter(publication=publication_id)
        .select_related("listing")
        .order_by("listing__address")
    )
    return [(entry.listing, entry.position) for entry in rows]


def entries_on(listing: Listing, page: int, *, today: date, per_page: int) -> list[Listed]:
    """What stands on one page of a list, newest first."""
    first = (page - 1) * per_page + 1
    rows = _entries().filter(
        listing=listing, present=True, position__gte=first, position__lt=first + per_page
    )
    return _listed(rows.order_by("-position"), today)


def newest(listing: Listing, count: int, *, today: date) -> list[Listed]:
    """The newest lines of a list."""
    rows = _entries().filter(listing=listing, present=True)
    return _listed(rows.order_by("-position")[:count], today)


def turning(today: date) -> list[Publication]:
    """Publications in public whose badge changes by today: they come into force or run out."""
    rows = Publication.objects.unscoped("a job of the system over all units")
    return list(
        rows.filter(turns_on__lte=today, state=Publication.State.LIVE).order_by("turns_on", "pk")[:200]
    )


def index_doc(publication_id: int) -> IndexDoc | None:
    """How a publication is to be found now; ``None`` when it is not (or no longer) in public."""
    rows = Publication.objects.unscoped(_PUBLIC).select_related("edition", "unit")
    found = rows.filter(pk=publication_id, state=Publication.State.LIVE).first()
    return _index_doc(found, present_day()) if found else None


def index_docs() -> Iterator[IndexDoc]:
    """Everything that is to be found, for an index that is built anew."""
    today = present_day()
    rows = Publication.objects.unscoped(_PUBLIC).filter(state=Publication.State.LIVE)
    for found in rows.select_related("edition", "unit").order_by("pk").iterator(chunk_size=500):
        yield _index_doc(found, today)


def day_of(publication: Publication, name: str) -> date | None:
    """A date of the published edition."""
    text = publication.edition.fields.get(name)
    return date.fromisoformat(text) if text else None


def validity_of(publication: Publication, today: date) -> str:
    """Whether the published edition holds on a day."""
    return rules.validity(
        effective_on=day_of(publication, "effective_on"),
        valid_until=day_of(publication, "valid_until"),
        expired=publication.expired,
        today=today,
    )


def _entries() -> QuerySet[Entry]:
    return Entry.objects.select_related("publication", "publication__edition", "publication__unit").defer(
        "publication__edition__body"
    )


def _listed(rows: QuerySet[Entry], today: date) -> list[Listed]:
    publications = [entry.publication for entry in rows]
    interpreting = _interpreting([publication.document_id for publication in publications])
    return [_line(publication, today, interpreting) for publication in publications]


def _line(publication: Publication, today: date, interpreting: frozenset[int]) -> Listed:
    fields = publication.edition.fields
    return Listed(
        publication_id=publication.pk,
        path=publication.path,
        title=publication.title,
        number=fields["number"],
        unit=publication.unit.short_name,
        kind=_kind(publication, publication.document_id in interpreting),
        validity=validity_of(publication, today),
        summary=fields["summary"],
        written_on=day_of(publication, "written_on"),
        published_at=publication.first_published_at,
        published_on=legal_day(publication.first_published_at),
        changed_at=publication.published_at,
        files=tuple(
            (one["kind"], rules.attachment_path(publication.path, attachment_id=one["id"], kind=one["kind"]))
            for one in publication.edition.attachments
        ),
    )


def _kind(publication: Publication, interprets: bool) -> str:
    fields = publication.edition.fields
    columns = columns_of(item=fields["catalogue_item"], number=fields["number"])
    return rules.page_kind(columns=columns, interprets=interprets)


def _interpreting(documents: Sequence[int]) -> frozenset[int]:
    links = InterpretationLink.objects.filter(interpretation__in=documents)
    return frozenset(links.values_list("interpretation_id", flat=True))


def _related(document_id: int) -> tuple[tuple[Publication, ...], Publication | None]:
    """Live interpretations of a document, and the live document that it interprets."""
    rows = Publication.objects.unscoped(_PUBLIC).filter(state=Publication.State.LIVE)
    links = InterpretationLink.objects.filter(document=document_id)
    interpretations = rows.filter(document__in=links.values("interpretation")).order_by("first_published_at")
    back = InterpretationLink.objects.filter(interpretation=document_id)
    return tuple(interpretations), rows.filter(document__in=back.values("document")).first()


def _index_doc(publication: Publication, today: date) -> IndexDoc:
    fields = publication.edition.fields
    interprets = bool(_interpreting([publication.document_id]))
    return IndexDoc(
        key=f"publication:{publication.pk}",
        version=publication.version,
        path=publication.path,
        title=publication.title,
        body=plain(publication.edition.body),
        number=fields["number"],
        index_number=fields["index_number"],
        unit=publication.unit.short_name,
        unit_id=publication.unit_id,
        issuer=fields["issuer"],
        kind=_kind(publication, interprets),
        theme=fields["theme"],
        validity=validity_of(publication, today),
        written_on=day_of(publication, "written_on"),
        published_at=publication.published_at,
        effective_on=day_of(publication, "effective_on"),
        valid_until=day_of(publication, "valid_until"),
        keywords=tuple(fields["keywords"]),
    )
