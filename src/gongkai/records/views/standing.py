"""公开前检查 of typed rows: what would tell of a person, column by column, and who has answered for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import tell_form_errors, tell_refusals
from gongkai.orgs.wall import acts, can
from gongkai.records import actions, queries
from gongkai.records.forms import ExplainForm
from gongkai.records.queries import MOST_ROWS
from gongkai.records.views.frame import FILTERS, filter_of, kind_or_404, narrowed, rows_url


@acts("records.view", post="records.justify")
def gate(request: HttpRequest, code: str) -> HttpResponse:
    """Findings in rows that are not yet public, in changes that wait, in what the sweep found in public; POST answers for one column of them."""
    kind = kind_or_404(code)
    asked = request.POST if request.method == "POST" else request.GET
    rows = list(queries.before_public(narrowed(request, kind, asked), queries.exposed_ids())[:MOST_ROWS])
    if request.method == "POST":
        form = ExplainForm(request.POST)
        if not form.is_valid():
            tell_form_errors(request, form)
        else:
            try:
                ids = [row.pk for row in rows if can(request.actor, "records.justify", row.unit_id)]
                count = actions.explain(
                    kind=kind, ids=ids, by=request.actor, now=clock.now(), **form.cleaned_data
                )
                messages.success(request, f"已记录 {count} 处的理由，审核人和公开的人都会看到。")
            except Refused as refused:
                tell_refusals(request, refused)
        return redirect(f"{reverse('records:gate', args=[code])}?{filter_of(request)}")
    groups = queries.grouped(queries.row_findings(kind, rows), {row.pk: row.title for row in rows})
    context = {
        "kind": kind,
        "groups": groups,
        "open": sum(len(one.open) for one in groups),
        "count": len(rows),
        "may_explain": can(request.actor, "records.justify"),
        "asked": [(name, asked[name]) for name in FILTERS if asked.get(name)],
        "back": rows_url(kind, filter_of(request)),
    }
    return render(request, "records/gate.html", context)
