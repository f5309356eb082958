"""What ought to be public: the items of the law by unit, and the district's standard catalogue with its versions."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from gongkai.api import catalogue_schemas as schemas
from gongkai.api import queries
from gongkai.api.parameters import CatalogueAsked, DifferenceAsked, OnePage, StandardItemsAsked
from gongkai.api.schemas import Fault
from gongkai.api.views import shapes
from gongkai.catalogue import queries as catalogue
from gongkai.catalogue.models import StandardItem, StandardVersion
from gongkai.orgs.models import Unit

router = Router(tags=["公开目录"])
NO_UNIT = {"code": "unknown", "message": "没有这个代码的单位。单位代码见 /api/v1/units。"}
NO_FIELD = {"code": "unknown", "message": "没有这个代码的领域。领域代码见 /api/v1/standard。"}
NO_VERSION = {"code": "unknown", "message": "没有这一版。有哪些版见这个领域的 versions。"}


@router.get(
    "/catalogue",
    response={200: schemas.Catalogue, 404: Fault},
    summary="法定主动公开内容：各项和现有条数，全区或者一个单位",
)
def statutory(request: HttpRequest, asked: Query[CatalogueAsked]):
    if asked.unit and not Unit.objects.filter(code=asked.unit, active=True).exists():
        return 404, NO_UNIT
    rows = [
        {
            "code": item.code,
            "name": item.name,
            "text": item.text,
            "basis": item.basis,
            "count": listing.present if listing else 0,
            "changed_at": shapes.moment(listing.changed_at) if listing else None,
            "url": shapes.full(listing.address) if listing else "",
        }
        for item, listing in queries.statutory(asked.unit)
    ]
    return 200, {"unit": asked.unit, "items": rows}


@router.get("/standard", response=schemas.Standards, summary="基层政务公开标准目录的全部领域")
def fields(request: HttpRequest):
    versions = queries.standard_versions_in_force()
    rows = []
    for field in catalogue.fields():
        version = versions.get(field.pk)
        rows.append(
            {
                "code": field.code,
                "name": field.name,
                "lead": field.lead.code if field.lead else "",
                "count": field.matter_count,
                "version": version.number if version else 0,
                "changed_at": shapes.moment(version.at) if version else None,
                "url": shapes.full(f"/standard/{field.code}/"),
            }
        )
    return {"items": rows}


@router.get(
    "/standard/{slug:code}/items",
    response={200: schemas.StandardItems, 404: Fault},
    summary="一个领域的公开事项，现行版或者指定的一版",
)
def items(request: HttpRequest, code: str, asked: Query[StandardItemsAsked]):
    field = queries.standard_field(code)
    if field is None:
        return 404, NO_FIELD
    version = (
        catalogue.version_of(field, asked.version) if asked.version else catalogue.current_version(field)
    )
    if version is None:
        return 404, NO_VERSION
    found, more = queries.standard_items(version, after=asked.after, size=asked.size)
    kept = {"version": asked.version, "size": asked.size}
    return 200, {
        "field": field.name,
        "version": version.number,
        "current": version.current,
        "items": [_item(one) for one in found],
        "next": shapes.next_page(f"/standard/{code}/items", more, key="after", **kept),
    }


@router.get(
    "/standard/{slug:code}/versions",
    response={200: schemas.StandardVersions, 404: Fault},
    summary="一个领域的各版目录，新的在前",
)
def versions(request: HttpRequest, code: str, asked: Query[OnePage]):
    field = queries.standard_field(code)
    if field is None:
        return 404, NO_FIELD
    found, more = queries.standard_versions(field, before=asked.before, size=asked.size)
    return 200, {
        "field": field.name,
        "items": [_version(one) for one in found],
        "next": shapes.next_page(f"/standard/{code}/versions", more, size=asked.size),
    }


@router.get(
    "/standard/{slug:code}/versions/{int:number}/changes",
    response={200: schemas.StandardDifference, 404: Fault},
    summary="一版目录与前一版或者指定的一版的差异",
)
def changes(request: HttpRequest, code: str, number: int, asked: Query[DifferenceAsked]):
    field = queries.standard_field(code)
    if field is None:
        return 404, NO_FIELD
    since = asked.since or number - 1
    # A number that no database holds is a version that is not there.
    before, after = (
        catalogue.version_of(field, one) if 0 < one <= 10**6 else None for one in (since, number)
    )
    if before is None or after is None:
        return 404, NO_VERSION
    found = catalogue.difference(before, after)
    rows = [{"kind": "added", "name": said.name, "cells": []} for _, said in found.added]
    rows += [{"kind": "removed", "name": said.name, "cells": []} for _, said in found.removed]
    rows += [
        {
            "kind": "changed",
            "name": one.name,
            "cells": [
                {"label": cell.label, "before": cell.before, "after": cell.after} for cell in one.fields
            ],
        }
        for one in found.changed
    ]
    return 200, {"field": field.name, "since": before.number, "version": after.number, "items": rows}


def _item(item: StandardItem) -> dict:
    said = catalogue.meaning_of(item)
    return {
        "code": item.matter.code,
        "group": item.group,
        "name": item.name,
        "elements": list(said.elements),
        "basis": item.basis,
        "limit": item.limit_text.strip(),
        "limit_words": said.limit.words if said.limit.understood else "",
        "subject": item.subject,
        "channels": list(said.channels),
        "audience": list(said.audience),
        "methods": list(said.methods),
        "tiers": list(said.tiers),
    }


def _version(version: StandardVersion) -> dict:
    counted = {key: version.facts.get(key, 0) for key in ("added", "changed", "removed")}
    return {
        "version": version.number,
        "current": version.current,
        "at": shapes.moment(version.at),
        **counted,
    }
