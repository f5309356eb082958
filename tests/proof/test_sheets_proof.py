"""Each guard of the round trip is needed: with it switched off, the test that holds it fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.sheets.queries import writing
from gongkai.sheets.rules import comparing
from gongkai.sheets.tests import test_round_trip as held


def fails(test: Callable[..., None], *arguments: Any) -> bool:
    try:
        test(*arguments)
    except (Exception, pytest.fail.Exception):
        return True
    return False


def test_all_hold_with_every_guard_on(tmp_path: Path) -> None:
    assert not fails(held.test_row_that_somebody_changed_meanwhile_is_stale_and_says_who, tmp_path)
    assert not fails(held.test_row_of_ones_own_and_broken_number_are_unknown, tmp_path)


def test_version_of_a_row_is_needed(switch_off: Callable[..., None], tmp_path: Path) -> None:
    switch_off(comparing._Reader, "_compared", "    if stale:\n", "    if False:\n")
    assert fails(held.test_row_that_somebody_changed_meanwhile_is_stale_and_says_who, tmp_path)


def test_only_what_was_touched_counts(switch_off: Callable[..., None], tmp_path: Path) -> None:
    switch_off(comparing._Reader, "_compared", "if not touched or ", "if ")
    assert fails(held.test_stale_row_that_nobody_filled_hinders_nothing, tmp_path)


def test_seal_of_a_row_is_needed(switch_off: Callable[..., None], tmp_path: Path) -> None:
    guard = ' or token.seal != self.seal(f"{self.sheet.key}\\n{token.words}")'
    switch_off(comparing._Reader, "_token", guard, "")
    assert fails(held.test_row_of_ones_own_and_broken_number_are_unknown, tmp_path)


def test_duplicates_are_looked_for(switch_off: Callable[..., None], tmp_path: Path) -> None:
    switch_off(comparing._Reader, "_row", "counted[token.key] > 1", "False")
    assert fails(held.test_row_twice_is_a_duplicate, tmp_path)


def test_merged_cells_are_looked_for(switch_off: Callable[..., None], tmp_path: Path) -> None:
    switch_off(comparing._Reader, "_row", "place in self.merged", "False")
    assert fails(held.test_merged_cells_to_be_filled_are_refused, tmp_path)


def test_formulas_are_refused(switch_off: Callable[..., None], tmp_path: Path) -> None:
    switch_off(comparing, "read_cell", 'cell.kind == "formula"', "False")
    assert fails(held.test_bad_cell_is_named_by_its_address, tmp_path, "text", "=A1", "是公式")


def test_text_must_be_written_as_text(switch_off: Callable[..., None]) -> None:
    switch_off(writing, "_put_text", 'cell.data_type = "s"', "pass")
    assert fails(held.test_nothing_in_the_workbook_is_ever_run)
