"""Lists: the cases of a unit or of all, the register, the places of search."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.foi import states
from gongkai.foi.actions.searching import add_place, change_place
from gongkai.foi.forms.handling import PlaceForm
from gongkai.foi.models import SearchPlace
from gongkai.foi.queries import case_lists as lists
from gongkai.foi.queries.case_page import HEADINGS
from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.foi.views.handling.shown import address_of
from gongkai.kernel import clock
from gongkai.kernel.text.numerals import written_number
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.middleware import legal_calendar, legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import ALL_UNITS, acts, can, units_for, visible
from gongkai.sheets.pages import as_download
from gongkai.sheets.queries import Column, Kind, Sheet, SheetRow, export_xlsx

PAGE = 50
RESULTS = {code: one.result for code, one in DISPOSITIONS.items()}
REGISTER = Sheet(
    key="foi.register",
    title="依申请公开登记簿",
    name="number",
    columns=(
        Column("number", "受理编号", width=26),
        Column("arrived", "到达日", Kind.DATE),
        Column("received", "收到之日", Kind.DATE),
        Column("who", "申请人", width=12),
        Column("kind", "申请人类别", width=14),
        Column("channel", "渠道", width=12),
        Column("title", "所需信息", width=40),
        Column("unit", "答复单位", width=16),
        Column("holder", "承办单位", width=16),
        Column("officer", "经办人", width=10),
        Column("state", "状态", width=12),
        Column("due", "答复期限", Kind.DATE),
        Column("result", "办理结果", width=30),
        Column("closed", "答复发出日", Kind.DATE),
        Column("served", "送达日", Kind.DATE),
    ),
    note="条例第四十五条：登记、审核、办理、答复、归档",
)


@acts("foi.view")
def index(request: HttpRequest) -> HttpResponse:
    """Cases with their date, light and next step."""
    today, work = legal_today(request), legal_calendar(request)
    asked = _asked(request)
    rows = lists.cases_for(request.actor, asked, today=today, work=work)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    everywhere = units_for(request.actor, "foi.view") is ALL_UNITS
    context = {
        "page": page,
        "rows": lists.as_rows(lists.of_page(page), today=today, work=work),
        "asked": asked,
        "lists": lists.LISTS.items(),
        "headings": HEADINGS,
        "states": [(key, states.LABELS[key]) for key in states.LABELS],
        "units": Unit.objects.filter(active=True) if everywhere else [],
        "query": _query(asked),
        "keep": f"list={asked.which}&{_query(asked)}",
        "counter_url": address_of("foi:counter") if can(request.actor, "foi.register") else "",
        "near_days": lists.NEAR_WORKING_DAYS,
    }
    return render(request, "foi/list.html", context)


@acts("foi.view")
def register(request: HttpRequest) -> HttpResponse:
    """The register of a year, as a page or as a table for the file."""
    years = lists.years_of(request.actor)
    year, unit = _number(request, "year"), _number(request, "unit")
    year = year or (years[0] if years else legal_today(request).year)
    rows = lists.register_of(request.actor, year=year, unit=unit)
    if request.GET.get("format") == "xlsx":
        made = export_xlsx(
            REGISTER,
            [
                SheetRow(str(one.pk), lists.register_line(one, RESULTS))
                for one in rows.select_related(*lists.WITH)
            ],
            by=request.actor.name,
            now=clock.now(),
        )
        return as_download(made)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(one.pk, lists.register_line(one, RESULTS)) for one in lists.of_page(page)],
        "years": years,
        "year": year,
        "unit": unit,
        "query": urlencode({"year": year} | ({"unit": unit} if unit else {})),
    }
    return render(request, "foi/register.html", context)


@acts("foi.view", post="foi.settings")
def places(request: HttpRequest) -> HttpResponse:
    """Where a unit searches; POST adds a place."""
    own = request.actor.unit_id
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_place(
                unit=get_object_or_404(Unit, pk=own), by=request.actor, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, "已添加。新的案件要查这里。")
            return redirect("foi:places")
        except Refused as refused:
            refuse_in_form(form, refused)
    rows = visible(SearchPlace, request.actor).filter(unit=own).order_by("-active", "-required", "pk")
    context = {"places": rows, "form": form, "may_change": can(request.actor, "foi.settings", own)}
    return render(request, "foi/places.html", context, status=422 if form.errors else 200)


@acts("foi.view", post="foi.settings", objects={"pk": SearchPlace})
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a place required or not, in use or not."""
    if request.method == "POST":
        row = get_object_or_404(visible(SearchPlace, request.actor, "foi.settings"), pk=pk)
        try:
            change_place(
                place=row,
                by=request.actor,
                required=request.POST.get("required") == "1",
                active=request.POST.get("active") == "1",
                now=clock.now(),
            )
            messages.success(request, f"“{row.name}”已改。")
        except Refused as refused:
            tell_refusals(request, refused)
    return redirect("foi:places")


def _asked(request: HttpRequest) -> lists.Asked:
    which = request.GET.get("list", "")
    heading, state = request.GET.get("heading", ""), request.GET.get("state", "")
    return lists.Asked(
        which=which if which in lists.LISTS else lists.ALL,
        heading=heading if heading in HEADINGS else "",
        state=state if state in states.LABELS else "",
        unit=_number(request, "unit"),
        words=" ".join(request.GET.get("q", "").split())[:60],
        year=_number(request, "year"),
    )


def _query(asked: lists.Asked) -> str:
    given = {
        "heading": asked.heading,
        "state": asked.state,
        "unit": asked.unit,
        "q": asked.words,
        "year": asked.year,
    }
    return urlencode({key: value for key, value in given.items() if value})


def _number(request: HttpRequest, key: str) -> int | None:
    return written_number(request.GET.get(key, ""))
