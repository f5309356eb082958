"""A unit's 发文登记簿 read from its cells: heads by label in any order, title rows above, rows with their problems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.kernel.text.dates import read_date
from gongkai.kernel.text.docnumber import DocumentNumber, read_number
from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid, address

NUMBER, TITLE, WRITTEN, OPENNESS = "number", "title", "written_on", "openness"
GROUND, SECRECY, COPIES, NOTE = "ground", "secrecy", "copies", "note"
LABELS: Mapping[str, tuple[str, ...]] = {
    NUMBER: ("发文字号", "文号", "发文文号", "文件编号", "公文字号"),
    TITLE: ("标题", "文件标题", "公文标题", "文件名称", "题名", "事由"),
    WRITTEN: ("成文日期", "发文日期", "签发日期", "印发日期", "日期"),
    OPENNESS: ("公开属性", "公开方式", "是否公开", "信息公开属性", "公开选项"),
    GROUND: ("依据", "不公开依据", "不予公开理由", "不公开理由", "理由"),
    SECRECY: ("密级", "涉密", "秘密等级"),
    COPIES: ("份数", "印数", "印发份数"),
    NOTE: ("备注", "说明", "附注"),
}
NEEDED = (NUMBER, TITLE)
HEAD_WITHIN, MOST_ROWS = 30, 20_000
PUBLIC, ON_REQUEST, CLOSED = "主动公开", "依申请公开", "不予公开"
_MEANS = {
    PUBLIC: ("主动公开", "主动", "公开", "全文公开", "是"),
    ON_REQUEST: ("依申请公开", "依申请", "申请公开"),
    CLOSED: ("不予公开", "不公开", "不予", "否", "涉密不公开"),
}
_SPACE = re.compile(r"[\s\u3000]+")
_SECRET = ("秘密", "机密", "绝密")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One issued paper as the register has it; ``row`` is the row of the sheet."""

    row: int
    number: str
    title: str
    written_on: date | None = None
    openness: str = ""
    ground: str = ""
    secrecy: str = ""
    copies: str = ""
    note: str = ""

    @property
    def parsed(self) -> DocumentNumber:
        """The number in its parts; every row that was read has one."""
        number = read_number(self.number).number
        assert number is not None
        return number

    @property
    def is_secret(self) -> bool:
        return any(word in self.secrecy for word in _SECRET)


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not understood: the cell and what to do."""

    row: int
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """What a file said. ``problems`` without a row concern the file as a whole."""

    rows: tuple[RegisterRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    sheet: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({row.parsed.year for row in self.rows}))


def plain(text: str) -> str:
    """A label or mark without spaces, full-width forms and brackets with remarks."""
    return _SPACE.sub("", re.sub(r"[（(].*?[)）]", "", unicodedata.normalize("NFKC", text))).strip(":：*")


def openness_of(text: str) -> str | None:
    """The openness that a mark means; empty for none, ``None`` where it was not understood.

    >>> openness_of("此件主动公开"), openness_of(" "), openness_of("看情况")
    ('主动公开', '', None)
    """
    word = plain(text).removeprefix("此件").removeprefix("本件")
    if word in ("", "-", "—", "/", "无"):
        return ""
    return next((found for found, words in _MEANS.items() if word in words), None)


def read_register(sheets: Iterable[SheetGrid]) -> RegisterReading:
    """The first visible sheet with a head that names number and title; every row with its problems."""
    best: set[str] = set()
    for sheet in sheets:
        if sheet.hidden:
            continue
        for at in sorted(sheet.rows)[:HEAD_WITHIN]:
            columns = _columns(sheet.rows[at])
            if all(name in columns for name in NEEDED):
                return _rows(sheet, at, columns)
            best |= set(columns)
    missing = "、".join(LABELS[name][0] for name in NEEDED if name not in best) or "发文字号、标题"
    text = (
        f"没有找到表头：缺“{missing}”这一列。请在表头里写上“发文字号、标题、成文日期、公开属性”，次序不限。"
    )
    return RegisterReading(problems=(Problem(0, "表头", text),))


def _columns(row: Mapping[int, SheetCell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, cell in sorted(row.items()):
        label = plain(cell.text)
        for name, labels in LABELS.items():
            if label in labels:
                found.setdefault(name, column)
    return found


def _rows(sheet: SheetGrid, head: int, columns: Mapping[str, int]) -> RegisterReading:
    rows: list[RegisterRow] = []
    problems: list[Problem] = []
    below = [at for at in sorted(sheet.rows) if at > head]
    if len(below) > MOST_ROWS:
        text = f"表里有 {len(below)} 行，一次最多 {MOST_ROWS} 行。请按年度分成几个文件再导入。"
        return RegisterReading(problems=(Problem(0, sheet.name, text),), sheet=sheet.name)
    for at in below:
        cells = sheet.rows[at]
        filled = {name: cells[column] for name, column in columns.items() if column in cells}
        texts = {name: cell.text.strip() for name, cell in filled.items()}
        if not texts.get(NUMBER) and not texts.get(TITLE):
            continue  # a blank line, a sum, a signature below the table
        if _columns(cells).keys() >= set(NEEDED):
            continue  # the head again, on the next printed page
        row, wrong = _row(at, texts, columns)
        problems += wrong
        problems += [
            Problem(at, address(at, columns[name]), "单元格里是公式的错误值。请改成文字后再导入。")
            for name, cell in filled.items()
            if cell.kind == "error"
        ]
        if row is not None:
            rows.append(row)
    if not rows and not problems:
        problems.append(Problem(0, sheet.name, "表头下面没有文件。请核对是不是选错了文件。"))
    return RegisterReading(tuple(rows), tuple(problems), sheet.name)


def _row(
    at: int, texts: Mapping[str, str], columns: Mapping[str, int]
) -> tuple[RegisterRow | None, list[Problem]]:
    problems: list[Problem] = []
    reading = read_number(texts.get(NUMBER, ""))
    if reading.number is None:
        text = reading.problem if texts.get(NUMBER) else "没有发文字号。请补上；不编号的文件不登在这里。"
        problems.append(Problem(at, address(at, columns[NUMBER]), text))
    if not texts.get(TITLE):
        problems.append(Problem(at, address(at, columns[TITLE]), "没有标题。请补上文件标题。"))
    written = None
    if texts.get(WRITTEN):
        read = read_date(texts[WRITTEN])
        written = read.value
        if written is None:
            problems.append(Problem(at, address(at, columns[WRITTEN]), f"日期没有读懂：{read.problem}"))
    openness = openness_of(texts.get(OPENNESS, ""))
    if openness is None:
        text = f"公开属性“{texts[OPENNESS][:20]}”没有读懂。请写主动公开、依申请公开或者不予公开。"
        problems.append(Problem(at, address(at, columns[OPENNESS]), text))
    if problems or reading.number is None:
        return None, problems
    row = RegisterRow(
        row=at,
        number=str(reading.number),
        title=_SPACE.sub(" ", texts[TITLE])[:300],
        written_on=written,
        openness=openness or "",
        ground=texts.get(GROUND, "")[:300],
        secrecy=texts.get(SECRECY, "")[:20],
        copies=texts.get(COPIES, "")[:20],
        note=texts.get(NOTE, "")[:300],
    )
    return row, []
