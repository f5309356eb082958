"""The list, a new document, and the page on which it is written."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from js_asset import Media

from gongkai.catalogue.queries import matters_of_unit
from gongkai.columns.queries import choosable_for
from gongkai.documents import actions, queries, states
from gongkai.documents.forms import (
    AttachForm,
    CorrectionForm,
    DocumentForm,
    NewDocumentForm,
    OpennessForm,
    SlipForm,
)
from gongkai.documents.models import Document
from gongkai.documents.views.checking import hints_of
from gongkai.documents.views.presenting import Page, page_of
from gongkai.files.actions import take_in_upload
from gongkai.kernel import clock
from gongkai.kernel.html import clean
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.wall import acts, can, visible

PAGE_SIZE = 30


@acts("documents.view")
def index(request: HttpRequest) -> HttpResponse:
    """The documents that this person sees, narrowed by state and words."""
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()[:100]
    rows = queries.documents_for(request.actor, state=state, words=words)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "documents/list.html",
        {
            "page": page,
            "state": state,
            "words": words,
            "states": states.LABELS.items(),
            "may_write": can(request.actor, "documents.write"),
        },
    )


@acts("documents.write")
def new(request: HttpRequest) -> HttpResponse:
    """Start a document: upload a file, or write."""
    units = queries.units_to_write_for(request.actor)
    form = NewDocumentForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        unit, file, title = (form.cleaned_data[name] for name in ("unit", "file", "title"))
        try:
            if file:
                stored = take_in_upload(upload=file, unit=unit, by=request.actor, now=clock.now())
                document = actions.draft_from_file(file=stored, unit=unit, by=request.actor, now=clock.now())
                messages.success(request, "已读入文件并建好草稿。请核对认出的字段，再认定公开属性。")
            else:
                document = actions.draft(
                    unit=unit, by=request.actor, now=clock.now(), fields={"title": title.strip()}
                )
                messages.success(request, "已建好草稿。请填写字段和正文。")
            return redirect("documents:page", pk=document.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    return render(request, "documents/new.html", {"form": form}, status=422 if form.errors else 200)


@csp_replace(settings.EDITOR_CSP)
@acts("documents.view", post="documents.write", objects={"pk": Document})
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its text and fields, openness, what is missing, and what was decided."""
    action = "documents.write" if request.method == "POST" else "documents.view"
    document = get_object_or_404(
        visible(Document, request.actor, action).select_related("unit", "author", "source_file"), pk=pk
    )
    form = _form(request, document)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                document=document, by=request.actor, now=clock.now(), fields=_typed(form.cleaned_data)
            )
            messages.success(request, f"已保存，{clock.now().astimezone(clock.LEGAL_ZONE):%H:%M}。")
            return redirect("documents:page", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    return render(
        request,
        "documents/page.html",
        {"form": form, "editor_media": _media(form, request), **_context(request, document)},
        status=422 if form.errors else 200,
    )


def _form(request: HttpRequest, document: Document) -> DocumentForm:
    initial = {name: getattr(document, name) for name in actions.FIELDS}
    return DocumentForm(
        request.POST or None,
        initial=initial,
        issuers=queries.issuers_of(document.unit),
        columns=choosable_for(document.unit),
        matters=matters_of_unit(document.unit, also=document.matter_id),
    )


def _media(form: DocumentForm, request: HttpRequest) -> Media:
    """The editor's scripts; its import map runs only under the nonce of this page."""
    return Media.from_media(form.media, nonce=request.csp_nonce)


def _typed(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in actions.FIELDS}


def _context(request: HttpRequest, document: Document) -> dict[str, Any]:
    shown: Page = page_of(document, actor=request.actor, today=clock.today())
    determination = shown.determination
    return {
        "document": document,
        "shown": shown,
        "openness_form": OpennessForm(
            initial={
                "openness": determination.openness if determination else shown.openness_in_text,
                "ground": determination.ground if determination else "",
                "reason": determination.reason if determination else "",
            }
        ),
        "attach_form": AttachForm(document=document),
        "correction_form": CorrectionForm(
            initial={
                name: getattr(shown.correction, name) for name in ("note", "closes_before", "changed_on")
            }
        )
        if shown.correction
        else None,
        "slip_form": SlipForm() if shown.correction else None,
        "attachments": document.attachments.select_related("file"),
        "body": mark_safe(clean(document.body)),  # cleaned on write and once more here
        **(hints_of(document.body, document.title) if shown.may_change else {}),
        "may_take_back": can(request.actor, "documents.submit", document.unit_id),
    }


def back(request: HttpRequest, pk: int, refused: Refused | None = None, done: str = "") -> HttpResponse:
    """Back to the document's page with what was done, or why not."""
    if refused:
        tell_refusals(request, refused)
    elif done:
        messages.success(request, done)
    return redirect("documents:page", pk=pk)
