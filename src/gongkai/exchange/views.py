"""Pages of exchange: packages from the OA, and entries on the city's and province's platforms."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.exchange import actions, queries
from gongkai.exchange.forms import EntryForm, PackageForm
from gongkai.exchange.models import Package
from gongkai.exchange.reader import MOST_BYTES, TOO_LARGE
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.wall import acts, visible
from gongkai.publishing.models import Publication
from gongkai.trail import installation

PAGE_SIZE = 30
OF_PUBLICATION = {"pk": Publication}


@acts("exchange.view")
def index(request: HttpRequest) -> HttpResponse:
    """Packages that came in, newest first."""
    page = Paginator(queries.packages_for(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    may = queries.units_to_import_for(request.actor).exists()
    return render(request, "exchange/list.html", {"page": page, "may": may})


@acts("exchange.view", objects={"pk": Package})
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """One package: its drafts and its report."""
    row = get_object_or_404(visible(Package, request.actor).select_related("unit", "by"), pk=pk)
    items = row.items.select_related("document").order_by("pk")
    return render(request, "exchange/package.html", {"package": row, "items": items})


@acts("exchange.import")
def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring a package in; a bad one is told of row by row and changes nothing."""
    units = queries.units_to_import_for(request.actor)
    form = PackageForm(request.POST or None, request.FILES or None, units=units)
    outcome = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            form.add_error("file", TOO_LARGE)
        else:
            try:
                outcome = _bring_in(request, form)
            except Refused as refused:
                refuse_in_form(form, refused)
    if outcome is not None and outcome.package is not None:
        messages.success(request, f"已建 {len(outcome.drafts)} 份草稿。请核对字段、公开属性后送审。")
        return redirect("exchange:package", pk=outcome.package.pk)
    status = 422 if form.errors or outcome is not None else 200
    return render(request, "exchange/import.html", {"form": form, "outcome": outcome}, status=status)


def _bring_in(request: HttpRequest, form: PackageForm) -> actions.Outcome:
    upload = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory(prefix="gongkai-exchange-") as folder:
        path = Path(folder) / "package"
        with path.open("wb") as opened:
            for chunk in upload.chunks():
                opened.write(chunk)
        return actions.bring_in(
            path=path,
            name=upload.name or "package",
            unit=form.cleaned_data["unit"],
            by=request.actor,
            now=clock.now(),
            partial=form.cleaned_data["partial"],
        )


@acts("exchange.view")
def entries(request: HttpRequest) -> HttpResponse:
    """Publications that nobody has entered on a platform yet, oldest first."""
    platform = request.GET.get("platform", "")
    platform = platform if platform in queries.PLATFORMS else queries.PLATFORMS[0]
    rows = queries.unentered(request.actor, platform)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "platform": platform, "platforms": queries.PLATFORMS}
    return render(request, "exchange/entries.html", context)


@acts("exchange.view", post="exchange.enter", objects=OF_PUBLICATION)
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """The fields to be copied; POST notes the number that it got on the platform."""
    action = "exchange.enter" if request.method == "POST" else "exchange.view"
    rows = visible(Publication, request.actor, action).select_related("edition", "unit", "index_number")
    publication = get_object_or_404(rows, pk=pk)
    form = EntryForm(request.POST or None, initial={"platform": request.GET.get("platform", "")})
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter(publication=publication, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已登记录入，平台编号一并留痕。")
            return redirect("exchange:entry", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "publication": publication,
        "fields": queries.to_copy(publication, site_url=settings.SITE_URL),
        "files": queries.files_of(publication),
        "entries": queries.entries_of(publication),
        "form": form,
    }
    return render(request, "exchange/entry.html", context, status=422 if form.errors else 200)


@acts("exchange.view", objects=OF_PUBLICATION)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The package of a publication."""
    rows = visible(Publication, request.actor, "exchange.view").select_related("edition", "index_number")
    publication = get_object_or_404(rows, pk=pk)
    label = installation.LABELS[installation.kind()]
    content = queries.export_package(publication, site_url=settings.SITE_URL, label=label)
    answer = HttpResponse(content, content_type="application/zip")
    name = quote(f"{publication.title[:40]}.zip")
    answer["Content-Disposition"] = f"attachment; filename=\"package.zip\"; filename*=UTF-8''{name}"
    return answer
