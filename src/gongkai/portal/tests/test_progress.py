"""The public side of the yearly plan follows the ledger and the days."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from gongkai.kernel.text.blocks import Cell, Table
from gongkai.ledger import actions as ledger
from gongkai.ledger.actions.importing import Source
from gongkai.ledger.models import LookBack, Plan, ProgressReport, Task, Verification
from gongkai.ledger.rules.plan import read_plan
from gongkai.orgs.models import Person
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


def accept(world: World, *, text: str, evidence: str = "") -> ProgressReport:
    report = ledger.report_progress(
        task=Task.objects.get(number=1),
        unit=world.finance,
        by=world.actor(world.finance, "officer"),
        now=AT,
        text=text,
        evidence=evidence,
    )
    return ledger.accept_progress(report=report, by=world.actor(world.office, "disclosure"), now=AT)


@pytest.mark.feature("L02")
def test_feeds_and_table_hold_accepted_progress_and_nothing_else(world: World, settings: Any) -> None:
    published = world.published(title="部门预算说明公示")
    accept(world, text="=1+1 已经公开。", evidence=published.path)
    ledger.report_progress(
        task=Task.objects.get(number=2),
        unit=world.civil,
        by=world.actor(world.civil, "officer"),
        now=AT,
        text="内部的话。",
    )
    projection.show_progress(today=TODAY)
    atom, feed = text(settings, "progress/feed.atom"), json.loads(text(settings, "progress/feed.json"))
    entries = ElementTree.fromstring(atom).findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == len(feed["items"]) == 1
    assert (
        "#r" in feed["items"][0]["url"]
        and feed["items"][0]["_gongkai"]["佐证"][0]["标题"] == "部门预算说明公示"
    )
    place = Path(settings.TREE_DIR) / "progress/2026/ledger.xlsx"
    before = place.read_bytes()
    book = load_workbook(io.BytesIO(before))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == [1, 2]
    words = book.worksheets[1]["D2"]
    assert words.value == "=1+1 已经公开。" and words.data_type == "s"
    projection.show_progress(today=TODAY)
    assert place.read_bytes() == before
    everything = atom + json.dumps(feed, ensure_ascii=False) + text(settings, "progress/2026/2.html")
    everything += str([cell.value for sheet in book.worksheets for row in sheet for cell in row])
    assert "内部的话" not in everything and "待审核" not in everything
    page = text(settings, "progress/index.html")
    assert 'href="feed.atom"' in page and 'href="2026/ledger.xlsx"' in page


@pytest.mark.feature("L05")
def test_carried_over_tasks_stand_with_their_origin(world: World, settings: Any) -> None:
    table = Table(rows=tuple(tuple(Cell(text) for text in row) for row in ROWS))
    reading = read_plan([table], year=2025)
    plan, _ = ledger.import_plan(reading=reading, source=Source("去年.docx", "1" * 64), now=AT)
    office = world.actor(world.office, "disclosure")
    person = Person.objects.get(pk=office.person_id)
    ledger.start_look_back(plan=plan, due_on=TODAY, verifiers=[person], by=office, now=AT)
    for row in Verification.objects.unscoped("test"):
        verdict, by = (
            ("unfinished", TODAY + timedelta(days=60)) if row.task.number == 1 else ("confirmed", None)
        )
        ledger.verify(
            verification=row, verdict=verdict, finding="看过专栏。", rectify_by=by, by=office, now=AT
        )
    ledger.close_look_back(look_back=LookBack.objects.get(), by=office, now=AT)
    projection.show_progress(today=TODAY)
    page = text(settings, "progress/index.html")
    assert "上年结转" in page and "2025年第1项结转" in page and "2026/carried-1.html" in page
    assert "2025年第1项结转" in text(settings, "progress/2026/carried-1.html")
    assert "../2025/1.html" in text(settings, "progress/2026/carried-1.html")
    past = text(settings, "progress/2025/index.html")
    assert "状态截至" in past and "2025-12-31" in past and 'href="../2026/"' in past
    assert 'href="2025/"' in page and (Path(settings.TREE_DIR) / "progress/2025/ledger.xlsx").exists()
    assert "看过专栏" not in page + text(settings, "progress/2026/carried-1.html")
    assert "2 项任务做到哪一步" in text(settings, "index.html") and Plan.objects.count() == 2


def test_page_of_a_task_that_the_plan_no_longer_has_is_taken_away(world: World, settings: Any) -> None:
    place = Path(settings.TREE_DIR) / "progress/2026/2.html"
    assert place.exists()
    Task.objects.filter(number=2).update(ended_at=AT)
    projection.show_progress(today=TODAY)
    assert not place.exists() and "公开救助对象名单" not in text(settings, "progress/index.html")
    assert building.put_right(today=TODAY) == 0 and not place.exists()


def test_a_changed_plan_draws_its_own_year_and_a_new_year_draws_all(world: World, settings: Any) -> None:
    tree = Path(settings.TREE_DIR) / "progress"
    table = Table(rows=tuple(tuple(Cell(text) for text in row) for row in ROWS))
    ledger.import_plan(reading=read_plan([table], year=2025), source=Source("去年.docx", "1" * 64), now=AT)
    projection.show_plan(2025, today=TODAY)
    assert 'href="2025/"' in text(settings, "progress/index.html")
    assert 'href="../2025/"' in text(settings, "progress/2026/index.html")
    kept = (tree / "2025/1.html").stat().st_mtime_ns
    Task.objects.filter(plan__year=2026, number=2).update(ended_at=AT)
    projection.show_plan(2026, today=TODAY + timedelta(days=1))
    assert not (tree / "2026/2.html").exists() and (tree / "2026/1.html").exists()
    assert (tree / "2025/1.html").stat().st_mtime_ns == kept
    Plan.objects.filter(year=2025).update(year=2024)
    projection.show_plan(2025, today=TODAY)
    assert not (tree / "2025/1.html").exists() and (tree / "2024/1.html").exists()
