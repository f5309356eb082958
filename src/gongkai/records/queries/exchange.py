"""A type as a sheet: the empty one to be filled, and the present rows to be corrected and taken back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from gongkai.records.models import RecordRow
from gongkai.records.rules.declared import Field, RecordType
from gongkai.sheets.queries import Column, Exported, Kind, Sheet, SheetRow, Value, words

_KINDS = {"number": Kind.NUMBER, "integer": Kind.NUMBER, "date": Kind.DATE, "boolean": Kind.YES_NO}


def sheet_of(kind: RecordType) -> Sheet:
    """The columns of a type; its own number is locked, because it says which row it is."""
    own = kind.key[0] if kind.key else kind.title_field
    return Sheet(
        key=f"records.{kind.code}",
        title=kind.title,
        name="unit_name",
        note=kind.description,
        frozen=2,
        columns=(
            Column("unit_name", "单位", width=14),
            Column("state", "状态", width=10),
            *(_column(field, locked=field.name in kind.key or field.name == own) for field in kind.fields),
        ),
    )


def sheet_rows(kind: RecordType, rows: Iterable[RecordRow]) -> list[SheetRow]:
    """The rows as they stand, unmasked: only for those who work on them."""
    return [
        SheetRow(
            key=str(row.pk),
            stamp=f"{row.version}/{row.changed_at.isoformat()}",
            changed_at=row.changed_at,
            values={
                "unit_name": row.unit.short_name,
                "state": row.get_state_display(),
                **{field.name: (row.proposed or row.values).get(field.name, "") for field in kind.fields},
            },
        )
        for row in rows
    ]


def _column(field: Field, *, locked: bool) -> Column:
    choice = bool(field.choices) and not field.many
    return Column(
        field.name,
        field.label,
        Kind.CHOICE if choice else _KINDS.get(field.kind, Kind.TEXT),
        editable=not locked,
        required=field.required,
        note=field.note,
        width=min(max(len(field.label) * 2 + 4, 12), 40),
        choices=field.choices if choice else (),
        longest=field.longest,
    )


def words_of(kind: RecordType, stored: Mapping[str, str], given: Mapping[str, Value]) -> dict[str, str]:
    """The row with what a sheet says of it, in the words in which values are stored."""
    return {
        field.name: words(given[field.name]) if field.name in given else stored.get(field.name, "")
        for field in kind.fields
    }


def blank_sheet(kind: RecordType, *, by: str) -> Exported:
    """The head of a type as a sheet to be filled; each head says in a note what belongs there."""
    book = Workbook()
    book.properties.creator = by
    page = book.active
    assert page is not None
    page.title = "".join(sign for sign in kind.title if sign not in "\\/*?:[]")[:28] or "表"
    for at, field in enumerate(kind.fields, 1):
        head = page.cell(1, at, field.label)
        head.font = Font(bold=True)
        notes = ["必填" if field.required else "可以不填", field.note, "、".join(field.choices)]
        notes.append("写成2026-03-01" if field.kind == "date" else "")
        head.comment = Comment("；".join(note for note in notes if note), "公开", width=280, height=80)
        column = get_column_letter(at)
        page.column_dimensions[column].width = min(max(len(field.label) * 2 + 4, 12), 40)
        if field.kind == "string":  # long numbers keep their digits
            page.column_dimensions[column].number_format = "@"
    page.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Exported(f"{kind.title}_空表.xlsx", out.getvalue(), media)
