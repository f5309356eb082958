"""What the public sees of the plan: every task with its light, accepted progress and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.ledger import states
from gongkai.ledger.models import ProgressReport
from gongkai.ledger.queries.standing import LedgerRow, ledger
from gongkai.ledger.rules.lights import THRESHOLDS, Light, State
from gongkai.publishing.models import Publication


@dataclass(frozen=True, slots=True)
class PublicReport:
    """Accepted progress; ``evidence`` is title and path of a record that stands in public."""

    unit: str
    text: str
    on: datetime
    finished: bool
    evidence: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class PublicTask:
    """A task as citizens see it."""

    number: int
    field: str
    title: str
    requirement: str
    units: tuple[tuple[str, str], ...]
    units_text: str
    due_kind: str
    due_on: date | None
    due_words: str
    light: Light
    last: date | None
    missing: tuple[str, ...]
    reports: tuple[PublicReport, ...]


@dataclass(frozen=True, slots=True)
class PublicProgress:
    """The plan of a year for the portal; ``changed_at`` is the last decision, or the import."""

    year: int
    title: str
    tasks: tuple[PublicTask, ...]
    counts: dict[State, int]
    thresholds: tuple[str, ...]
    changed_at: datetime
    remark: str


def public_progress(year: int | None, *, today: date) -> PublicProgress | None:
    """The public side of the plan of a year (the newest where none is asked); None where there is none."""
    page = ledger(year=year, today=today)
    if page.plan is None:
        return None
    reports = _reports(page.plan.pk)
    decided = [report.on for own in reports.values() for report in own]
    tasks = tuple(_task(row, reports.get(row.task.pk, [])) for row in page.rows)
    worst = page.worst
    remark = ""
    if worst is not None:
        who = f"，责任单位{worst.units}" if worst.units else ""
        remark = f"第{worst.task.number}项“{worst.task.short_title}”{worst.light.words.replace(' ', '')}{who}"
    return PublicProgress(
        year=page.plan.year,
        title=page.plan.title,
        tasks=tasks,
        counts=page.counts,
        thresholds=THRESHOLDS,
        changed_at=max([page.plan.imported_at, *decided]),
        remark=remark,
    )


def _task(row: LedgerRow, reports: list[PublicReport]) -> PublicTask:
    task = row.task
    return PublicTask(
        number=task.number,
        field=task.field,
        title=task.short_title,
        requirement=task.requirement,
        units=tuple((one.text, one.role_name) for one in row.answerable),
        units_text=row.units,
        due_kind=task.due_kind,
        due_on=task.due_on,
        due_words=row.due_words,
        light=row.light,
        last=row.last,
        missing=tuple(row.missing),
        reports=tuple(reports),
    )


def _reports(plan_id: int) -> dict[int, list[PublicReport]]:
    rows = (
        ProgressReport.objects.unscoped("accepted progress is public")
        .filter(task__plan=plan_id, state=states.ACCEPTED)
        .select_related("unit", "evidence")
        .order_by("-decided_at", "-pk")
    )
    found: dict[int, list[PublicReport]] = {}
    for row in rows:
        live = row.evidence is not None and row.evidence.state == Publication.State.LIVE
        link = (row.evidence.title, row.evidence.path) if live and row.evidence else None
        assert row.decided_at is not None
        found.setdefault(row.task_id, []).append(
            PublicReport(row.unit.short_name, row.text, row.decided_at, row.finished, link)
        )
    return found
