"""The ledger as a table that units fill away from the screen: one row for each task and answerable unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.kernel.clock import legal_day
from gongkai.ledger import states
from gongkai.ledger.models import Plan, ProgressReport, Task
from gongkai.ledger.queries.evidence import evidence_of
from gongkai.ledger.queries.rows import LedgerRow
from gongkai.ledger.queries.standing import ledger
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import units_for, visible
from gongkai.sheets.queries import Column, Kind, Sheet, SheetRow

LONGEST = 1000
RULE = "依据：条例第四十六条。"


def progress_sheet(plan: Plan) -> Sheet:
    """The columns of the progress table of a year."""
    return Sheet(
        key=f"ledger.progress.{plan.year}",
        title=f"{plan.year}年要点台账进展填报表",
        name="task",
        note="填“进展”的行才会报送；每行报送一份，等区政务公开主管部门核对。",
        frozen=3,
        columns=(
            Column("unit", "单位", width=14),
            Column("origin", "来源", width=9),
            Column("task", "任务", width=26),
            Column("requirement", "具体要求", width=40),
            Column("role", "分工", width=7),
            Column("due", "完成时限", width=12),
            Column("light", "状态", width=10),
            Column("last", "上次填报", width=18),
            Column(
                "measures", "举措", editable=True, width=28, longest=LONGEST,
                note="打算怎样做、做到哪一步；可以不填。",
            ),
            Column(
                "text", "进展", editable=True, width=40, longest=LONGEST,
                note=f"一两句话：做了什么，公开了什么，还差什么。最多 {LONGEST} 字。{RULE}",
            ),
            Column(
                "finished", "本单位已完成", Kind.YES_NO, editable=True, width=10,
                note="报“是”时必须写佐证。",
            ),
            Column(
                "evidence", "佐证网址", editable=True, width=34, longest=LONGEST,
                note="本站已公开文件的网址或索引号，或外部网页的网址；几条的，一行写一条。材料和会议请在页面上填。",
            ),
        ),
    )  # fmt: skip


def progress_rows(plan: Plan, actor: Actor, *, today: date) -> list[SheetRow]:
    """Every task of the plan for every answerable unit that this person sees, as it stands now."""
    allowed = units_for(actor, "ledger.view")
    found = [
        (row, one.role_name, unit, name)
        for origin in Task.Origin.values
        for row in ledger(year=plan.year, today=today, origin=origin).rows
        for one in row.answerable
        for unit, name in one.units
        if allowed is None or unit in allowed
    ]
    reports = _newest(plan, actor)
    addresses = _addresses(reports.values())
    rows: dict[str, SheetRow] = {}
    for row, role, unit, name in found:
        key = f"{row.task.pk}-{unit}"
        if key not in rows:  # a unit can be named twice: by name, and by a phrase for all
            rows[key] = _row(key, row, role, name, reports.get((row.task.pk, unit)), addresses)
    return list(rows.values())


def lock_tasks(plan: Plan) -> None:
    """Keep two tables of one plan from being written at the same moment; ends with the transaction."""
    list(Plan.objects.select_for_update().filter(pk=plan.pk))


def task_and_unit(key: str) -> tuple[int, int]:
    """The task and the unit of a row by its key."""
    task, _, unit = key.partition("-")
    return int(task), int(unit)


def _newest(plan: Plan, actor: Actor) -> dict[tuple[int, int], ProgressReport]:
    rows = visible(ProgressReport, actor).filter(task__plan=plan).exclude(state=states.WITHDRAWN)
    newest: dict[tuple[int, int], ProgressReport] = {}
    for report in rows.select_related("by").order_by("at", "pk"):
        newest[report.task_id, report.unit_id] = report
    return newest


def _addresses(reports: Iterable[ProgressReport]) -> dict[int, str]:
    """The addresses behind reports, one in a line."""
    pieces = evidence_of(list(reports))
    return {
        report: "\n".join(
            piece.publication.path if piece.publication else piece.url
            for piece in own
            if piece.publication or piece.url
        )
        for report, own in pieces.items()
    }


def _row(
    key: str, row: LedgerRow, role: str, unit: str, report: ProgressReport | None, addresses: dict[int, str]
) -> SheetRow:
    task = row.task
    last = f"{legal_day(report.at)} {states.LABELS[report.state]}" if report else ""
    if report and report.reason:
        last = f"{last}：{report.reason}"
    return SheetRow(
        key=key,
        stamp=f"{report.pk if report else 0}/{task.requirement}/{task.due_on}",
        changed_at=report.at if report else None,
        changed_by=report.by.name if report else "",
        values={
            "unit": unit,
            "origin": Task.Origin(task.origin).label,
            "task": f"第{task.number}项 {task.short_title}",
            "requirement": task.requirement,
            "role": role,
            "due": task.due_on or row.due_words,
            "light": row.light.words,
            "last": last,
            "measures": report.measures if report else "",
            "text": report.text if report else "",
            "finished": report.finished if report else None,
            "evidence": addresses.get(report.pk, "") if report else "",
        },
    )
