"""Importing a plan of 200 rows: from the file on the disk to the rows of the ledger, and the way back."""

from __future__ import annotations

import time
from pathlib import Path

from django.utils import timezone
from docx import Document

from bench.report import Result, write
from gongkai.ledger import actions, queries
from gongkai.ledger.models import PlanImport
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person
from gongkai.trail.chain import SYSTEM, sm3

ROWS, TIMES, YEAR = 200, 7, 2031
HEADS = ("序号", "公开领域", "具体要求", "责任单位", "完成时限")


def measure(scratch: Path) -> None:
    """A Word file with one table; each turn is read, understood and stored, then undone."""
    path = _plan(scratch / "plan200.docx")
    head = Person.objects.get(username="head")
    office = actor_of(head, today=timezone.localdate())
    taken: list[float] = []
    undone: list[float] = []
    for _ in range(TIMES):
        now = timezone.now()
        began = time.perf_counter()
        reading = queries.read_plan_file(path, name=path.name, year=YEAR)
        source = actions.Source(name=path.name, digest=sm3(path.read_bytes()))
        plan, changes = actions.import_plan(reading=reading, source=source, by=SYSTEM, now=now)
        taken.append(round(time.perf_counter() - began, 3))
        assert len(changes.new) == ROWS
        began = time.perf_counter()
        actions.undo_import(done=PlanImport.objects.get(plan=plan), by=office, now=now)
        undone.append(round(time.perf_counter() - began, 3))
    write(
        Result(
            name="plan_import", what="plan of 200 rows: read, understood, stored", peer="-", unit="s",
            sizes={"rows": ROWS, "times": TIMES}, runs={"import": taken, "undo": undone}, value=max(taken), goal=2,
            notes="docx through the reading child; each import was undone before the next",
        )
    )  # fmt: skip


def _plan(path: Path) -> Path:
    paper = Document()
    paper.add_paragraph(f"测试区{YEAR}年政务公开工作要点")
    table = paper.add_table(rows=0, cols=len(HEADS))
    for number in range(ROWS + 1):
        texts = HEADS if not number else _row(number)
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    paper.save(str(path))
    return path


def _row(number: int) -> tuple[str, ...]:
    units = "区财政局牵头，各街道办事处、各相关部门配合" if number % 3 else "区政府办公室、区财政局"
    due = "实时公开" if number % 2 else f"{number % 12 + 1}月底前"
    return (
        str(number),
        f"领域{number % 12}",
        f"公开第{number}件事的依据、过程和结果，并说明理由。",
        units,
        due,
    )
