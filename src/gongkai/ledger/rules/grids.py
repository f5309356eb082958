"""Tables with rows and columns (docx, xlsx, html, ruled pdf, drawn text) into rows of a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gongkai.kernel.text.blocks import Cell, Table
from gongkai.kernel.text.numerals import bare
from gongkai.ledger.rules.columns import (
    LEAST_FIT,
    NAMES,
    Column,
    goes_on,
    head_of,
    headless,
    is_head,
    row_number,
    settle,
)
from gongkai.ledger.rules.responsible import spaced, unit_likeness
from gongkai.ledger.rules.rows import Row, TableFault, joined

HEAD_SEARCH = 8
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计)")
TORN = "这一行在换页处断开，没有读全。请对照原文核对要求和单位并填上期限，或改用原来的 docx、xlsx 文件导入。"
NO_UNITS = "表里没有“责任单位”一列，任务不知道交给谁。请在表里加一列，列名写“责任单位”（或“牵头单位”“配合单位”），再导入。"


class GridReader:
    """Reads the tables of one file in order; a table without a head goes on under the head before it."""

    def __init__(self) -> None:
        self.columns: tuple[Column, ...] = ()
        self.section = ""
        self.rows: list[Row] = []
        self.faults: list[TableFault] = []
        self.passed_over = 0

    def take(self, table: Table) -> bool:
        """Add the rows of a table; False when it is no table of tasks."""
        table = _upright(table)
        texts = [list(row) for row in table.texts]
        first, heads = _find_heads(texts)
        body = [(row, cells) for row, cells in zip(texts[first:], table.rows[first:], strict=True)]
        plain = [row for row, _ in body if not is_head([head_of(text) for text in row])]
        if heads:
            self.columns = _counted(settle(heads, [row for row in plain if len(row) == len(heads)]), plain)
        elif not self.columns or (texts and len(texts[0]) != len(self.columns)):
            self.columns = headless(plain) or ()
            if not self.columns:
                return self._pass_over(texts)
        elif not goes_on(self.columns, plain):
            return self._pass_over(
                texts
            )  # a list of contacts, a statistic: as wide as the plan, and no part of it
        if not any(column in NAMES for column in self.columns):
            if Column.NUMBER in self.columns or Column.DEADLINE in self.columns:
                self.faults.append(TableFault(NO_UNITS))
            self.columns = ()
            return bool(self.faults)
        for row, cells in body:
            self._take_row(row, cells)
        return True

    def _pass_over(self, texts: list[list[str]]) -> bool:
        """A table that holds no tasks; a large one is worth a word, lest a part of the plan was missed."""
        if len(texts) > 1 and len(texts[0]) > 2:
            self.passed_over += 1
        return False

    def between(self, line: str) -> None:
        """A line between two parts of a table: a row that the end of a page tore out of it, or nothing.

        What its fields were can only be half told, so the clerk has to look at it.
        """
        pieces = [piece for piece in re.split(r"\s{2,}|(?<=^\d)\s|(?<=^\d\d)\s", line.strip()) if piece]
        last = row_number(self.rows[-1].number) if self.rows else None
        if last is None or len(pieces) < 2 or row_number(pieces[0]) != last + 1:
            return
        units = [piece for piece in pieces[1:] if unit_likeness(piece) > LEAST_FIT]
        words = [piece for piece in pieces[1:] if piece not in units]
        self.rows.append(
            Row(
                place=len(self.rows) + 1,
                number=pieces[0],
                requirement=max(words, key=len, default=""),
                units=tuple((piece, Column.UNITS.value) for piece in units),
                problem=TORN,
                torn=True,
            )
        )

    def _take_row(self, texts: list[str], cells: tuple[Cell, ...]) -> None:
        words = [text for text in texts if text.strip()]
        if not words or (len(words) > 1 and all(head_of(text) for text in words)):
            return
        if _TOTAL.match(bare(words[0])) or (len(words) == 1 and row_number(words[0]) is not None):
            return  # a sum under the table, or a line that was numbered in advance and left empty
        if len(set(words)) == 1 and len(texts) > 2 and _spans(texts, cells):
            self.section = joined(words[0])
            return
        row = self._row(texts)
        if self._goes_on(row):
            self.rows[-1] = _glued(self.rows[-1], row)
        else:
            self.rows.append(row)

    def _row(self, texts: list[str]) -> Row:
        def of(column: Column) -> str:
            return joined("\n".join(texts[at] for at in places.get(column, ()) if at < len(texts)))

        places: dict[Column, list[int]] = {}
        for at, column in enumerate(self.columns):
            places.setdefault(column, []).append(at)
        units = tuple(
            (spaced(texts[at]), column.value)
            for at, column in enumerate(self.columns)
            if column in NAMES and at < len(texts) and texts[at].strip()
        )
        short = any(column is not Column.OTHER for column in self.columns[len(texts) :])
        problem = (
            f"这一行有 {len(texts)} 格，表头有 {len(self.columns)} 格，对不上。请补齐这一行再导入。"
            if short
            else ""
        )
        has_field = Column.FIELD in self.columns
        return Row(
            place=len(self.rows) + 1,
            number=of(Column.NUMBER),
            field=of(Column.FIELD) if has_field else self.section,
            title=of(Column.TEXT),
            requirement=of(Column.REQUIREMENT),
            units=units,
            deadline=of(Column.DEADLINE),
            numbered=Column.NUMBER in self.columns,
            problem=problem,
        )

    def _goes_on(self, row: Row) -> bool:
        """A row cut by the end of a page, or one task whose units stand in several rows."""
        if not self.rows:
            return False
        last = self.rows[-1]
        if not row.number and Column.NUMBER in self.columns:
            return not (row.requirement and row.units)
        same = bool(row.number) and row.number == last.number and row.requirement == last.requirement
        return same and row_number(row.number) is not None and row.units != last.units


def _upright(table: Table) -> Table:
    """A card that names its fields in the first column, turned so that they stand in the first row."""
    names = [head_of(row[0].text) for row in table.rows if row]
    if len(names) < 3 or not all(names) or not is_head(names):
        return table
    if any(is_head([head_of(cell.text) for cell in row]) for row in table.rows if len(row) > 2):
        return table
    columns = zip(*table.rows, strict=True)
    return Table(
        tuple(tuple(Cell(cell.text) for cell in column) for column in columns), table.name, table.page
    )


def _glued(last: Row, row: Row) -> Row:
    same = bool(row.number)
    return replace(
        last,
        field=last.field if same or row.field == last.field else last.field + row.field,
        requirement=last.requirement if same else last.requirement + row.requirement,
        units=last.units + tuple(pair for pair in row.units if pair not in last.units)
        if same
        else _run_on(last.units, row.units),
        deadline=last.deadline if row.deadline == last.deadline else last.deadline + row.deadline,
    )


def _run_on(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """The units of a row that the end of a page cut: each column goes on where it stopped, 生态环境分|局."""
    found = list(before)
    for text, column in after:
        places = [at for at, (_, name) in enumerate(found) if name == column]
        if not places:
            found.append((text, column))
        elif found[places[-1]][0] != text:
            found[places[-1]] = (spaced(f"{found[places[-1]][0]}\n{text}"), column)
    return tuple(found)


def _find_heads(texts: Sequence[Sequence[str]]) -> tuple[int, list[Column | None]]:
    """The number of rows down to and with the heads, and the heads; a second row of heads is more exact."""
    for at, row in enumerate(texts[:HEAD_SEARCH]):
        heads = [head_of(text) for text in row]
        if not is_head(heads) or len({bare(text) for text in row if text.strip()}) < 2:
            continue
        if at + 1 < len(texts):
            below = [head_of(text) for text in texts[at + 1]]
            filled = [head for head, text in zip(below, texts[at + 1], strict=True) if text.strip()]
            if len(filled) > 1 and all(filled) and texts[at + 1] != row:
                return at + 2, [lower or upper for lower, upper in zip(below, heads, strict=False)]
        return at + 1, heads
    return 0, []


def _counted(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Without the column of numbers where it is blank: the word processor counts those rows by itself."""
    blank = {
        at
        for at, column in enumerate(columns)
        if column is Column.NUMBER and not any(row[at].strip() for row in rows if at < len(row))
    }
    return tuple(Column.OTHER if at in blank else column for at, column in enumerate(columns))


def _spans(texts: Sequence[str], cells: Sequence[Cell]) -> bool:
    """Whether one merged field runs over the row, or the row holds one field alone: a caption between tasks."""
    filled = sum(1 for text in texts if text.strip())
    return filled == len(texts) or (
        filled == 1 and not cells[0].text.strip().isdigit() and bool(texts[0].strip())
    )
