"""How often the public pages were read, for those who run the site."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.orgs.queries.visits import visits
from gongkai.orgs.wall import acts


@acts("orgs.change_site")
def index(request: HttpRequest) -> HttpResponse:
    """The last days and the sum; ``?as=csv`` gives every day as a table."""
    if request.GET.get("as") == "csv":
        return _table()
    return render(request, "orgs/visits.html", {"found": visits()})


def _table() -> HttpResponse:
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="visits.csv"'
    rows = csv.writer(answer)
    rows.writerow(["日期", "页面访问量", "独立访客", "来源"])
    for one in visits(None).days:
        rows.writerow([one.day.isoformat(), one.views, one.visitors, one.get_source_display()])
    return answer
