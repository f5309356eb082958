"""Correcting what stands in public: begin, say what changes, the short road of an obvious slip."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from gongkai.documents import actions
from gongkai.documents.forms import CorrectionForm, SlipForm
from gongkai.documents.models import Document
from gongkai.documents.views.drafting import back
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import tell_form_errors
from gongkai.orgs.wall import acts, visible

OF_DOCUMENT = {"pk": Document}


@acts("documents.write", objects=OF_DOCUMENT)
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new edition of what stands in public."""
    document = get_object_or_404(visible(Document, request.actor, "documents.write"), pk=pk)
    try:
        actions.correct(document=document, by=request.actor, now=clock.now())
    except Refused as refused:
        return back(request, pk, refused)
    return back(request, pk, done="可以更正了。改完正文，写变更说明，再送审；网上的版本现在不变。")


@acts("documents.write", objects=OF_DOCUMENT)
@require_POST
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Say for the public what the new edition changes."""
    document = get_object_or_404(visible(Document, request.actor, "documents.write"), pk=pk)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return back(request, pk)
    try:
        actions.describe(document=document, by=request.actor, now=clock.now(), **form.cleaned_data)
    except Refused as refused:
        return back(request, pk, refused)
    return back(request, pk, done="已保存变更说明。")


@acts("documents.submit", objects=OF_DOCUMENT)
@require_POST
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an obvious slip to whoever publishes."""
    document = get_object_or_404(visible(Document, request.actor, "documents.submit"), pk=pk)
    form = SlipForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return back(request, pk)
    try:
        actions.submit_slip(
            document=document,
            by=request.actor,
            now=clock.now(),
            today=clock.today(),
            reason=form.cleaned_data["reason"],
        )
    except Refused as refused:
        return back(request, pk, refused)
    return back(request, pk, done="已送发布人核对，由没有参加修改的同志发布。")
