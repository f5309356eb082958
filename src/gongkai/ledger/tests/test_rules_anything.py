"""Whatever a file holds, reading comes to an end, and what can be stored is whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel.text.blocks import Block, Cell, Paragraph, Table
from gongkai.ledger.rules.deadlines import read_deadline
from gongkai.ledger.rules.plan import LONGEST_UNIT, read_plan
from gongkai.ledger.rules.responsible import spaced, split_units

pytestmark = pytest.mark.feature("L01")
WORDS = (
    "序号", "公开领域", "具体要求", "责任单位", "完成时限", "备注", "1", "2", "1-3", "①", "", "区财政局", "各部门、各单位", "6月底前",
    "31月底前", "合计", "一、主动公开", "（一）公布目录。", "责任单位：区财政局", "完成时限：全年", "公开部门预算表和说明。", "注：见附件", "|",
    "a,b,c", "2026年政务公开工作要点", "附件：表", "（牵头）", "、、", "／", "等", "区", "（",
)  # fmt: skip
cells = st.one_of(st.sampled_from(WORDS), st.text(max_size=20))


def grid(rows: list[list[str]]) -> Table:
    width = max(len(row) for row in rows)
    return Table(tuple(tuple(Cell(text) for text in (row + [""] * width)[:width]) for row in rows))


tables = st.lists(st.lists(cells, min_size=1, max_size=7), min_size=1, max_size=8).map(grid)
lines = st.lists(cells, max_size=6).map(lambda found: Paragraph("\t".join(found)))
corrections = st.dictionaries(
    st.integers(0, 6),
    st.dictionaries(
        st.sampled_from(["number", "field", "requirement", "units", "deadline", "skip", "swap", "ok"]), cells, max_size=4
    ),
    max_size=3,
)  # fmt: skip


@given(st.lists(st.one_of(tables, lines), max_size=8), corrections)
def test_a_reading_is_whole_or_says_what_is_wrong(
    blocks: list[Block], given_in: dict[int, dict[str, str]]
) -> None:
    plan = read_plan(blocks, year=2026, corrections=given_in)
    if plan.problems:
        assert all(problem.message.endswith(("。", "？")) for problem in plan.problems)
        return
    numbers = [task.number for task in plan.tasks]
    assert len(set(numbers)) == len(numbers)
    assert all(task.requirement and task.units for task in plan.tasks)
    assert all(len(unit.text) <= LONGEST_UNIT for task in plan.tasks for unit in task.units)


@given(
    st.text(
        alphabet="区财政局各部门、，；牵头（）配合：责任单位 \n/等和0123456789年月日底前.上半第一二三四季度",
        max_size=30,
    )
)
def test_no_sign_of_a_field_of_units_is_lost(text: str) -> None:
    assert "".join(spaced(text).split()) == "".join(text.split())
    assert all(unit.text for unit in split_units(text))
    assert read_deadline(text, year=2026).kind in ("date", "continuous", "none")
