"""Pages of coordination: ask another agency, answer on one page, decide when it stays silent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from gongkai.documents.models import Attachment, Document
from gongkai.documents.queries import determination_of
from gongkai.files import storage
from gongkai.kernel import clock
from gongkai.kernel.html import clean
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, can, visible
from gongkai.review import actions, queries
from gongkai.review.forms import AGREE, AnswerForm, AskForm
from gongkai.review.models import Coordination

OF_COORDINATION = {"pk": Coordination}


@acts("review.view", post="review.ask", objects={"pk": Document})
def of_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Which agencies a paper touches and what they said; POST asks one more."""
    action = "review.ask" if request.method == "POST" else "review.view"
    document = get_object_or_404(visible(Document, request.actor, action).select_related("unit"), pk=pk)
    due, provisional = actions.usual_answer_by(legal_today(request))
    form = AskForm(
        request.POST or None, agencies=queries.agencies_to_ask(document), initial={"answer_by": due}
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.ask(document=document, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, f"已征求{row.asked.short_name}的意见，对方的待办里已经有了。")
            return redirect("review:of_document", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "document": document,
        "form": form,
        "provisional": provisional,
        "rows": queries.coordinations_of(document),
        "why_not": actions.why_not_ask(document=document, by=request.actor),
    }
    return render(request, "review/of_document.html", context, status=422 if form.errors else 200)


@acts("review.coordination")
def index(request: HttpRequest) -> HttpResponse:
    """Every question that concerns this person's units."""
    rows = queries.coordinations_for(request.actor)
    return render(request, "review/coordinations.html", {"rows": rows})


@acts("review.coordination", post="review.answer", objects=OF_COORDINATION)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One question with the text that it is about; the asked agency answers here."""
    row = _row(request, pk, "review.answer" if request.method == "POST" else None)
    digest = queries.digest_of(row.document)
    form = AnswerForm(request.POST or None, initial={"seen": digest})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.answer(
                coordination=row,
                agree=given["decision"] == AGREE,
                opinion=given["opinion"],
                seen=given["seen"],
                by=request.actor,
                now=clock.now(),
            )
            messages.success(request, f"已答复{row.unit.short_name}。")
            return redirect("review:coordination", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = _context(request, row) | {"form": form, "digest": digest}
    return render(request, "review/coordination.html", context, status=422 if form.errors else 200)


@acts("review.settle", objects=OF_COORDINATION)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide in place of an agency that stayed silent, or about a dispute."""
    row = _row(request, pk, "review.settle")
    try:
        actions.settle(
            coordination=row, ruling=request.POST.get("ruling", ""), by=request.actor, now=clock.now()
        )
        messages.success(request, "已记下决定和理由。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("review:coordination", pk=pk)


@acts("review.ask", objects=OF_COORDINATION)
@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft does not touch that agency any more."""
    row = _row(request, pk, "review.ask")
    try:
        actions.call_off(
            coordination=row, ruling=request.POST.get("ruling", ""), by=request.actor, now=clock.now()
        )
        messages.success(request, f"不再征求{row.asked.short_name}的意见。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("review:coordination", pk=pk)


@acts("review.coordination", objects=OF_COORDINATION)
def attachment(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    """An attachment of the paper, for the agency that must confirm it."""
    row = _row(request, pk)
    found = get_object_or_404(
        Attachment.objects.filter(document=row.document_id).select_related("file"), pk=attachment
    )
    try:
        content = storage.open_stored(found.file)
    except FileNotFoundError:
        messages.error(request, f"“{found.file.name}”不在文件库里。请把文件名告诉系统管理员。")
        return redirect("review:coordination", pk=pk)
    answer = FileResponse(content, as_attachment=True, filename=found.file.name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _row(request: HttpRequest, pk: int, action: str | None = None) -> Coordination:
    rows = visible(Coordination, request.actor, action)
    people = ("by", "answered_by", "ruled_by")
    return get_object_or_404(
        rows.select_related("document__unit", "document__author", "unit", "asked", *people), pk=pk
    )


def _context(request: HttpRequest, row: Coordination) -> dict[str, Any]:
    by, today = request.actor, legal_today(request)
    return {
        "row": row,
        "document": row.document,
        "determination": determination_of(row.document),
        "body": mark_safe(clean(row.document.body)),  # cleaned on write and once more here
        "files": row.document.attachments.select_related("file"),
        "own": can(by, "review.view", row.unit_id),
        "answers": can(by, "review.answer", row.asked_id),
        "why_not_answer": actions.why_not_answer(coordination=row, by=by),
        "settles": can(by, "review.settle", row.unit_id),
        "why_not_settle": actions.why_not_settle(coordination=row, by=by, today=today),
        "may_call_off": not actions.why_not_call_off(coordination=row, by=by),
    }
