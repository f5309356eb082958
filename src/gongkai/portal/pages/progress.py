"""How far the district's yearly plan is: the public side of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from gongkai.kernel.clock import legal_day
from gongkai.ledger.queries import PublicProgress, PublicTask, plan_years, public_progress
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
from gongkai.portal.pages.progress_files import ATOM, JSON_FEED, progress_files, table_address, table_output
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.tree import Output

RECORD = "progress"


def year_pages() -> list[str]:
    """The address of the page of every year that has a plan."""
    return [folder(year) for year in plan_years()]


def strip(scene: Scene) -> Strip | None:
    """The tasks of the newest plan at a glance; nothing where no plan was imported."""
    return _strip(scene.progress) if scene.progress else None


def progress_outputs(
    scene: Scene, *, years: Collection[int] | None = None, task_id: int | None = None
) -> list[Output]:
    """The progress page of the newest plan, under its own year too, and the page of each task; then the older
    plans of ``years`` (of all years where none are named), as they stood at the end of their year.

    With ``task_id`` only the page of this task and those of its neighbours, which name it.
    The version is the day, because lights change with the day alone.
    """
    found = scene.progress
    version = scene.today.toordinal()
    if found is None:
        return [scene.draw(_empty_page(scene), record=RECORD, version=version)]
    every = plan_years()
    pages: list[ProgressPage | ProgressTaskPage] = [
        _page(found, addresses.PROGRESS, every),
        _page(found, folder(found.year), every),
        *(_task_page(found, at) for at in _places(found, task_id)),
    ]
    drawn = [scene.draw(page, record=RECORD, version=version) for page in pages]
    drawn += progress_files(found, scene, record=RECORD, version=version)
    older = [year for year in every if year != found.year and (years is None or year in years)]
    return drawn + [output for year in older for output in _past(scene, year, every, version)]


def _places(found: PublicProgress, task_id: int | None) -> list[int]:
    """Where the tasks to be drawn stand; all of them where none is named."""
    last = len(found.every)
    if task_id is None:
        return list(range(last))
    at = [place for place, task in enumerate(found.every) if task.id == task_id]
    return sorted({near for place in at for near in range(max(place - 1, 0), min(place + 2, last))})


def _past(scene: Scene, year: int, every: Sequence[int], version: int) -> list[Output]:
    """The pages of a plan of an earlier year: its lights are those of its last day."""
    last = date(year, 12, 31)
    found = public_progress(year, today=last)
    if found is None:
        return []
    pages: list[ProgressPage | ProgressTaskPage] = [_page(found, folder(year), every, as_of=last)]
    pages += [_task_page(found, at) for at in _places(found, None)]
    drawn = [scene.draw(page, record=RECORD, version=version) for page in pages]
    return [*drawn, table_output(found, scene, record=RECORD, version=version)]


def _page(
    found: PublicProgress, address: str, every: Sequence[int], *, as_of: date | None = None
) -> ProgressPage:
    return ProgressPage(
        address=address,
        title=f"{found.year}年政务公开工作要点进度",
        section=addresses.PROGRESS,
        crumbs=(HOME, Link("工作要点")),
        column=_column(),
        strip=_strip(found),
        tasks=tuple(_row(task) for task in found.tasks),
        carried=tuple(_row(task) for task in found.carried),
        as_of=as_of,
        years=tuple(Link(f"{year}年", folder(year)) for year in every if year != found.year),
        feed="" if as_of else ATOM,
        exports=(
            Link("Excel 表格", table_address(found.year)),
            *(() if as_of else (Link("JSON 订阅", JSON_FEED),)),
            Link("开放接口", f"/api/v1/ledger?year={found.year}"),
        ),
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
    tasks = found.every
    task = tasks[at]
    before = tasks[at - 1] if at else None
    after = tasks[at + 1] if at + 1 < len(tasks) else None
    return ProgressTaskPage(
        address=task.path,
        origin=task.origin,
        origin_url=task.origin_path,
        title=task.title,
        section=addresses.PROGRESS,
        crumbs=(HOME, Link("工作要点", addresses.PROGRESS), Link(_name(task))),
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
                id=report.id,
                unit=report.unit,
                text=report.text,
                on=legal_day(report.on),
                evidence=tuple(Link(*one) for one in report.evidence),
            )
            for report in task.reports
        ),
        older=Link(f"{_name(before)}　{before.title}", before.path) if before else None,
        newer=Link(f"{_name(after)}　{after.title}", after.path) if after else None,
    )


def _row(task: PublicTask) -> TaskRow:
    return TaskRow(
        number=task.number,
        field=task.field,
        title=task.title,
        url=task.path,
        origin=task.origin,
        units=task.units_text,
        deadline=task.due_words,
        light=task.light.state,
        light_words=task.light.words,
        evidence=sum(len(report.evidence) for report in task.reports),
        updated_on=task.last,
    )


def _strip(found: PublicProgress) -> Strip:
    return Strip(
        year=found.year,
        url=addresses.PROGRESS,
        cells=tuple(Cell(task.number, task.light.state, task.title, task.path) for task in found.tasks),
        counts=tuple((state, count) for state, count in found.counts.items() if count),
        remark=found.remark,
        updated_at=found.changed_at,
    )


def folder(year: int) -> str:
    """Under which address all pages of a year stand."""
    return f"{addresses.PROGRESS}{year}/"


def _name(task: PublicTask) -> str:
    return f"上年结转{task.number}" if task.origin else f"第{task.number}项"


def _column() -> Column:
    return Column(name="工作要点", type="信息公开目录")
