"""A unit's register as a table that goes out, is corrected, and comes back."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.orgs.models import Unit
from gongkai.registers.models import IssuedPaper
from gongkai.registers.rules.register import CLOSED, LABELS, ON_REQUEST, PUBLIC
from gongkai.sheets.queries import Column, Kind, Sheet, SheetRow

OPENNESS = (PUBLIC, ON_REQUEST, CLOSED)


def register_sheet(unit: Unit, year: int) -> Sheet:
    """The table of one year: number, title and date stand, openness, ground and note may be filled.

    Its heads are those that the import reads, so that the same file is also a register.
    """
    heads = {name: labels[0] for name, labels in LABELS.items()}
    return Sheet(
        key=f"registers.{unit.code}.{year}",
        title=f"{unit.short_name}{year}年发文登记簿",
        name="number",
        columns=(
            Column("number", heads["number"], width=24),
            Column("title", heads["title"], width=40),
            Column("written_on", heads["written_on"], Kind.DATE),
            Column(
                "openness", heads["openness"], Kind.CHOICE, editable=True, choices=OPENNESS,
                note="每件都要标。条例第十七条",
            ),
            Column(
                "ground", heads["ground"], editable=True, longest=300, width=30,
                note="不予公开的写条款和理由。条例第十四条至第十六条",
            ),
            Column("secrecy", heads["secrecy"]),
            Column("copies", heads["copies"]),
            Column("note", heads["note"], editable=True, longest=300, width=24),
        ),
        note="改好公开属性、依据、备注后交回；增加或者删掉的行请用登记簿导入。",
        frozen=2,
    )  # fmt: skip


def register_rows(unit: Unit, year: int, *, lock: bool = False) -> Sequence[SheetRow]:
    """The lines of a year as they stand, locked against others when asked to."""
    rows = IssuedPaper.objects.unscoped("the view has checked the unit").filter(unit=unit, year=year)
    rows = rows.select_for_update() if lock else rows
    names = [column.key for column in register_sheet(unit, year).columns]
    return [
        SheetRow(key=str(one.pk), values={name: getattr(one, name) or None for name in names})
        for one in rows.order_by("row", "pk")
    ]
