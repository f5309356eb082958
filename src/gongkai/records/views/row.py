"""One row: entered by a form made from its schema, shown with its history, changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, can, visible
from gongkai.records import actions, queries, states
from gongkai.records.forms import ApproversForm, RowForm
from gongkai.records.models import RecordApproval, RecordRow
from gongkai.records.views.frame import kind_or_404, rows_url, verbs_of


@acts("records.work")
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Enter one row."""
    kind = kind_or_404(code)
    form = RowForm(request.POST or None, kind=kind, units=queries.working_units(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_row(
                kind=kind, unit=form.cleaned_data["unit"], values=form.values, by=request.actor, now=clock.now(),
                column=form.cleaned_data.get("column"), explained=form.explained,
            )  # fmt: skip
            messages.success(request, "已存为草稿。送审以后由审核人公开。")
            return redirect("records:row", pk=row.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"kind": kind, "form": form, "back": rows_url(kind), "is_new": True}
    return render(request, "records/edit.html", context, status=422 if form.errors else 200)


@acts("records.view", objects={"pk": RecordRow})
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A row as it stands, what is proposed, its history, and what can be done."""
    row = get_object_or_404(
        visible(RecordRow, request.actor).select_related("unit", "by", "proposed_by"), pk=pk
    )
    kind = kind_or_404(row.code)
    today = legal_today(request)
    periods = queries.Periods()
    shown = queries.shown(kind, row, periods, today=today)
    approvals = list(visible(RecordApproval, request.actor).filter(row=row).select_related("person"))
    works = can(request.actor, "records.work", row.unit_id)
    publishes = can(request.actor, "records.publish", row.unit_id)
    proposed = row.proposed or {}
    context = {
        "kind": kind,
        "row": row,
        "shown": shown,
        "fields": [
            (field.label, cell, proposed.get(field.name, "") if proposed.get(field.name, row.values.get(field.name, "")) != row.values.get(field.name, "") else "", field.name in row.to_confirm)
            for field, cell in zip(kind.fields, shown.cells, strict=True)
        ],
        "steps": queries.steps_of(kind, row, periods, today=today),
        "faults": queries.faults_in(kind, row.proposed or row.values),
        "findings": queries.row_findings(kind, [row]) if row.state != states.ENDED else [],
        "editions": queries.editions(row, request.actor),
        "approvals": approvals,
        "may_approve": any(one.person_id == request.actor.person_id and not one.approved_at for one in approvals)
        and row.state == states.WAITING and publishes,
        "page_url": f"/records/{kind.code}/{row.pk}/" if kind.item_page and row.state == states.LIVE else "",
        "verbs": verbs_of(request, kind),
        "redrawing": queries.redrawing(kind),
        "may": {
            "edit": works and row.state in (states.DRAFT, states.HIDDEN, states.LIVE) and not row.anonymised_at,
            "submit": works and row.state in states.sources_of("submit"),
            "take_back": works and row.state == states.WAITING,
            "publish": publishes and kind.approvals == 1 and (row.state == states.WAITING or bool(row.proposed)),
            "return": publishes and (row.state == states.WAITING or bool(row.proposed)),
            "hide": publishes and row.state == states.LIVE,
            "check": works and row.state == states.LIVE and kind.stale_days is not None,
        },
        "back": rows_url(kind),
    }  # fmt: skip
    return render(request, "records/row.html", context)


@acts("records.work", objects={"pk": RecordRow})
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a row; a public one waits for somebody else with its change."""
    row = get_object_or_404(visible(RecordRow, request.actor, "records.work").select_related("unit"), pk=pk)
    kind = kind_or_404(row.code)
    form = RowForm(
        request.POST or None,
        kind=kind,
        values=row.proposed or row.values,
        marked=tuple(row.to_confirm),
        needs_reason=row.state == states.LIVE,
        row=row,
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.edit_row(
                kind=kind, row=row, values=form.values, by=request.actor, now=clock.now(),
                reason=form.cleaned_data.get("reason", ""), explained=form.explained,
            )  # fmt: skip
            waits = row.state == states.LIVE
            messages.success(request, "改动已记下，审核人公开后网站才更新。" if waits else "已保存。")
            return redirect("records:row", pk=row.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"kind": kind, "form": form, "row": row, "back": "../"}
    return render(request, "records/edit.html", context, status=422 if form.errors else 200)


@acts("records.work", objects={"pk": RecordRow})
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one row to review; for a type with several approvals name the persons."""
    row = get_object_or_404(visible(RecordRow, request.actor, "records.work").select_related("unit"), pk=pk)
    kind = kind_or_404(row.code)
    people = queries.possible_approvers(row.unit, today=legal_today(request), without=request.actor.person_id)
    form = ApproversForm(request.POST or None, people=people, count=kind.approvals)
    if request.method == "POST" and (kind.approvals == 1 or form.is_valid()):
        try:
            chosen = list(form.cleaned_data["approvers"]) if kind.approvals > 1 else []
            actions.submit(kind=kind, ids=[row.pk], by=request.actor, now=clock.now(), approvers=chosen)
            messages.success(request, "已送审。")
            return redirect("records:row", pk=row.pk)
        except Refused as refused:
            if kind.approvals == 1:
                tell_refusals(request, refused)
                return redirect("records:row", pk=row.pk)
            refuse_in_form(form, refused)
    context = {"kind": kind, "row": row, "form": form, "back": "../"}
    return render(request, "records/submit.html", context, status=422 if form.errors else 200)


@acts("records.publish", objects={"pk": RecordRow})
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the named persons agrees."""
    row = get_object_or_404(visible(RecordRow, request.actor, "records.publish"), pk=pk)
    if request.method == "POST":
        try:
            row = actions.approve(kind=kind_or_404(row.code), row=row, by=request.actor, now=clock.now())
            messages.success(
                request,
                "已同意，还要等另一位审批人。" if row.state == states.WAITING else "已同意，现在已经公开。",
            )
        except Refused as refused:
            tell_refusals(request, refused)
    return redirect("records:row", pk=row.pk)
