"""A budget paper as tables with names and units, and sentences with their place; out of what a file says."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from gongkai.budget.rules.money import FACTORS, UNIT, Sum, read_sum
from gongkai.kernel.text.blocks import Block, Paragraph, Table
from gongkai.kernel.text.sheetcells import address

_SPACE = re.compile(r"\s+")
_LABEL_MARK = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]|其中[:：]?|减[:：]|加[:：])+"
)
CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
TITLE_LINES = 6


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the tables that must be there."""

    id: str
    name: str
    words: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A field with a sum; ``where`` is its place as a clerk says it."""

    sum: Sum
    where: str
    text: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """A table under its name, in its unit. ``place`` is sheet or page."""

    kind: str
    title: str
    place: str
    rows: tuple[tuple[str, ...], ...]
    unit: str
    states_unit: bool
    in_sheet: bool = False

    def where(self, row: int, column: int) -> str:
        """The place of a field (rows and columns from 0)."""
        cell = address(row + 1, column + 1)
        if self.in_sheet:
            return f"{self.place}{cell}"
        return f"{self.place}“{self.title}”第{row + 1}行第{column + 1}列"

    def amount(self, row: int, column: int) -> Amount | None:
        """The sum in a field, if it holds one."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        text = self.rows[row][column]
        found = read_sum(text, FACTORS[self.unit])
        return Amount(found, self.where(row, column), text, row, column) if found else None

    def labelled(self, *labels: str) -> Iterator[tuple[int, int]]:
        """Every field whose words are one of these labels."""
        for at, row in enumerate(self.rows):
            for column, text in enumerate(row):
                if label(text) in labels:
                    yield at, column

    def value_right_of(self, row: int, column: int) -> Amount | None:
        """The first sum to the right of a label, before the next label."""
        for at in range(column + 1, len(self.rows[row])):
            found = self.amount(row, at)
            if found is not None:
                return found
            if self.rows[row][at].strip() and self.rows[row][at].strip() not in ("-", "—"):
                return None
        return None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph of the explanation with its place."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class BudgetPaper:
    """All of a file that the rules need."""

    tables: tuple[BudgetTable, ...]
    sentences: tuple[Sentence, ...]

    def of(self, kind: str) -> list[BudgetTable]:
        return [one for one in self.tables if one.kind == kind]


@cache
def kinds() -> tuple[Kind, ...]:
    """The tables that must be there, from the facts."""
    text = resources.files("gongkai.budget").joinpath("facts/tables.toml").read_text(encoding="utf-8")
    return tuple(
        Kind(row["id"], row["name"], tuple(tuple(one) for one in row["words"]), tuple(row.get("not", ())))
        for row in tomllib.loads(text)["table"]
    )


def label(text: str) -> str:
    """A label without numbering and spaces.

    >>> label("  1. 因公出国（境）费 ")
    '因公出国(境)费'
    """
    words = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    return _LABEL_MARK.sub("", words).rstrip(":")


def kind_of(title: str) -> str:
    """Which table a title names; empty for none.

    >>> kind_of("2026年一般公共预算财政拨款基本支出表"), kind_of("部门收支总体情况表"), kind_of("说明")
    ('basic', 'all', '')
    """
    words = label(title)
    if "表" not in words and len(words) > 14:
        return ""
    special = [kind for kind in kinds() if kind.id in ("three", "basic", "fund", "capital", "grant")]
    for kind in (*special, *(kind for kind in kinds() if kind not in special)):
        named = any(all(word in words for word in line) for line in kind.words)
        if named and not any(word in words for word in kind.without):
            return kind.id
    return ""


def read_paper(blocks: Sequence[Block]) -> BudgetPaper:
    """Tables with the names that stand above them or in their first rows; sentences of the explanation."""
    tables: list[BudgetTable] = []
    sentences: list[Sentence] = []
    above: list[str] = []
    counted = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            counted += 1
            place = f"第{block.page}页第{counted}段" if block.page else f"第{counted}段"
            for line in block.text.split("\n"):
                if line.strip():
                    above.append(line.strip())
                    sentences.append(Sentence(place, line.strip()))
        else:
            tables.append(_table(block, above[-TITLE_LINES:], len(tables) + 1))
            above = []
    return BudgetPaper(tuple(tables), tuple(sentences))


def _table(table: Table, above: Sequence[str], number: int) -> BudgetTable:
    rows = tuple(tuple("" if cell.merged else cell.text.strip() for cell in row) for row in table.rows)
    first = [text for row in rows[:4] for text in row if text]
    title = kind = ""
    for candidate in (*reversed([line for line in above if len(line) <= 40]), *first[:3], table.name):
        kind = kind_of(candidate)
        if kind:
            title = candidate
            break
    unit = _unit([*first[:8], *reversed(above)])
    if table.name:
        place = f"工作表“{table.name}”"
    else:
        place = f"第{table.page}页" if table.page else f"第{number}个表"
    return BudgetTable(
        kind,
        title or table.name or f"第{number}个表",
        place,
        rows,
        unit or "万元",
        bool(unit),
        bool(table.name),
    )


def _unit(lines: Iterable[str]) -> str:
    return next((match[1] for line in lines if (match := UNIT.search(line))), "")


def total_of(amounts: Iterable[Amount]) -> Sum:
    """The sum of several fields; its slack is that of all."""
    found = list(amounts)
    return Sum(
        sum((one.sum.value for one in found), Decimal(0)), sum((one.sum.slack for one in found), Decimal(0))
    )
