"""The office's answer to a report: accepted, or returned with its reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger import actions
from gongkai.ledger.models import ProgressReport
from gongkai.orgs.answers import tell_refusals
from gongkai.orgs.wall import acts, visible


@acts("ledger.judge", objects={"pk": ProgressReport})
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a report."""
    report = get_object_or_404(visible(ProgressReport, request.actor, "ledger.judge"), pk=pk)
    try:
        actions.accept_progress(report=report, by=request.actor, now=clock.now())
        messages.success(request, "已核对，公开进度页随之更新。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("ledger:task", pk=report.task_id)


@acts("ledger.judge", objects={"pk": ProgressReport})
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a report with its reason."""
    report = get_object_or_404(visible(ProgressReport, request.actor, "ledger.judge"), pk=pk)
    try:
        actions.return_progress(
            report=report, by=request.actor, now=clock.now(), reason=request.POST.get("reason", "")
        )
        messages.success(request, "已退回，填报单位会看到理由。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("ledger:task", pk=report.task_id)
