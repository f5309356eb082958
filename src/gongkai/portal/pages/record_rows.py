"""Rows of a type as lines of a page and as data: one masking for all of them (M02)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from gongkai.portal.context import Link
from gongkai.portal.context.records import DictionaryLine, RecordCell, RecordLine
from gongkai.records.queries import Field, Mask, PublicRow, RecordType
from gongkai.records.queries import Link as Leads
from gongkai.sheets.queries import inert

MOST_HEADS = 7
LONG = 500
KINDS = {"string": "文字", "integer": "整数", "number": "数字", "date": "日期", "boolean": "是否"}
MASKS = {
    Mask.ID_NUMBER: "已遮盖中间数字",
    Mask.PHONE: "已遮盖中间数字",
    Mask.BANK_CARD: "只留后四位",
    Mask.NAME: "只留姓",
    Mask.HIDDEN: "不公开",
}
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def address_of(kind: RecordType) -> str:
    """Where the list of a type stands."""
    return f"/records/{kind.code}/"


def in_table(kind: RecordType) -> tuple[Field, ...]:
    """The fields that a table shows: with a page for each row the first few, else all of them."""
    fields = tuple(field for field in kind.fields if field.mask is not Mask.HIDDEN)
    if not kind.item_page:
        return fields
    of_steps = {name for step in kind.steps for name in step.fields}
    short = [
        field for field in fields if field.name not in of_steps and not is_long(field) and not field.link
    ]
    return tuple(short[:MOST_HEADS])


def is_long(field: Field) -> bool:
    """Whether the words of a field are a text of their own."""
    return field.kind == "string" and field.longest > LONG


def heads_of(kind: RecordType) -> tuple[str, ...]:
    """The heads of the table."""
    return (*(field.label for field in in_table(kind)), "公开单位")


def line_of(kind: RecordType, row: PublicRow) -> RecordLine:
    """A row as a line of the table."""
    url = f"{address_of(kind)}{row.pk}/" if kind.item_page else ""
    cells = [cell_of(field, row) for field in in_table(kind)]
    light = words = ""
    faults = [step for step in row.steps if step.is_fault]
    if faults:
        light, words = faults[0].light, f"{faults[0].step.title}{faults[0].words}"
    elif row.stale:
        light, words = "late", "超过核对周期"
    elif row.anonymised:
        light, words = "paused", "个人信息已匿名"
    return RecordLine(f"r{row.pk}", (*cells, RecordCell("公开单位", row.unit)), url, light, words)


def cell_of(field: Field, row: PublicRow) -> RecordCell:
    """A value under its head."""
    text = row.values.get(field.name, "")
    look = {"number": "num", "integer": "num", "date": "nb"}.get(field.kind, "")
    if field.link is Leads.DOCUMENT and text:
        return RecordCell(field.label, row.documents.get(text, "文件"), text if text in row.documents else "")
    return RecordCell(field.label, text, "", look)


def dictionary_of(kind: RecordType) -> tuple[DictionaryLine, ...]:
    """What each field of the data means."""
    return tuple(
        DictionaryLine(
            field.label,
            field.name,
            KINDS[field.kind],
            "；".join(
                part
                for part in (
                    field.note,
                    "、".join(field.choices),
                    MASKS.get(field.mask, ""),
                    "公示期满后不保留" if field.is_personal else "",
                )
                if part
            ),
        )
        for field in kind.fields
        if field.mask is not Mask.HIDDEN
    )


def exports_of(kind: RecordType, base: str) -> tuple[Link, ...]:
    """The list as data."""
    return tuple(Link(end.upper(), f"{base}.{end}") for end in MEDIA)


def as_data(kind: RecordType, rows: Sequence[PublicRow], ending: str) -> bytes:
    """The rows as csv, json or xlsx: the values of the page, nothing more."""
    fields = [field for field in kind.fields if field.mask is not Mask.HIDDEN]
    if ending == "json":
        found = [
            {**{field.name: row.values[field.name] for field in fields}, "unit": row.unit} for row in rows
        ]
        return json.dumps(found, ensure_ascii=False).encode()
    heads = [*(field.label for field in fields), "公开单位"]
    table = ([*(row.values[field.name] for field in fields), row.unit] for row in rows)
    return _csv(heads, table) if ending == "csv" else _xlsx(kind, heads, table)


def _csv(heads: Sequence[str], table: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([inert(text) for text in line] for line in table)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(kind: RecordType, heads: Sequence[str], table: Iterable[Sequence[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(sign for sign in kind.title if sign not in "\\/*?:[]")[:30] or "清单")
    sheet.append(heads)
    for line in table:
        cells = []
        for text in line:
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"  # words stay words, whatever they begin with
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
