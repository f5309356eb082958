"""What people want of the standard catalogue: items by demand, the signs behind a figure, a draft for what is missing."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gongkai.catalogue.actions import propose
from gongkai.catalogue.models import StandardField
from gongkai.catalogue.queries import fields
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger.queries import demand as queries
from gongkai.orgs.answers import tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, can
from gongkai.sheets.pages import as_download
from gongkai.sheets.queries import export_xlsx

PER_PAGE, CANDIDATES_SHOWN, LONGEST = 50, 30, 40
SORTS = {"item": "目录顺序", "total": "需求合计", **queries.SOURCES}


@acts("ledger.demand")
def index(request: HttpRequest) -> HttpResponse:
    """The items by demand, and what no item holds; ``?format=xlsx`` gives the whole table."""
    key, sort = _period(request), request.GET.get("sort", "total")
    sort = sort if sort in SORTS else "total"
    everything = queries.sees_everything(request.actor) or request.GET.get("scope") == "all"
    page = queries.demand(
        request.actor, key=key, today=legal_today(request), everything=everything, sort=sort
    )
    if request.GET.get("format") == "xlsx":
        made = export_xlsx(
            queries.demand_sheet(page), queries.demand_rows(page), by=request.actor.name, now=clock.now()
        )
        return as_download(made)
    cut = Paginator(page.rows, PER_PAGE).get_page(request.GET.get("page"))
    kept = {"period": key, **({"scope": "all"} if request.GET.get("scope") == "all" else {})}
    context = {
        "demand": page,
        "page": cut,
        "period": key,
        "periods": queries.PERIODS.items(),
        "sort": sort,
        "sorts": SORTS.items(),
        "kept": urlencode(kept),
        "everything": everything,
        "district": queries.sees_everything(request.actor),
        "candidates": page.candidates[:CANDIDATES_SHOWN],
        "sources": queries.SOURCES,
        "fields": fields(),
        "may_propose": can(request.actor, "catalogue.propose"),
    }
    return render(request, "ledger/demand.html", context)


@acts("ledger.demand")
def item(request: HttpRequest, matter: int) -> HttpResponse:
    """What stands behind the figures of one item: words of searches, numbers of requests that this person may see."""
    key = _period(request)
    page, row = queries.row_of_matter(request.actor, matter, key=key, today=legal_today(request))
    if row is None:
        raise Http404
    groups = [
        (
            kind,
            label,
            row.times(kind),
            sorted((t for t in row.told if t.kind == kind), key=lambda t: -t.times),
        )
        for kind, label in queries.SOURCES.items()
    ]
    context = {"demand": page, "row": row, "groups": groups, "period": key, "label": queries.PERIODS[key]}
    return render(request, "ledger/demand_item.html", context)


@acts("catalogue.propose")
@require_POST
def start_proposal(request: HttpRequest) -> HttpResponse:
    """Turn what no item holds into a draft to revise a field's table; a draft goes its usual way from there (A10)."""
    field = StandardField.objects.filter(code=request.POST.get("field", "")).first()
    if field is None:
        messages.error(request, "没有选领域。请先选放进哪个领域，再起草建议。")
        return redirect("ledger:demand")
    words = " ".join(request.POST.get("words", "").split())[:LONGEST]
    is_request = request.POST.get("kind") == queries.CASE
    # The reason stays with the version, which every unit reads: it names no case.
    asked = "有人依申请公开这类信息" if is_request else f"群众搜索“{words}”"
    nameless = "增补公开事项" if is_request else ""
    try:
        made = propose(
            field=field,
            unit=get_object_or_404(Unit, pk=request.actor.unit_id),
            title=f"增补“{words}”" if words else nameless,
            reason=f"{asked}，标准目录没有对应事项。",
            by=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        tell_refusals(request, refused)
        return redirect("ledger:demand")
    messages.success(request, "已建好建议草稿。请加上要新增的事项，再送批准。")
    return redirect("catalogue:proposal", pk=made.pk)


def _period(request: HttpRequest) -> str:
    asked = request.GET.get("period", "")
    return asked if asked in queries.PERIODS else queries.YEAR
