"""What waits for publication, publishing it, the ledger, taking back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from gongkai.documents import actions as drafting
from gongkai.documents.models import Document
from gongkai.kernel import clock
from gongkai.kernel.html import clean
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.wall import acts, visible
from gongkai.publishing import actions, queries, rules
from gongkai.publishing.forms import GiveBackForm, LateForm, WithdrawForm
from gongkai.publishing.models import Publication
from gongkai.publishing.views.correcting import changes_of

PAGE_SIZE = 30


@acts("publishing.view")
def index(request: HttpRequest) -> HttpResponse:
    """What waits for this person to be published, the last day first."""
    waiting = queries.waiting_for(request.actor, today=clock.today())
    return render(request, "publishing/waiting.html", {"waiting": waiting})


@acts("publishing.view")
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger of publications with their receipts, newest first."""
    words, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    page = Paginator(queries.ledger(request.actor, words=words, state=state), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "words": words, "state": state, "states": Publication.State.choices}
    return render(request, "publishing/ledger.html", context)


@acts("publishing.view", post="publishing.publish", objects={"pk": Document})
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that counts before a document goes out; POST publishes it."""
    action = "publishing.publish" if request.method == "POST" else "publishing.view"
    rows = visible(Document, request.actor, action).select_related("unit", "author")
    document = get_object_or_404(rows, pk=pk)
    now = clock.now()
    if request.method == "POST":
        if claimed := actions.claim_refusals(request.POST):
            actions.note_claim(values=request.POST, door="网页", by=request.actor, now=now, about=document)
            tell_refusals(request, Refused(claimed))
            return redirect("publishing:confirm", pk=pk)
        try:
            published = actions.publish(document=document, by=request.actor, now=now)
            messages.success(request, f"已发布，回执编号 {published.receipt}。")
            return redirect("publishing:receipt", pk=published.pk)
        except Refused as refused:
            tell_refusals(request, refused)
            return redirect("publishing:confirm", pk=pk)
    found = queries.lateness_of(document, today=clock.legal_day(now))
    why_not = actions.why_not_publish(document=document, by=request.actor, now=now)
    context = {
        "document": document,
        "body": mark_safe(clean(document.body)),  # noqa: S308 -- cleaned in the same breath
        "why_not": why_not,
        "lateness": found,
        "late_form": LateForm() if any(one.code == rules.LATE for one in why_not) else None,
        "justifications": document.justifications.select_related("by").order_by("at"),
        "published": queries.publication_of(document),
        "attachments": document.attachments.select_related("file").order_by("order", "pk"),
        "give_back_form": GiveBackForm() if document.state == "approved" else None,
        **changes_of(document),
    }
    return render(request, "publishing/confirm.html", context)


@acts("documents.justify", objects={"pk": Document})
@require_POST
def late(request: HttpRequest, pk: int) -> HttpResponse:
    """Record why a document goes out after its period (条例第二十六条)."""
    document = get_object_or_404(visible(Document, request.actor, "documents.justify"), pk=pk)
    form = LateForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return redirect("publishing:confirm", pk=pk)
    try:
        drafting.justify(
            document=document,
            by=request.actor,
            now=clock.now(),
            code=rules.LATE,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, "已记录逾期理由。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("publishing:confirm", pk=pk)


@acts("publishing.view", objects={"pk": Publication})
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of the ledger: number, address, times, digest, what happened since."""
    rows = visible(Publication, request.actor).select_related("unit", "index_number", "edition", "document")
    publication = get_object_or_404(rows, pk=pk)
    context = {
        "publication": publication,
        "url": settings.SITE_URL.rstrip("/") + publication.path,
        "releases": publication.releases.select_related("edition", "by").order_by("-published_at", "-pk"),
        "may_correct": not drafting.why_not_correct(document=publication.document, by=request.actor),
        "withdrawals": publication.withdrawals.select_related("by", "successor").order_by("-at"),
        "why_not": actions.why_not_withdraw(publication=publication, by=request.actor),
    }
    return render(request, "publishing/receipt.html", context)


@acts("publishing.withdraw", objects={"pk": Publication})
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a publication back: what happens, in which meaning, why."""
    rows = visible(Publication, request.actor, "publishing.withdraw").select_related("unit", "index_number")
    publication = get_object_or_404(rows, pk=pk)
    form = WithdrawForm(request.POST or None)
    if claimed := actions.claim_refusals(request.POST):
        actions.note_claim(
            values=request.POST, door="网页", by=request.actor, now=clock.now(), about=publication
        )
        tell_refusals(request, Refused(claimed))
    elif request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(publication=publication, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已撤回。原网址已经换成撤回说明，列表、订阅和搜索里不再有它。")
            return redirect("publishing:receipt", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "publication": publication,
        "form": form,
        "why_not": actions.why_not_withdraw(publication=publication, by=request.actor),
    }
    return render(request, "publishing/withdraw.html", context, status=422 if form.errors else 200)
