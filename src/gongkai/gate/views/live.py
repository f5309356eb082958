"""What the nightly sweep found on pages that are public."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.gate import queries
from gongkai.orgs.wall import acts

PAGE_SIZE = 30
LIGHTS = {"block": ("late", "阻断"), "warn": ("soon", "警示"), "hint": ("ok", "提示")}


@acts("gate.view")
def index(request: HttpRequest) -> HttpResponse:
    """Open findings on my units' pages, and when the sweep last went over them."""
    level = request.GET.get("level", "")
    rows = queries.live_findings(request.actor, level=level if level in LIGHTS else "")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, *LIGHTS[row.level]) for row in page],
        "level": level,
        "levels": [(key, word) for key, (_, word) in LIGHTS.items() if key != "hint"],
        "sweeps": queries.sweeps(3),
    }
    return render(request, "gate/live.html", context)
