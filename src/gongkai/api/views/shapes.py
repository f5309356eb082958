"""Rows as the interface shows them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings

from gongkai.api import schemas
from gongkai.api.queries import Line
from gongkai.api.rules import address_parts
from gongkai.kernel.clock import LEGAL_ZONE, legal_day
from gongkai.publishing.models import Publication

AT = "/api/v1"


def full(path: str) -> str:
    """The whole address of a page."""
    return settings.SITE_URL.rstrip("/") + path


def moment(at: datetime) -> datetime:
    """A moment in the district's own time, to the second."""
    return at.astimezone(LEGAL_ZONE).replace(microsecond=0)


def id_of(publication: Publication) -> str:
    """Year and number of the permanent address."""
    year, number = address_parts(publication.path)
    return f"{year}/{number}"


def next_page(path: str, more: int | None, *, key: str = "before", **asked: object) -> str:
    """Where the next page is; empty after the last. ``key`` is the parameter that says where it goes on."""
    if more is None:
        return ""
    kept = {name: value for name, value in asked.items() if value not in ("", None)}
    return full(f"{AT}{path}?{urlencode({**kept, key: more})}")


def related(publication: Publication | None) -> schemas.Related | None:
    """A record that is only named."""
    return schemas.Related(title=publication.title, url=full(publication.path)) if publication else None


def document_row(line: Line) -> dict:
    """What a list says of a record."""
    publication, fields = line.publication, line.publication.edition.fields
    return {
        "id": id_of(publication),
        "title": publication.title,
        "url": full(publication.path),
        "header": header(line),
        "kind": line.kind,
        "unit": schemas.UnitName(code=publication.unit.code, name=publication.unit.name),
        "summary": fields["summary"],
        "version": publication.version,
        "published_at": moment(publication.first_published_at),
        "changed_at": moment(publication.published_at),
    }


def header(line: Line) -> schemas.Header:
    """The eight fields; what a paper does not bear is said to be absent."""
    fields = line.publication.edition.fields
    names = ("index_number", "theme", "issuer", "number", "written_on", "registered_number")
    told = {name: fields[name] or schemas.ABSENT for name in names}
    published_on = legal_day(line.publication.first_published_at).isoformat()
    return schemas.Header(published_on=published_on, validity=line.validity, **told)
