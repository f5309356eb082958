"""The table of permissions, and the trail for those who watch over the others."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from gongkai.kernel import clock
from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.orgs.forms import TrailFilter
from gongkai.orgs.roles import Role
from gongkai.orgs.views.words import STATIONS, words_for
from gongkai.orgs.wall import TABLE, acts, units_for
from gongkai.trail import queries
from gongkai.trail.chain import record
from gongkai.trail.models import TrailRow

PAGE_SIZE = 50
HEAD = ("序号", "时间", "人员", "单位", "行为", "对象", "说明", "事实", "摘要")


@acts("orgs.view_permissions")
def permissions(request: HttpRequest) -> HttpResponse:
    """Who may do what, as the wall itself reads it."""
    rows = [
        (policy, [policy.grants.get(role) for role in Role])
        for policy in sorted(TABLE.values(), key=lambda policy: policy.action)
    ]
    mine = frozenset(held.role for held in request.actor.held)
    return render(
        request, "orgs/permissions.html", {"roles": [(role, role in mine) for role in Role], "rows": rows}
    )


@acts("trail.view")
def trail(request: HttpRequest) -> HttpResponse:
    """Rows of the trail, newest first: a leader sees his own unit's."""
    form = _filter(request)
    page = Paginator(_rows(request, form, "trail.view"), PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "orgs/trail.html",
        {
            "form": form,
            "page": page,
            "rows": [(row, words_for(row.verb)) for row in page.object_list],
            "query": query.urlencode(),
            "may_export": units_for(request.actor, "trail.export") != frozenset(),
        },
    )


@acts("trail.export")
def export_trail(request: HttpRequest) -> HttpResponseBase:
    """The same rows as a table for a spreadsheet; taking them out is itself noted."""
    rows = _rows(request, _filter(request), "trail.export")
    with transaction.atomic():
        record(verb="trail.export", by=request.actor, at=clock.now(), facts={"rows": rows.count()})
    answer = StreamingHttpResponse(
        _lines(rows.iterator(chunk_size=2000)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="trail.csv"'
    return answer


def _filter(request: HttpRequest) -> TrailFilter:
    form = TrailFilter(request.GET)
    named = [(name, STATIONS.get(name, name)) for name in queries.stations()]
    form.fields["station"].choices = [("", "全部"), *named]
    return form


def _rows(request: HttpRequest, form: TrailFilter, action: str):  # type: ignore[no-untyped-def]
    found = form.cleaned_data if form.is_valid() else {}
    station = found.get("station") or ""
    return queries.rows(
        units=units_for(request.actor, action),
        verb=f"{station}." if station else "",
        words=found.get("q") or "",
        first_day=found.get("first"),
        last_day=found.get("last"),
    )


class _Echo:
    """Gives back each line that the csv writer writes."""

    def write(self, line: str) -> str:
        return line


def _lines(rows: Iterator[TrailRow]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(HEAD)
    for row in rows:
        yield writer.writerow(
            _harmless(cell)
            for cell in (
                str(row.seq),
                row.at.astimezone(LEGAL_ZONE).strftime("%Y-%m-%d %H:%M:%S"),
                row.actor_name,
                row.unit_name,
                words_for(row.verb),
                row.object_name,
                row.note,
                json.dumps(row.facts, ensure_ascii=False),
                row.digest,
            )
        )


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
