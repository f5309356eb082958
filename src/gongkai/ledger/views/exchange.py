"""The ledger out as a table and in again: a unit fills ten tasks without the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.kernel import clock
from gongkai.ledger import actions, queries
from gongkai.ledger.models import Plan, Task
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts
from gongkai.sheets.pages import Exchange, exchange_page, hand_out
from gongkai.sheets.queries import RowReport, SheetRow


@acts("ledger.view")
def export(request: HttpRequest, year: int) -> HttpResponse:
    """The rows that this person sees, ready to be filled."""
    return hand_out(request, _exchange(request, get_object_or_404(Plan, year=year)))


@acts("ledger.report", post="ledger.report")
def table(request: HttpRequest, year: int) -> HttpResponse:
    """Take the filled table, show its differences, report each changed row."""
    return exchange_page(request, _exchange(request, get_object_or_404(Plan, year=year)))


def _exchange(request: HttpRequest, plan: Plan) -> Exchange:
    @cache  # a table of the whole district names every task and unit many times
    def known() -> tuple[dict[int, Task], dict[int, Unit]]:
        return {task.pk: task for task in plan.tasks.select_related("plan")}, Unit.objects.in_bulk()

    def rows(lock: bool) -> Sequence[SheetRow]:
        if lock:
            queries.lock_tasks(plan)
        return queries.progress_rows(plan, request.actor, today=clock.today())

    def check(row: RowReport) -> list[str]:
        given = _given(row, *known())
        return [str(one) for one in actions.why_not_report(by=request.actor, now=clock.now(), **given)]

    def write(row: RowReport) -> None:
        actions.report_progress(by=request.actor, now=clock.now(), **_given(row, *known()))

    return Exchange(
        sheet=queries.progress_sheet(plan),
        rows=rows,
        check=check,
        write=write,
        here=reverse("ledger:table", args=[plan.year]),
        export=reverse("ledger:export", args=[plan.year]),
        back=f"{reverse('ledger:list')}?year={plan.year}",
        back_label="要点台账",
    )


def _given(row: RowReport, tasks: Mapping[int, Task], units: Mapping[int, Unit]) -> dict[str, Any]:
    """What a row says, as the action takes it; its key was sealed and stands among the present rows."""
    task, unit = queries.task_and_unit(row.key)
    return {
        "task": tasks[task],
        "unit": units[unit],
        "text": str(row.values.get("text") or ""),
        "measures": str(row.values.get("measures") or ""),
        "finished": bool(row.values.get("finished")),
        "pieces": [
            piece
            for line in str(row.values.get("evidence") or "").splitlines()
            for piece in actions.pieces_in(line)
        ],
    }
