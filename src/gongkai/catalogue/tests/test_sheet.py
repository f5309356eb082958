"""The official spreadsheet comes in unedited and goes out cell for cell (A08)."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings

from gongkai.catalogue import queries
from gongkai.catalogue.models import Matter, StandardVersion
from gongkai.catalogue.rules.revising import Line, revise
from gongkai.catalogue.rules.sheet import read_table, spread
from gongkai.catalogue.tests.sheets import Drawn, contents, drawn_sheets
from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid

pytestmark = pytest.mark.feature("A08")
DB = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def lines(table: object) -> list[Line]:
    return [Line(at, row.place, row.cells) for at, row in enumerate(table.rows, 1)]  # type: ignore[attr-defined]


@given(drawn_sheets())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_layout_and_rows_hold_every_cell_and_every_merge(drawn: Drawn) -> None:
    grid = drawn.grid()
    table = read_table([grid], "养老服务")
    assert table.layout is not None and not table.stopping
    layout = table.layout
    held = {(row, column): (text, kind) for row, column, text, kind in layout.head}
    held |= {(place + layout.first - 1, column): (t, k) for place, column, t, k in layout.loose}
    for row in table.rows:
        held |= {
            (row.place + layout.first - 1, column): (cell.text, cell.kind)
            for column, cell in row.cells.items()
        }
    given_cells = {
        (row, column): (cell.text, cell.kind)
        for row, cells in grid.rows.items()
        for column, cell in cells.items()
    }
    assert held == given_cells
    shift = layout.first - 1
    merges = set(layout.head_merges) | {(t + shift, left, b + shift, r) for t, left, b, r in layout.merges}
    assert merges == set(grid.merges)
    assert all(row.values["level1"] and row.values["level2"] for row in table.rows)


@pytest.mark.feature("A10")
@given(drawn_sheets())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_a_proposal_does_can_be_undone_by_another(drawn: Drawn) -> None:
    table = read_table([drawn.grid()], "养老服务")
    assert table.layout
    before = lines(table)
    middle = before[len(before) // 2]
    after = revise(
        table.layout, before,
        [{"verb": "add", "after": middle.matter, "cells": {"level1": "新", "level2": "新事项", "content": "●新"}}],
    )  # fmt: skip
    assert len(after.lines) == len(before) + 1
    assert all(1 <= top <= bottom for top, _, bottom, _ in after.layout.merges)
    assert len(spread(after.layout.merges)) == sum(
        (bottom - top + 1) * (right - left + 1) for top, left, bottom, right in after.layout.merges
    )
    named = [Line(line.matter or 99, line.place, line.cells) for line in after.lines]
    undone = revise(after.layout, named, [{"verb": "remove", "matter": 99}])
    assert [one.matter for one in undone.lines] == [one.matter for one in before]
    # Every row still says what it said, whether its group is merged or written out.
    grid_before, grid_after = _said(table.layout, before), _said(undone.layout, list(undone.lines))
    assert grid_before == grid_after


def _said(layout: object, rows: list[Line]) -> list[dict[str, str]]:
    from gongkai.catalogue.rules.sheet import values_of

    body = {line.place: dict(line.cells) for line in rows}
    return [values_of(line.place, dict(line.cells), layout, body=body) for line in rows]  # type: ignore[arg-type]


@pytest.mark.django_db
@given(drawn_sheets(most=6))
@DB
def test_export_equals_import(tmp_path: Path, drawn: Drawn) -> None:
    source, out = drawn.save(tmp_path / "in.xlsx"), tmp_path / "out.xlsx"
    call_command("catalogue", "import", str(source), "--field", "养老服务", stdout=StringIO())
    call_command("catalogue", "export", str(out), "--field", "养老服务", stdout=StringIO())
    assert contents(out) == contents(source)


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing_and_a_new_one_keeps_matters(tmp_path: Path) -> None:
    drawn = a_sheet()
    source = drawn.save(tmp_path / "目录.xlsx")
    call_command("catalogue", "import", str(source), "--field", "养老服务", stdout=StringIO())
    call_command("catalogue", "import", str(source), "--field", "养老服务", stdout=StringIO())
    assert StandardVersion.objects.count() == 1
    before = dict(Matter.objects.values_list("name", "pk"))
    drawn.cells[5, 5] = "新的依据"
    drawn.save(source)
    call_command("catalogue", "import", str(source), "--field", "养老服务", stdout=StringIO())
    version = StandardVersion.objects.get(current=True)
    assert version.number == 2 and version.facts == {"added": 0, "removed": 0, "changed": 1}
    assert dict(Matter.objects.values_list("name", "pk")) == before


@pytest.mark.django_db
def test_check_stores_nothing_and_hints_do_not_stop(tmp_path: Path) -> None:
    source, said = a_sheet().save(tmp_path / "目录.xlsx"), StringIO()
    call_command("catalogue", "import", str(source), "--field", "养老服务", "--check", stdout=said)
    assert "读到 2 个事项" in said.getvalue() and "“由牵头单位另定”没有读懂" in said.getvalue()
    assert not StandardVersion.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (lambda one: one.cells.update({(3, 1): "编号", (3, 6): "何时"}), "公开时限"),
        (lambda one: one.cells.pop((6, 4)), "第 6 行 公开内容"),
        (lambda one: one.cells.clear(), "没有找到"),
    ],
)
def test_what_is_not_understood_stops_with_row_and_cell(tmp_path: Path, break_it: object, told: str) -> None:
    drawn, said = a_sheet(), StringIO()
    break_it(drawn)  # type: ignore[operator]
    source = drawn.save(tmp_path / "目录.xlsx")
    with pytest.raises(CommandError):
        call_command("catalogue", "import", str(source), "--field", "养老服务", stdout=said)
    assert told in said.getvalue() and not Matter.objects.exists()


def test_formulas_and_several_sheets_are_told() -> None:
    grid = a_sheet().grid()
    cells = {row: dict(held) for row, held in grid.rows.items()}
    cells[5][4] = SheetCell("3", "formula")
    table = read_table([SheetGrid("一", False, cells, grid.merges)], "养老服务")
    assert [(one.row, one.where) for one in table.stopping] == [(5, "D5")]
    twice = [SheetGrid("甲", False, grid.rows, grid.merges), SheetGrid("乙", False, grid.rows, grid.merges)]
    assert "不知道哪一张" in read_table(twice, "就业").stopping[0].text
    assert read_table([twice[0], SheetGrid("就业", False, grid.rows, grid.merges)], "就业").layout


@pytest.mark.django_db
def test_meaning_of_a_row(tmp_path: Path) -> None:
    source = a_sheet().save(tmp_path / "目录.xlsx")
    call_command("catalogue", "import", str(source), "--field", "养老服务", stdout=StringIO())
    first, second = queries.current_items()
    assert (first.group, first.name, second.group) == ("业务办理", "养老机构备案", "业务办理")
    assert first.limit == {
        "n": 10, "unit": "wd", "trigger": ["制定", "获取"], "mode": "within", "shown": None, "day": "",
    }  # fmt: skip
    assert first.channels == ["政府网站", "政务服务中心"] and first.tiers == ["县级", "乡级"]
    assert first.audience == ["全社会"] and first.methods == ["主动"]
    assert second.limit["mode"] == "unread" and second.limit_text == "由牵头单位另定"


def a_sheet() -> Drawn:
    """Two matters under one group, written as the ministries write them."""
    cells: dict[tuple[int, int], str | int] = {(1, 1): "养老服务领域基层政务公开标准目录"}
    heads = ["序号", "公开事项", "", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体"]
    heads += ["公开对象", "", "公开方式", "", "公开层级", ""]
    under = {
        2: "一级事项",
        3: "二级事项",
        9: "全社会",
        10: "特定群体",
        11: "主动",
        12: "依申请公开",
        13: "县级",
        14: "乡级",
    }
    cells |= {(3, column): words for column, words in enumerate(heads, 1) if words}
    cells |= {(4, column): words for column, words in under.items()}
    rows = (
        [1, "业务办理", "养老机构备案", "●备案材料清单及样式；\n●流程", "《养老机构管理办法》"],
        [2, "", "养老机构评估", "●评估结果", "《养老机构管理办法》"],
    )
    limits = ("制定或获取政策之日起10个工作日", "由牵头单位另定")
    for at, (row, limit) in enumerate(zip(rows, limits, strict=True), 5):
        words = [*row, limit, "区民政局", "■政府网站 □政府公报\n■政务服务中心", "√", "", "√", "", "√", "√"]
        cells |= {(at, column): text for column, text in enumerate(words, 1) if text != ""}
    merges = [(1, 1, 1, 14), (3, 2, 3, 3), (3, 9, 3, 10), (3, 11, 3, 12), (3, 13, 3, 14), (5, 2, 6, 2)]
    merges += [(3, column, 4, column) for column in (1, 4, 5, 6, 7, 8)]
    return Drawn("养老服务", cells, merges)
