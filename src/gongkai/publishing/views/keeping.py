"""Public periods and integrity: their rules, what they did, what the sweep found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.wall import acts, can, visible
from gongkai.publishing import actions, queries
from gongkai.publishing.forms import FindingForm, PeriodForm
from gongkai.publishing.models import Damage, PeriodRun, Publication, PublicPeriod

PAGE_SIZE = 30


@acts("publishing.settings")
def periods(request: HttpRequest) -> HttpResponse:
    """The rules with their history. POST first shows what a rule would end, then sets it."""
    form = PeriodForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "rows": queries.period_rows()}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        refusals = actions.why_not_set_period(by=request.actor, **given)
        if refusals:
            refuse_in_form(form, Refused(refusals))
        elif "confirmed" in request.POST:
            try:
                actions.set_period(by=request.actor, now=clock.now(), **given)
                messages.success(request, "已设定公开期限规则，到期由系统自动处理。")
                return redirect("publishing:periods")
            except Refused as refused:
                refuse_in_form(form, refused)
        else:
            context["preview"] = queries.preview(form.as_period(), today=clock.today())
            context["asked"] = True
    return render(request, "publishing/periods.html", context, status=422 if form.errors else 200)


@acts("publishing.settings")
@require_POST
def end_period(request: HttpRequest, pk: int) -> HttpResponse:
    """End a rule."""
    try:
        actions.end_rule(period=get_object_or_404(PublicPeriod, pk=pk), by=request.actor, now=clock.now())
        messages.success(request, "已停用这条规则，已经处理过的不恢复。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("publishing:periods")


@acts("publishing.view")
def runs(request: HttpRequest) -> HttpResponse:
    """What public periods did, newest first, and what waits for a hand."""
    page = Paginator(queries.runs_for(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    may = can(request.actor, "publishing.take_down")
    return render(request, "publishing/runs.html", {"page": page, "may": may})


@acts("publishing.take_down", objects={"pk": Publication})
@require_POST
def confirm_run(request: HttpRequest, pk: int, run: int) -> HttpResponse:
    """Say that it was taken down in another channel."""
    publication = get_object_or_404(visible(Publication, request.actor, "publishing.take_down"), pk=pk)
    row = get_object_or_404(PeriodRun.objects.select_related("publication"), pk=run, publication=publication)
    try:
        actions.confirm_run(run=row, by=request.actor, now=clock.now())
        messages.success(request, "已记录：这个渠道的内容已经撤下。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("publishing:runs")


@acts("publishing.integrity")
def integrity(request: HttpRequest) -> HttpResponse:
    """Alarms of the sweep, how far it is, and what earlier ones turned out to be."""
    context = {
        "rows": queries.open_damages(),
        "closed": queries.closed_damages(),
        "sweep": queries.last_sweep(),
        "form": FindingForm(),
    }
    return render(request, "publishing/integrity.html", context)


@acts("publishing.integrity")
@require_POST
def close_damage(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what an alarm was."""
    form = FindingForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return redirect("publishing:integrity")
    try:
        actions.close_damage(
            damage=get_object_or_404(Damage, pk=pk),
            by=request.actor,
            now=clock.now(),
            finding=form.cleaned_data["finding"],
        )
        messages.success(request, "已办结这条告警。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("publishing:integrity")
