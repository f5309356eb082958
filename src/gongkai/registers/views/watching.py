"""The monitor of 20 working days, by unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.law.rule_table import value
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts
from gongkai.registers import queries


@acts("registers.view")
def periods(request: HttpRequest) -> HttpResponse:
    """What is due soon, what is overdue, what went out too late this year."""
    today = legal_today(request)
    chosen = request.GET.get("unit", "")
    unit = int(chosen) if chosen.isdigit() else None
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and 2000 <= int(asked) <= today.year else today.year
    found = queries.running(request.actor, today=today)
    late = queries.went_late(request.actor, year=year)
    context = {
        "lines": queries.period_lines(found, late),
        "found": [one for one in found if unit in (None, one.unit.pk)],
        "late": [one for one in late if unit in (None, one.publication.unit_id)],
        "overdue": sum(one.overdue for one in found),
        "unit": unit,
        "year": year,
        "years": range(today.year, today.year - 5, -1),
        "days": value("publication_working_days", on=today),
    }
    return render(request, "registers/periods.html", context)
