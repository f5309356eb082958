"""A table that came back, held against what stands in the system now: what was changed, row by row."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from zoneinfo import ZoneInfo

from gongkai.kernel.text.numerals import bare
from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid, address
from gongkai.sheets.rules.cells import read_cell, uninert
from gongkai.sheets.rules.definition import (
    KEY_HEAD,
    Column,
    Sheet,
    SheetRow,
    Token,
    Value,
    fill_of,
    shown,
    tidy,
    token_in,
    token_of,
)
from gongkai.sheets.rules.heads import Heads, find_heads

MOST_STRANGE_ROWS = 200
LOCAL = ZoneInfo("Asia/Shanghai")
SHOWN = 12


class Verdict(Enum):
    """What became of a row."""

    UNCHANGED = "没有改动"
    CHANGED = "有改动"
    STALE = "已过时"
    UNKNOWN = "认不出"
    BAD = "填得不对"
    DUPLICATE = "重复"


REFUSED = (Verdict.STALE, Verdict.UNKNOWN, Verdict.BAD, Verdict.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that was filled anew: its column, the words before and after, the value to be stored."""

    column: Column
    old: str
    new: str
    value: Value


@dataclass(frozen=True, slots=True)
class RowReport:
    """What was found in one row. ``place`` is its row in the file, ``values`` all cells that may be filled."""

    place: int
    verdict: Verdict
    name: str = ""
    key: str = ""
    changes: tuple[Change, ...] = ()
    messages: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole table that came back. ``problems`` concern all of it: then no row is read.

    ``warnings`` are worth knowing and hinder nothing; ``absent`` are names of rows that are not in the file
    and stay as they are.
    """

    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    rows: tuple[RowReport, ...] = ()
    absent: tuple[str, ...] = ()

    def of(self, *verdicts: Verdict) -> tuple[RowReport, ...]:
        return tuple(row for row in self.rows if row.verdict in verdicts)

    @property
    def changed(self) -> tuple[RowReport, ...]:
        return self.of(Verdict.CHANGED)

    @property
    def refused(self) -> tuple[RowReport, ...]:
        return self.of(*REFUSED)

    @property
    def unchanged(self) -> int:
        return len(self.of(Verdict.UNCHANGED))

    @property
    def digest(self) -> str:
        """The fingerprint of what a person saw and confirmed."""
        seen = [
            (row.place, row.key, row.verdict.name, [(c.column.key, c.old, c.new) for c in row.changes])
            for row in self.rows
            if row.verdict is not Verdict.UNCHANGED
        ]
        return hashlib.sha256(repr((self.problems, seen)).encode()).hexdigest()[:16]


Check = Callable[[RowReport], Sequence[str]]


def compare(
    grids: Sequence[SheetGrid],
    sheet: Sheet,
    present: Sequence[SheetRow],
    *,
    seal: Callable[[str], str],
    check: Check | None = None,
    typed: bool = True,
) -> Report:
    """Hold a table that came back against the present rows.

    ``seal`` makes the mark of our own rows; ``check`` says what speaks against a changed row beyond its
    form; ``typed`` is False for csv, which knows no types. Only what a person changed counts: a row whose
    cells are as they went out is unchanged, whatever happened to it meanwhile.
    """
    heads = find_heads(grids, sheet)
    if isinstance(heads, str):
        return Report(problems=(heads,))
    reader = _Reader(heads, sheet, present, seal, check, typed)
    return reader.report()


class _Reader:
    """One pass over the rows under the heads."""

    def __init__(
        self,
        heads: Heads,
        sheet: Sheet,
        present: Sequence[SheetRow],
        seal: Callable[[str], str],
        check: Check | None,
        typed: bool,
    ) -> None:
        self.heads, self.sheet, self.seal, self.check, self.typed = heads, sheet, seal, check, typed
        self.present = {row.key: row for row in present}
        self.grid = heads.grid
        self.altered: list[str] = []
        self.merged = _merged_places(self.grid, heads)
        self.warnings = [f"“{head}”不是这张表的列，没有读取。" for head in heads.strange]

    def report(self) -> Report:
        places = [place for place in sorted(self.grid.rows) if place > self.heads.row and self._filled(place)]
        tokens = {place: self._token(place) for place in places}
        strange = sum(1 for token in tokens.values() if token is None)
        if strange > MOST_STRANGE_ROWS:
            return Report(
                problems=(
                    f"表里有 {len(places)} 行，其中 {strange} 行不是导出时的行。请重新导出，只在原来的行里填写。",
                )
            )
        counted = Counter(token.key for token in tokens.values() if token is not None)
        rows = [self._row(place, tokens[place], counted) for place in places]
        absent = [self._name(row) for key, row in self.present.items() if key not in counted]
        self._warn(places)
        return Report(warnings=tuple(self.warnings), rows=tuple(rows), absent=tuple(absent))

    def _warn(self, places: Sequence[int]) -> None:
        hidden = [str(place) for place in places if place in self.grid.hidden_rows]
        if hidden:
            self.warnings.append(f"第 {_some(hidden)} 行是隐藏的（可能开着筛选），也一并读取了。")
        if self.altered:
            self.warnings.append(
                f"有 {len(self.altered)} 格不能填的内容被改动（{_some(self.altered)}），没有采用。"
            )

    def _cell(self, place: int, column: Column) -> SheetCell | None:
        at = self.heads.places.get(column.key)
        cell = self.grid.rows[place].get(at) if at is not None else None
        if cell is not None and not self.typed:
            return SheetCell(uninert(cell.text), cell.kind)
        return cell

    def _filled(self, place: int) -> bool:
        """Whether a row holds anything of this table; a remark far to the right is no row."""
        cells = self.grid.rows[place]
        return any(at in cells for at in (self.heads.token, *self.heads.places.values()))

    def _token(self, place: int) -> Token | None:
        cell = self.grid.rows[place].get(self.heads.token)
        token = token_in(uninert(cell.text)) if cell is not None else None
        if token is None or token.seal != self.seal(f"{self.sheet.key}\n{token.words}"):
            return None
        return token

    def _name(self, row: SheetRow) -> str:
        return shown(row.values.get(self.sheet.name))

    def _row(self, place: int, token: Token | None, counted: Mapping[str, int]) -> RowReport:
        if token is None:
            text = "这一行不是导出时的行，或系统行号被改动，不知道是哪一项。请重新导出，在原来的行里填写。"
            return RowReport(place, Verdict.UNKNOWN, messages=(text,))
        row = self.present.get(token.key)
        if row is None:
            text = "这一行现在已不在您的表里：可能已经终止、删除，或不再由您填写。请重新导出。"
            return RowReport(place, Verdict.UNKNOWN, key=token.key, messages=(text,))
        name = self._name(row)
        if counted[token.key] > 1:
            text = f"“{name}”在表里出现了 {counted[token.key]} 次，不知道以哪一行为准。请只留一行。"
            return RowReport(place, Verdict.DUPLICATE, name, token.key, messages=(text,))
        if place in self.merged:
            text = f"{self.merged[place]} 合并了单元格，分不清哪一行填了什么。请取消合并，逐行填写。"
            return RowReport(place, Verdict.BAD, name, token.key, messages=(text,))
        return self._compared(place, token, row, name)

    def _compared(self, place: int, token: Token, row: SheetRow, name: str) -> RowReport:
        changes, messages, values = self._changes(place, row)
        cells = {column.key: self._cell(place, column) for column in self.sheet.editable}
        words = {key: self._words(cell, values.get(key)) for key, cell in cells.items()}
        touched = fill_of(self.sheet, words) != token.fill
        stale = token_of(self.sheet, row).version != token.version
        if not stale:
            self._note_altered(place, row)
        if not touched or (not changes and not messages):
            return RowReport(place, Verdict.UNCHANGED, name, row.key)
        if stale:
            return RowReport(place, Verdict.STALE, name, row.key, changes, (_stale(row),))
        found = RowReport(place, Verdict.CHANGED, name, row.key, changes, tuple(messages), values)
        if not messages and self.check is not None:
            messages = list(self.check(found))
        if messages:
            return RowReport(place, Verdict.BAD, name, row.key, changes, tuple(messages), values)
        return found

    def _words(self, cell: SheetCell | None, value: Value) -> str:
        """What a cell says for the fingerprint: its value where there is one, else its plain words."""
        return shown(value) if value is not None else tidy(cell.text) if cell is not None else ""

    def _changes(self, place: int, row: SheetRow) -> tuple[tuple[Change, ...], list[str], dict[str, Value]]:
        changes, messages, values = [], [], {}
        for column in self.sheet.editable:
            cell, old = self._cell(place, column), shown(row.values.get(column.key))
            found = read_cell(cell, column)
            if found.problem:
                where = address(place, self.heads.places[column.key])
                messages.append(f"{where}（{column.head}）{found.problem}")
                continue
            values[column.key] = found.value
            if shown(found.value) != old:
                changes.append(Change(column, old, shown(found.value), found.value))
        return tuple(changes), messages, values

    def _note_altered(self, place: int, row: SheetRow) -> None:
        if not self.typed:  # a spreadsheet that opens a csv changes numbers and dates by itself
            return
        for column in self.sheet.columns:
            at = self.heads.places.get(column.key)
            if column.editable or at is None:
                continue
            cell = self.grid.rows[place].get(at)
            words = tidy(cell.text) if cell is not None else ""
            if bare(words) != bare(shown(row.values.get(column.key))) and not self._is_merged(place, at):
                self.altered.append(address(place, at))

    def _is_merged(self, place: int, at: int) -> bool:
        return any(
            top <= place <= bottom and left <= at <= right for top, left, bottom, right in self.grid.merges
        )


def _merged_places(grid: SheetGrid, heads: Heads) -> dict[int, str]:
    """Rows under the heads of which a cell to be filled, or the row's number, was merged with others."""
    watched = {heads.token, *heads.to_fill}
    found: dict[int, str] = {}
    for top, left, bottom, right in grid.merges:
        if bottom > heads.row and any(left <= at <= right for at in watched):
            where = f"{address(top, left)}:{address(bottom, right)}"
            found |= dict.fromkeys(range(max(top, heads.row + 1), min(bottom, top + 10000) + 1), where)
    return found


def _stale(row: SheetRow) -> str:
    when = row.changed_at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M") if row.changed_at else ""
    who = " ".join(part for part in (when, row.changed_by) if part)
    by = f"（{who}）" if who else ""
    return f"您导出以后，这一行又被改过{by}，没有覆盖。请重新导出最新的表，再填这一行。"


def _some(words: Sequence[str]) -> str:
    return "、".join(words[:SHOWN]) + (f" 等 {len(words)} 处" if len(words) > SHOWN else "")


__all__ = ["KEY_HEAD", "Change", "Check", "Report", "RowReport", "Verdict", "compare"]
