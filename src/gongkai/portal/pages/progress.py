"""How far the district's yearly plan is: the public side of the ledger."""

from __future__ import annotations

from gongkai.kernel.clock import legal_day
from gongkai.ledger.queries import PublicProgress, PublicTask, public_progress
from gongkai.portal import addresses
from gongkai.portal.context import (
    Cell,
    Column,
    Empty,
    Link,
    ProgressPage,
    ProgressTaskPage,
    Report,
    Strip,
    TaskRow,
)
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.tree import Output

RECORD = "progress"


def strip(scene: Scene) -> Strip | None:
    """The tasks of the newest plan at a glance; nothing where no plan was imported."""
    found = public_progress(None, today=scene.today)
    return _strip(found) if found else None


def progress_outputs(scene: Scene) -> list[Output]:
    """The progress page of the newest plan, under its own year too, and the page of each task.

    The version is the day, because lights change with the day alone.
    """
    found = public_progress(None, today=scene.today)
    version = scene.today.toordinal()
    if found is None:
        return [scene.draw(_empty_page(scene), record=RECORD, version=version)]
    pages: list[ProgressPage | ProgressTaskPage] = [
        _page(found, addresses.PROGRESS),
        _page(found, _year_address(found)),
        *(_task_page(found, at) for at in range(len(found.tasks))),
    ]
    return [scene.draw(page, record=RECORD, version=version) for page in pages]


def _page(found: PublicProgress, address: str) -> ProgressPage:
    return ProgressPage(
        address=address,
        title=f"{found.year}年政务公开工作要点进度",
        section=addresses.PROGRESS,
        crumbs=(HOME, Link("工作要点")),
        column=_column(),
        strip=_strip(found),
        tasks=tuple(_row(found, task) for task in found.tasks),
        thresholds=found.thresholds,
    )


def _empty_page(scene: Scene) -> ProgressPage:
    year = scene.today.year
    return ProgressPage(
        address=addresses.PROGRESS,
        title=f"{year}年政务公开工作要点进度",
        section=addresses.PROGRESS,
        crumbs=(HOME, Link("工作要点")),
        column=_column(),
        strip=Strip(year=year, url=addresses.PROGRESS, cells=(), counts=()),
        tasks=(),
        thresholds=(),
        empty=Empty(
            f"{year}年工作要点还没有录入",
            "区政务公开主管部门录入当年工作要点后，各项任务的责任单位、时限和进展显示在这里。",
            (Link("政府信息公开", addresses.OPEN),),
        ),
    )


def _task_page(found: PublicProgress, at: int) -> ProgressTaskPage:
    task = found.tasks[at]
    before = found.tasks[at - 1] if at else None
    after = found.tasks[at + 1] if at + 1 < len(found.tasks) else None
    return ProgressTaskPage(
        address=_task_address(found, task),
        title=task.title,
        section=addresses.PROGRESS,
        crumbs=(HOME, Link("工作要点", addresses.PROGRESS), Link(f"第{task.number}项")),
        column=_column(),
        number=task.number,
        field_name=task.field,
        requirement=task.requirement,
        units=task.units,
        deadline=task.due_words,
        light=task.light.state,
        light_words=task.light.words,
        reason=task.light.reason,
        reports=tuple(
            Report(
                unit=report.unit,
                text=report.text,
                on=legal_day(report.on),
                evidence=(Link(*report.evidence),) if report.evidence else (),
            )
            for report in task.reports
        ),
        older=Link(f"第{before.number}项　{before.title}", _task_address(found, before)) if before else None,
        newer=Link(f"第{after.number}项　{after.title}", _task_address(found, after)) if after else None,
    )


def _row(found: PublicProgress, task: PublicTask) -> TaskRow:
    return TaskRow(
        number=task.number,
        field=task.field,
        title=task.title,
        url=_task_address(found, task),
        units=task.units_text,
        deadline=task.due_words,
        light=task.light.state,
        light_words=task.light.words,
        evidence=sum(report.evidence is not None for report in task.reports),
        updated_on=task.last,
    )


def _strip(found: PublicProgress) -> Strip:
    return Strip(
        year=found.year,
        url=addresses.PROGRESS,
        cells=tuple(
            Cell(task.number, task.light.state, task.title, _task_address(found, task))
            for task in found.tasks
        ),
        counts=tuple((state, count) for state, count in found.counts.items() if count),
        remark=found.remark,
        updated_at=found.changed_at,
    )


def _year_address(found: PublicProgress) -> str:
    return f"{addresses.PROGRESS}{found.year}/"


def _task_address(found: PublicProgress, task: PublicTask) -> str:
    return f"{_year_address(found)}{task.number}.html"


def _column() -> Column:
    return Column(name="工作要点", type="信息公开目录")
