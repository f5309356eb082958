"""Two versions of a plan: every task of both stands in the difference once, and nothing is taken for something else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger.rules.corrections import as_typed, corrected, effective
from gongkai.ledger.rules.differences import TaskWords, differences
from gongkai.ledger.rules.numbering import counted_anew
from gongkai.ledger.rules.responsible import NamedUnit, Role, named, split_units
from gongkai.ledger.rules.rows import Row

pytestmark = pytest.mark.feature("L01")
words = st.sampled_from(
    [
        "公开部门预算。",
        "公开部门决算。",
        "公布权责清单并随时更新。",
        "把规范性文件汇成一册。",
        "网站适合手机阅读。",
        "公开部门的预算。",
    ]
)


def task(key: int, number: int, requirement: str, **more: str) -> TaskWords:
    given = {"field": "财政", "units": "区财政局", "due": "年底前", **more}
    return TaskWords(
        key, "annex", number, "", "", given["field"], requirement, given["units"], "none", None, given["due"]
    )


def plan(texts: list[str], first: int) -> list[TaskWords]:
    return [task(first + at, at + 1, text) for at, text in enumerate(texts)]


@given(st.lists(words, max_size=6), st.lists(words, max_size=6))
def test_every_task_of_both_versions_stands_once(before: list[str], after: list[str]) -> None:
    old, new = plan(before, 100), plan(after, 0)
    pairs = differences(old, new)
    assert [pair.new for pair in pairs if pair.new] == new
    assert sorted(pair.old.key for pair in pairs if pair.old) == [one.key for one in old]
    for pair in pairs:
        assert (pair.change == "added") == (pair.old is None) and (pair.change == "removed") == (
            pair.new is None
        )
        assert (pair.change == "changed") == bool(pair.fields)


@given(st.lists(words, max_size=6))
def test_same_plan_differs_in_nothing(texts: list[str]) -> None:
    assert {pair.change for pair in differences(plan(texts, 100), plan(texts, 0))} <= {"same"}


def test_reworded_task_is_the_same_and_a_new_one_under_its_number_is_not() -> None:
    old = [task(1, 5, "部门及所属单位的预算和决算全部公开。")]
    (pair,) = differences(old, [task(0, 5, "部门和所属单位的预算、决算都要公开。", due="6月底前")])
    assert pair.change == "changed" and [f.label for f in pair.fields] == ["具体要求", "完成时限"]
    kinds = [pair.change for pair in differences(old, [task(0, 5, "网站支持老年人模式。", field="平台")])]
    assert kinds == ["added", "removed"]


def test_place_of_a_sentence_in_its_chapter_is_no_change() -> None:
    old = replace(task(1, 1, "各部门要按月检查专栏。"), origin="chapter")
    new = replace(task(0, 7, "各部门要按月检查专栏。"), origin="chapter")
    assert [pair.change for pair in differences([old], [new])] == ["same"]


units = st.lists(
    st.builds(
        NamedUnit,
        st.sampled_from(
            ["区财政局", "区民政局", "各街道办事处", "区政府各部门、各单位", "重大行政决策涉及部门"]
        ),
        st.sampled_from(["lead", "support", "responsible"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda unit: unit.text,
)


@given(units)
def test_units_as_a_clerk_finds_them_are_read_back_the_same(given_units: list[NamedUnit]) -> None:
    assert split_units(named(given_units)) == tuple(given_units)


@given(units, words, st.sampled_from(["1", "12", ""]))
def test_row_that_was_only_looked_at_is_not_changed(
    given_units: list[NamedUnit], text: str, number: str
) -> None:
    columns: dict[Role, str] = {"lead": "lead", "support": "support", "responsible": "units"}
    row = Row(
        1, number, "财政", requirement=text, units=tuple((u.text, columns[u.role]) for u in given_units)
    )
    assert effective(row, as_typed(row)) == {}
    assert corrected([row], {1: as_typed(row)}) == ([row], [])


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_tables_that_each_begin_at_1_are_counted_on_in_their_order(lengths: list[int]) -> None:
    rows = [
        Row(at, str(number))
        for at, number in enumerate(n for length in lengths for n in range(1, length + 1))
    ]
    found, said = counted_anew(rows)
    if len(lengths) > 1 and min(lengths) > 1:
        assert [row.number for row in found] == [str(at) for at in range(1, len(rows) + 1)] and said
    else:
        assert found == rows and not said
