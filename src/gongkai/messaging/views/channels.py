"""Channels and hours, for the system's and the security administrator."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.messaging import actions, queries, states
from gongkai.messaging.carriers import Carriers
from gongkai.messaging.forms import EndpointForm, RulesForm, TryForm
from gongkai.messaging.models import Delivery, Endpoint, SendingRules
from gongkai.messaging.policies import KEEP
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.wall import acts

PER_PAGE, FIGURES_OF = 20, timedelta(days=7)


@acts(KEEP)
def index(request: HttpRequest) -> HttpResponse:
    """Every endpoint with its figures, and what did not arrive."""
    now = clock.now()
    page = Paginator(queries.troubles(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "endpoints": queries.endpoints_with_figures(since=now - FIGURES_OF),
        "rules": queries.sending_rules(),
        "mail": queries.mail_is_set_up(),
        "page": page,
        "may_repeat": [row for row in page if not actions.why_not_send_again(delivery=row, by=request.actor)],
    }
    return render(request, "messaging/channels.html", context)


@acts(KEEP)
def new(request: HttpRequest) -> HttpResponse:
    """Enter an endpoint."""
    return _keep(request, None)


@acts(KEEP)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an endpoint, or try it."""
    return _keep(request, get_object_or_404(Endpoint, pk=pk))


@acts(KEEP)
@require_POST
def try_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a test by one endpoint and say at once how it ended."""
    endpoint = get_object_or_404(Endpoint, pk=pk)
    form = TryForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return redirect("messaging:channel", pk=pk)
    try:
        with Carriers() as carriers:
            delivery = actions.try_endpoint(
                endpoint=endpoint,
                by=request.actor,
                account=form.cleaned_data["account"].strip(),
                now=clock.now(),
                carry=carriers.carry,
            )
    except Refused as refused:
        tell_refusals(request, refused)
        return redirect("messaging:channel", pk=pk)
    if delivery.state == states.SENT:
        messages.success(request, f"试发成功：{endpoint.host} 已收下。请到那边看一眼。")
    else:
        messages.error(request, f"试发没有成功：{delivery.last_error or states.LABELS[delivery.state]}。")
    return redirect("messaging:channel", pk=pk)


@acts(KEEP)
def rules(request: HttpRequest) -> HttpResponse:
    """Quiet hours, the hour of the digest, limits."""
    kept = queries.sending_rules()
    form = RulesForm(request.POST or None, instance=SendingRules.objects.filter(pk=kept.pk).first() or kept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_rules(values=form.cleaned_data, by=request.actor, now=clock.now())
        except Refused as refused:
            refuse_in_form(form, refused)
        else:
            messages.success(request, "发送规则已保存并记入留痕，马上生效。")
            return redirect("messaging:channels")
    return render(request, "messaging/rules.html", {"form": form}, status=422 if form.errors else 200)


@acts(KEEP)
@require_POST
def again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Start a given-up delivery anew."""
    delivery = get_object_or_404(Delivery, pk=pk)
    try:
        actions.send_again(delivery=delivery, by=request.actor, now=clock.now())
        messages.success(request, "已重新排队，一分钟内再发。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("messaging:channels")


def _keep(request: HttpRequest, endpoint: Endpoint | None) -> HttpResponse:
    form = EndpointForm(request.POST or None, instance=endpoint)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_endpoint(
                values=form.cleaned_data, by=request.actor, now=clock.now(), endpoint=endpoint
            )
        except Refused as refused:
            refuse_in_form(form, refused)
        else:
            messages.success(request, f"已保存 {kept.name} 并记入留痕。请试发一次。")
            return redirect("messaging:channel", pk=kept.pk)
    stored = Endpoint.objects.filter(pk=endpoint.pk).first() if endpoint else None
    context = {"form": form, "endpoint": stored, "try_form": TryForm() if stored and stored.active else None}
    return render(request, "messaging/channel.html", context, status=422 if form.errors else 200)
