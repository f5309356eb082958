"""Papers that staff puts into a case, and whether they go out with the answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.files.actions import confirm as confirm_file
from gongkai.files.actions import take_in_upload
from gongkai.foi.actions import filing
from gongkai.foi.forms.papers import PaperForm
from gongkai.foi.models import Case, Paper
from gongkai.kernel import clock
from gongkai.law.refusal import Refused, refuse_if
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.wall import acts, visible


@acts("foi.handle", objects={"pk": Case})
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a file and say what it is."""
    case = get_object_or_404(visible(Case, request.actor, "foi.handle").select_related("unit"), pk=pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given, now = form.cleaned_data, clock.now()
        try:
            # Before the file is read: nobody waits for a virus scan of what is refused anyway.
            refuse_if(filing.why_not_file_paper(case=case, kind=given["kind"], by=request.actor))
            stored = take_in_upload(
                upload=given["file"], unit=case.unit, by=request.actor, now=now, pictures=True
            )
            filing.file_paper(
                case=case,
                kind=given["kind"],
                title=given["title"],
                file=stored,
                with_answer=given["with_answer"],
                by=request.actor,
                now=now,
            )
            messages.success(request, "材料已放入卷内。")
            return redirect("foi:case", pk=case.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    return render(
        request, "foi/paper_new.html", {"case": case, "form": form}, status=422 if form.errors else 200
    )


@acts("foi.handle", objects={"pk": Paper})
@require_POST
def along(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let the paper go out with the answer, or keep it back."""
    paper = get_object_or_404(visible(Paper, request.actor, "foi.handle").select_related("case"), pk=pk)
    try:
        filing.give_along(
            paper=paper, along=request.POST.get("along") == "1", by=request.actor, now=clock.now()
        )
        messages.success(request, "随答复提供。" if paper.with_answer else "不随答复提供，只留在卷内。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("foi:case", pk=paper.case_id)


@acts("foi.handle", objects={"pk": Paper})
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open a paper from outside that no scanner looked at, on the clerk's own responsibility."""
    rows = visible(Paper, request.actor, "foi.handle").select_related("file")
    paper = get_object_or_404(rows, pk=pk, file__isnull=False)
    assert paper.file is not None
    try:
        confirm_file(file=paper.file, by=request.actor, now=clock.now())
        messages.success(request, "已确认，现在可以打开。这次确认已经留痕。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("foi:case", pk=paper.case_id)
