"""The columns of my units, a new one, and one column with everything that can be set."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.columns import actions, queries
from gongkai.columns.forms import ColumnForm
from gongkai.columns.models import Column
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, can, units_for, visible

OF_COLUMN = {"pk": Column}


@acts("columns.view")
def index(request: HttpRequest) -> HttpResponse:
    """The columns that this person sees, open ones first."""
    context = {
        "columns": list(queries.columns_for(request.actor)),
        "may_keep": can(request.actor, "columns.keep"),
        "may_packs": can(request.actor, "columns.packs"),
    }
    return render(request, "columns/list.html", context)


@acts("columns.keep")
def new(request: HttpRequest) -> HttpResponse:
    """Open a column."""
    form = ColumnForm(request.POST or None, units=_units(request))
    if request.method == "POST" and form.is_valid():
        try:
            column = actions.open_column(given=form.given(), by=request.actor, now=clock.now())
            messages.success(request, f"“{column.name}”已开设，公开页面随后可看。")
            return redirect("columns:page", pk=column.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    return render(request, "columns/form.html", {"form": form}, status=422 if form.errors else 200)


@acts("columns.view", post="columns.keep", objects=OF_COLUMN)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One column: what it is for readers who may only look, the form for who may keep it."""
    action = "columns.keep" if request.method == "POST" else "columns.view"
    rows = visible(Column, request.actor, action).select_related(
        "owner", "parent", "post", "person", "deputy"
    )
    column = get_object_or_404(rows, pk=pk)
    may = can(request.actor, "columns.keep", column.owner_id)
    form = ColumnForm(request.POST or None, units=_units(request), column=column) if may else None
    if request.method == "POST" and form is not None and form.is_valid():
        given = form.given()
        given.pop("code")
        try:
            actions.change_column(column=column, given=given, by=request.actor, now=clock.now())
            messages.success(request, "已保存，公开页面随后更新。")
            return redirect("columns:page", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "column": column,
        "address": queries.address_of(column),
        "form": form,
        "told": queries.fields_of_column(column),
        "why_not_close": actions.why_not_close(column=column, by=request.actor) if may else [],
    }
    return render(request, "columns/form.html", context, status=422 if form and form.errors else 200)


@acts("columns.keep", objects=OF_COLUMN)
@require_POST
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a column, or take it into use again."""
    column = get_object_or_404(visible(Column, request.actor, "columns.keep"), pk=pk)
    try:
        if column.status == Column.Status.OPEN:
            actions.close_column(column=column, by=request.actor, now=clock.now())
            messages.success(request, "已停用。已经公开的信息仍在原网址。")
        else:
            actions.reopen_column(column=column, by=request.actor, now=clock.now())
            messages.success(request, "已恢复使用。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("columns:page", pk=pk)


def _units(request: HttpRequest) -> QuerySet[Unit]:
    units = units_for(request.actor, "columns.keep")
    rows = Unit.objects.filter(active=True).order_by("order", "pk")
    return rows if units is None else rows.filter(pk__in=units)
