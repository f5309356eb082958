"""What must agree in 表三 and 表四: AR1 to AR5, AR7, AR10. Findings name row, column and both numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.foi.rules.tables import (
    CARRY_IN,
    CARRY_OUT,
    COLUMNS,
    NEW,
    REVIEW_COLUMNS,
    REVIEW_GROUPS,
    TOTAL,
    result_rows,
    row_labels,
)
from gongkai.law.basis import basis

ERROR, WARNING = "error", "warning"
Cells = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement. ``row`` and ``column`` are keys of the form, empty where the whole table is meant."""

    code: str
    level: str
    row: str
    column: str
    expected: int | None
    found: int | None
    text: str


def cells_of(rows: Mapping[str, Sequence[int]]) -> dict[str, dict[str, int]]:
    """A table of number rows as named cells."""
    return {row: dict(zip(COLUMNS, numbers, strict=True)) for row, numbers in rows.items()}


@basis("国办公开办函〔2021〕30号")
def check_table_three(rows: Cells, year: int, *, last_year: Cells | None = None) -> list[Finding]:
    """AR7, AR1, AR2, AR3 and, where last year's table is here, AR5. Only the columns given are checked."""
    found = _shape(rows, row_labels(year))
    if found:
        return found
    columns = [column for column in COLUMNS if column in rows[NEW]]
    for column in columns:
        found += _column(rows, year, column)
    if set(COLUMNS) <= set(columns):
        found += _across(rows, year)
    if last_year is not None:
        found += _carried(rows, last_year, columns)
    return found


@basis("国办公开办函〔2021〕30号")
def check_table_four(groups: Cells) -> list[Finding]:
    """AR7 and AR4."""
    found = _shape(groups, REVIEW_GROUPS)
    if found:
        return found
    for group, label in REVIEW_GROUPS.items():
        cells = groups[group]
        expected = sum(cells[column] for column in REVIEW_COLUMNS if column != "total")
        if cells["total"] != expected:
            text = f"表四“{label}”总计 {cells['total']}，应为四项之和 {expected}。请核对各项结果。"
            found.append(Finding("AR4", ERROR, group, "total", expected, cells["total"], text))
    return found


@basis("条例49.2", "国办公开办函〔2021〕30号")
def check_sum(government: Cells, units: Cells) -> list[Finding]:
    """AR10: the government's table against the sum of its units' tables, cell by cell."""
    found = []
    for row, cells in government.items():
        for column, number in cells.items():
            expected = units.get(row, {}).get(column, 0)
            if number != expected:
                text = f"汇总表“{row}”行“{_name(column)}”列是 {number}，各单位相加是 {expected}。请核对漏报或重报。"
                found.append(Finding("AR10", WARNING, row, column, expected, number, text))
    return found


def _shape(rows: Cells, labels: Mapping[str, str]) -> list[Finding]:
    """AR7: every row is there, every number a whole one from nought; empty is not nought."""
    found = []
    for row, label in labels.items():
        cells = rows.get(row)
        if not cells:
            text = f"“{label}”没有填写。没有发生的填 0，不能空着。"
            found.append(Finding("AR7", ERROR, row, "", None, None, text))
            continue
        for column, number in cells.items():
            if isinstance(number, bool) or not isinstance(number, int) or number < 0:
                text = f"“{label}”的“{_name(column)}”是“{number}”，应为 0 以上的整数。请改正。"
                shown = number if isinstance(number, int) else None
                found.append(Finding("AR7", ERROR, row, column, None, shown, text))
    return found


def _column(rows: Cells, year: int, column: str) -> list[Finding]:
    """AR1 and AR2 of one column."""
    found = []
    came = rows[NEW][column] + rows[CARRY_IN][column]
    left = rows[TOTAL][column] + rows[CARRY_OUT][column]
    if came != left:
        text = f"“{_name(column)}”列：新收加上年结转是 {came}，办结加结转下年是 {left}，应当相等。请核对。"
        found.append(Finding("AR1", ERROR, CARRY_OUT, column, came, left, text))
    expected = sum(rows[row][column] for row in result_rows(year))
    if rows[TOTAL][column] != expected:
        text = f"“{_name(column)}”列：总计 {rows[TOTAL][column]}，各项结果相加是 {expected}。请核对。"
        found.append(Finding("AR2", ERROR, TOTAL, column, expected, rows[TOTAL][column], text))
    return found


def _across(rows: Cells, year: int) -> list[Finding]:
    """AR3 of every row."""
    found = []
    for row, label in row_labels(year).items():
        expected = sum(number for column, number in rows[row].items() if column != "total")
        if rows[row]["total"] != expected:
            text = f"“{label}”总计 {rows[row]['total']}，六类申请人相加是 {expected}。请核对。"
            found.append(Finding("AR3", ERROR, row, "total", expected, rows[row]["total"], text))
    return found


def _carried(rows: Cells, last_year: Cells, columns: Sequence[str]) -> list[Finding]:
    """AR5: what was carried out last year is what is carried in this year."""
    found = []
    for column in columns:
        before, now = last_year[CARRY_OUT].get(column), rows[CARRY_IN][column]
        if before is not None and before != now:
            text = (
                f"“{_name(column)}”列：上年结转 {now}，去年报告的结转下年是 {before}，应当相等。"
                "机构合并、拆分造成的请在说明中写明。"
            )
            found.append(Finding("AR5", ERROR, CARRY_IN, column, before, now, text))
    return found


def _name(column: str) -> str:
    return COLUMNS.get(column) or REVIEW_COLUMNS.get(column) or column
