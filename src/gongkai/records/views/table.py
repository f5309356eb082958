"""The table of a type: filter, pages, what is done with ticked rows, and the way out and back as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, units_for, visible
from gongkai.records import actions, queries
from gongkai.records.models import RecordRow
from gongkai.records.queries import RecordType
from gongkai.records.views.frame import (
    STATES,
    chosen_ids,
    filter_of,
    kind_or_404,
    narrowed,
    rows_url,
    verbs_of,
)
from gongkai.sheets.pages import Exchange, as_download, exchange_page, hand_out
from gongkai.sheets.queries import RowReport, SheetRow

FEW = 6
MOST_OUT = 20_000


@acts("records.view")
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The rows of a type that I see, newest first."""
    kind = kind_or_404(code)
    number = request.GET.get("page", "1")
    page, shown = queries.page_of_rows(
        kind,
        narrowed(request, kind),
        number=int(number) if number.isascii() and number.isdigit() else 1,
        today=legal_today(request),
    )
    units = units_for(request.actor, "records.view")
    seen = Unit.objects.filter(active=True).order_by("order", "pk")
    fields = list(kind.fields)[:FEW]
    context = {
        "kind": kind,
        "item": queries.item_of_kind(kind),
        "period": queries.period_words(kind, on=legal_today(request)),
        "page": page,
        "shown": [(one, list(zip(fields, one.cells, strict=False))) for one in shown],
        "fields": fields,
        "marked": any(one.row.to_confirm for one in shown),
        "states": STATES,
        "units": seen if units is None else seen.filter(pk__in=units),
        "asked": request.GET,
        "filter": filter_of(request),
        "gate": f"{reverse('records:gate', args=[code])}?{filter_of(request)}",
        "importing": queries.running_imports(kind, request.actor),
        "redrawing": queries.redrawing(kind),
        "batches": queries.batches(kind, request.actor, 5),
        **verbs_of(request, kind),
    }
    return render(request, "records/rows.html", context)


@acts("records.view", post="records.view")
@require_POST
def act(request: HttpRequest, code: str) -> HttpResponse:
    """One verb on the ticked rows; each action asks whether this person may."""
    kind = kind_or_404(code)
    ids = chosen_ids(request, kind)
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    verbs: dict[str, tuple[Callable[..., int], str, bool]] = {
        "submit": (actions.submit, "已送审 {} 行。", False),
        "take_back": (actions.take_back, "已收回 {} 行。", False),
        "publish": (actions.publish, "已公开 {} 行。", False),
        "return": (actions.return_rows, "已退回 {} 行。", True),
        "hide": (actions.hide, "已撤下 {} 行，网站、数据和搜索里都没有了。", True),
        "discard": (actions.discard, "已删除 {} 行草稿。", False),
        "check": (actions.check, "已记下 {} 行核对无误。", False),
        "confirm": (_confirm, "已确认 {} 行。", False),
    }
    if verb not in verbs:
        messages.error(request, "没有选要做什么。请点一个按钮。")
        return redirect(rows_url(kind, filter_of(request)))
    do, said, needs_reason = verbs[verb]
    try:
        more = {"reason": reason} if needs_reason else {}
        count = do(kind=kind, ids=ids, by=request.actor, now=clock.now(), **more)
        messages.success(request, said.format(count))
    except Refused as refused:
        tell_refusals(request, refused)
    back = request.POST.get("back", "")
    if back.isascii() and back.isdigit():
        return redirect("records:row", pk=int(back))
    return redirect(rows_url(kind, filter_of(request)))


@acts("records.view")
def blank(request: HttpRequest, code: str) -> HttpResponse:
    """The empty sheet with the right head."""
    kind = kind_or_404(code)
    return as_download(queries.blank_sheet(kind, by=request.actor.name))


@acts("records.work")
def export(request: HttpRequest, code: str) -> HttpResponse:
    """My rows as a sheet, to be corrected and taken back; unmasked, so only for those who work on them."""
    return hand_out(request, _exchange(request, kind_or_404(code)))


@acts("records.work")
def table(request: HttpRequest, code: str) -> HttpResponse:
    """Take the corrected sheet, show its differences, write them by the action of the station."""
    return exchange_page(request, _exchange(request, kind_or_404(code)))


def _confirm(*, kind: RecordType, ids: Sequence[int], by: object, now: object) -> int:
    return actions.confirm_rows(kind=kind, rows=actions.chosen(kind=kind, ids=ids), by=by, now=now)  # type: ignore[arg-type]


def _exchange(request: HttpRequest, kind: RecordType) -> Exchange:
    def present() -> dict[str, RecordRow]:
        found = visible(RecordRow, request.actor, "records.work").filter(code=kind.code, anonymised_at=None)
        return {
            str(row.pk): row for row in found.select_related("unit").order_by("-sort_on", "-pk")[:MOST_OUT]
        }

    known = present()

    def rows(lock: bool) -> Sequence[SheetRow]:
        if lock:
            actions.lock_rows(kind=kind, ids=[row.pk for row in known.values()])
            known.update(present())
        return queries.sheet_rows(kind, known.values())

    def values(row: RowReport) -> dict[str, str]:
        stored = known[row.key]
        return queries.words_of(kind, {**(stored.proposed or stored.values)}, row.values)

    def check(row: RowReport) -> list[str]:
        found = actions.why_not_edit(
            kind=kind, row=known[row.key], values=values(row), reason=REASON, by=request.actor
        )
        return [str(one) for one in found]

    def write(row: RowReport) -> None:
        actions.edit_row(
            kind=kind,
            row=known[row.key],
            values=values(row),
            reason=REASON,
            by=request.actor,
            now=clock.now(),
        )

    return Exchange(
        sheet=queries.sheet_of(kind),
        rows=rows,
        check=check,
        write=write,
        here=reverse("records:table", args=[kind.code]),
        export=reverse("records:export", args=[kind.code]),
        back=rows_url(kind),
        back_label=kind.title,
    )


REASON = "用表格更正"
