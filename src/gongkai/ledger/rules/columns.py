"""Which column of a plan's table is which: told by its head and, where heads are loose, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from gongkai.kernel.text.numerals import bare, half_width, to_int
from gongkai.ledger.rules.deadlines import looks_like_deadline
from gongkai.ledger.rules.responsible import unit_likeness


class Column(Enum):
    """What a column holds. ``TEXT`` is a head such as 工作任务 that can stand over either text column."""

    NUMBER = "number"
    FIELD = "field"
    REQUIREMENT = "requirement"
    TEXT = "text"
    UNITS = "units"
    LEAD = "lead"
    SUPPORT = "support"
    DEADLINE = "deadline"
    OTHER = "other"


WORDS = (Column.FIELD, Column.REQUIREMENT, Column.TEXT)
NAMES = (Column.UNITS, Column.LEAD, Column.SUPPORT)
LONGEST_HEAD = 14
MARKS = "★☆▲△※＊*●◆■#"  # what offices put beside a number to point at a footnote
LEAST_FIT = 0.6
LEAST_WORDS = 6.0  # a requirement is a sentence; names and numbers of telephones are shorter
CLEARLY_LONGER = 1.3

# Tried in this order: 时限要求 is a deadline although it ends in 要求, 任务类别 a field although it says 任务.
_HEADS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (Column.NUMBER, r"^(?:任务|项目|工作)?(?:序号|编号|项号|号)$|^序$"),
        (
            Column.DEADLINE,
            r"时限|期限|完成(?:时间|日期|节点)|时间(?:节点|要求|安排|进度)|进度(?:要求|安排)|^时间$",
        ),
        (
            Column.UNITS,
            r"(?:牵头|责任|主办|承办).*(?:配合|责任|协办|参与).*(?:单位|部门)|责任分工|任务分工|^分工$",
        ),
        (Column.LEAD, r"(?:牵头|主办|主责)(?:责任)?(?:单位|部门|科室)|^牵头$"),
        (Column.SUPPORT, r"(?:配合|协办|参与|参加|协助)(?:责任)?(?:单位|部门|科室)|^配合$"),
        (Column.UNITS, r"(?:责任|承办|落实|实施|负责|公开)(?:单位|部门|主体|科室)|^单位$|^部门$|责任者"),
        (Column.OTHER, r"备注|说明|联系|责任人|领导|负责人|进展|完成情况|落实情况|依据|渠道|载体|方式|对象"),
        (Column.FIELD, r"(?:领域|类别|类型|分类|栏目|板块|方面)$|^项目$|^条线$"),
        (Column.REQUIREMENT, r"(?:要求|内容|举措|措施|标准|目标|做法)$"),
        (Column.TEXT, r"^(?:年度|主要|重点|具体|公开|工作|目标)*(?:任务|事项|要点|项目|工作)(?:名称|清单)?$"),
    )
)


def head_of(text: str) -> Column | None:
    """The column over which these words stand, None when they are not the head of a column.

    >>> head_of("责 任 单 位"), head_of("时限要求"), head_of("区财政局")
    (<Column.UNITS: 'units'>, <Column.DEADLINE: 'deadline'>, None)
    """
    words = re.sub(r"[（(].*?[）)]$", "", bare(text)) or bare(text)
    if not words or len(words) > LONGEST_HEAD or re.search(r"[。；;，,、：:\d]", words):
        return None
    for column, pattern in _HEADS:
        if pattern.search(words):
            return column
    return None


def is_head(columns: Sequence[Column | None]) -> bool:
    """Whether a row of heads can stand over a plan: words of a task, and something else about it."""
    known = [column for column in columns if column is not None]
    kinds = set(known)
    return (
        len(known) >= 2
        and len(known) >= LEAST_FIT * len(columns)
        and any(column in WORDS for column in kinds)
        and any(column not in WORDS and column is not Column.OTHER for column in kinds)
    )


def row_number(text: str) -> int | None:
    """The number of a task: 5, （5）, 5., 第5项, 五, ⑤; None for anything else, 1-3 included."""
    words = half_width(bare(text)).strip(f"（()）.．、。{MARKS}")
    if len(words) == 1 and "①" <= words <= "⑳":
        return ord(words) - ord("①") + 1
    match = re.fullmatch(r"第?(\d{1,4}|[一二三四五六七八九十百]{1,5})项?", words)
    return to_int(match[1]) if match else None


def is_label(text: str) -> bool:
    """Whether a field numbers a task within its part: 1.1, 2-3-1, A5, 一（二）. It tells no place in the whole."""
    words = half_width(bare(text))
    return bool(
        re.fullmatch(
            r"\d{1,2}(?:[.．]\d{1,3}){1,3}|[A-Za-z]{1,3}-?\d{1,3}|[一二三四五六七八九十]{1,3}[（(、.][一二三四五六七八九十\d]{1,3}[）)]?",
            words,
        )
    )


def number_range(text: str) -> tuple[int, int] | None:
    """The first and last number of a field that numbers several tasks at once: 1-3, 1—3, 1、2、3."""
    words = half_width(bare(text))
    match = re.fullmatch(r"(\d{1,3})(?:[-－—~～至到](\d{1,3})|(?:[、,，/](\d{1,3}))+)", words)
    if not match:
        return None
    return int(match[1]), int(match[2] or match[3])


def settle(columns: Sequence[Column | None], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Settle the columns of a grid by head and content.

    Of two columns of words the short, repeating one is the field and the long one the requirement, whatever
    their heads say; columns without a head are told by their content alone.
    """
    settled = [column or _by_content(_column(rows, place)) for place, column in enumerate(columns)]
    words = [place for place, column in enumerate(settled) if column in WORDS]
    if len(words) == 1:
        settled[words[0]] = Column.REQUIREMENT
    elif len(words) > 1:
        longest = _requirement_of(words, settled, rows)
        field = _field_of([place for place in words if place != longest], settled, rows)
        for place in words:
            settled[place] = Column.TEXT
        settled[longest], settled[field] = Column.REQUIREMENT, Column.FIELD
    return tuple(settled)


def headless(rows: Sequence[Sequence[str]]) -> tuple[Column, ...] | None:
    """The columns of a grid without heads, None where its content is not that of a plan."""
    if not rows:
        return None
    if _foreign_head(rows[0]):
        return None
    columns = settle([None] * len(rows[0]), rows)
    if Column.REQUIREMENT not in columns or Column.UNITS not in columns:
        return None
    if _words(rows, columns.index(Column.REQUIREMENT)) < LEAST_WORDS:
        return None
    return columns if Column.NUMBER in columns or Column.DEADLINE in columns else None


def goes_on(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows without a head can be the next page of a table with these columns.

    Empty fields hinder nothing: a page may begin with the rest of a row.
    """
    if not rows or _foreign_head(rows[0]):
        return not rows
    for place, column in enumerate(columns):
        cells = _column(rows, place)
        if column is Column.NUMBER:
            fitting = sum(1 for cell in cells if row_number(cell) or number_range(cell) or is_label(cell))
        elif column in NAMES:
            fitting = sum(1 for cell in cells if unit_likeness(cell) > LEAST_FIT or not cell.isascii())
        else:
            continue
        if fitting < LEAST_FIT * len(cells):
            return False
    return True


def _foreign_head(row: Sequence[str]) -> bool:
    """Whether a row names the columns of some other list: it says 序号 and is no head of a plan."""
    heads = [head_of(text) for text in row]
    return Column.NUMBER in heads and not is_head(heads)


def _words(rows: Sequence[Sequence[str]], place: int) -> float:
    """How many Chinese signs a field of this column has on average."""
    cells = _column(rows, place)
    signs = sum(1 for cell in cells for sign in cell if "\u4e00" <= sign <= "\u9fff")
    return signs / len(cells) if cells else 0.0


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in rows if place < len(row) and row[place].strip()]


def _by_content(cells: list[str]) -> Column:
    if not cells:
        return Column.OTHER

    def share(fitting: int) -> bool:
        return fitting >= LEAST_FIT * len(cells)

    if share(sum(row_number(cell) is not None for cell in cells)):
        return Column.NUMBER
    if share(sum(looks_like_deadline(cell) for cell in cells)):
        return Column.DEADLINE
    if share(sum(unit_likeness(cell) > LEAST_FIT for cell in cells)):
        return Column.UNITS
    return Column.TEXT


def _length(rows: Sequence[Sequence[str]], place: int) -> float:
    cells = _column(rows, place)
    return sum(len(bare(cell)) for cell in cells) / len(cells) if cells else 0.0


def _requirement_of(words: list[int], columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> int:
    by_length = sorted(words, key=lambda place: _length(rows, place), reverse=True)
    longest, second = by_length[0], by_length[1]
    headed = [place for place in words if columns[place] is Column.REQUIREMENT]
    clear = _length(rows, longest) >= CLEARLY_LONGER * max(_length(rows, second), 1.0)
    if clear or not headed:
        if not clear and columns[longest] is Column.FIELD:
            return second
        return longest
    return max(headed, key=lambda place: _length(rows, place))


def _field_of(words: list[int], columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> int:
    headed = [place for place in words if columns[place] is Column.FIELD]

    def repeating(place: int) -> tuple[float, float]:
        cells = _column(rows, place)
        return (len(set(cells)) / len(cells) if cells else 1.0, _length(rows, place))

    return min(headed or words, key=repeating)
