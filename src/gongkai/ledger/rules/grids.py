"""Tables with rows and columns (docx, xlsx, html, ruled pdf, txt with | or tabs) into rows of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gongkai.kernel.text.blocks import BODY, Block, Cell, Paragraph, Table
from gongkai.kernel.text.numerals import bare
from gongkai.ledger.rules.columns import (
    LEAST_FIT,
    NAMES,
    Column,
    head_of,
    headless,
    is_head,
    row_number,
    settle,
)
from gongkai.ledger.rules.responsible import unit_likeness
from gongkai.ledger.rules.rows import Row, TableFault, joined

_SEPARATORS = ("|", "｜", "\t")
_RULE_LINE = re.compile(r"^[\s|｜:\-—=+]+$")
HEAD_SEARCH = 8
TORN = "这一行在换页处断开，没有读全。请对照原文核对要求和单位并填上期限，或改用原来的 docx、xlsx 文件导入。"
NO_UNITS = "表里没有“责任单位”一列，任务不知道交给谁。请在表里加一列，列名写“责任单位”（或“牵头单位”“配合单位”），再导入。"


def with_drawn_tables(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with lines that are drawn as a table by | or tabs turned into tables."""
    waiting: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            yield from _drawn(waiting)
            waiting = []
            yield block
        elif block.part == BODY:
            waiting += block.text.splitlines()
    yield from _drawn(waiting)


def _drawn(lines: list[str]) -> Iterator[Block]:
    run: list[str] = []
    sign = ""
    for line in lines:
        found = next((each for each in _SEPARATORS if line.count(each) >= 2), "")
        if run and not line.strip():
            continue
        if run and found != sign:
            yield from _as_table(run, sign)
            run = []
        if found:
            run.append(line)
            sign = found
        elif line.strip():
            yield Paragraph(line)
    yield from _as_table(run, sign)


def _as_table(run: list[str], sign: str) -> Iterator[Block]:
    rows = [_fields(line, sign) for line in run if not _RULE_LINE.match(line)]
    if len(rows) < 2:
        yield from (Paragraph(line) for line in run)
        return
    # Short rows keep their length: what is missing must be said, not filled.
    yield Table(rows=tuple(tuple(Cell(text) for text in row) for row in rows))


def _fields(line: str, sign: str) -> list[str]:
    fields = [field.strip() for field in line.split(sign)]
    framed = sign != "\t" and line.strip().startswith(sign) and line.strip().endswith(sign)
    return fields[1:-1] if framed else fields


class GridReader:
    """Reads the tables of one file in order; a table without a head goes on under the head before it."""

    def __init__(self) -> None:
        self.columns: tuple[Column, ...] = ()
        self.section = ""
        self.rows: list[Row] = []
        self.faults: list[TableFault] = []

    def take(self, table: Table) -> bool:
        """Add the rows of a table; False when it is no table of tasks."""
        texts = [list(row) for row in table.texts]
        first, heads = _find_heads(texts)
        body = [(row, cells) for row, cells in zip(texts[first:], table.rows[first:], strict=True)]
        plain = [row for row, _ in body if not is_head([head_of(text) for text in row])]
        if heads:
            self.columns = _counted(settle(heads, [row for row in plain if len(row) == len(heads)]), plain)
        elif not self.columns or (texts and len(texts[0]) != len(self.columns)):
            self.columns = headless(plain) or ()
            if not self.columns:
                return False
        if not any(column in NAMES for column in self.columns):
            if Column.NUMBER in self.columns or Column.DEADLINE in self.columns:
                self.faults.append(TableFault(NO_UNITS))
            self.columns = ()
            return bool(self.faults)
        for row, cells in body:
            self._take_row(row, cells)
        return True

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
            (joined(texts[at]), column.value)
            for at, column in enumerate(self.columns)
            if column in NAMES and at < len(texts) and texts[at].strip()
        )
        short = len(texts) < len(self.columns)
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


def _glued(last: Row, row: Row) -> Row:
    same = bool(row.number)
    return replace(
        last,
        field=last.field if same or row.field == last.field else last.field + row.field,
        requirement=last.requirement if same else last.requirement + row.requirement,
        units=last.units + tuple(pair for pair in row.units if pair not in last.units),
        deadline=last.deadline if row.deadline == last.deadline else last.deadline + row.deadline,
    )


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
