"""The public side of the yearly plan follows the ledger and the days."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gongkai.kernel.text.blocks import Cell, Table
from gongkai.ledger import actions as ledger
from gongkai.ledger.actions.importing import Source
from gongkai.ledger.models import Task
from gongkai.ledger.rules.plan import read_plan
from gongkai.portal import building, projection
from gongkai.portal.tasks import minute
from gongkai.publishing import actions
from gongkai.publishing.tests.world import AT, World

pytestmark = pytest.mark.django_db
TODAY = AT.date()
ROWS = (
    ("序号", "公开领域", "具体要求", "责任单位", "完成时限"),
    ("1", "财政预决算", "公开部门预算说明", "区财政局", "6月底前"),
    ("2", "社会救助", "公开救助对象名单", "区民政局", "持续推进"),
)


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    settings.TREE_DIR = tmp_path / "tree"
    found = World()
    table = Table(rows=tuple(tuple(Cell(text) for text in row) for row in ROWS))
    reading = read_plan([table], year=2026)
    assert len(reading.tasks) == 2
    ledger.import_plan(reading=reading, source=Source("要点.docx", "0" * 64), now=AT)
    building.put_right(today=TODAY)
    return found


def text(settings: Any, path: str) -> str:
    return (Path(settings.TREE_DIR) / path).read_text(encoding="utf-8")


@pytest.mark.feature("L01")
def test_every_task_has_its_page_and_its_place_in_the_strip(world: World, settings: Any) -> None:
    page = text(settings, "progress/index.html")
    assert "部门预算说明" in page and "06-30" in page
    assert "区民政局" in text(settings, "progress/2026/2.html")
    assert "2 项任务做到哪一步" in text(settings, "index.html")


def test_light_turns_late_with_the_day_alone(world: World, settings: Any) -> None:
    assert "逾期" not in text(settings, "progress/2026/1.html")
    minute(AT + timedelta(days=120))
    assert "逾期" in text(settings, "progress/2026/1.html") and "逾期" in text(settings, "index.html")


@pytest.mark.feature("L02")
def test_accepted_report_shows_its_evidence_until_that_is_withdrawn(world: World, settings: Any) -> None:
    published = world.published(title="部门预算说明公示")
    projection.show_publication(published.pk, today=TODAY)
    task = Task.objects.get(number=1)
    report = ledger.report_progress(
        task=task,
        unit=world.finance,
        by=world.actor(world.finance, "officer"),
        now=AT,
        text="部门预算说明已经全部公开。",
        finished=True,
        evidence=published.path,
    )
    ledger.accept_progress(report=report, by=world.actor(world.office, "disclosure"), now=AT)
    projection.show_progress(today=TODAY)
    assert "部门预算说明公示" in text(settings, "progress/2026/1.html")
    actions.withdraw(
        publication=published,
        kind="误发",
        reason="发错了文件",
        by=world.actor(world.finance, "leader"),
        now=AT,
    )
    projection.show_publication(published.pk, today=TODAY)
    assert "部门预算说明公示" not in text(settings, "progress/2026/1.html")
