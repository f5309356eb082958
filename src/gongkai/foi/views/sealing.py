"""The file of a case: close it, take the package along, check it, erase who asked when the time has come."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.files import storage
from gongkai.foi.actions import archiving
from gongkai.foi.models import Case, SealedFile
from gongkai.foi.queries import casefile
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, visible


@acts("foi.view", objects={"pk": Case})
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is in the file, whether it can be closed, and what was sealed."""
    case = get_object_or_404(visible(Case, request.actor).select_related("applicant", "unit"), pk=pk)
    sealed = visible(SealedFile, request.actor).filter(case=case).select_related("file").first()
    today = legal_today(request)
    shown = {
        "case": case,
        "sealed": sealed,
        "leaves": casefile.leaves_of(case, as_papers=False) if sealed is None else (),
        "why_not": archiving.why_not_archive(case=case, by=request.actor),
        "why_not_purge": archiving.why_not_purge(case=case, by=request.actor, today=today) if sealed else (),
    }
    return render(request, "foi/file.html", shown)


@acts("foi.archive", objects={"pk": Case})
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Seal the file and archive the case."""
    case = get_object_or_404(visible(Case, request.actor, "foi.archive"), pk=pk)
    try:
        sealed = archiving.archive_case(case=case, by=request.actor, now=clock.now())
        messages.success(request, f"已归档封卷，共 {sealed.papers} 件。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("foi:file", pk=pk)


@acts("foi.view", objects={"pk": SealedFile})
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The package as it was sealed; ``gongkai requests verify`` checks it anywhere."""
    sealed = get_object_or_404(visible(SealedFile, request.actor).select_related("file"), pk=pk)
    try:
        content = storage.open_stored(sealed.file)
    except FileNotFoundError as gone:
        raise Http404 from gone
    return FileResponse(content, as_attachment=True, filename=sealed.file.name)


@acts("foi.view", objects={"pk": SealedFile})
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hold the package against its seal."""
    sealed = get_object_or_404(visible(SealedFile, request.actor).select_related("file"), pk=pk)
    faults = archiving.record_check(sealed=sealed, by=request.actor, now=clock.now())
    for fault in faults:
        messages.error(request, fault)
    if not faults:
        messages.success(request, f"卷宗完整，{sealed.papers} 件都和封卷时一样。")
    return redirect("foi:file", pk=sealed.case_id)


@acts("foi.purge", objects={"pk": Case})
@require_POST
def purge(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Erase who asked; the system does the same on the day by itself."""
    case = get_object_or_404(visible(Case, request.actor, "foi.purge").select_related("applicant"), pk=pk)
    try:
        archiving.purge_identity(case=case, by=request.actor, now=clock.now())
        messages.success(request, "身份信息已清除，统计和办理经过保留。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("foi:file", pk=pk)
