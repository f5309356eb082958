"""Proposals to revise the standard catalogue: start, change, hand in, decide."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.catalogue import actions, queries, states
from gongkai.catalogue.forms import CellsForm, DecisionForm, ProposalForm, StartChangeForm
from gongkai.catalogue.models import CatalogueProposal, StandardField
from gongkai.catalogue.rules.revising import ADD, REMOVE, VERB_LABELS
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, can, units_for, visible

OF_PROPOSAL = {"pk": CatalogueProposal}


@acts("catalogue.view")
def index(request: HttpRequest) -> HttpResponse:
    """The proposals that this person sees."""
    context = {"proposals": queries.proposals_of(request.actor), "lights": states.LIGHTS}
    return render(request, "catalogue/proposals.html", context)


@acts("catalogue.propose")
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Start a proposal for a field."""
    field = get_object_or_404(StandardField, code=code)
    units = units_for(request.actor, "catalogue.propose")
    rows = Unit.objects.filter(active=True).order_by("order", "pk")
    own = rows.filter(pk__in=units) if units is not None else rows
    form = ProposalForm(request.POST or None, units=own)
    if units is None:
        form.fields["unit"].initial = request.actor.unit_id
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose(field=field, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已建好建议草稿。请加上要修改、新增或删去的事项。")
            return redirect("catalogue:proposal", pk=made.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"form": form, "field": field}
    return render(request, "catalogue/propose.html", context, status=422 if form.errors else 200)


@acts("catalogue.view", objects=OF_PROPOSAL)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal with what it would change."""
    proposal = _proposal(request, pk)
    today = legal_today(request)
    version = queries.current_version(proposal.field)
    names = {one.pk: str(one) for one in queries.matters_for_choice().filter(field=proposal.field_id)}
    context = {
        "proposal": proposal,
        "found": queries.difference_of(proposal, today=today) if proposal.state in (states.DRAFT, states.SUBMITTED) else None,
        "changes": [
            (at, VERB_LABELS[one["verb"]], names.get(one.get("matter") or 0) or one.get("cells", {}).get("level2", ""))
            for at, one in enumerate(proposal.changes)
        ],
        "lights": states.LIGHTS,
        "version": version,
        "may_change": not actions.why_not_change(proposal=proposal, by=request.actor),
        "may_decide": can(request.actor, "catalogue.approve") and proposal.state == states.SUBMITTED,
        "why_not_decide": actions.why_not_decide(proposal=proposal, verb="approve", opinion="", by=request.actor),
        "start_form": StartChangeForm(
            matters=queries.matters_for_choice().filter(field=proposal.field_id)
        ),
        "decision_form": DecisionForm(),
    }  # fmt: skip
    return render(request, "catalogue/proposal.html", context)


@acts("catalogue.propose", objects=OF_PROPOSAL)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write one change: first which matter (GET), then its words (POST)."""
    proposal = _proposal(request, pk, "catalogue.propose")
    asked = request.POST if request.method == "POST" else request.GET
    start = StartChangeForm(asked, matters=queries.matters_for_choice().filter(field=proposal.field_id))
    version = queries.current_version(proposal.field)
    if version is None or not start.is_valid():
        tell_form_errors(request, start)
        return redirect("catalogue:proposal", pk=pk)
    verb, matter = start.cleaned_data["verb"], start.cleaned_data["matter"]
    columns = [] if verb == REMOVE else queries.layout_columns(queries.layout_of(version))
    words = queries.words_of_matter(version, matter.pk) if matter and verb != REMOVE else {}
    shown = {key: words.get(key, "") for key in ("level1", "basis", "subject")} if verb == ADD else words
    form = CellsForm(request.POST if request.method == "POST" else None, columns=columns, words=shown)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_change(
                proposal=proposal, verb=verb, matter=matter.pk if matter else None, cells=form.cells(words),
                by=request.actor, now=clock.now(),
            )  # fmt: skip
            messages.success(request, f"已加上一处“{VERB_LABELS[verb]}”。")
            return redirect("catalogue:proposal", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "proposal": proposal, "form": form, "verb": verb, "verb_words": VERB_LABELS[verb], "matter": matter,
    }  # fmt: skip
    return render(request, "catalogue/change.html", context, status=422 if form.errors else 200)


@acts("catalogue.propose", objects=OF_PROPOSAL)
@require_POST
def drop_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one change out."""
    proposal, at = _proposal(request, pk, "catalogue.propose"), request.POST.get("at", "")
    try:
        actions.drop_change(
            proposal=proposal, at=int(at) if at.isdigit() else -1, by=request.actor, now=clock.now()
        )
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("catalogue:proposal", pk=pk)


@acts("catalogue.propose", objects=OF_PROPOSAL)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    try:
        actions.submit(
            proposal=_proposal(request, pk, "catalogue.propose"), by=request.actor, now=clock.now()
        )
        messages.success(request, "已送区政务公开主管部门批准。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("catalogue:proposal", pk=pk)


@acts("catalogue.propose", objects=OF_PROPOSAL)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it up."""
    try:
        actions.drop(proposal=_proposal(request, pk, "catalogue.propose"), by=request.actor, now=clock.now())
        messages.success(request, "已撤销这份建议。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("catalogue:proposals")


@acts("catalogue.approve", objects=OF_PROPOSAL)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, return or decline."""
    proposal, form = _proposal(request, pk, "catalogue.approve"), DecisionForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return redirect("catalogue:proposal", pk=pk)
    try:
        done = actions.decide(proposal=proposal, by=request.actor, now=clock.now(), **form.cleaned_data)
        made = f"第 {done.result.number} 版已生效，版本差异随后公开。" if done.result else "已记下决定。"
        messages.success(request, made)
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("catalogue:proposal", pk=pk)


def _proposal(request: HttpRequest, pk: int, action: str | None = None) -> CatalogueProposal:
    rows = visible(CatalogueProposal, request.actor, action).select_related(
        "field", "unit", "by", "decided_by", "result"
    )
    return get_object_or_404(rows, pk=pk)
