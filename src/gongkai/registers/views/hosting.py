"""Pages of hosted copies: every difference, and what is done about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import tell_refusals
from gongkai.orgs.wall import acts, can, visible
from gongkai.registers import actions, queries, states
from gongkai.registers.models import HostedCopy


@acts("registers.view")
def copies(request: HttpRequest) -> HttpResponse:
    """Hosted copies of national and provincial rules with every difference."""
    context = {
        "copies": queries.copies_of(request.actor),
        "works": can(request.actor, "registers.work"),
        "decisions": states.DECISIONS,
    }
    return render(request, "registers/copies.html", context)


@acts("registers.work", objects={"pk": HostedCopy})
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Link to the official text, or keep the copy and put it right."""
    copy = get_object_or_404(visible(HostedCopy, request.actor, "registers.work"), pk=pk)
    try:
        done = actions.decide(
            copy=copy, decision=request.POST.get("decision", ""), by=request.actor, now=clock.now()
        )
        said = "已按官方文本建好草稿，请送审、发布，再撤回旧件。" if done.draft_id else "已记下处理方式。"
        messages.success(request, said)
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("registers:copies")
