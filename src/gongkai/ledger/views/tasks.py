"""One task: what, who, how far; its short title and the units that a name means."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries
from gongkai.ledger.forms import TitleForm, UnitsForm
from gongkai.ledger.models import Task, TaskUnit
from gongkai.ledger.views.mine import form_of, take_report
from gongkai.orgs.answers import refuse_in_form, tell_form_errors
from gongkai.orgs.wall import acts, can

RECORDS = 10  # on the page of a task; all of them stand on a page of their own
FORMS = 3  # nobody reports for more units at once


@acts("ledger.view", post="ledger.report")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: what, who, how far; POST reports progress for a unit."""
    found = get_object_or_404(Task.objects.select_related("plan"), pk=pk)
    units = queries.units_to_report_for(found, request.actor)
    form = form_of(request, found, units) if request.method == "POST" else None
    if form is not None and form.is_valid() and take_report(request, found, form):
        messages.success(request, "已报送，等区政务公开主管部门核对。")
        return redirect("ledger:task", pk=pk)
    today = clock.today()
    row = queries.row_of(found, today=today)
    page = queries.records_of(found)
    context = {
        "task": found,
        "row": row,
        "form": form,
        "shown": f"{pk}-{request.POST.get('unit', '')}",
        "may_adjust": can(request.actor, "ledger.adjust"),
        "again": request.GET.get("again") == "1",
        "items": [
            queries.mine_task(request.actor, found, unit, today=today, row=row)
            for unit in units[:FORMS]
            if found.ended_at is None
        ],
        "records": queries.told(page[:RECORDS], found, today=today),
        "record_count": row.records,
        "own_units": [unit.pk for unit in units],
        "steps": queries.steps_of(found),
        "title_form": TitleForm(initial={"short_title": found.short_title}),
        "reports": _reports(request, found),
        "may_correct": can(request.actor, "ledger.correct"),
    }
    return render(request, "ledger/task.html", context, status=422 if form is not None else 200)


@acts("ledger.correct")
@require_POST
def retitle(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a task the office's own short title."""
    found = get_object_or_404(Task, pk=pk)
    form = TitleForm(request.POST)
    if form.is_valid():
        actions.retitle_task(task=found, by=request.actor, now=clock.now(), **form.cleaned_data)
        messages.success(request, "已改短标题。")
    else:
        tell_form_errors(request, form)
    return redirect("ledger:task", pk=pk)


@acts("ledger.correct")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which units a name or phrase of the plan means."""
    named = get_object_or_404(TaskUnit.objects.select_related("task__plan"), pk=pk)
    present = list(named.members.values_list("unit_id", flat=True))
    form = UnitsForm(request.POST or None, initial={"units": present})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_unit(
                task_unit=named, units=list(form.cleaned_data["units"]), by=request.actor, now=clock.now()
            )
            messages.success(request, f"已更正“{named.text}”对应的单位。")
            return redirect("ledger:task", pk=named.task_id)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"form": form, "named": named, "task": named.task}
    return render(request, "ledger/correct.html", context, status=422 if form.errors else 200)


def _reports(request: HttpRequest, found: Task) -> list[dict[str, Any]]:
    """Reports that this person may see, each with why it cannot be accepted or returned."""
    judging = can(request.actor, "ledger.judge")
    reports = queries.reports_of(found, actor=request.actor)
    evidence = queries.evidence_of(reports)
    return [
        {
            "report": report,
            "evidence": evidence.get(report.pk, []),
            "judging": judging and report.state == "submitted",
            "why_not": actions.why_not_accept(report=report, by=request.actor) if judging else [],
        }
        for report in reports
    ]
