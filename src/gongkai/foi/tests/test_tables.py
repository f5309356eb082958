from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi.rules.dispositions import ROW_KEYS
from gongkai.foi.rules.table_checks import (
    cells_of,
    check_sum,
    check_table_four,
    check_table_three,
)
from gongkai.foi.rules.tables import (
    COLUMNS,
    KINDS,
    REVIEW_COLUMNS,
    REVIEW_GROUPS,
    REVIEW_OUTCOMES,
    CaseCount,
    ReviewCount,
    added,
    result_rows,
    row_labels,
    row_of_year,
    table_four,
    table_three,
)

pytestmark = [pytest.mark.feature("D09"), pytest.mark.law("国办公开办函〔2021〕30号")]

# A published report of a large city: the column of natural persons, and 表四.
PUBLISHED = {
    "new": 13612,
    "carry_in": 535,
    "r1": 5345,
    "r2": 2120,
    **dict(zip([f"r3_{n}" for n in range(1, 9)], (13, 30, 11, 49, 103, 84, 282, 147), strict=True)),
    **dict(zip([f"r4_{n}" for n in range(1, 4)], (3075, 177, 19), strict=True)),
    **dict(zip([f"r5_{n}" for n in range(1, 6)], (199, 147, 0, 100, 5), strict=True)),
    **dict(zip([f"r6_{n}" for n in range(1, 4)], (315, 202, 941), strict=True)),
    "r7": 13364,
    "carry_out": 783,
}
PUBLISHED_FOUR = {
    "reconsideration": (376, 97, 196, 121, 790),
    "direct": (16, 1, 12, 27, 56),
    "after": (74, 1, 30, 51, 156),
}
NATURAL = {row: {"natural": number} for row, number in PUBLISHED.items()}


def four(groups: dict[str, tuple[int, ...]]) -> dict[str, dict[str, int]]:
    return {group: dict(zip(REVIEW_COLUMNS, numbers, strict=True)) for group, numbers in groups.items()}


def test_form_has_its_rows_and_columns() -> None:
    assert len(row_labels(2021)) * len(COLUMNS) == 175
    assert len(row_labels(2020)) == 23
    assert result_rows(2026) == ROW_KEYS
    assert [row for row in row_labels(2020) if row.startswith("r6")] == ["r6"]
    assert row_of_year("r6_1", 2020) == "r6"
    assert row_of_year("r6_1", 2021) == "r6_1"
    with pytest.raises(ValueError, match="旧格式"):
        row_labels(2018)


def test_published_table_agrees() -> None:
    assert check_table_three(NATURAL, 2021) == []
    assert check_table_four(four(PUBLISHED_FOUR)) == []


@pytest.mark.parametrize("row", PUBLISHED)
def test_one_wrong_number_in_the_published_table_is_found(row: str) -> None:
    wrong = {**NATURAL, row: {"natural": PUBLISHED[row] + 1}}
    found = check_table_three(wrong, 2021)
    expected = {"new": {"AR1"}, "carry_in": {"AR1"}, "carry_out": {"AR1"}, "r7": {"AR1", "AR2"}}
    assert {one.code for one in found} == expected.get(row, {"AR2"})
    assert all(one.column == "natural" and one.text.endswith("请核对。") for one in found)


@pytest.mark.parametrize("group", PUBLISHED_FOUR)
@pytest.mark.parametrize("place", range(5))
def test_one_wrong_number_in_table_four_is_found(group: str, place: int) -> None:
    numbers = list(PUBLISHED_FOUR[group])
    numbers[place] += 1
    found = check_table_four(four({**PUBLISHED_FOUR, group: tuple(numbers)}))
    assert [(one.code, one.row) for one in found] == [("AR4", group)]


CASES = st.lists(
    st.builds(CaseCount, st.sampled_from(("", *ROW_KEYS)), st.sampled_from(KINDS), st.booleans()), max_size=60
)


@given(CASES, st.integers(2019, 2028))
def test_counted_table_always_agrees(cases: list[CaseCount], year: int) -> None:
    rows = table_three(cases, year)
    assert list(rows) == list(row_labels(year))
    assert check_table_three(cells_of(rows), year) == []
    assert rows["new"][-1] + rows["carry_in"][-1] == len(cases)
    assert rows["carry_out"][-1] == sum(not case.row for case in cases)


@given(CASES, CASES)
def test_sum_of_units_is_the_table_of_all(one: list[CaseCount], other: list[CaseCount]) -> None:
    total = added([table_three(one, 2026), table_three(other, 2026)])
    assert total == table_three([*one, *other], 2026)
    assert check_sum(cells_of(total), cells_of(table_three([*one, *other], 2026))) == []


def test_sum_that_leaves_a_unit_out_is_found() -> None:
    unit = cells_of(table_three([CaseCount("r1", "natural")], 2026))
    none = cells_of(table_three([], 2026))
    found = check_sum(none, unit)
    assert {one.code for one in found} == {"AR10"}
    assert {(one.row, one.column) for one in found} == {
        (row, column) for row in ("new", "r1", "r7") for column in ("natural", "total")
    }
    assert all(one.level == "warning" for one in found)


def test_wrong_total_of_a_row_is_found() -> None:
    rows = cells_of(table_three([CaseCount("r1", "natural"), CaseCount("r2", "other")], 2026))
    rows["r1"]["total"] += 1
    assert {one.code for one in check_table_three(rows, 2026)} == {"AR2", "AR3"}


def test_carry_over_is_that_of_last_year() -> None:
    last = cells_of(table_three([CaseCount("", "natural"), CaseCount("r1", "other")], 2025))
    good = cells_of(table_three([CaseCount("r1", "natural", carried_in=True)], 2026))
    assert check_table_three(good, 2026, last_year=last) == []
    bad = cells_of(table_three([], 2026))
    found = check_table_three(bad, 2026, last_year=last)
    assert [(one.code, one.column, one.expected, one.found) for one in found] == [
        ("AR5", "natural", 1, 0),
        ("AR5", "total", 1, 0),
    ]


def test_empty_and_impossible_cells_are_told_first() -> None:
    rows = cells_of(table_three([], 2026))
    del rows["r5_5"]
    rows["r1"]["natural"] = -1
    rows["r2"]["other"] = 1.5  # type: ignore[assignment]
    found = check_table_three(rows, 2026)
    assert {(one.code, one.row) for one in found} == {("AR7", "r5_5"), ("AR7", "r1"), ("AR7", "r2")}
    assert {one.row for one in check_table_four({})} == set(REVIEW_GROUPS)


def test_outcomes_fall_into_the_columns_of_table_four() -> None:
    corrected = [key for key, (_, column) in REVIEW_OUTCOMES.items() if column == "corrected"]
    assert corrected == ["revoked", "partly_revoked", "changed", "unlawful", "void", "ordered"]
    reviews = [ReviewCount("direct", outcome) for outcome in REVIEW_OUTCOMES]
    table = table_four(reviews)
    assert table["direct"] == (2, 6, 4, 1, 13)
    assert table["after"] == (0, 0, 0, 0, 0)
    assert check_table_four(four(table)) == []


def test_unknown_words_are_refused() -> None:
    with pytest.raises(ValueError, match="申请人类别"):
        table_three([CaseCount("r1", "alien")], 2026)
    with pytest.raises(ValueError, match="处理结果"):
        table_three([CaseCount("r9", "natural")], 2026)
    with pytest.raises(ValueError, match="复议诉讼记录"):
        table_four([ReviewCount("direct", "lost")])
