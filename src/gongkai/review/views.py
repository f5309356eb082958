"""Pages of reviewers: what waits, one document with its decision, the secrecy review."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from gongkai.documents.models import Document
from gongkai.documents.queries import determination_of, ground_text
from gongkai.kernel import clock
from gongkai.kernel.html import clean
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.wall import acts, visible
from gongkai.review import actions, queries, rules, states
from gongkai.review.forms import APPROVE, DecisionForm, SecrecyForm


@acts("review.view")
def index(request: HttpRequest) -> HttpResponse:
    """What waits for this person's review, oldest first."""
    return render(request, "review/list.html", {"waiting": queries.waiting_for(request.actor)})


@acts("review.view", post="review.decide", objects={"pk": Document})
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One document for its reviewer: text, openness, justifications, decisions so far; POST decides."""
    action = "review.decide" if request.method == "POST" else "review.view"
    rows = visible(Document, request.actor, action).select_related("unit", "author")
    document = get_object_or_404(rows, pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        approve = form.cleaned_data["decision"] == APPROVE
        try:
            step = actions.decide(
                document=document,
                by=request.actor,
                now=clock.now(),
                approve=approve,
                opinion=form.cleaned_data["opinion"],
            )
            messages.success(
                request, f"已记录：{rules.LABELS[step.step]}，{states.DECISIONS[step.decision]}。"
            )
            return redirect("review:list")
        except Refused as refused:
            refuse_in_form(form, refused)
    step = queries.step_due(document)
    context = {
        "document": document,
        "form": form,
        "secrecy_form": SecrecyForm(),
        "step": step,
        "step_label": rules.LABELS.get(step or "", ""),
        "why_not": actions.why_not_decide(document=document, by=request.actor, approve=True),
        "why_not_return": actions.why_not_decide(
            document=document, by=request.actor, approve=False, opinion="（待填写）"
        ),
        "why_not_secrecy": actions.why_not_review_secrecy(
            document=document, by=request.actor, opinion="（待填写）"
        ),
        "secrecy": queries.secrecy_review_of(document),
        "history": queries.history(document),
        "determination": determination_of(document),
        "attachments": document.attachments.select_related("file"),
        "body": mark_safe(clean(document.body)),  # cleaned on write and once more here
        "justifications": document.justifications.select_related("by").order_by("at"),
    }
    found = context["determination"]
    context["ground"] = ground_text(found.ground) if found else ""
    return render(request, "review/page.html", context, status=422 if form.errors else 200)


@acts("review.secrecy", objects={"pk": Document})
@require_POST
def secrecy(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the secrecy review."""
    document = get_object_or_404(visible(Document, request.actor, "review.secrecy"), pk=pk)
    form = SecrecyForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return redirect("review:page", pk=pk)
    try:
        actions.review_secrecy(document=document, by=request.actor, now=clock.now(), **form.cleaned_data)
        messages.success(request, "已记录保密审查。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("review:page", pk=pk)
