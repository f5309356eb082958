"""Tables that are drawn in running text: by | or tabs, or under a head by commas or wide spaces."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from gongkai.kernel.text.blocks import BODY, Block, Cell, Paragraph, Table
from gongkai.ledger.rules.columns import head_of, is_head

_SEPARATORS = ("|", "｜", "\t")
_RULE_LINE = re.compile(r"^[\s|｜:\-—=+]+$")
_WIDE = re.compile(r"[ \u00a0]{2,}|\u3000+")
COMMA, WIDE, NARROW = ",", "  ", " "
LEAST_HEADS = 3
LEAST_NARROW = 4  # words parted by one space are a table only under a head that says so beyond doubt


def with_drawn_tables(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with lines that are drawn as a table turned into tables."""
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
        found = _sign_of(line, sign if run else "")
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


def _sign_of(line: str, before: str) -> str:
    """What parts the fields of a line. Commas and wide spaces part fields only under a head that they part."""
    found = next((each for each in _SEPARATORS if line.count(each) >= 2), "")
    if found:
        return found
    if before in (COMMA, WIDE, NARROW) and len(_fields(line, before)) >= (3 if before == NARROW else 2):
        return before
    for sign, least in ((COMMA, LEAST_HEADS), (WIDE, LEAST_HEADS), ("\t", 2), (NARROW, LEAST_NARROW)):
        if len(line) < 200 and (sign in line or sign == WIDE):
            heads = [head_of(text) for text in _fields(line, sign)]
            if len(heads) >= least and all(heads) and is_head(heads):
                return sign
    return "\t" if before == "\t" and "\t" in line else ""


def _as_table(run: list[str], sign: str) -> Iterator[Block]:
    rows = [_fields(line, sign) for line in run if not _RULE_LINE.match(line)]
    if len(rows) < 2:
        yield from (Paragraph(line) for line in run)
        return
    # Short rows keep their length: what is missing must be said, not filled.
    yield Table(rows=tuple(tuple(Cell(text) for text in row) for row in rows))


def _fields(line: str, sign: str) -> list[str]:
    if sign == COMMA:
        return [field.strip() for field in next(csv.reader([line]), [])]
    if sign == WIDE:
        return [field.strip() for field in _WIDE.split(line.strip())]
    if sign == NARROW:
        return line.split()
    fields = [field.strip() for field in line.split(sign)]
    framed = sign != "\t" and line.strip().startswith(sign) and line.strip().endswith(sign)
    return fields[1:-1] if framed else fields
