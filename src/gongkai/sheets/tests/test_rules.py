"""Whatever is written into a table comes back as it was, and a cell is understood or named, never guessed."""

from __future__ import annotations

import string
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid, address
from gongkai.sheets.rules.cells import inert, read_cell, uninert
from gongkai.sheets.rules.comparing import Verdict, compare
from gongkai.sheets.rules.definition import KEY_HEAD, Column, Kind, Sheet, SheetRow, shown, token_of

pytestmark = pytest.mark.feature("X17")
words = st.text(alphabet=st.sampled_from("预算公开=+-@'\"~，\n 1年x"), max_size=12)
days = st.dates(date(2000, 1, 1), date(2090, 1, 1))
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9)
COLUMNS = (
    Column("name", "名称"),
    Column("text", "进展", editable=True),
    Column("count", "件数", Kind.NUMBER, editable=True),
    Column("day", "日期", Kind.DATE, editable=True),
)
SHEET = Sheet("test", "表", COLUMNS, name="name")


def seal(text: str) -> str:
    return f"s{sum(map(ord, text))}"


def grid(rows: list[SheetRow], order: list[int]) -> SheetGrid:
    """The sheet as a file would hold it, its columns in this order and the row numbers last."""
    cells = {1: {at: SheetCell(COLUMNS[one].label) for at, one in enumerate(order, start=1)}}
    cells[1][9] = SheetCell(KEY_HEAD)
    for place, row in enumerate(rows, start=2):
        token = token_of(SHEET, row)
        cells[place] = {
            at: SheetCell(text)
            for at, one in enumerate(order, start=1)
            if (text := shown(row.values.get(COLUMNS[one].key)))
        }
        sealed = seal(f"test\n{token.words}")
        cells[place][9] = SheetCell(f"{token.words}~{sealed}")
    return SheetGrid("表", False, cells)


rows_of = st.lists(
    st.builds(lambda text, count, day: {"text": text, "count": count, "day": day}, words, numbers, days),
    min_size=1,
    max_size=5,
)


@given(rows_of, st.permutations(range(4)))
def test_untouched_table_never_changes_anything(values: list[dict[str, object]], order: list[int]) -> None:
    rows = [SheetRow(str(at), {"name": f"第{at}项", **one}) for at, one in enumerate(values)]  # type: ignore[dict-item]
    report = compare([grid(rows, order)], SHEET, rows, seal=seal)
    assert {one.verdict for one in report.rows} == {Verdict.UNCHANGED} and report.problems == ()


@given(rows_of, words.filter(str.strip))
def test_every_row_of_the_file_gets_one_verdict_and_a_changed_cell_is_seen(
    values: list[dict[str, object]], text: str
) -> None:
    rows = [SheetRow(str(at), {"name": f"第{at}项", **one}) for at, one in enumerate(values)]  # type: ignore[dict-item]
    file = grid(rows, [0, 1, 2, 3])
    file.rows[2][2] = SheetCell(text)  # type: ignore[index]
    report = compare([file], SHEET, rows, seal=seal)
    assert len(report.rows) == len(rows)
    before = shown(rows[0].values["text"])
    assert (report.rows[0].verdict is Verdict.CHANGED) == (shown(text) != before)


@given(st.text(alphabet=string.printable + "预算", max_size=20))
def test_what_is_made_inert_comes_back(text: str) -> None:
    assert uninert(inert(text)) == text
    assert not inert(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(max_size=30), st.sampled_from(Kind))
def test_any_words_are_understood_or_named(text: str, kind: Kind) -> None:
    column = Column("x", "列", kind, editable=True, choices=("甲", "乙"))
    found = read_cell(SheetCell(text), column)
    assert found.problem == "" or (found.value is None and found.problem.endswith(("。", "？", "）")))


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("１２．５", Kind.NUMBER, None),
        ("12.50", Kind.NUMBER, Decimal("12.5")),
        ("1,200元", Kind.NUMBER, 1200),
        ("20261103", Kind.DATE, date(2026, 11, 3)),
        ("2026/11/3", Kind.DATE, date(2026, 11, 3)),
        ("2026-11-03 00:00", Kind.DATE, date(2026, 11, 3)),
        ("TRUE", Kind.YES_NO, True),
        ("×", Kind.YES_NO, False),
    ],
)
def test_usual_ways_of_writing(text: str, kind: Kind, value: object) -> None:
    assert read_cell(SheetCell(text), Column("x", "列", kind)).value == value


def test_address_is_as_the_spreadsheet_shows_it() -> None:
    assert [address(3, at) for at in (1, 26, 27, 52, 53, 703)] == ["A3", "Z3", "AA3", "AZ3", "BA3", "AAA3"]


def test_sheet_with_two_columns_of_one_name_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="differ"):
        Sheet("x", "x", (Column("a", "甲"), Column("b", "甲")), name="a")
