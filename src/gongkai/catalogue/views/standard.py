"""The fields of the standard catalogue, the table of one of them, its spreadsheet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from gongkai.catalogue import queries
from gongkai.catalogue.models import StandardField
from gongkai.orgs.wall import acts, can

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@acts("catalogue.view")
def index(request: HttpRequest) -> HttpResponse:
    """All fields."""
    context = {"fields": queries.fields(), "may_import": can(request.actor, "catalogue.import")}
    return render(request, "catalogue/list.html", context)


@acts("catalogue.view")
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The table of a field in force, its versions, the proposals that this person sees."""
    field = get_object_or_404(StandardField.objects.select_related("lead"), code=code)
    version = queries.current_version(field)
    items = queries.items_of(version) if version else []
    context = {
        "field": field,
        "version": version,
        "items": [(item, queries.meaning_of(item)) for item in items],
        "versions": queries.versions_of(field),
        "proposals": queries.proposals_of(request.actor, field=field),
        "may_import": can(request.actor, "catalogue.import"),
        "may_propose": can(request.actor, "catalogue.propose") and version is not None,
    }
    return render(request, "catalogue/field.html", context)


@acts("catalogue.view")
def export(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as the official spreadsheet."""
    field = get_object_or_404(StandardField, code=code)
    version = queries.version_of(field, number)
    if version is None:
        raise Http404
    answer = HttpResponse(queries.catalogue_xlsx(version), content_type=XLSX)
    name = f"{field.name}标准目录（第{number}版）.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
