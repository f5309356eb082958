"""A correction before its publisher: what changes, giving it back, giving it up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.documents import actions as drafting
from gongkai.documents import queries as documents
from gongkai.documents.models import Document
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import tell_form_errors, tell_refusals
from gongkai.orgs.wall import acts, visible
from gongkai.publishing import actions, queries
from gongkai.publishing.forms import GiveBackForm
from gongkai.publishing.models import Publication

OF_DOCUMENT = {"pk": Document}


@acts("documents.view", objects=OF_DOCUMENT)
def comparing(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of a new edition against what stands in public, word by word."""
    document = get_object_or_404(visible(Document, request.actor).select_related("unit"), pk=pk)
    return render(request, "publishing/comparing.html", {"document": document, **changes_of(document)})


@acts("publishing.publish", objects=OF_DOCUMENT)
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give what waits for publication back to its writer."""
    document = get_object_or_404(visible(Document, request.actor, "publishing.publish"), pk=pk)
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return redirect("publishing:confirm", pk=pk)
    try:
        actions.give_back(
            document=document, by=request.actor, now=clock.now(), reason=form.cleaned_data["reason"]
        )
        messages.success(request, "已退回拟稿人修改，修改后重新送审。")
        return redirect("publishing:list")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("publishing:confirm", pk=pk)


@acts("documents.write", objects=OF_DOCUMENT)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the correction up: the record is again as the public sees it."""
    document = get_object_or_404(visible(Document, request.actor, "documents.write"), pk=pk)
    publication = queries.publication_of(document)
    in_public = publication is not None and publication.state == Publication.State.LIVE
    try:
        drafting.drop_correction(document=document, by=request.actor, now=clock.now(), in_public=in_public)
        messages.success(request, "已放弃更正，恢复成公开的版本。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("documents:page", pk=pk)


def changes_of(document: Document) -> dict[str, Any]:
    """What the open correction of a document changes; empty without one."""
    correction = documents.open_correction(document)
    if correction is None:
        return {}
    lines = queries.compare_with_edition(document, correction.base)
    return {
        "correction": correction,
        "lines": lines,
        "counts": queries.counted(lines),
        "changed": queries.changed_labels(document, correction.base),
    }
