"""The pages of a table that goes out and comes back, for any register: a station says which, these do the rest.

A view of the station stays three lines: ``hand_out(request, exchange)`` and ``exchange_page(request, exchange)``
behind its own ``@acts``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header, urlencode

from gongkai.files.actions import take_in_upload
from gongkai.files.queries import PREVIEW_GONE, own_file
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.sheets.actions import apply_sheet, why_not_apply
from gongkai.sheets.queries import (
    Check,
    Exported,
    Report,
    RowReport,
    Sheet,
    SheetRow,
    export_csv,
    export_xlsx,
    read_back,
)
from gongkai.sheets.rules.comparing import Verdict

MOST_SHOWN = 300
ORDER = (Verdict.STALE, Verdict.BAD, Verdict.DUPLICATE, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one register gives to its round trip.

    ``rows(lock)`` reads the present rows as this person may fill them, locked against others when asked to;
    ``check`` and ``write`` are the station's own ``why_not_…`` and action for one changed row. ``here`` and
    ``back`` are the addresses of the round trip's page and of the register's.
    """

    sheet: Sheet
    rows: Callable[[bool], Sequence[SheetRow]]
    check: Check
    write: Callable[[RowReport], None]
    here: str
    export: str
    back: str
    back_label: str


class SheetFileForm(forms.Form):
    """The filled table."""

    file = forms.FileField(
        label="填好的表格",
        help_text="从本页导出的 xlsx 或 csv。先给您看改了哪些，您确认后才写入。",
        error_messages={
            "required": "没有选文件。请选从本页导出、填好的表格。",
            "empty": "文件是空的，没有内容。请核对是否选错了文件。",
        },
    )


def hand_out(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    """The table as a file; ``?format=csv`` for programs without xlsx."""
    rows, now = exchange.rows(False), clock.now()
    if request.GET.get("format") == "csv":
        made = export_csv(exchange.sheet, rows, now=now)
    else:
        made = export_xlsx(exchange.sheet, rows, by=request.actor.name, now=now)
    return as_download(made)


def as_download(made: Exported) -> HttpResponse:
    """A made file as an answer that the browser saves under its Chinese name."""
    answer = HttpResponse(made.content, content_type=made.media)
    answer["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def exchange_page(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    """Take the filled table, show what was changed in it, write it when it is confirmed."""
    key = request.POST.get("key", "") or request.GET.get("file", "")
    if not key:
        return _take(request, exchange)
    file = own_file(key, person_id=request.actor.person_id)
    if file is None:
        messages.error(request, PREVIEW_GONE)
        return redirect(exchange.here)

    def read(lock: bool = False) -> Report:
        return read_back(file, exchange.sheet, exchange.rows(lock), check=exchange.check)

    faults: list[str] = []
    if request.method == "POST":
        try:
            done = apply_sheet(
                sheet=exchange.sheet,
                file=file,
                read=lambda: read(lock=True),
                write=exchange.write,
                by=request.actor,
                now=clock.now(),
                only_understood="only" in request.POST,
                seen=request.POST.get("seen", ""),
            )
            messages.success(request, _written(done))
            return redirect(exchange.back)
        except Refused as refused:
            faults = [str(refusal) for refusal in refused.refusals]
    report = read()
    context = {
        "exchange": exchange,
        "file": file,
        "report": report,
        "faults": faults,
        "refused": sorted(report.refused, key=lambda row: (ORDER.index(row.verdict), row.place))[:MOST_SHOWN],
        "changed": report.changed[:MOST_SHOWN],
        "more": max(0, len(report.changed) - MOST_SHOWN),
        "more_refused": max(0, len(report.refused) - MOST_SHOWN),
        "may_write": not why_not_apply(report=report),
        "may_write_some": not why_not_apply(report=report, only_understood=True),
    }
    return render(request, "sheets/difference.html", context, status=422 if faults else 200)


def _take(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    form = SheetFileForm(request.POST, request.FILES) if request.method == "POST" else SheetFileForm()
    if form.is_bound and form.is_valid():
        try:
            stored = take_in_upload(
                upload=form.cleaned_data["file"],
                unit=None,
                by=request.actor,
                now=clock.now(),
                for_preview=True,
            )
            return redirect(f"{exchange.here}?{urlencode({'file': stored.key})}")
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"form": form, "exchange": exchange}
    return render(request, "sheets/take.html", context, status=422 if form.errors else 200)


def _written(done: Report) -> str:
    refused = f"；另有 {len(done.refused)} 行没有写入，请改好后再交回" if done.refused else ""
    return f"已写入 {len(done.changed)} 行{refused}。没有改动的 {done.unchanged} 行保持原样。"
