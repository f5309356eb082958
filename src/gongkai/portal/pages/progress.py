"""How far the district's yearly plan is: the public side of the ledger."""

from __future__ import annotations

from gongkai.portal import addresses
from gongkai.portal.context import Column, Empty, Link, ProgressPage, Strip
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.tree import Output


def strip(scene: Scene) -> Strip | None:
    """The tasks of the year at a glance; nothing where no plan was imported."""
    return None


def progress_outputs(scene: Scene) -> list[Output]:
    """The progress page of the year and the page of each task."""
    year = scene.today.year
    page = ProgressPage(
        address=addresses.PROGRESS,
        title=f"{year}年政务公开工作要点进度",
        section=addresses.PROGRESS,
        crumbs=(HOME, Link("工作要点")),
        column=Column(name="工作要点", type="信息公开目录"),
        strip=Strip(year=year, url=addresses.PROGRESS, cells=(), counts=()),
        tasks=(),
        thresholds=(),
        empty=Empty(
            f"{year}年工作要点还没有录入",
            "区政务公开主管部门录入当年工作要点后，各项任务的责任单位、时限和进展显示在这里。",
            (Link("政府信息公开", addresses.OPEN),),
        ),
    )
    return [scene.draw(page, record="progress")]
