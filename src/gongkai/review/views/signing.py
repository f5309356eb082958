"""The 发文单: printed, signed by hand, photographed into the file."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.documents.models import Document
from gongkai.documents.queries import determination_of, ground_text
from gongkai.files import storage
from gongkai.files.actions import take_in_upload
from gongkai.kernel import clock
from gongkai.law.refusal import Refused, refuse_if
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, visible
from gongkai.review import actions, queries
from gongkai.review.forms import SheetForm
from gongkai.review.models import SignedSheet


@acts("review.view", objects={"pk": Document})
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet to print; its number names the round and the text that is signed."""
    rows = visible(Document, request.actor, "review.view").select_related("unit", "author")
    document = get_object_or_404(rows, pk=pk)
    found = determination_of(document)
    context = {
        "document": document,
        "sheet": queries.sheet_to_print(document),
        "step": queries.step_due(document),
        "determination": found,
        "ground": ground_text(found.ground) if found else "",
        "coordinations": queries.coordinations_of(document),
        "attachments": document.attachments.all(),
        "record": request.build_absolute_uri(reverse("review:record_sheet", args=[pk])),
    }
    return render(request, "review/sheet.html", context)


@acts("review.record_sheet", objects={"pk": Document})
def record_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """File the photographed sheet: from the phone, the QR code on the paper leads here."""
    rows = visible(Document, request.actor, "review.record_sheet").select_related("unit", "author")
    document = get_object_or_404(rows, pk=pk)
    today = legal_today(request)
    why_not = actions.why_not_record_sheet(document=document, by=request.actor, today=today)
    form = SheetForm(
        request.POST or None,
        request.FILES or None,
        signers=queries.signers_of(document, on=today),
        today=today,
    )
    if request.method == "POST" and not why_not and form.is_valid():
        given = dict(form.cleaned_data)
        on_paper = {name: given[name] for name in ("signer", "signed_on", "code")}
        try:
            refuse_if(
                actions.why_not_accept_sheet(document=document, by=request.actor, today=today, **on_paper)
            )
            file = take_in_upload(
                upload=given.pop("file"),
                unit=document.unit,
                by=request.actor,
                now=clock.now(),
                pictures=True,
                called=f"发文单{document.pk}-{document.round}",
            )
            step = actions.record_sheet(
                document=document, by=request.actor, now=clock.now(), file=file, **given
            )
            messages.success(request, f"已登记：{step.by.name}在纸上签发，发文单已入卷。")
            return redirect("review:page", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"document": document, "form": form, "why_not": why_not}
    status = 422 if request.method == "POST" else 200
    return render(request, "review/record_sheet.html", context, status=status)


@acts("review.view", objects={"pk": SignedSheet})
def photograph(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The photograph of a signed sheet, for those who may see the review."""
    rows = visible(SignedSheet, request.actor).select_related("file")
    found = get_object_or_404(rows, pk=pk)
    try:
        content = storage.open_stored(found.file)
    except FileNotFoundError:
        messages.error(request, f"“{found.file.name}”不在文件库里。请把文件名告诉系统管理员。")
        return redirect("review:page", pk=found.document_id)
    answer = FileResponse(content, as_attachment=True, filename=found.file.name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
