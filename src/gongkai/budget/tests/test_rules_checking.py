"""Planted faults give exactly the expected finding, sound papers none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from gongkai.budget import queries
from gongkai.budget.rules.checking import check_paper
from gongkai.budget.rules.money import read_sum
from gongkai.budget.rules.paper import read_paper
from gongkai.budget.tests.papers import FAULTS, TITLES, Planted, blocks, sound

pytestmark = pytest.mark.feature("A16")


@pytest.mark.parametrize("sheets", [False, True], ids=["paper", "sheets"])
@pytest.mark.parametrize(("rule", "quote", "plant"), FAULTS, ids=range(len(FAULTS)))
def test_a_planted_fault_is_the_one_finding(rule: str, quote: str, plant: Planted, sheets: bool) -> None:
    tables, said = sound()
    plant(tables, said)
    found = check_paper(read_paper(blocks(tables, said, sheets=sheets)))
    assert [one.rule for one in found] == [rule], found
    assert quote in found[0].text + found[0].where and found[0].where and found[0].says


@pytest.mark.parametrize("kind", ["spending", "general"])
def test_classes_below_a_class(kind: str) -> None:
    tables, said = sound()
    tables[kind][4][2] = tables[kind][4][4] = "310.00"
    rules = {one.rule for one in check_paper(read_paper(blocks(tables, said)))}
    assert rules == {"budget.class_sum"}


@settings(max_examples=30)
@given(st.integers(1, 400), st.booleans(), st.booleans())
def test_sound_papers_have_no_finding(scale: int, in_head: bool, sheets: bool) -> None:
    tables, said = sound(scale, in_head=in_head)
    assert check_paper(read_paper(blocks(tables, said, sheets=sheets))) == []


def test_units_and_rounding() -> None:
    tables, said = sound()
    assert {one.rule for one in check_paper(read_paper(blocks(tables, said, unit="")))} == {
        "budget.unit_missing"
    }
    one, other = read_sum("100.05", Decimal(10000)), read_sum("1000500")
    assert one and other and one.agrees(other)
    assert read_sum("—") is None and read_sum("甲") is None and read_sum("1,2") is None
    tables["three"][1][1] = "20.01"  # three addends, each rounded
    said[2] = said[2].replace("预算20.00", "预算20.01")
    assert check_paper(read_paper(blocks(tables, said))) == []


def test_no_budget_table_no_finding() -> None:
    assert check_paper(read_paper([])) == []


def test_a_spreadsheet_through_the_reader(tmp_path: Path) -> None:
    tables, said = sound()
    tables["three"][1][1] = "21.00"
    said[2] = ""
    book = Workbook()
    for kind, rows in tables.items():
        sheet = book.create_sheet(TITLES[kind])
        sheet.append([TITLES[kind]])
        sheet.append(["单位：万元"])
        for row in rows:
            sheet.append([float(one.replace(",", "")) if read_sum(one) else one for one in row])
    del book["Sheet"]
    notes = book.create_sheet("说明")
    for line in said:
        notes.append([line])
    path = tmp_path / "预算.xlsx"
    book.save(path)
    found = queries.check_file(path)
    wrong = [one for one in found.findings if one.rule == "budget.three_sum"]
    assert found.readable and len(wrong) == 1 and "工作表““三公”经费支出表”B4" in wrong[0].where
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04nothing")
    assert not queries.check_file(broken).readable
