"""A standard catalogue from its spreadsheet: shown first, stored when it is confirmed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.catalogue import actions, queries
from gongkai.catalogue.forms import CatalogueFileForm
from gongkai.files.actions import take_in_upload
from gongkai.files.queries import PREVIEW_GONE, own_file
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts

MOST_SHOWN = 300


@acts("catalogue.import")
def take(request: HttpRequest) -> HttpResponse:
    """Choose the file and the field."""
    form = CatalogueFileForm(
        request.POST or None, request.FILES or None, initial={"field": request.GET.get("field", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            stored = take_in_upload(
                upload=form.cleaned_data["file"],
                unit=None,
                by=request.actor,
                now=clock.now(),
                for_preview=True,
            )
            address = reverse("catalogue:preview", args=[stored.key])
            return redirect(f"{address}?{urlencode({'field': form.cleaned_data['field']})}")
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"form": form, "fields": queries.fields()}
    return render(request, "catalogue/import.html", context, status=422 if form.errors else 200)


@acts("catalogue.import")
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """What was read and what would change; POST stores it."""
    name = (request.POST.get("field") or request.GET.get("field", "")).strip()[:60]
    file = own_file(key, person_id=request.actor.person_id)
    if file is None or not name:
        messages.error(request, PREVIEW_GONE)
        return redirect("catalogue:import")
    reading = queries.read_stored(file, field_name=name, today=legal_today(request))
    renamed = _renamed(request)
    if request.method == "POST":
        try:
            version = actions.import_catalogue(
                reading=reading,
                field_name=name,
                by=request.actor,
                now=clock.now(),
                file=file,
                renamed=renamed,
            )
            messages.success(request, f"“{name}”现在是第 {version.number} 版，公开页面随后更新。")
            return redirect("catalogue:field", code=version.field.code)
        except Refused as refused:
            tell_refusals(request, refused)
    field = queries.field_named(name)
    found = queries.preview(reading, field, renamed=renamed)
    context = {
        "field": field,
        "name": name,
        "file": file,
        "reading": reading,
        "found": found,
        "stopping": reading.stopping[:MOST_SHOWN],
        "hints": reading.hints[:MOST_SHOWN],
        "new_rows": [(at, reading.meanings[at]) for at in found.rows_new[:MOST_SHOWN]],
    }
    return render(request, "catalogue/preview.html", context, status=422 if request.method == "POST" else 200)


def _renamed(request: HttpRequest) -> dict[int, int]:
    """Which new row is an old matter under a new name, as the person said."""
    return {
        int(name[4:]): int(value)
        for name, value in request.POST.items()
        if name.startswith("was-") and name[4:].isdigit() and str(value).isdigit()
    }
