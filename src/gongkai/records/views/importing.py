"""A sheet comes in: chosen, read and shown row by row, stored when it is confirmed; last year's rows again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.files.actions import discard, take_in_upload
from gongkai.files.models import StoredFile
from gongkai.files.queries import PREVIEW_GONE, own_file
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, visible
from gongkai.records import actions, queries, states
from gongkai.records.forms import LastYearForm, RowsFileForm
from gongkai.records.models import RecordImport
from gongkai.records.queries import RecordType
from gongkai.records.views.frame import kind_or_404, rows_url

MOST_TROUBLES, MOST_SHOWN = 1000, 50


@acts("records.work")
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the sheet."""
    kind = kind_or_404(code)
    units = queries.working_units(request.actor)
    form = RowsFileForm(request.POST or None, request.FILES or None, kind=kind, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            stored = take_in_upload(
                upload=form.cleaned_data["file"],
                unit=form.cleaned_data["unit"],
                by=request.actor,
                now=clock.now(),
                for_preview=True,
            )
            return redirect("records:preview", code=code, unit=form.cleaned_data["unit"].pk, key=stored.key)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"kind": kind, "form": form, "back": rows_url(kind)}
    return render(request, "records/import.html", context, status=422 if form.errors else 200)


@acts("records.work")
def preview(request: HttpRequest, code: str, unit: int, key: str) -> HttpResponse:
    """What was read, row by row; POST stores it, or throws the sheet away."""
    kind = kind_or_404(code)
    own = get_object_or_404(queries.working_units(request.actor), pk=unit)
    file = own_file(key, person_id=request.actor.person_id)
    if file is None or file.unit_id != own.pk:
        messages.error(request, PREVIEW_GONE)
        return redirect("records:import", code=code)
    queued = visible(RecordImport, request.actor).filter(file=file).first()
    if queued is not None:
        return redirect("records:importing", pk=queued.pk)
    faults: list[str] = []
    if request.method == "POST":
        try:
            return redirect(_decided(request, kind, own, file))
        except Refused as refused:
            faults = [str(one) for one in refused.refusals]
    reading = queries.read_sheet(kind, own, file)
    context = {
        "kind": kind,
        "unit": own,
        "file": file,
        "reading": reading,
        "faults": faults,
        "findings": reading.findings[:MOST_TROUBLES],
        "explained": request.POST.get("explained", ""),
        "troubles": reading.troubles[:MOST_TROUBLES],
        "bad_rows": len({one.row for one in reading.troubles}),
        "more": max(0, len(reading.troubles) - MOST_TROUBLES),
        "sample": [(one.row, [one.values[field.name] for field in kind.fields]) for one in reading.new[:5]],
        "changed": reading.changed[:MOST_SHOWN],
        "back": rows_url(kind),
    }
    return render(request, "records/preview.html", context, status=422 if faults else 200)


def _decided(request: HttpRequest, kind: RecordType, unit: Unit, file: StoredFile) -> str:
    """What the person chose below the preview: thrown away, queued, or written; returns where to go."""
    by, now = request.actor, clock.now()
    if "drop" in request.POST:
        discard(file=file, by=by, now=now)
        messages.success(request, "没有导入，表格已删除。")
        return rows_url(kind)
    only_good, update = "only" in request.POST, "update" in request.POST
    explained = request.POST.get("explained", "")[:500]
    if _is_long(request):
        job = actions.import_later(
            kind=kind,
            unit=unit,
            file=file,
            by=by,
            now=now,
            only_good=only_good,
            update=update,
            explained=explained,
        )
        return reverse("records:importing", args=[job.pk])
    batch, done = actions.import_sheet(
        kind=kind,
        unit=unit,
        file=file,
        by=by,
        now=now,
        only_good=only_good,
        update=update,
        explained=explained,
    )
    changed = f"，更新 {len(done.changed)} 行" if update and done.changed else ""
    messages.success(request, f"已写入 {batch.count} 行草稿{changed}。送审以后由审核人公开。")
    return rows_url(kind, f"batch={batch.pk}")


@acts("records.view", objects={"pk": RecordImport})
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the job is with a long sheet, and what came of it; the page asks again by itself."""
    job = get_object_or_404(visible(RecordImport, request.actor).select_related("unit", "by", "batch"), pk=pk)
    kind = kind_or_404(job.code)
    context = {
        "job": job,
        "kind": kind,
        "waiting": job.state == states.IMPORTING,
        "problems": job.problem.splitlines(),
        "rows": rows_url(kind, f"batch={job.batch_id}") if job.batch_id else "",
        "back": rows_url(kind),
    }
    return render(request, "records/importing.html", context)


def _is_long(request: HttpRequest) -> bool:
    """Whether the preview counted more rows than a request should store; the job reads and counts for itself."""
    count = request.POST.get("rows", "")
    return count.isascii() and count.isdigit() and len(count) < 9 and int(count) > actions.AT_ONCE


@acts("records.work")
def last_year(request: HttpRequest, code: str) -> HttpResponse:
    """照去年做: last year's rows as drafts."""
    kind = kind_or_404(code)
    today = legal_today(request)
    form = LastYearForm(
        request.POST or None, units=queries.working_units(request.actor), initial={"year": today.year - 1}
    )
    if request.method == "POST" and form.is_valid():
        try:
            batch = actions.copy_last_year(kind=kind, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(
                request, f"已照做 {batch.count} 行草稿，日期顺延一年。标出的字段请逐行核对，或者整批确认。"
            )
            return redirect(rows_url(kind, f"batch={batch.pk}"))
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"kind": kind, "form": form, "back": rows_url(kind)}
    return render(request, "records/last_year.html", context, status=422 if form.errors else 200)
