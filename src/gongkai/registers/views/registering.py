"""Pages of registers: my tasks, a register from its file, the table out and in, all units."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.files.actions import take_in_upload
from gongkai.files.queries import PREVIEW_GONE, own_file
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, can, units_for, visible
from gongkai.registers import actions, queries, states
from gongkai.registers.forms import RegisterFileForm, TotalForm
from gongkai.registers.models import RegisterTask


@acts("registers.view")
def index(request: HttpRequest) -> HttpResponse:
    """The tasks of my units, the yearly totals, and the way to bring a register in."""
    state = request.GET.get("state", states.OPEN)
    chosen = request.GET.get("unit", "")
    mine = _units(request, "registers.view")
    # The district office opens one unit from its overview; everybody else sees his own.
    units = list(mine.filter(pk=int(chosen))) if chosen.isdigit() else list(mine[:1])
    if _office(request) and not chosen.isdigit():
        units = []
    context = {
        "tasks": queries.tasks_of(
            request.actor,
            unit=units[0] if units and chosen else None,
            state=state if state in states.LABELS else "",
        ),
        "unit": units[0] if units else None,
        "totals": [queries.issued_in_year(unit, year) for unit in units for year in queries.years_of(unit)],
        "labels": states.LABELS,
        "state": state,
        "works": can(request.actor, "registers.work"),
        "office": _office(request),
        "form": TotalForm(initial={"year": legal_today(request).year - 1}),
    }
    return render(request, "registers/list.html", context)


@acts("registers.work")
def take_register(request: HttpRequest) -> HttpResponse:
    """Choose the file; it is read and shown before anything is stored."""
    units = _units(request, "registers.work")
    form = RegisterFileForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        try:
            stored = take_in_upload(
                upload=form.cleaned_data["file"],
                unit=unit,
                by=request.actor,
                now=clock.now(),
                for_preview=True,
            )
            return redirect("registers:preview", unit=unit.pk, key=stored.key)
        except Refused as refused:
            refuse_in_form(form, refused)
    return render(request, "registers/import.html", {"form": form}, status=422 if form.errors else 200)


@acts("registers.work")
def preview(request: HttpRequest, unit: int, key: str) -> HttpResponse:
    """What was read, what would change, which faults it has; POST stores it."""
    own = get_object_or_404(_units(request, "registers.work"), pk=unit)
    file = own_file(key, person_id=request.actor.person_id)
    if file is None or file.unit_id != own.pk:
        messages.error(request, PREVIEW_GONE)
        return redirect("registers:import")
    reading = queries.read_stored(file)
    if request.method == "POST":
        try:
            done, changes = actions.import_register(
                reading=reading, unit=own, file=file, by=request.actor, now=clock.now()
            )
            said = f"已写入：新增 {len(changes.new)} 件，改动 {len(changes.changed)} 件，不再登记 {len(changes.gone)} 件。"
            messages.success(request, said if done else "与已有的登记簿相同，没有改动。")
            return redirect("registers:list")
        except Refused:
            messages.error(request, "还没有写入：下面几处需要先在表里改好。")
    today = legal_today(request)
    faults = [
        one for year in reading.years for one in queries.faults_in(reading.rows, own, year, today=today)
    ]
    context = {
        "unit": own, "file": file, "reading": reading, "changes": queries.changes_of(reading, own),
        "faults": faults, "problems": reading.problems[:200],
    }  # fmt: skip
    return render(request, "registers/preview.html", context, status=422 if request.method == "POST" else 200)


@acts("registers.work", objects={"pk": RegisterTask})
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a fault is none."""
    task = get_object_or_404(visible(RegisterTask, request.actor, "registers.work"), pk=pk)
    try:
        actions.explain(task=task, reason=request.POST.get("reason", ""), by=request.actor, now=clock.now())
        messages.success(request, f"{task.number} 已记下说明。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("registers:list")


@acts("registers.work")
@require_POST
def declare(request: HttpRequest) -> HttpResponse:
    """The 制发件数 of my unit's annual report."""
    unit, form = (
        _units(request, "registers.work").filter(pk=request.actor.unit_id).first(),
        TotalForm(request.POST),
    )
    if unit is None or not form.is_valid():
        tell_form_errors(request, form)
        return redirect("registers:list")
    try:
        actions.declare_total(unit=unit, by=request.actor, now=clock.now(), **form.cleaned_data)
        messages.success(request, "已记下年报制发件数。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("registers:list")


@acts("registers.office")
def overview(request: HttpRequest) -> HttpResponse:
    """Every unit: register received, open tasks, faulty copies."""
    return render(request, "registers/overview.html", {"lines": queries.overview()})


def _office(request: HttpRequest) -> bool:
    return can(request.actor, "registers.office")


def _units(request: HttpRequest, action: str):  # type: ignore[no-untyped-def]
    units = units_for(request.actor, action)
    rows = Unit.objects.filter(active=True).order_by("order", "pk")
    return rows if units is None else rows.filter(pk__in=units)
