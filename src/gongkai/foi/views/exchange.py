"""Exchange with the city's or province's platform: look at the package, take it in, give ours out, compare."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gongkai.foi.actions.exchanging import export_package, import_package
from gongkai.foi.forms.exchange import ExportForm, PackageForm
from gongkai.foi.queries import exchange
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.wall import acts


@acts("foi.supervise")
def page(request: HttpRequest) -> HttpResponse:
    """Choose a package: what is new, known, different; POST with ``store`` takes the new ones in."""
    form = PackageForm(request.POST or None, request.FILES or None)
    plan = None
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        plan = exchange.plan_of(content)
        if "store" in request.POST:
            try:
                done, plan = import_package(
                    content=content,
                    by=request.actor,
                    now=clock.now(),
                    only_understood=form.cleaned_data["only_understood"],
                )
                messages.success(request, f"新登记 {done} 件，已有 {len(plan.known)} 件没有改动。")
            except Refused as refused:
                refuse_in_form(form, refused)
    shown = {"form": form, "plan": plan, "export_form": ExportForm(initial={"year": clock.today().year})}
    return render(request, "foi/exchange.html", shown, status=422 if form.errors else 200)


@acts("foi.supervise")
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The requests of a year as a package; it holds personal data, and taking it stands in the trail."""
    form = ExportForm(request.POST)
    if form.is_valid():
        try:
            content = export_package(by=request.actor, now=clock.now(), **form.cleaned_data)
            name = f"依申请公开 {form.cleaned_data['year']}.json"
            return FileResponse(io.BytesIO(content), as_attachment=True, filename=name)
        except Refused as refused:
            tell_refusals(request, refused)
    shown = {"form": PackageForm(), "plan": None, "export_form": form}
    return render(request, "foi/exchange.html", shown, status=422)
