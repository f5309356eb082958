"""A table copied out as text, one field per line: which line belongs to which column.

Nothing marks where a field ends, and a field may run over two lines or be left out. The columns are known
from their heads; among all ways to deal the lines out to the columns row by row the best fitting one is
taken (Viterbi). What stands after the last row goes to no column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.kernel.text.numerals import bare
from gongkai.ledger.rules.columns import NAMES, Column, head_of, is_head, number_range, row_number
from gongkai.ledger.rules.deadlines import looks_like_deadline, read_deadline
from gongkai.ledger.rules.responsible import has_role_mark, spaced, unit_likeness
from gongkai.ledger.rules.rows import Row, joined

LEAST_HEADS = 3
LONGEST_FIELD = 14
NEVER = float("-inf")
# What it costs to leave a column of a row empty: a field is often left empty, a requirement never.
SKIP = {
    Column.NUMBER: 8.0, Column.FIELD: 0.2, Column.REQUIREMENT: 6.0, Column.UNITS: 4.0, Column.LEAD: 4.0,
    Column.SUPPORT: 0.8, Column.DEADLINE: 2.5, Column.OTHER: 0.0,
}  # fmt: skip
# What it costs when a field goes on in the next line.
GO_ON = {
    Column.NUMBER: 9.0, Column.FIELD: 0.3, Column.REQUIREMENT: 0.4, Column.UNITS: 0.6, Column.LEAD: 0.6,
    Column.SUPPORT: 0.6, Column.DEADLINE: 1.5, Column.OTHER: 0.4,
}  # fmt: skip
_CAPTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}部分)[^。；，]{2,24}$"
)
_SIGNED_ON = re.compile(
    r"^(?:\d{4}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
)
_NOTE = re.compile(r"^[（(]?(?:备?注|说明|联系人|联系电话|附件?\d?)[：:]")
UNIT_FOR_SURE = 0.9
_END_OF_NAME = re.compile(
    r"(?:办公室|委员会|员会|办事处|事处|公室|分局|单位|部门|中心|街道|局|办|委|会|处|室|院)(?:$|[、，,；;（(]|牵头|配合|负责|等)"
)
_PAGE_NUMBER = re.compile(r"^[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*\d+\s*页?)?[-—–·\s]*$")


@dataclass(frozen=True, slots=True)
class Head:
    """A run of lines that are the heads of a table: where it begins, where its rows begin, its columns."""

    start: int
    body: int
    columns: tuple[Column, ...]


def find_head(lines: Sequence[str]) -> Head | None:
    """The first run of at least three heads, one per line; a head may be broken over two lines."""
    for start in range(len(lines)):
        columns: list[Column] = []
        at = start
        while at < len(lines) and len(columns) < 12:
            column, step = head_of(lines[at]), 1
            if column is None and at + 1 < len(lines) and len(bare(lines[at] + lines[at + 1])) <= 6:
                column, step = head_of(lines[at] + lines[at + 1]), 2
            if column is None or (column in columns and column not in (Column.TEXT, Column.OTHER)):
                break
            columns.append(column)
            at += step
        if len(columns) >= LEAST_HEADS and is_head(columns):
            return Head(start, at, tuple(columns))
    return None


def read_cells(lines: Sequence[str], head: Head) -> list[Row]:
    """The rows under a head that stands one field per line."""
    heads = [bare(line) for line in lines[head.start : head.body]]
    body = _without_signature(_without_repeats(lines[head.body :], heads), head.columns)
    body, captions = _without_captions(body, head.columns)
    best: tuple[float, list[tuple[int, bool]], tuple[Column, ...]] | None = None
    for columns in _choices(head.columns):
        score, path = _deal(body, columns)
        if best is None or score > best[0]:
            best = (score, path, columns)
    return _rows(body, best[1], best[2], captions) if best else []


def _without_captions(lines: Sequence[str], columns: tuple[Column, ...]) -> tuple[list[str], dict[int, str]]:
    """The lines without captions between rows (一、主动公开), and before which line each stood.

    Where rows begin with their number, a numbered line right before a number belongs to no row.
    """
    if columns[0] is not Column.NUMBER:
        return list(lines), {}
    kept: list[str] = []
    captions: dict[int, str] = {}
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if _CAPTION.match(bare(line)) and row_number(following) is not None and row_number(line) is None:
            captions[len(kept)] = joined(line)
        else:
            kept.append(line)
    return kept, captions


def _without_repeats(lines: Sequence[str], heads: list[str]) -> list[str]:
    """The lines without the heads that are repeated on every page, and without page numbers before them."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if [bare(line) for line in lines[at : at + len(heads)]] == heads:
            if kept and _PAGE_NUMBER.match(kept[-1]):
                kept.pop()
            at += len(heads)
            continue
        if not re.match(r"^[-—–]\s*\d+\s*[-—–]$|^第\s*\d+\s*页", lines[at].strip()):
            kept.append(lines[at])
        at += 1
    return kept


def _without_signature(lines: list[str], columns: tuple[Column, ...]) -> list[str]:
    """The lines without the office and the day that close a paper; the last deadline of a table is no such day."""
    if len(lines) < 3 or not _SIGNED_ON.match(bare(lines[-1])) or unit_likeness(lines[-2]) <= UNIT_FOR_SURE:
        return lines
    closed = Column.DEADLINE not in columns or looks_like_deadline(lines[-3])
    return lines[:-2] if closed else lines


def _choices(columns: tuple[Column, ...]) -> list[tuple[Column, ...]]:
    """A loose head (工作任务) can be the field or the requirement: every way to settle it is tried."""
    words = [
        at for at, column in enumerate(columns) if column in (Column.TEXT, Column.FIELD, Column.REQUIREMENT)
    ]
    loose = [at for at in words if columns[at] is Column.TEXT]
    if not loose and {columns[at] for at in words} == {Column.FIELD, Column.REQUIREMENT}:
        return [columns]
    found = []
    for requirement in words:
        for field in [*(at for at in words if at != requirement)] or [requirement]:
            settled = [Column.OTHER if at in words else column for at, column in enumerate(columns)]
            settled[requirement] = Column.REQUIREMENT
            if field != requirement:
                settled[field] = Column.FIELD
            found.append(tuple(settled))
    return list(dict.fromkeys(found))


def _fit(line: str, column: Column) -> float:
    """How well a line stands in a column; below zero where it rather does not."""
    words = bare(line)
    length, number = len(words), row_number(line) is not None
    if column is Column.NUMBER:
        return 6.0 if number or number_range(line) else -20.0
    if number or number_range(line):
        return -4.0
    if column is Column.OTHER:
        return -0.2
    if column is Column.DEADLINE:
        if not looks_like_deadline(line):
            return -3.0
        return 1.5 if read_deadline(line, year=2000).problem else 3.0
    if column in NAMES:
        return _fit_units(line, words)
    if looks_like_deadline(line) and length <= (8 if words.endswith("。") else 14):
        return -3.0
    if column is Column.FIELD:
        fit = 1.5 if length <= 8 else 0.5 if length <= 14 else -1.0 if length <= 20 else -4.0
        fit -= 3.0 if re.search(r"[。；;]|^[（(].*[）)]$|^注[：:]", words) else 0.0
        fit -= 1.0 if re.search(r"[，,：:]", words) else 0.0
        return fit - (0.6 if unit_likeness(line) > 0.9 else 0.0)
    fit = 2.0 if length >= 16 else 0.5 if length >= 8 else -0.3
    fit += 2.5 if words.endswith(("。", "；", ";")) else 0.0
    fit -= 8.0 if _NOTE.match(words) else 0.0
    return fit - (1.5 if unit_likeness(line) > 0.9 else 0.0)


def _fit_units(line: str, words: str) -> float:
    if words.endswith("。") and len(words) > 30:
        return -3.0
    likeness = unit_likeness(line)
    fit = 3.0 if likeness > 0.9 else 4.0 * likeness - 2.0
    if has_role_mark(line):
        fit += 1.0
    if likeness <= 0.5 and words.startswith(("区", "各", "市")) and "。" not in words and len(words) <= 30:
        fit = max(fit, 1.0 if "、" in words else 0.5)  # the last name goes on in the next line
    if likeness <= 0.5 and _END_OF_NAME.match(words):
        fit = max(fit, 1.2)  # the end of a name that began in the line before
    return fit


def _go_on(line: str, following: str, column: Column) -> float:
    """What it costs that a field goes on after this line: little after 、, much after whole names."""
    cost = GO_ON[column]
    if column in NAMES:
        if bare(line).endswith(("、", "，", ",", "；")):
            return 0.0
        return cost + (2.0 if unit_likeness(line) > 0.9 else 0.0)
    if column is Column.FIELD:
        return cost + (2.0 if len(bare(line)) + len(bare(following)) > LONGEST_FIELD else 0.0)
    return cost + (0.6 if column is Column.REQUIREMENT and bare(line).endswith("。") else 0.0)


def _deal(lines: Sequence[str], columns: tuple[Column, ...]) -> tuple[float, list[tuple[int, bool]]]:
    """The best way to deal lines to columns: for each line its column (the last is none) and whether a row begins."""
    width = len(columns)
    skip = [SKIP[column] for column in columns]
    before = [sum(skip[:at]) for at in range(width + 1)]
    scores = [-before[at] for at in range(width)] + [0.0]
    back: list[list[tuple[int, bool]]] = []
    for count, line in enumerate(lines):
        fits = [_fit(line, column) for column in columns]
        if count == 0:
            scores = [scores[at] + fits[at] for at in range(width)] + [0.0]
            back.append([(at, True) for at in range(width)] + [(width, False)])
            continue
        new, steps = [], []
        for to in range(width):
            go_on = _go_on(lines[count - 1], line, columns[to])
            score, step = max(_steps_to(to, scores, go_on, skip, before), key=lambda found: found[0])
            new.append(score + fits[to])
            steps.append(step)
        ends = [(scores[at] - (before[width] - before[at + 1]), (at, False)) for at in range(width)]
        score, step = max([*ends, (scores[width], (width, False))], key=lambda found: found[0])
        scores, steps = [*new, score], [*steps, step]
        back.append(steps)
    return _trace(scores, back, before, width)


def _steps_to(
    to: int, scores: list[float], go_on: float, skip: list[float], before: list[float]
) -> list[tuple[float, tuple[int, bool]]]:
    """Every way to reach a column from the line before: on in the row, on in the field, or in a new row."""
    width = len(skip)
    found = []
    for at in range(width):
        if at < to:
            found.append((scores[at] - (before[to] - before[at + 1]), (at, False)))
        elif at == to:
            found.append((scores[at] - go_on, (at, False)))
        rest = before[width] - before[at + 1] + before[to]
        found.append((scores[at] - rest - 0.5, (at, True)))
    return found


def _trace(
    scores: list[float], back: list[list[tuple[int, bool]]], before: list[float], width: int
) -> tuple[float, list[tuple[int, bool]]]:
    if not back:
        return 0.0, []
    ends = [scores[at] - (before[width] - before[at + 1]) for at in range(width)] + [scores[width]]
    at = max(range(width + 1), key=lambda place: ends[place])
    total, path = ends[at], []
    for steps in reversed(back):
        come_from, begins = steps[at]
        path.append((at, begins))
        at = come_from
    return total, path[::-1]


def _rows(
    lines: Sequence[str],
    path: list[tuple[int, bool]],
    columns: tuple[Column, ...],
    captions: dict[int, str],
) -> list[Row]:
    groups: list[dict[int, list[str]]] = []
    sections: list[str] = []
    section = ""
    for place, (line, (at, begins)) in enumerate(zip(lines, path, strict=True)):
        section = captions.get(place, section)
        if at == len(columns):
            continue
        if begins or not groups:
            groups.append({})
            sections.append("" if Column.FIELD in columns else section)
        groups[-1].setdefault(at, []).append(line)
    return [
        _row(group, columns, place, section)
        for place, (group, section) in enumerate(zip(groups, sections, strict=True), start=1)
    ]


def _row(group: dict[int, list[str]], columns: tuple[Column, ...], place: int, section: str) -> Row:
    def of(wanted: Column) -> str:
        return "".join(joined("\n".join(group[at])) for at in sorted(group) if columns[at] is wanted)

    units = tuple(
        (spaced("\n".join(group[at])), columns[at].value) for at in sorted(group) if columns[at] in NAMES
    )
    return Row(
        place=place,
        number=of(Column.NUMBER),
        field=of(Column.FIELD) or section,
        requirement=of(Column.REQUIREMENT),
        units=units,
        deadline=of(Column.DEADLINE),
        numbered=Column.NUMBER in columns,
    )


def numbers_in_order(numbers: Sequence[int]) -> bool:
    """Whether numbers run on without a gap from the first: 1, 2, 3."""
    return all(later == earlier + 1 for earlier, later in pairwise(numbers))
