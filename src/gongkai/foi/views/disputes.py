"""Reconsideration and litigation of a case, the register of them, the library of lessons."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.foi.actions import disputing
from gongkai.foi.forms.after import AnsweredForm, DisputeForm, LessonForm, OutcomeForm
from gongkai.foi.models import Case, Dispute
from gongkai.foi.queries import disputes as queries
from gongkai.foi.queries.lessons import library
from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, can, visible

PAGE = 50


@acts("foi.view", post="foi.dispute", objects={"pk": Case})
def of_case(request: HttpRequest, pk: int) -> HttpResponse:
    """All disputes of one case; POST enters a new one."""
    case = get_object_or_404(visible(Case, request.actor), pk=pk)
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = disputing.enter_dispute(case=case, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, f"已登记。最迟 {made.answer_due_on} 提交答复（答辩）。")
            return redirect("foi:disputes", pk=case.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    return _case_page(request, case, form=form)


@acts("foi.dispute", objects={"pk": Dispute})
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The agency's answer went out."""
    dispute = get_object_or_404(visible(Dispute, request.actor, "foi.dispute").select_related("case"), pk=pk)
    form = AnsweredForm(request.POST)
    if form.is_valid():
        try:
            disputing.answer_dispute(dispute=dispute, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已登记提交日期。")
            return redirect("foi:disputes", pk=dispute.case_id)
        except Refused as refused:
            refuse_in_form(form, refused)
    return _case_page(request, dispute.case, answering={dispute.pk: form})


@acts("foi.dispute", objects={"pk": Dispute})
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The outcome came in."""
    dispute = get_object_or_404(visible(Dispute, request.actor, "foi.dispute").select_related("case"), pk=pk)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        try:
            disputing.decide_dispute(dispute=dispute, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已登记结果，表四随之更新。被纠正的案件请归纳一条案例。")
            return redirect("foi:disputes", pk=dispute.case_id)
        except Refused as refused:
            refuse_in_form(form, refused)
    return _case_page(request, dispute.case, deciding={dispute.pk: form})


@acts("foi.dispute", objects={"pk": Dispute})
@require_POST
def learn(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A lesson of this dispute for everybody."""
    dispute = get_object_or_404(visible(Dispute, request.actor, "foi.dispute").select_related("case"), pk=pk)
    form = LessonForm(request.POST)
    if form.is_valid():
        try:
            disputing.write_lesson(
                by=request.actor,
                now=clock.now(),
                unit_id=dispute.unit_id,
                dispute=dispute,
                **form.cleaned_data,
            )
            messages.success(request, "已写入案例库。以后按同一理由拟答复的人会先看到它。")
            return redirect("foi:disputes", pk=dispute.case_id)
        except Refused as refused:
            refuse_in_form(form, refused)
    return _case_page(request, dispute.case, learning={dispute.pk: form})


@acts("foi.dispute", objects={"pk": Dispute})
@require_POST
def bundle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The evidence bundle with its index, made from the file of the case."""
    dispute = get_object_or_404(visible(Dispute, request.actor, "foi.dispute").select_related("case"), pk=pk)
    name, content = queries.evidence_bundle(dispute)
    return FileResponse(BytesIO(content), as_attachment=True, filename=name)


@acts("foi.view")
def register(request: HttpRequest) -> HttpResponse:
    """All disputes that this person may see, those to be answered first."""
    open_only = request.GET.get("open") == "1"
    page = Paginator(queries.register(request.actor, open_only=open_only), PAGE).get_page(
        request.GET.get("page")
    )
    today = legal_today(request)
    rows = [(row, *queries.standing_of(row, today)) for row in page]
    return render(request, "foi/dispute_list.html", {"page": page, "rows": rows, "open_only": open_only})


@acts("foi.view")
def lessons(request: HttpRequest) -> HttpResponse:
    """The library of lost and corrected cases."""
    ground = request.GET.get("ground", "")
    page = Paginator(library(ground if ground in DISPOSITIONS else ""), PAGE).get_page(
        request.GET.get("page")
    )
    rows = [(one, DISPOSITIONS[one.ground].result) for one in page if one.ground in DISPOSITIONS]
    grounds = [(code, one.result) for code, one in DISPOSITIONS.items()]
    shown = {"page": page, "rows": rows, "grounds": grounds, "ground": ground}
    return render(request, "foi/lessons.html", shown)


def _case_page(
    request: HttpRequest,
    case: Case,
    *,
    form: Form | None = None,
    answering: dict[int, Form] | None = None,
    deciding: dict[int, Form] | None = None,
    learning: dict[int, Form] | None = None,
) -> HttpResponse:
    views = queries.of_case(request.actor, case, today=legal_today(request))
    may = can(request.actor, "foi.dispute", case.unit_id)
    typed = [
        one
        for one in (form, *(answering or {}).values(), *(deciding or {}).values(), *(learning or {}).values())
        if one
    ]
    rows: list[dict[str, Any]] = [
        {
            "view": view,
            "answer_form": (answering or {}).get(view.dispute.pk, AnsweredForm()),
            "decide_form": (deciding or {}).get(view.dispute.pk, OutcomeForm()),
            "lesson_form": (learning or {}).get(
                view.dispute.pk, LessonForm(initial={"ground": case.counted_disposition})
            ),
            "lesson": getattr(view.dispute, "lesson", None),
        }
        for view in views
    ]
    shown = {
        "case": case,
        "rows": rows,
        "form": form or DisputeForm(),
        "may": may,
        "lessons": queries.lessons_of(case),
    }
    status = 422 if any(one.errors for one in typed if one.is_bound) else 200
    return render(request, "foi/disputes.html", shown, status=status)
