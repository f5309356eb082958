"""Pages of the ledger: by task and unit, one task, the plan before it is stored."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.files.actions import take_in_upload
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries
from gongkai.ledger.forms import (
    PlanFileForm,
    ReportForm,
    TitleForm,
    UnitsForm,
    choices_in,
    corrections_in,
)
from gongkai.ledger.models import ProgressReport, Task, TaskUnit
from gongkai.ledger.rules.lights import THRESHOLDS
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, can, visible

VIEWS = {"task": "按任务", "unit": "按单位", "chapter": "章节任务"}


@acts("ledger.view")
def index(request: HttpRequest) -> HttpResponse:
    """The ledger of a year: overdue first in words, then every task on one screen."""
    asked = request.GET.get("year", "")
    by = request.GET.get("by", "task")
    origin = Task.Origin.CHAPTER if by == "chapter" else Task.Origin.ANNEX
    year = int(asked) if asked.isdigit() and len(asked) == 4 else None
    page = queries.ledger(year=year, today=legal_today(request), origin=origin)
    rows, open_only = page.rows, request.GET.get("open") == "1"
    if open_only:
        rows = tuple(row for row in rows if row.light.state != "done")
    context = {
        "plan": page.plan,
        "page": page,
        "rows": rows,
        "by": by if by in VIEWS else "task",
        "views": VIEWS.items(),
        "open_only": open_only,
        "units": queries.by_unit(page) if by == "unit" else [],
        "thresholds": THRESHOLDS,
        "may_import": can(request.actor, "ledger.import"),
        "total": sum(page.counts.values()),
    }
    return render(request, "ledger/list.html", context)


@acts("ledger.import")
def take_plan(request: HttpRequest) -> HttpResponse:
    """Choose the file of a plan. It is kept with the papers; the ledger stays as it is."""
    form = PlanFileForm(request.POST or None, request.FILES or None, initial={"year": clock.today().year})
    if request.method == "POST" and form.is_valid():
        try:
            stored = take_in_upload(
                upload=form.cleaned_data["file"], unit=None, by=request.actor, now=clock.now()
            )
            asked = QueryDict(mutable=True)
            asked.update({"file": stored.key, "year": str(form.cleaned_data["year"])})
            return redirect(f"{reverse('ledger:preview')}?{asked.urlencode()}")
        except Refused as refused:
            refuse_in_form(form, refused)
    return render(request, "ledger/import.html", {"form": form}, status=422 if form.errors else 200)


@acts("ledger.import", post="ledger.import")
def preview(request: HttpRequest) -> HttpResponse:
    """What was read, not understood first; POST checks corrections, and stores where asked to."""
    given = request.POST if request.method == "POST" else request.GET
    file, year = queries.plan_file(given.get("file", ""), actor=request.actor), given.get("year", "")
    if file is None or not year.isdigit() or len(year) != 4:
        messages.error(request, "找不到要核对的文件。请重新选文件。")
        return redirect("ledger:import")
    typed = request.POST.dict()
    chosen = choices_in(typed)
    try:
        reading = queries.read_stored_plan(file, year=int(year), corrections=corrections_in(typed))
        if request.method == "POST" and "store" in request.POST:
            source = actions.Source(name=file.name, digest=file.digest, file=file)
            plan, changes = actions.import_plan(
                reading=reading, source=source, by=request.actor, now=clock.now(), chosen=chosen
            )
            messages.success(request, _stored(plan.year, changes))
            return redirect(f"{reverse('ledger:list')}?year={plan.year}")
    except Refused as refused:
        if "store" not in request.POST:
            tell_refusals(request, refused)
            return redirect("ledger:import")
        messages.error(request, "还没有写入台账：下面几处需要先改好。")
    view = queries.preview_of(reading, typed=typed, chosen=chosen)
    status = 422 if request.method == "POST" and view.blocked else 200
    return render(request, "ledger/preview.html", {"file": file, "year": year, "view": view}, status=status)


@acts("ledger.view", post="ledger.report")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: what, who, how far; POST reports progress for a unit."""
    found = get_object_or_404(Task.objects.select_related("plan"), pk=pk)
    units = queries.units_to_report_for(found, request.actor)
    form = ReportForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_progress(task=found, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已报送，等区政务公开主管部门核对。")
            return redirect("ledger:task", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "task": found,
        "row": queries.row_of(found, today=clock.today()),
        "form": form if units else None,
        "title_form": TitleForm(initial={"short_title": found.short_title}),
        "reports": _reports(request, found),
        "may_correct": can(request.actor, "ledger.correct"),
    }
    return render(request, "ledger/task.html", context, status=422 if form.errors else 200)


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


def _stored(year: int, changes: queries.Changes) -> str:
    if changes.stored and not changes.any:
        return f"{year}年台账里已有相同的任务，没有改动。"
    gone = f"；台账里另有 {len(changes.gone)} 项不在这个文件里，仍然保留" if changes.gone else ""
    return f"已写入{year}年台账：新增 {len(changes.new)} 项，更新 {len(changes.changed)} 项{gone}。"


def _reports(request: HttpRequest, found: Task) -> list[dict[str, Any]]:
    """Reports that this person may see, each with why it cannot be accepted or returned."""
    judging = can(request.actor, "ledger.judge")
    return [
        {
            "report": report,
            "judging": judging and report.state == "submitted",
            "why_not": actions.why_not_accept(report=report, by=request.actor) if judging else [],
        }
        for report in queries.reports_of(found, actor=request.actor)
    ]
