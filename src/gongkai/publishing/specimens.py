"""A publication of a unit with a canary in every text, for the matrix of the wall."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from gongkai.documents.models import Determination, Document, Edition
from gongkai.kernel import clock, ids
from gongkai.orgs.models import Person, Unit
from gongkai.orgs.roles import Role
from gongkai.publishing.models import IndexNumber, Publication

# What a publication shows bears this after the canary: everybody may read it, but in a clerk's own lists it
# is still the row of a unit.
PUBLISHED = "（已公开）"


def specimens(
    unit: Unit, people: Mapping[Role, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """One live publication; its fields are those that the real pages read."""
    now = clock.now()
    author = people[Role.OFFICER]
    document = Document.objects.create(
        unit=unit,
        author=author,
        writers=[author.pk],
        state="published",
        title=canary,
        issuer=unit.name,
        body=f"<p>{canary}</p>",
        created_at=now,
        changed_at=now,
    )
    Determination.objects.create(document=document, openness="主动公开", by=author, at=now)
    shown = canary + PUBLISHED
    texts = ("title", "number", "issuer", "kind", "theme", "catalogue_item", "summary", "registered_number")
    fields = {
        **dict.fromkeys(texts, shown),
        **dict.fromkeys(("written_on", "effective_on", "valid_until"), ""),
        "recipients": [],
        "keywords": [shown],
        "is_normative": False,
        "openness": "主动公开",
        "unit": unit.name,
        "index_number": shown,
    }
    edition = Edition.objects.create(
        document=document, number=1, fields=fields, body=f"<p>{shown}</p>", digest="0" * 64, made_at=now
    )
    code = ids.code(groups=3)
    number = IndexNumber.objects.create(unit=unit, year=2026, seq=document.pk, number=code, given_at=now)
    publication = Publication.objects.create(
        document=document,
        edition=edition,
        index_number=number,
        unit=unit,
        title=shown,
        path=f"/doc/2026/{number.pk}.html",
        first_published_at=now,
        published_at=now,
        receipt=code,
        trail_seq=0,
        digest="0" * 64,
    )
    return {Publication: publication}
