"""Pages of the look-back: begin it, its board, one verification, its paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries, states
from gongkai.ledger.forms.office import AssignForm, LookBackForm, VerdictForm
from gongkai.ledger.models import LookBack, Plan, Verification
from gongkai.ledger.views.downloads import DOCX, as_file
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, can, visible


@acts("ledger.verify", post="ledger.supervise")
def index(request: HttpRequest) -> HttpResponse:
    """What I am to verify, all look-backs; POST begins one."""
    today, office = legal_today(request), can(request.actor, "ledger.supervise")
    plans = queries.plans_to_look_back(today=today)
    plan = plans[0] if plans else None
    people = queries.verifiers(today=today)
    form = LookBackForm(request.POST or None, people=people, initial={"due_on": actions.usual_due(today)})
    if request.method == "POST" and form.is_valid():
        asked = request.POST.get("plan", "")
        plan = get_object_or_404(Plan, pk=int(asked) if asked.isdigit() and len(asked) < 10 else 0)
        try:
            begun = actions.start_look_back(
                plan=plan,
                due_on=form.cleaned_data["due_on"],
                verifiers=list(form.cleaned_data["verifiers"]),
                by=request.actor,
                now=clock.now(),
            )
            messages.success(request, "已开始，核查人会收到消息。")
            return redirect("ledger:lookback-board", pk=begun.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "mine": queries.my_verifications(request.actor),
        "look_backs": queries.look_backs(),
        "plans": plans,
        "form": form if office and plan else None,
        "today": today,
    }
    return render(request, "ledger/lookback/list.html", context, status=422 if form.errors else 200)


@acts("ledger.verify", post="ledger.supervise")
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """All rows of a look-back with its counts; POST gives chosen rows to another verifier."""
    found = get_object_or_404(LookBack.objects.select_related("plan", "by"), pk=pk)
    today, office = legal_today(request), can(request.actor, "ledger.supervise")
    people = queries.verifiers(today=today) if office else []
    form = AssignForm(request.POST or None, people=people, initial={"check_by": found.due_on})
    verdict = request.GET.get("verdict", "")
    if request.method == "POST":
        if form.is_valid():
            _assign(request, found, form)
        else:
            tell_form_errors(request, form)
        return redirect("ledger:lookback-board", pk=pk)
    shown = queries.board(found, actor=request.actor, verdict=verdict)
    counts = [(key, label, shown.result.count(key)) for key, label in states.VERIFICATION_LABELS.items()]
    context = {
        "look_back": found,
        "board": shown,
        "counts": counts,
        "verdict": verdict if verdict in states.VERIFICATION_LABELS else "",
        "verdict_words": states.VERIFICATION_LABELS.get(verdict, ""),
        "form": form if office and not found.closed_at else None,
        "office": office,
        "why_not_close": actions.why_not_close_look_back(look_back=found, by=request.actor) if office else [],
        "today": today,
    }
    return render(request, "ledger/lookback/board.html", context)


@acts("ledger.verify", objects={"pk": Verification})
def verification(request: HttpRequest, pk: int) -> HttpResponse:
    """One task of one unit with its evidence; POST enters the verdict."""
    rows = visible(Verification, request.actor, "ledger.verify")
    found = get_object_or_404(
        rows.select_related("task__plan", "unit", "verifier", "verified_by", "look_back__plan"), pk=pk
    )
    initial = {
        "verdict": "" if found.state == states.TO_VERIFY else found.state,
        "finding": found.finding,
        "rectify_by": found.rectify_by,
    }
    form = VerdictForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.verify(verification=found, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已记下结论。")
            return _next(request, found)
        except Refused as refused:
            refuse_in_form(form, refused)
    reports = queries.reports_for(found)
    pieces = queries.evidence_of(reports)
    context = {
        "one": found,
        "form": None if found.look_back.closed_at else form,
        "reports": [(report, pieces.get(report.pk, [])) for report in reports],
    }
    return render(request, "ledger/lookback/verification.html", context, status=422 if form.errors else 200)


@acts("ledger.supervise")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a look-back and carry over what is not done."""
    found = get_object_or_404(LookBack.objects.select_related("plan"), pk=pk)
    try:
        carried = actions.close_look_back(look_back=found, by=request.actor, now=clock.now())
        messages.success(request, f"已结束，{len(carried)} 项任务结转到{found.plan.year + 1}年台账。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("ledger:lookback-board", pk=pk)


@acts("ledger.supervise")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The result of a look-back as docx."""
    found = get_object_or_404(LookBack.objects.select_related("plan"), pk=pk)
    shown = queries.board(found, actor=request.actor)
    try:
        content = queries.look_back_paper(
            found, list(shown.rows), shown.paragraph, today=legal_today(request)
        )
    except Refused as refused:
        tell_refusals(request, refused)
        return redirect("ledger:lookback-board", pk=pk)
    return as_file(f"{found.plan.year}年工作要点回头看结果.docx", content, DOCX)


def _assign(request: HttpRequest, found: LookBack, form: AssignForm) -> None:
    chosen = [int(pk) for pk in request.POST.getlist("rows") if pk.isdigit() and len(pk) < 10]
    rows = visible(Verification, request.actor, "ledger.supervise").filter(look_back=found, pk__in=chosen)
    try:
        count = actions.assign(
            verifications=list(rows.select_related("look_back", "unit")),
            verifier=form.cleaned_data["verifier"],
            check_by=form.cleaned_data["check_by"],
            by=request.actor,
            now=clock.now(),
        )
        messages.success(request, f"已改 {count} 项的核查人和日期。")
    except Refused as refused:
        tell_refusals(request, refused)


def _next(request: HttpRequest, found: Verification) -> HttpResponse:
    """On to the next of my own; back to the board where there is none."""
    mine = [one for one in queries.my_verifications(request.actor) if one.pk != found.pk]
    if mine and mine[0].look_back_id == found.look_back_id:
        return redirect("ledger:verification", pk=mine[0].pk)
    return redirect("ledger:lookback-board", pk=found.look_back_id)
