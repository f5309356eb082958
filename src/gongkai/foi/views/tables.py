"""表三 and 表四 on a page: every number opens its cases; handing in, taking back, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.foi.actions.reporting import hand_in_tables, take_back_tables
from gongkai.foi.forms.after import HandInForm, ReasonForm
from gongkai.foi.models import AnnualTables
from gongkai.foi.queries import annual
from gongkai.foi.rules import tables
from gongkai.kernel import clock
from gongkai.kernel.text.numerals import written_number
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import ALL_UNITS, acts, can, units_for, visible

PAGE = 50
LAST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class Asked:
    """Which year and unit the page is about; no unit means the whole district."""

    year: int
    unit: Unit | None
    choices: tuple[Unit, ...]
    whole: bool

    @property
    def query(self) -> str:
        return f"year={self.year}" + (f"&unit={self.unit.pk}" if self.unit else "")


@acts("foi.view", post="foi.report")
def year_tables(request: HttpRequest) -> HttpResponse:
    """Both tables of a year, what does not agree in them, and the button that freezes them."""
    asked = _asked(request)
    form = HandInForm(request.POST or None)
    before = annual.handed_in(asked.year - 1, asked.unit) if asked.unit else None
    if request.method == "POST" and form.is_valid() and asked.unit:
        try:
            hand_in_tables(
                unit=asked.unit,
                year=asked.year,
                by=request.actor,
                now=clock.now(),
                explained=form.cleaned_data["explained"],
            )
            messages.success(request, f"{asked.year}年表三、表四已定稿。下一年的结转数会与它核对。")
            return redirect(f"{reverse('foi:tables')}?{asked.query}")
        except Refused as refused:
            refuse_in_form(form, refused)
    found = annual.tables_of(asked.year, asked.unit)
    shown = {
        "asked": asked,
        "found": found,
        "rows": _cells(found.rows, tables.row_labels(asked.year), tables.COLUMNS),
        "review": _cells(found.review, tables.REVIEW_GROUPS, tables.REVIEW_COLUMNS),
        "columns": tables.COLUMNS.items(),
        "review_columns": tables.REVIEW_COLUMNS.items(),
        "findings": annual.findings(found, before=before),
        "handed": annual.handed_in(asked.year, asked.unit) if asked.unit else None,
        "missing": annual.units_not_handed_in(asked.year) if asked.unit is None else (),
        "form": form if asked.unit and can(request.actor, "foi.report", asked.unit.pk) else None,
        "back_form": ReasonForm(),
        "may_take_back": can(request.actor, "foi.supervise"),
        "years": range(clock.today().year, max(2018, clock.today().year - 8), -1),
    }
    return render(request, "foi/tables.html", shown, status=422 if form.errors else 200)


@acts("foi.supervise", objects={"pk": AnnualTables})
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The district office opens frozen tables again."""
    row = get_object_or_404(visible(AnnualTables, request.actor, "foi.supervise"), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return redirect(f"{reverse('foi:tables')}?year={row.year}&unit={row.unit_id}")
    try:
        take_back_tables(tables=row, by=request.actor, now=clock.now(), reason=form.cleaned_data["reason"])
        messages.success(request, "已退回，单位可以改正后重新定稿。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect(f"{reverse('foi:tables')}?year={row.year}&unit={row.unit_id}")


@acts("foi.view")
def cell(request: HttpRequest) -> HttpResponse:
    """The cases or disputes behind one number of the tables."""
    asked = _asked(request)
    row, column = request.GET.get("row", ""), request.GET.get("column", "")
    labels = tables.row_labels(asked.year)
    if row in labels and column in tables.COLUMNS:
        found = annual.cases_of_cell(request.actor, year=asked.year, row=row, column=column, unit=asked.unit)
        head, of = labels[row], tables.COLUMNS[column]
    elif row in tables.REVIEW_GROUPS and column in tables.REVIEW_COLUMNS:
        found = annual.disputes_of_cell(
            request.actor, year=asked.year, group=row, column=column, unit=asked.unit
        )
        head, of = tables.REVIEW_GROUPS[row], tables.REVIEW_COLUMNS[column]
    else:
        messages.error(request, "没有说明是哪一格。请在表里点数字。")
        return redirect(f"{reverse('foi:tables')}?{asked.query}")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = {"asked": asked, "page": page, "row": row, "column": column, "head": head, "of": of}
    return render(request, "foi/cell.html", shown | {"disputes": row in tables.REVIEW_GROUPS})


def _cells(
    rows: annual.Rows, labels: Mapping[str, str], columns: Mapping[str, str]
) -> list[tuple[str, str, list[tuple[int, str, str]]]]:
    """Each row with its label and its numbers, each number with the key and the name of its column."""
    return [
        (key, label, [(number, *column) for number, column in zip(rows[key], columns.items(), strict=True)])
        for key, label in labels.items()
    ]


def _asked(request: HttpRequest) -> Asked:
    given = request.POST if request.method == "POST" else request.GET
    year = written_number(given.get("year", "")) or 0
    year = year if tables.FIRST_YEAR <= year <= LAST_YEAR else clock.today().year
    mine = units_for(request.actor, "foi.view")
    whole = mine is ALL_UNITS
    bodies = Unit.objects.filter(active=True).exclude(kind__in=[Unit.Kind.COMMUNITY, Unit.Kind.DISTRICT])
    choices = tuple(bodies if mine is ALL_UNITS else bodies.filter(pk__in=mine))
    wanted = given.get("unit", "")
    unit = next((one for one in choices if str(one.pk) == wanted), None)
    if unit is None and not whole:
        unit = next(iter(choices), None)
        if unit is None:
            raise Http404
    return Asked(year, unit, choices, whole)
