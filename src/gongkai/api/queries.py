"""What the interface reads: published records as they stand in public now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from gongkai.catalogue.models import StandardField, StandardItem, StandardVersion
from gongkai.catalogue.queries import STATUTORY_ITEMS, THEMES, Item, columns_of, theme_code
from gongkai.documents.models import InterpretationLink
from gongkai.orgs.models import Unit
from gongkai.publishing.models import Entry, Listing, Publication, Withdrawal
from gongkai.publishing.queries import document_path, page_kind, validity_of

_PUBLIC = "everybody may read what is published"


@dataclass(frozen=True, slots=True)
class Line:
    """A published record with what its row adds to it."""

    publication: Publication
    kind: str
    validity: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject and how many records stand under it."""

    code: str
    name: str
    count: int


def documents(
    *, unit: str, theme: str, changed_since: datetime | None, before: int | None, size: int, today: date
) -> tuple[list[Line], int | None]:
    """Published records, newest first, and from where the next page goes on.

    Pages go on below a record's own number, so that what is published meanwhile moves nothing.
    """
    rows = Publication.objects.unscoped(_PUBLIC).filter(state=Publication.State.LIVE)
    if unit:
        rows = rows.filter(unit__code=unit)
    if theme:
        filed = Entry.objects.filter(listing__address=f"/themes/{theme}/", present=True)
        rows = rows.filter(pk__in=filed.values("publication"))
    if changed_since is not None:
        rows = rows.filter(published_at__gte=changed_since)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    rows = rows.select_related("edition", "unit").defer("edition__body").order_by("-pk")
    found = list(rows[: size + 1])
    more = found[size - 1].pk if len(found) > size else None
    return lines(found[:size], today), more


def lines(publications: Iterable[Publication], today: date) -> list[Line]:
    """Records with their kind and validity (one query for all)."""
    publications = list(publications)
    links = InterpretationLink.objects.filter(interpretation__in=[one.document_id for one in publications])
    interpreting = frozenset(links.values_list("interpretation_id", flat=True))
    return [
        Line(
            one,
            page_kind(
                columns=columns_of(
                    item=one.edition.fields["catalogue_item"], number=one.edition.fields["number"]
                ),
                interprets=one.document_id in interpreting,
            ),
            validity_of(one, today),
        )
        for one in publications
    ]


def number_at(year: int, number: int) -> int | None:
    """The publication behind year and number of an address, withdrawn ones included."""
    rows = Publication.objects.unscoped(_PUBLIC).filter(path=document_path(year=year, number_id=number))
    return rows.values_list("pk", flat=True).first()


def withdrawals(
    *, since: datetime | None, before: int | None, size: int
) -> tuple[list[Withdrawal], int | None]:
    """What was taken back and is still gone, newest first."""
    rows = Withdrawal.objects.filter(publication__state=Publication.State.WITHDRAWN)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("publication__index_number").order_by("-pk")[: size + 1])
    more = found[size - 1].pk if len(found) > size else None
    return found[:size], more


def units(kind: str) -> QuerySet[Unit]:
    """Units in use, in the district's order."""
    rows = Unit.objects.filter(active=True).select_related("parent").order_by("order", "pk")
    return rows.filter(kind=kind) if kind else rows


def themes() -> list[Theme]:
    """All subjects; those without a record count nought."""
    counted = dict(Listing.objects.filter(address__startswith="/themes/").values_list("address", "present"))
    codes = [(theme_code(name), name) for name in THEMES]
    return [Theme(code, name, counted.get(f"/themes/{code}/", 0)) for code, name in codes]


def statutory(unit: str) -> list[tuple[Item, Listing | None]]:
    """The items that the law names, each with the list of a unit (of the district where none is named). One query."""
    home = f"/units/{unit}/open/" if unit else "/open/"
    listed = {one.address: one for one in Listing.objects.filter(address__startswith=home)}
    return [(item, listed.get(f"{home}{item.code}/")) for item in STATUTORY_ITEMS]


def standard_field(code: str) -> StandardField | None:
    """A field of the standard catalogue by its code."""
    return StandardField.objects.filter(code=code).first()


def standard_versions_in_force() -> dict[int, StandardVersion]:
    """By field the version that counts now. One query for all fields."""
    return {one.field_id: one for one in StandardVersion.objects.filter(current=True).defer("layout")}


def standard_items(
    version: StandardVersion, *, after: int | None, size: int
) -> tuple[list[StandardItem], int | None]:
    """The matters of a version in the order of its table; pages go on behind a row's place. A version never changes."""
    rows = StandardItem.objects.filter(version=version).select_related("matter").order_by("place")
    found = list((rows if after is None else rows.filter(place__gt=after))[: size + 1])
    more = found[size - 1].place if len(found) > size else None
    return found[:size], more


def standard_versions(
    field: StandardField, *, before: int | None, size: int
) -> tuple[list[StandardVersion], int | None]:
    """The versions of a field, newest first; pages go on below a version's number."""
    rows = StandardVersion.objects.filter(field=field).defer("layout").order_by("-number")
    found = list((rows if before is None else rows.filter(number__lt=before))[: size + 1])
    more = found[size - 1].number if len(found) > size else None
    return found[:size], more
