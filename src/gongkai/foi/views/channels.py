"""A unit keeps its ways in; the district office sees how often what is public already spared a request."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from gongkai.foi.actions.channels import change_channels
from gongkai.foi.forms.channels import ChannelsForm
from gongkai.foi.models import UnitChannels
from gongkai.foi.queries.channels import channels_of
from gongkai.foi.queries.deflections import deflections
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, units_for


@acts("foi.settings")
def channels(request: HttpRequest) -> HttpResponse:
    """The units whose ways in this person keeps; with one unit its page at once."""
    own = units_for(request.actor, "foi.settings")
    units = list(Unit.objects.filter(active=True) if own is None else Unit.objects.filter(pk__in=own))
    if len(units) == 1:
        return redirect("foi:unit_channels", units[0].pk)
    return render(request, "foi/channels.html", {"units": units})


@acts("foi.settings", objects={"pk": Unit})
@require_http_methods(["GET", "POST"])
def unit_channels(request: HttpRequest, pk: int) -> HttpResponse:
    """Which ways are open, and where they lead."""
    own = units_for(request.actor, "foi.settings")
    units = Unit.objects.all() if own is None else Unit.objects.filter(pk__in=own)
    unit = get_object_or_404(units, pk=pk)
    row = UnitChannels.objects.filter(unit=unit).first() or UnitChannels(unit=unit)
    form = ChannelsForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            change_channels(unit=unit, by=request.actor, now=clock.now(), given=form.cleaned_data)
            messages.success(request, "受理渠道已保存，公开页面随后更新。")
            return redirect("foi:unit_channels", unit.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    return render(
        request,
        "foi/unit_channels.html",
        {"unit": unit, "form": form, "shown": channels_of(unit)},
        status=422 if form.errors else 200,
    )


@acts("foi.supervise")
def deflection(request: HttpRequest) -> HttpResponse:
    """By month and by unit: shown, taken, asked anyway."""
    return render(request, "foi/deflection.html", {"figures": deflections(today=clock.today())})
