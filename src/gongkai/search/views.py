"""What people looked for in a week, found or not, for the editors of the site."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.kernel import clock
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts
from gongkai.search import queries
from gongkai.search.rules import popular
from gongkai.sheets.pages import as_download
from gongkai.sheets.queries import Column, Kind, Sheet, SheetRow, export_xlsx

SHOWN = 50


@acts("search.report")
def report(request: HttpRequest) -> HttpResponse:
    """A week of searches: in vain first, then what was found, then what stands in public as 热门搜索."""
    today = legal_today(request)
    first, last = popular.week_of(_day(request.GET.get("week", ""), today))
    in_vain = queries.in_vain_between(first, last)
    asked = queries.asked_between(first, last)
    if request.GET.get("format") == "xlsx":
        rows = [("没有结果", one) for one in in_vain] + [("有结果", one) for one in asked]
        return as_download(
            export_xlsx(_sheet(first, last), _rows(rows), by=request.actor.name, now=clock.now())
        )
    context = {
        "first": first,
        "last": last,
        "before": first - timedelta(days=7),
        "after": first + timedelta(days=7) if last < today else None,
        "in_vain": in_vain[:SHOWN],
        "in_vain_times": sum(one.askers for one in in_vain),
        "asked": asked[:SHOWN],
        "popular": queries.popular(today=today),
        "least_askers": popular.LEAST_ASKERS,
        "least_days": popular.LEAST_DAYS,
    }
    return render(request, "search/report.html", context)


def _day(text: str, today: date) -> date:
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today


def _sheet(first: date, last: date) -> Sheet:
    return Sheet(
        key="search.report",
        title=f"搜索词报告（{first} 至 {last}）",
        name="words",
        note="只有词和次数，没有搜索人。没有结果的按次数计；有结果的同一来访者一天计一次。",
        columns=(
            Column("kind", "结果", width=10),
            Column("words", "词语", width=40),
            Column("times", "次数", Kind.NUMBER, width=8),
            Column("days", "天数", Kind.NUMBER, width=8),
        ),
    )


def _rows(rows: list[tuple[str, popular.Asked]]) -> list[SheetRow]:
    return [
        SheetRow(str(at), {"kind": kind, "words": one.words, "times": one.askers, "days": one.days})
        for at, (kind, one) in enumerate(rows, 1)
    ]
