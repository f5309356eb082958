"""Pages of reviewers: what waits, one document with its decision, the secrecy review, what was given back."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from gongkai.documents.models import Document
from gongkai.documents.queries import determination_of, digest_of, ground_text, key_of, open_correction
from gongkai.gate.queries import run_of
from gongkai.kernel import clock
from gongkai.kernel.html import clean
from gongkai.law.refusal import Refused
from gongkai.orgs.accounts import proven_within, way_to_prove
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, visible
from gongkai.review import actions, queries, rules, states
from gongkai.review.forms import APPROVE, OPEN, DecisionForm, SecrecyForm
from gongkai.review.rules.signing import PROOF_SECONDS

KEPT_OPINION = "gk_sign_opinion"
_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")


@acts("review.view")
def index(request: HttpRequest) -> HttpResponse:
    """What waits for this person's review, oldest first."""
    context = {
        "waiting": queries.waiting_for(request.actor),
        "to_answer": queries.to_answer(request.actor),
    }
    return render(request, "review/list.html", context)


@acts("review.view", post="review.decide", objects={"pk": Document})
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One document for its reviewer: text, openness, justifications, decisions so far; POST decides."""
    action = "review.decide" if request.method == "POST" else "review.view"
    rows = visible(Document, request.actor, action).select_related("unit", "author")
    document = get_object_or_404(rows, pk=pk)
    kept = request.session.get(KEPT_OPINION, {}).get(str(pk), "")
    form = DecisionForm(request.POST or None, initial={"opinion": kept})
    if request.method == "POST" and form.is_valid():
        away = _prove_first(request, document, form.cleaned_data)
        if away:
            return away
        try:
            step = _decide(request, document, form.cleaned_data)
            said = f"已记录：{rules.LABELS[step.step]}，{states.DECISIONS[step.decision]}。"
            messages.success(request, said)
            request.session.pop(KEPT_OPINION, None)
            return redirect("review:list")
        except Refused as refused:
            refuse_in_form(form, refused)
    context = _context(request, document, form)
    return render(request, "review/page.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, document: Document, given: dict[str, Any]) -> Any:
    proof = _proof(request)
    return actions.decide(
        document=document,
        by=request.actor,
        now=clock.now(),
        approve=given["decision"] == APPROVE,
        opinion=given["opinion"],
        reason=given["reason"],
        should_be_public=given["decision"] == OPEN,
        signature=proof if queries.step_due(document) == rules.FINAL and proof else states.LOGIN,
    )


def _prove_first(request: HttpRequest, document: Document, given: dict[str, Any]) -> HttpResponse | None:
    """The final approval is a signature: whoever gives it has just used a passkey or a code."""
    if given["decision"] != APPROVE or queries.step_due(document) != rules.FINAL or _proof(request):
        return None
    why_not = actions.why_not_decide(
        document=document,
        by=request.actor,
        approve=True,
        opinion=given["opinion"],
        today=legal_today(request),
    )
    if why_not:
        return None  # the form says so; nobody proves himself in vain
    request.session[KEPT_OPINION] = {str(document.pk): given["opinion"]}
    here = reverse("review:page", args=[document.pk])
    messages.info(request, "签发前请确认是您本人。确认以后回到这一页，再点“同意签发”。")
    return redirect(f"{reverse(way_to_prove(request))}?{urlencode({'next': here})}")


def _proof(request: HttpRequest) -> str:
    kind = proven_within(request, PROOF_SECONDS)
    return {"": "", "webauthn": states.PASSKEY}.get(kind, states.CODE)


def _context(request: HttpRequest, document: Document, form: DecisionForm) -> dict[str, Any]:
    step = queries.step_due(document)
    found, words, today = determination_of(document), "（待填写）", legal_today(request)
    if step == rules.OPINION:
        form.fields["opinion"].help_text = "写明该不该公开、为什么；签发人会看到"
    return {
        "run": run_of(key_of(document), digest_of(document)),
        "correction": open_correction(document),
        "document": document,
        "form": form,
        "secrecy_form": SecrecyForm(),
        "step": step,
        "step_label": rules.LABELS.get(step or "", ""),
        "why_not": actions.why_not_decide(
            document=document, by=request.actor, approve=True, opinion=words, today=today
        ),
        "why_not_return": actions.why_not_decide(
            document=document,
            by=request.actor,
            approve=False,
            opinion=words,
            reason=states.OTHER,
            today=today,
        ),
        "why_not_secrecy": actions.why_not_review_secrecy(document=document, by=request.actor, opinion=words),
        "secrecy": queries.secrecy_review_of(document),
        "given_opinion": queries.opinion_of(document),
        "history": queries.history(document),
        "determination": found,
        "ground": ground_text(found.ground) if found else "",
        "attachments": document.attachments.select_related("file"),
        "body": mark_safe(clean(document.body)),  # cleaned on write and once more here
        "justifications": document.justifications.select_related("by").order_by("at"),
        "coordinations": queries.coordinations_of(document),
        "proof": states.SIGNATURES.get(_proof(request), "") if step == rules.FINAL else "",
        "sheet": queries.sheet_of(document),
        "why_not_sheet": actions.why_not_record_sheet(document=document, by=request.actor, today=today),
    }


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


@acts("review.view")
def returns(request: HttpRequest) -> HttpResponse:
    """退文 of a month by unit and reason; a figure opens its papers."""
    today = legal_today(request)
    month = request.GET.get("month", "")
    month = month if _MONTH.fullmatch(month) else f"{today:%Y-%m}"
    unit, reason = request.GET.get("unit", ""), request.GET.get("reason", "")
    opened = "unit" in request.GET
    context = {
        "month": month,
        "months": queries.months_before(today),
        "lines": queries.return_table(request.actor, month=month),
        "reasons": states.REASONS,
        "opened": opened,
        "steps": queries.returned(
            request.actor, month=month, unit=int(unit) if unit.isdigit() else None, reason=reason
        )
        if opened
        else [],
    }
    return render(request, "review/returns.html", context)
