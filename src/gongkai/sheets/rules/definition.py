"""The shape of a table that a station sends out to be filled and takes in again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

Value: TypeAlias = str | int | Decimal | date | bool | None

FILL = "（填写）"
KEY_HEAD = "系统行号（请勿改动）"
YES, NO = "是", "否"
LONGEST_TEXT = 1000
LONGEST_CELL = 32_000  # a cell of xlsx holds 32,767 characters


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes-no"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``note`` says what belongs here and quotes its rule; ``width`` is in characters.

    ``choices`` are the words of a choice or the short names of units; ``longest`` is in characters.
    """

    key: str
    head: str
    kind: Kind = Kind.TEXT
    editable: bool = False
    required: bool = False
    note: str = ""
    width: int = 14
    choices: tuple[str, ...] = ()
    longest: int = LONGEST_TEXT

    @property
    def label(self) -> str:
        """The head as it stands in the table: what may be filled says so in words, not by colour alone."""
        return f"{self.head}{FILL}" if self.editable else self.head

    @property
    def options(self) -> tuple[str, ...]:
        return (YES, NO) if self.kind is Kind.YES_NO else self.choices


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of one register: ``key`` is stable (``ledger.progress``), ``name`` tells a row in a message.

    ``note`` is the line under the title; ``frozen`` counts the visible columns that stay in sight.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    name: str
    note: str = ""
    frozen: int = 1

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        heads = [column.head for column in self.columns]
        if len(set(keys)) != len(keys) or len(set(heads)) != len(heads) or KEY_HEAD in heads:
            raise ValueError(f"sheet {self.key}: keys and heads must differ")
        if self.name not in keys:
            raise ValueError(f"sheet {self.key}: no column {self.name}")

    @property
    def editable(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.editable)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it stands in the system now.

    ``stamp`` is whatever changes when somebody else acts on the row (the id of its newest report); with the
    values it makes the row's version. ``changed_at`` and ``changed_by`` tell the clerk who was faster.
    """

    key: str
    values: Mapping[str, Value]
    stamp: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """What a row carries out and back: which row, as of when, and what stood in its cells to be filled."""

    key: str
    version: str
    fill: str
    seal: str = field(default="")

    @property
    def words(self) -> str:
        return "~".join((self.key, self.version, self.fill))

    def __str__(self) -> str:
        return f"{self.words}~{self.seal}"


def token_in(text: str) -> Token | None:
    """The token of a cell, None where somebody wrote over it."""
    parts = text.strip().split("~")
    return Token(*parts) if len(parts) == 4 and all(parts) else None


def shown(value: Value) -> str:
    """A value in words, as the table and the page of differences show it.

    >>> shown(True), shown(Decimal("2.50")), shown(date(2026, 11, 3)), shown(None)
    ('是', '2.5', '2026-11-03', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return tidy(str(value))


def tidy(text: str) -> str:
    """Text without what a spreadsheet adds on its way: other line ends, space at the ends of lines.

    >>> tidy(" 已公开 \\r\\n共3份 ")
    '已公开\\n共3份'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").replace("\u00a0", " ")
    return "\n".join(line.rstrip() for line in lines.split("\n")).strip()


def fill_of(sheet: Sheet, words: Mapping[str, str]) -> str:
    """The fingerprint of the cells to be filled: whether anybody touched them since."""
    return _print([words.get(column.key, "") for column in sheet.editable])


def token_of(sheet: Sheet, row: SheetRow) -> Token:
    """The token of a row as it stands now, not yet sealed."""
    words = {column.key: shown(row.values.get(column.key)) for column in sheet.columns}
    standing = row.stamp or [words[column.key] for column in sheet.columns]
    return Token(row.key, _print([standing]), fill_of(sheet, words))


def _print(words: object) -> str:
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()[:12]
