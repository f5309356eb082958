"""Which columns are stale, which matters have no record, which records are offered to a further column."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import tell_form_errors, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, can, units_for, visible
from gongkai.upkeep import actions, queries, states
from gongkai.upkeep.forms import AskForm
from gongkai.upkeep.models import Placement

SHOWN = ("stale", "all")


@acts("upkeep.view")
def index(request: HttpRequest) -> HttpResponse:
    """Columns of my units and of those below; of all units for the district office. Stale ones first."""
    shown = request.GET.get("show", "stale")
    every = queries.upkeep_of_all(today=legal_today(request))
    lines = queries.of_units(every, units_for(request.actor, "upkeep.view"))
    stale = [line for line in lines if line.standing.stale]
    office = can(request.actor, "upkeep.office")
    context = {
        "lines": lines if shown == "all" else [line for line in lines if queries.urgent(line)],
        "total": len(lines),
        "stale": len(stale),
        "shown": shown if shown in SHOWN else "stale",
        "vetoes": queries.vetoes_of(every) if office else (),
        "packs": queries.pack_coverage() if office else (),
    }
    return render(request, "upkeep/list.html", context)


@acts("upkeep.view")
def matters(request: HttpRequest) -> HttpResponse:
    """The matters that are for my unit to disclose, and the way to those of the units below it."""
    return _matters(request, get_object_or_404(Unit, pk=request.actor.unit_id))


@acts("upkeep.view", objects={"unit": Unit})
def unit_matters(request: HttpRequest, unit: int) -> HttpResponse:
    """The same of another unit that I may look at: a street looks at its communities."""
    return _matters(request, get_object_or_404(_units(request), pk=unit))


def _matters(request: HttpRequest, unit: Unit) -> HttpResponse:
    lines = queries.coverage_of_unit(unit)
    every = queries.upkeep_of_all(today=legal_today(request))
    context = {
        "unit": unit,
        "lines": lines,
        "empty": sum(not line.count for line in lines),
        "columns": queries.of_units(every, {unit.pk}),
        "below": list(_units(request).filter(parent=unit, active=True)),
    }
    return render(request, "upkeep/matters.html", context)


@acts("upkeep.view")
def fields(request: HttpRequest) -> HttpResponse:
    """Every field of the standard catalogue with its matters without records."""
    return render(request, "upkeep/fields.html", {"totals": queries.field_totals()})


@acts("upkeep.view")
def placements(request: HttpRequest) -> HttpResponse:
    """What my unit offered to other columns, and what was offered to ours."""
    context = {
        "rows": queries.placements_of(request.actor),
        "waiting": queries.offered(request.actor) if can(request.actor, "upkeep.take_in") else [],
        "form": AskForm(publications=queries.own_records(request.actor)) if can(request.actor, "upkeep.work") else None,
        "lights": states.LIGHTS,
    }  # fmt: skip
    return render(request, "upkeep/placements.html", context)


@acts("upkeep.work")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Offer a record of my unit to a further column."""
    form = AskForm(request.POST, publications=queries.own_records(request.actor))
    if not form.is_valid():
        tell_form_errors(request, form)
        return redirect("upkeep:placements")
    try:
        actions.ask(by=request.actor, now=clock.now(), **form.cleaned_data)
        messages.success(request, "已报送，等专栏单位的审核人确认。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("upkeep:placements")


@acts("upkeep.take_in", objects={"pk": Placement})
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a record into our column, decline it, or take it out."""
    placement = get_object_or_404(visible(Placement, request.actor, "upkeep.take_in"), pk=pk)
    try:
        done = actions.decide(
            placement=placement,
            verb=request.POST.get("verb", ""),
            reason=request.POST.get("reason", ""),
            by=request.actor,
            now=clock.now(),
        )
        messages.success(request, f"已记下：{done.get_state_display()}。公开页面随后更新。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("upkeep:placements")


def _units(request: HttpRequest):  # type: ignore[no-untyped-def]
    units = units_for(request.actor, "upkeep.view")
    rows = Unit.objects.order_by("order", "pk")
    return rows if units is None else rows.filter(pk__in=units)
