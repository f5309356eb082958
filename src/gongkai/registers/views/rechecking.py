"""Campaigns of re-determination: opened by the district office, decided by units, result published."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, can, visible
from gongkai.registers import actions, queries, states
from gongkai.registers.forms import RecheckForm
from gongkai.registers.models import Recheck, RecheckItem

PAGE_SIZE = 50


@acts("registers.view", post="registers.office")
def index(request: HttpRequest) -> HttpResponse:
    """All campaigns; the district office opens one for a year."""
    today = legal_today(request)
    form = RecheckForm(request.POST or None, initial={"year": today.year - 1})
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.open_recheck(by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, f"已发起：{found}，各单位的待办里已经有了。")
            return redirect("registers:recheck", pk=found.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"rechecks": queries.rechecks(), "form": form, "office": can(request.actor, "registers.office")}
    return render(request, "registers/rechecks.html", context, status=422 if form.errors else 200)


@acts("registers.view")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: its papers as this person sees them, and the result by unit for the district office."""
    recheck = get_object_or_404(Recheck, pk=pk)
    state = request.GET.get("state", "")
    office = can(request.actor, "registers.office")
    rows = queries.items_of(request.actor, recheck, state=state)
    context = {
        "recheck": recheck,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "decisions": states.RECHECK_DECISIONS,
        "choices": {key: label for key, label in states.RECHECK_DECISIONS.items() if key != states.UNDECIDED},
        "state": state,
        "works": can(request.actor, "registers.recheck") and recheck.state == states.COLLECTING,
        "office": office,
        "lines": queries.recheck_lines(recheck) if office else [],
        "why_not_publish": actions.why_not_publish_result(
            recheck=recheck, by=request.actor, today=legal_today(request)
        )
        if office
        else [],
    }
    return render(request, "registers/recheck.html", context)


@acts("registers.recheck", objects={"pk": RecheckItem})
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What becomes of one paper."""
    item = get_object_or_404(visible(RecheckItem, request.actor, "registers.recheck"), pk=pk)
    try:
        done = actions.recheck(
            item=item,
            decision=request.POST.get("decision", ""),
            reason=request.POST.get("reason", ""),
            by=request.actor,
            now=clock.now(),
        )
        said = "；请到“公文与信息”送审、发布" if done.state == states.TO_PUBLIC and done.document_id else ""
        messages.success(request, f"{done.title}：{done.get_state_display()}{said}。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("registers:recheck", pk=item.recheck_id)


@acts("registers.office")
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The result list before the public."""
    recheck = get_object_or_404(Recheck, pk=pk)
    try:
        actions.publish_result(recheck=recheck, by=request.actor, now=clock.now())
        messages.success(request, "评估结果已经公布。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("registers:recheck", pk=pk)
