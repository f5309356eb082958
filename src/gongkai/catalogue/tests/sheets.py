"""Spreadsheets of the official layout, drawn by a generator that knows nothing of the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid

THIRTEEN = (
    "政府网站", "政府公报", "两微一端", "发布会/听证会", "广播电视", "纸质媒体", "公开查阅点", "政务服务中心",
    "便民服务站", "入户/现场", "社区/企事业单位/村公示栏（电子屏）", "精准推送", "其他",
)  # fmt: skip
LIMITS = (
    "信息形成或者变更之日起20个工作日内", "20个工作日", "制定或获取政策之日起10个工作日", "及时，公告期5个工作日",
    "按季度更新", "由牵头单位另定", "自批准之日起二十日内",
)  # fmt: skip
WORDS = st.sampled_from(
    [
        "办事指南",
        "=1+1",
        "+救助标准",
        "@公示",
        "-无",
        "政策文件\n解读",
        "学校介绍",
        "备案材料清单及样式",
        "1",
        "财务信息",
    ]
)


@dataclass
class Drawn:
    """A sheet as (row, column) → words, and its merges."""

    name: str
    cells: dict[tuple[int, int], str | int]
    merges: list[tuple[int, int, int, int]]

    def grid(self) -> SheetGrid:
        rows: dict[int, dict[int, SheetCell]] = {}
        for (row, column), words in sorted(self.cells.items()):
            kind = "number" if isinstance(words, int) else "text"
            rows.setdefault(row, {})[column] = SheetCell(str(words), kind)
        return SheetGrid(self.name, False, rows, tuple(self.merges))

    def save(self, path: Path) -> Path:
        book = Workbook()
        page: Any = book.active
        page.title = self.name
        for (row, column), words in self.cells.items():
            cell = page.cell(row, column)
            cell.value = words
            if isinstance(words, str):
                cell.data_type = "s"
        for top, left, bottom, right in self.merges:
            page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        book.save(path)
        return path


def contents(path: Path) -> tuple[str, dict[str, Any], set[str]]:
    """Every cell and merge of a workbook, read by openpyxl alone."""
    page: Any = load_workbook(path).active
    cells = {
        cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None
    }
    return page.title, cells, {str(one) for one in page.merged_cells.ranges}


class _Heads:
    """Places the two-row heads and remembers which column is which."""

    def __init__(self, top: int, ticks: bool, village: bool, extra: bool) -> None:
        self.top, self.at = top, 1
        self.cells: dict[tuple[int, int], str | int] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self.columns: dict[str, int] = {}
        self.one("序号", "seq")
        self.group("公开事项", [("一级事项", "level1"), ("二级事项", "level2")])
        for label, key in (
            ("公开内容（要素）", "content"), ("公开依据", "basis"), ("公开时限", "limit"), ("公开主体", "subject"),
        ):  # fmt: skip
            self.one(label, key)
        if ticks:
            self.group("公开渠道和载体", [(name, f"c{at}") for at, name in enumerate(THIRTEEN)])
        else:
            self.one("公开渠道和载体", "channel")
        self.group("公开对象", [("全社会", "all"), ("特定群体", "some")])
        self.group("公开方式", [("主动", "own"), ("依申请", "asked")])
        tiers = [("县级", "county"), ("乡级", "town")] + ([("村级", "village")] if village else [])
        self.group("公开层级", tiers)
        if extra:
            self.one("备注", "note")

    def one(self, label: str, key: str) -> None:
        self.cells[self.top, self.at] = label
        self.merges.append((self.top, self.at, self.top + 1, self.at))
        self.columns[key] = self.at
        self.at += 1

    def group(self, label: str, parts: list[tuple[str, str]]) -> None:
        self.cells[self.top, self.at] = label
        self.merges.append((self.top, self.at, self.top, self.at + len(parts) - 1))
        for name, key in parts:
            self.cells[self.top + 1, self.at] = name
            self.columns[key] = self.at
            self.at += 1


@st.composite
def drawn_sheets(draw: Callable[..., Any], most: int = 8) -> Drawn:
    """A catalogue with one to ``most`` matters."""
    titles = draw(st.integers(0, 2))
    heads = _Heads(titles + 1, draw(st.booleans()), draw(st.booleans()), draw(st.booleans()))
    cells, merges, columns = dict(heads.cells), list(heads.merges), heads.columns
    width = heads.at - 1
    for row in range(1, titles + 1):
        cells[row, 1] = f"测试区养老服务领域基层政务公开标准目录{row}"
        merges.append((row, 1, row, width))
    row, count = titles + 3, draw(st.integers(1, most))
    groups = _sizes(draw, count)
    number = 0
    for group, size in enumerate(groups):
        cells[row, columns["level1"]] = f"一级事项{group}"
        if size > 1:
            merges.append((row, columns["level1"], row + size - 1, columns["level1"]))
        for _ in range(size):
            number += 1
            _matter(draw, cells, columns, row, number)
            row += 1
    if draw(st.booleans()):
        cells[row, 1] = "备注：本目录由区民政局负责解释。"
        merges.append((row, 1, row, width))
    return Drawn("养老服务", cells, merges)


def _sizes(draw: Callable[..., Any], count: int) -> list[int]:
    sizes = []
    while count:
        sizes.append(draw(st.integers(1, count)))
        count -= sizes[-1]
    return sizes


def _matter(draw: Callable[..., Any], cells: dict, columns: dict[str, int], row: int, number: int) -> None:
    cells[row, columns["seq"]] = number
    cells[row, columns["level2"]] = f"事项{number}"
    cells[row, columns["content"]] = "\n".join(f"●{draw(WORDS)}；" for _ in range(draw(st.integers(1, 3))))
    cells[row, columns["basis"]] = draw(WORDS)
    cells[row, columns["limit"]] = draw(st.sampled_from(LIMITS))
    cells[row, columns["subject"]] = draw(st.sampled_from(["区民政局", "街道办事处", "学校"]))
    if "channel" in columns:
        cells[row, columns["channel"]] = draw(
            st.sampled_from(
                ["■政府网站 □政府公报\n■公开查阅点 □其他____", "政府网站、两微一端", "●入户/现场"]
            )
        )
    ticks = [key for key in columns if key.startswith("c") and key[1:].isdigit()]
    ticks += ["all", "some", "own", "asked", "county", "town", "village"]
    for key in ticks:
        if key in columns and draw(st.booleans()):
            cells[row, columns[key]] = "√"
    if "note" in columns and draw(st.booleans()):
        cells[row, columns["note"]] = draw(WORDS)
