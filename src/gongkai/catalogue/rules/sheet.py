"""The official spreadsheet of a standard catalogue (rules of 国办发〔2019〕54号) into rows, and back cell for cell.

Two-row heads, title rows above, merged cells, 13 tick columns or one cell for the channels: the layout is kept
as it came, every cell word for word; what is understood of a row stands beside it (``reading``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.catalogue.rules.heads import EXTRA, Heads, find_heads
from gongkai.kernel.text.numerals import bare
from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid, address

Merge = tuple[int, int, int, int]
CONTENTS = ("level1", "level2", "level3", "content", "basis", "limit", "subject")
WIDE = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the sheet that a person must look at. A hint (``stops`` false) keeps nobody from storing it."""

    row: int
    where: str
    text: str
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the catalogue. ``place`` counts from the first row under the heads; ``cells`` by column."""

    place: int
    cells: Mapping[int, SheetCell]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything of the sheet that is no row of the catalogue: name, heads, merges, notes between and below.

    ``merges`` under the heads are counted from the first row under the heads, as places are.
    """

    sheet: str
    columns: Mapping[int, str]
    labels: Mapping[int, str]
    head: tuple[tuple[int, int, str, str], ...]
    head_merges: tuple[Merge, ...]
    first: int
    merges: tuple[Merge, ...] = ()
    loose: tuple[tuple[int, int, str, str], ...] = ()

    def columns_of(self, key: str) -> list[int]:
        """The columns that bear a key, from the left."""
        return sorted(column for column, name in self.columns.items() if name == key)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it was understood; ``layout`` is None where it is no standard catalogue."""

    layout: Layout | None = None
    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = field(default_factory=tuple)

    @property
    def stopping(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.stops)

    @property
    def hints(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if not fault.stops)


def read_table(grids: Sequence[SheetGrid], field_name: str) -> Table:
    """The catalogue of a field out of a workbook that may hold one sheet a field."""
    candidates: list[tuple[SheetGrid, Heads]] = []
    told = ""
    for grid in grids:
        found = None if grid.hidden else find_heads(grid)
        if isinstance(found, Heads):
            candidates.append((grid, found))
        elif isinstance(found, str):
            told = told or found
    if not candidates:
        text = told or (
            "没有找到“公开事项”“公开内容”“公开依据”“公开时限”“公开主体”“公开渠道”这样的表头。"
            "请选按国办发〔2019〕54号编制的标准目录表。"
        )
        return Table(faults=(Fault(0, "表头", text),))
    if len(candidates) > 1:
        wanted = bare(field_name)
        named = [one for one in candidates if wanted in bare(one[0].name) or wanted in _title(*one)]
        if len(named) != 1:
            names = "、".join(grid.name for grid, _ in candidates)
            text = f"文件里有 {len(candidates)} 张目录表（{names}），不知道哪一张是“{field_name}”。请让工作表名含有领域名。"
            return Table(faults=(Fault(0, "工作表", text),))
        candidates = named
    return _read(*candidates[0])


def _title(grid: SheetGrid, heads: Heads) -> str:
    return "".join(
        bare(cell.text) for row, cells in grid.rows.items() if row < heads.top for cell in cells.values()
    )


def _read(grid: SheetGrid, heads: Heads) -> Table:
    first = heads.bottom + 1
    layout = Layout(
        sheet=grid.name,
        columns=heads.columns,
        labels=heads.labels,
        head=tuple(
            (row, column, cell.text, cell.kind)
            for row, cells in sorted(grid.rows.items()) if row < first
            for column, cell in sorted(cells.items())
        ),
        head_merges=tuple(merge for merge in grid.merges if merge[2] < first),
        first=first,
        merges=tuple(
            (top - first + 1, left, bottom - first + 1, right)
            for top, left, bottom, right in sorted(grid.merges) if top >= first
        ),
    )  # fmt: skip
    faults = [
        Fault(top, address(top, left), "合并单元格跨过了表头和正文。请先取消这处合并。")
        for top, left, bottom, _ in grid.merges
        if top < first <= bottom
    ]
    anchors = spread(layout.merges)
    rows: list[Row] = []
    loose: list[tuple[int, int, str, str]] = []
    above = ""
    for number in sorted(row for row in grid.rows if row >= first):
        place = number - first + 1
        # What lies under a merge is not shown by any spreadsheet, and is no content.
        cells = {
            column: cell
            for column, cell in sorted(grid.rows[number].items())
            if anchors.get((place, column), (place, column)) == (place, column)
        }
        if not _is_row(cells, heads.columns, layout.merges, place):
            loose += [(place, column, cell.text, cell.kind) for column, cell in cells.items()]
            continue
        values = values_of(place, cells, layout, grid=grid, anchors=anchors)
        if not values.get("level1") and above and "level1" in heads.columns.values():
            values = {**values, "level1": above}
        above = values.get("level1", "")
        rows.append(Row(place, cells, values))
        faults += _faults_of(number, cells, values, heads)
    layout = Layout(**{**{name: getattr(layout, name) for name in Layout.__slots__}, "loose": tuple(loose)})
    if not rows:
        faults.append(Fault(first, "正文", "表头下面没有事项。请核对是否选错了文件。"))
    return Table(layout, tuple(rows), tuple(faults))


def spread(merges: Sequence[Merge]) -> dict[tuple[int, int], tuple[int, int]]:
    """Which place each merged place continues."""
    return {
        (row, column): (top, left)
        for top, left, bottom, right in merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def values_of(
    place: int,
    cells: Mapping[int, SheetCell],
    layout: Layout,
    *,
    grid: SheetGrid | None = None,
    anchors: Mapping[tuple[int, int], tuple[int, int]] | None = None,
    body: Mapping[int, Mapping[int, SheetCell]] | None = None,
) -> dict[str, str]:
    """The words of a row by key, merged cells filled with what they continue."""
    anchors = spread(layout.merges) if anchors is None else anchors
    found: dict[str, str] = {}
    for column, key in layout.columns.items():
        row, left = anchors.get((place, column), (place, column))
        if row == place and left in cells:
            text = cells[left].text
        elif grid is not None:
            cell = grid.rows.get(row + layout.first - 1, {}).get(left)
            text = cell.text if cell else ""
        else:
            cell = (body or {}).get(row, {}).get(left)
            text = cell.text if cell else ""
        if text and not key.startswith(EXTRA):
            found[key] = text
    return found


def _is_row(
    cells: Mapping[int, SheetCell], columns: Mapping[int, str], merges: Sequence[Merge], place: int
) -> bool:
    """A row of the catalogue has words of its own in two or more of its columns, not one sentence across."""
    own = [columns.get(column, "") for column in cells]
    if any(top == place and left in cells and right - left + 1 >= WIDE for top, left, _, right in merges):
        return False
    return any(key in CONTENTS[1:] for key in own) and len(own) > 1


def _faults_of(
    number: int, cells: Mapping[int, SheetCell], values: Mapping[str, str], heads: Heads
) -> list[Fault]:
    found = []
    for column, cell in cells.items():
        where = address(number, column)
        if cell.kind == "formula":
            found.append(Fault(number, where, "是公式。请复制后“选择性粘贴—数值”，再导入。"))
        elif cell.kind == "error":
            found.append(Fault(number, where, f"显示“{cell.text}”，是出错的公式。请改成要填的内容。"))
    if not (values.get("level2") or values.get("level1")):
        found.append(Fault(number, "公开事项", "没有写公开事项的名称。请填写一级或者二级事项。"))
    if not values.get("content"):
        found.append(Fault(number, "公开内容", "没有写公开内容（要素）。请填写要公开哪些内容。"))
    for key, label in (("basis", "公开依据"), ("subject", "公开主体")):
        if key in heads.columns.values() and not values.get(key):
            found.append(Fault(number, label, f"没有写{label}，照原样保留。", stops=False))
    return found
