"""The yearly plan and its progress, as the public progress page shows them."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from gongkai.api import schemas
from gongkai.api.parameters import LedgerAsked
from gongkai.api.views import shapes
from gongkai.kernel import clock
from gongkai.ledger.queries import PublicReport, PublicTask, public_progress

router = Router(tags=["工作要点"])
NO_PLAN = {"code": "unknown", "message": "没有这一年的工作要点。不写年份，可以得到最近一年的。"}


@router.get(
    "/ledger", response={200: schemas.Ledger, 404: schemas.Fault}, summary="工作要点的全部任务和进展状态"
)
def tasks(request: HttpRequest, asked: Query[LedgerAsked]):
    found = public_progress(asked.year, today=clock.today())
    if found is None:
        return 404, NO_PLAN
    return 200, {
        "year": found.year,
        "title": found.title,
        "changed_at": shapes.moment(found.changed_at),
        "counts": {str(state): count for state, count in found.counts.items()},
        "thresholds": list(found.thresholds),
        "tasks": [_task(task) for task in found.tasks],
        "carried": [_task(task) for task in found.carried],
    }


@router.get(
    "/ledger/{int:year}/{int:number}",
    response={200: schemas.TaskDetail, 404: schemas.Fault},
    summary="一项任务和核对过的进展",
)
def task(request: HttpRequest, year: int, number: int):
    found = public_progress(year, today=clock.today()) if 2000 <= year <= 2100 else None
    if found is None:
        return 404, NO_PLAN
    one = next((task for task in found.tasks if task.number == number), None)
    if one is None:
        return 404, {"code": "unknown", "message": "这一年的工作要点没有这个序号的任务，请核对序号。"}
    return 200, {**_task(one), "reports": [_report(report) for report in one.reports]}


def _task(task: PublicTask) -> dict:
    return {
        "number": task.number,
        "field": task.field,
        "requirement": task.requirement,
        "units": [{"name": name, "role": role} for name, role in task.units],
        "due": task.due_words,
        "due_on": task.due_on,
        "state": task.light.state,
        "state_words": task.light.words,
        "reason": task.light.reason,
        "last_report_on": task.last,
        "missing": list(task.missing),
        "carried_from": task.origin,
        "url": shapes.full(task.path),
    }


def _report(report: PublicReport) -> dict:
    return {
        "unit": report.unit,
        "text": report.text,
        "at": shapes.moment(report.on),
        "finished": report.finished,
        "evidence": [
            {"title": title, "url": shapes.full(url) if url.startswith("/") else url}
            for title, url in report.evidence
        ],
    }
