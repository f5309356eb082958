"""Where the heads of a standard catalogue stand, and what each column means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.catalogue.rules.ticks import channel_of
from gongkai.kernel.text.numerals import bare
from gongkai.kernel.text.sheetcells import SheetGrid, address

SEARCHED = 20
EXTRA = "extra"
# Beginning of a head, key. A key that ends in a colon has one column for each of its words.
_GROUPS = (
    ("序号", "seq"),
    ("试点领域", "field"),
    ("领域", "field"),
    ("公开事项", "matter:"),
    ("事项名称", "level2"),
    ("一级事项", "level1"),
    ("二级事项", "level2"),
    ("三级事项", "level3"),
    ("公开内容", "content"),
    ("公开依据", "basis"),
    ("公开时限", "limit"),
    ("公开主体", "subject"),
    ("公开渠道", "channel:"),
    ("公开载体", "channel:"),
    ("公开对象", "audience:"),
    ("公开方式", "method:"),
    ("公开层级", "tier:"),
    ("公开级别", "tier:"),
)
_NEEDED = {
    "content": "公开内容",
    "basis": "公开依据",
    "limit": "公开时限",
    "subject": "公开主体",
    "channel": "公开渠道和载体",
}


@dataclass(frozen=True, slots=True)
class Heads:
    """Rows of the heads, what each column means, and how it is called."""

    top: int
    bottom: int
    columns: Mapping[int, str]
    labels: Mapping[int, str]


def find_heads(grid: SheetGrid) -> Heads | str | None:
    """The heads of a sheet; a sentence where they are nearly those of a catalogue; None where there are none."""
    for row in sorted(grid.rows)[:SEARCHED]:
        words = {column: bare(cell.text) for column, cell in grid.rows[row].items()}
        known = {_group(text) for text in words.values()} - {""}
        if len(known) >= 3 and ("matter:" in known or known & {"level1", "level2"}):
            return _heads(grid, row)
    return None


def _heads(grid: SheetGrid, top: int) -> Heads | str:
    under = grid.rows.get(top + 1, {})
    depth = max(
        (
            bottom - above + 1
            for above, left, bottom, _ in grid.merges
            if above == top and bare(grid.rows[top].get(left, _NONE).text)
        ),
        default=1,
    )
    sub = {column: bare(cell.text) for column, cell in under.items()}
    second = any(_sub_key(text) for text in sub.values()) or depth > 1
    bottom = max(top + 1 if second else top, top + depth - 1)
    columns: dict[int, str] = {}
    labels: dict[int, str] = {}
    spans = {
        column: left
        for above, left, _, right in grid.merges
        if above == top
        for column in range(left, right + 1)
    }
    last = max((*grid.rows[top], *(under if second else ()), *spans))
    before = 0
    for column in range(1, last + 1):
        anchor = spans.get(column, column)
        own = bare(grid.rows[top].get(anchor, _NONE).text)
        below = sub.get(column, "") if second else ""
        if not own and below and before:  # a group that was not merged goes on to the right
            own = bare(grid.rows[top].get(before, _NONE).text)
        elif own:
            before = anchor
        key = _key(own, below)
        if key:
            columns[column], labels[column] = key, below or own
    return _checked(Heads(top, bottom, columns, labels), grid)


def _checked(heads: Heads, grid: SheetGrid) -> Heads | str:
    present = {key.partition(":")[0] for key in heads.columns.values()}
    missing = [label for key, label in _NEEDED.items() if key not in present]
    if not present & {"level1", "level2"}:
        missing.insert(0, "公开事项")
    if missing:
        return f"表头（第 {heads.top} 行）里没有“{'”“'.join(missing)}”一列。请核对列名，或补上这一列。"
    twice: dict[str, int] = {}
    for column, key in heads.columns.items():
        if key.startswith(EXTRA):
            continue
        if key in twice:
            where = f"{address(heads.bottom, twice[key])} 和 {address(heads.bottom, column)}"
            return f"“{heads.labels[column]}”出现了两次（{where}），不知道以哪一列为准。请删去一列。"
        twice[key] = column
    return heads


def _group(text: str) -> str:
    return next((key for begin, key in _GROUPS if text.startswith(begin)), "")


def _sub_key(text: str) -> str:
    if text in ("一级事项", "一级", "一级目录"):
        return "level1"
    if text in ("二级事项", "二级", "二级目录"):
        return "level2"
    if text in ("三级事项", "三级", "三级目录"):
        return "level3"
    if text.startswith(("全社会", "特定")):
        return f"audience:{'全社会' if text.startswith('全') else '特定群体'}"
    if text.startswith(("主动", "依申请")):
        return f"method:{'主动' if text.startswith('主') else '依申请'}"
    if text.endswith(("级", "级）")) and len(text) <= 10:
        return f"tier:{text}"
    channel = channel_of(text) if text else None
    return f"channel:{channel}" if channel else ""


def _key(own: str, below: str) -> str:
    group = _group(own)
    sub = _sub_key(below) if below else ""
    if not group:
        return f"{EXTRA}:{below or own}" if own or below else ""
    if not group.endswith(":"):
        return group
    name = group.removesuffix(":")
    if name == "matter":
        return sub if sub.startswith("level") else "level2"
    if below:
        return sub if sub.startswith(name) else f"{EXTRA}:{below}"
    return name


@dataclass(frozen=True, slots=True)
class _Nothing:
    text: str = ""


_NONE = _Nothing()
