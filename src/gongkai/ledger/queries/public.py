"""What the public sees of the plan: every task with its light, accepted progress and evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from gongkai.ledger import states
from gongkai.ledger.models import Evidence, Match, Plan, ProgressReport, Task
from gongkai.ledger.queries.evidence import evidence_of
from gongkai.ledger.queries.rows import LedgerRow
from gongkai.ledger.queries.standing import ledger
from gongkai.ledger.rules.lights import THRESHOLDS, Light, State
from gongkai.publishing.models import Publication

_WAITS_INSIDE = re.compile(r"另有\s?\d+\s?份填报待(?:审核|核对)。")


@dataclass(frozen=True, slots=True)
class PublicReport:
    """Accepted progress; ``evidence`` is title and address of each record that stands in public and of each
    page outside. Files and meetings of the unit stay inside."""

    id: int
    unit: str
    text: str
    on: datetime
    finished: bool
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PublicTask:
    """A task as citizens see it; ``origin`` says from which task of last year it was carried over, and
    ``origin_path`` where that one stands."""

    id: int
    number: int
    path: str
    origin: str
    origin_path: str
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
    """The plan of a year for the portal; ``changed_at`` is the last decision, or the import.

    ``carried``: tasks that last year left unfinished, found by the look-back (回头看).
    """

    year: int
    title: str
    tasks: tuple[PublicTask, ...]
    counts: dict[State, int]
    thresholds: tuple[str, ...]
    changed_at: datetime
    remark: str
    carried: tuple[PublicTask, ...] = ()

    @property
    def every(self) -> tuple[PublicTask, ...]:
        """All tasks, those carried over last."""
        return self.tasks + self.carried


def public_progress(year: int | None, *, today: date) -> PublicProgress | None:
    """The public side of the plan of a year (the newest where none is asked); None where there is none."""
    page = ledger(year=year, today=today)
    if page.plan is None:
        return None
    reports = _reports(page.plan.pk)
    decided = [report.on for own in reports.values() for report in own]
    tasks = tuple(_task(row, reports.get(row.task.pk, [])) for row in page.rows)
    left = ledger(year=page.plan.year, today=today, origin=Task.Origin.CARRIED)
    origins = _origins([row.task for row in left.rows])
    carried = tuple(
        _task(row, reports.get(row.task.pk, []), origins.get(row.task.pk, "")) for row in left.rows
    )
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
        carried=carried,
    )


def _task(row: LedgerRow, reports: list[PublicReport], origin_path: str = "") -> PublicTask:
    task = row.task
    is_carried = task.origin == Task.Origin.CARRIED
    return PublicTask(
        id=task.pk,
        number=task.number,
        path=_path(task.plan.year, task.origin, task.number),
        origin_path=origin_path,
        origin=task.due_as_written if is_carried else "",
        field=task.field,
        title=task.short_title,
        requirement=task.requirement,
        units=tuple((one.text, one.role_name) for one in row.answerable),
        units_text=row.units,
        due_kind=task.due_kind,
        due_on=task.due_on,
        due_words=row.due_words,
        light=_public(row.light),
        last=row.last,
        missing=tuple(row.missing),
        reports=tuple(reports),
    )


def plan_years() -> list[int]:
    """The years that have a plan, the newest first."""
    return list(Plan.objects.order_by("-year").values_list("year", flat=True))


def years_resting_on(publication_id: int) -> list[int]:
    """The plans for whose tasks a record is evidence, handed in or found; one that is withdrawn changes their pages."""
    handed = Evidence.objects.unscoped("what is published is nobody's secret").filter(
        publication=publication_id
    )
    found = Match.objects.filter(publication=publication_id)
    tasks = {*handed.values_list("report__task", flat=True), *found.values_list("task", flat=True)}
    if not tasks:
        return []
    return list(
        Plan.objects.filter(tasks__in=tasks).order_by("-year").values_list("year", flat=True).distinct()
    )


def _path(year: int, origin: str, number: int) -> str:
    return f"/progress/{year}/{'carried-' if origin == Task.Origin.CARRIED else ''}{number}.html"


def _origins(tasks: list[Task]) -> dict[int, str]:
    """Where the tasks stand from which these were carried over."""
    rows = Task.objects.filter(carried_on__in=tasks) if tasks else Task.objects.none()
    found = rows.values_list("carried_on", "plan__year", "origin", "number")
    return {pk: _path(year, origin, number) for pk, year, origin, number in found}


def _public(found: Light) -> Light:
    """The light without what waits inside the house for a decision."""
    return replace(found, reason=_WAITS_INSIDE.sub("", found.reason))


def _reports(plan_id: int) -> dict[int, list[PublicReport]]:
    rows = (
        ProgressReport.objects.unscoped("accepted progress is public")
        .filter(task__plan=plan_id, state=states.ACCEPTED)
        .select_related("unit")
        .order_by("-decided_at", "-pk")
    )
    accepted = list(rows)
    evidence = evidence_of(accepted)
    found: dict[int, list[PublicReport]] = {}
    for row in accepted:
        assert row.decided_at is not None
        links = tuple(link for piece in evidence.get(row.pk, ()) if (link := _link(piece)))
        found.setdefault(row.task_id, []).append(
            PublicReport(row.pk, row.unit.short_name, row.text, row.decided_at, row.finished, links)
        )
    return found


def _link(piece: Evidence) -> tuple[str, str] | None:
    if piece.publication is not None and piece.publication.state == Publication.State.LIVE:
        return piece.publication.title, piece.publication.path
    return (piece.title, piece.url) if piece.kind == Evidence.Kind.LINK else None
