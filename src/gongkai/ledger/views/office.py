"""The office's own pages: who is late and why, whom to call on Monday, one unit with its calls."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries
from gongkai.ledger.forms.office import ContactForm
from gongkai.ledger.rules.lateness import LADDER_WORDS, SHORT
from gongkai.ledger.views.downloads import XLSX, table_file
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts

IN_ONE_LOOK = 7
KINDS = {"task": "要点任务", "campaign": "专项行动", "order": "整改单"}
HEADS = ("单位", "事项", "期限", "逾期天数", "原因", "最近一级催办", "下一步")


@acts("ledger.supervise")
def overview(request: HttpRequest) -> HttpResponse:
    """Who is late and why, in one look."""
    today = legal_today(request)
    found = queries.overview(actor=request.actor, today=today)
    every = request.GET.get("all") == "1"
    context = {
        "today": today,
        "found": found,
        "units": found.late if every else found.late[:IN_ONE_LOOK],
        "hidden": 0 if every else max(0, len(found.late) - IN_ONE_LOOK),
        "ladder": LADDER_WORDS,
    }
    return render(request, "ledger/office/overview.html", context)


@acts("ledger.supervise")
def late(request: HttpRequest) -> HttpResponse:
    """The rows behind a number of the overview; also as a table to keep."""
    today = legal_today(request)
    units = queries.late_units(today=today)
    why, kind, asked = (request.GET.get(name, "") for name in ("why", "kind", "unit"))
    unit = next((one.unit for one in units if str(one.unit.pk) == asked), None)
    if asked and unit is None:
        rows = []
    else:
        rows = queries.matters_like(units, why=why, kind=kind, unit=unit.pk if unit else None)
    if request.GET.get("format") == "xlsx":
        table = [
            [
                one.unit.short_name,
                one.title,
                one.since,
                one.days,
                one.reason,
                max(one.sent, default=0),
                one.next_step,
            ]
            for one in rows
        ]
        return table_file(f"逾期清单-{today}", HEADS, table, XLSX)
    context = {
        "rows": rows,
        "why": why,
        "why_words": SHORT.get(why, ""),  # type: ignore[call-overload]
        "kind": kind,
        "kinds": KINDS,
        "reasons": SHORT,
        "unit": unit,
        "asked": asked,
        "units": [one.unit for one in units],
        "query": request.GET.urlencode(),
    }
    return render(request, "ledger/office/late.html", context)


@acts("ledger.supervise")
def monday(request: HttpRequest) -> HttpResponse:
    """The calls of the week: three first, then the rest, each with a text ready to copy."""
    today = legal_today(request)
    base = request.build_absolute_uri("/").rstrip("/")
    found = queries.monday_list(today=today, base_url=base)
    context = {"list": found, "today": today, "total": len(found.first) + len(found.rest)}
    return render(request, "ledger/office/monday.html", context)


@acts("ledger.supervise")
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what is late, the text to copy, the calls; POST notes a call."""
    today = legal_today(request)
    found = get_object_or_404(Unit, pk=pk)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_contact(unit=found, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, f"已记下与{found.short_name}的联系情况。")
            return redirect("ledger:office-unit", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    base = request.build_absolute_uri("/").rstrip("/")
    cards = queries.monday_list(today=today, base_url=base)
    card = next((one for one in (*cards.first, *cards.rest) if one.unit.pk == pk), None)
    context = {
        "unit": found,
        "card": card,
        "staff": queries.staff_of([pk], today=today).get(pk),
        "form": form,
        "notes": queries.contacts_of(found, actor=request.actor),
        "ladder": LADDER_WORDS,
    }
    return render(request, "ledger/office/unit.html", context, status=422 if form.errors else 200)


@acts("ledger.supervise")
def reports(request: HttpRequest) -> HttpResponse:
    """The reports that wait for a decision, or those that went back: what the counts of the overview open."""
    returned = request.GET.get("state") == "returned"
    rows = queries.returned_reports(request.actor) if returned else queries.waiting_reports(request.actor)
    return render(request, "ledger/office/reports.html", {"rows": rows, "returned": returned})


@acts("ledger.supervise")
def paragraph(request: HttpRequest) -> HttpResponse:
    """The paragraph on the plan for the annual report, with its numbers."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else None
    found = queries.year_text(year, today=legal_today(request))
    return render(request, "ledger/office/paragraph.html", {"found": found, "asked": year})
