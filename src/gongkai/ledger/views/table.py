"""The ledger of a year: by task, by unit, the duties of the chapters."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.ledger import queries
from gongkai.ledger.models import Task
from gongkai.ledger.rules.lights import ORDER, THRESHOLDS
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, can

VIEWS = {"task": "按任务", "unit": "按单位", "chapter": "章节任务", "carried": "上年结转"}
ORIGINS = {"chapter": Task.Origin.CHAPTER, "carried": Task.Origin.CARRIED}


@acts("ledger.view")
def index(request: HttpRequest) -> HttpResponse:
    """The ledger of a year: overdue first in words, then every task on one screen."""
    asked = request.GET.get("year", "")
    by = request.GET.get("by", "task")
    origin = ORIGINS.get(by, Task.Origin.ANNEX)
    year = int(asked) if asked.isdigit() and len(asked) == 4 else None
    page = queries.ledger(year=year, today=legal_today(request), origin=origin)
    rows, open_only = page.rows, request.GET.get("open") == "1"
    if open_only:
        rows = tuple(row for row in rows if row.light.state != "done")
    light = request.GET.get("light", "")
    if light in ORDER:  # what a number of the office's overview opens
        rows = tuple(row for row in rows if row.light.state == light)
    context = {
        "plan": page.plan,
        "page": page,
        "rows": rows,
        "by": by if by in VIEWS else "task",
        "views": VIEWS.items(),
        "open_only": open_only,
        "units": queries.by_unit(page) if by == "unit" else [],
        "thresholds": THRESHOLDS,
        "may_import": can(request.actor, "ledger.import"),
        "may_judge": can(request.actor, "ledger.judge"),
        "may_fill": can(request.actor, "ledger.report"),
        "total": sum(page.counts.values()),
    }
    return render(request, "ledger/list.html", context)
