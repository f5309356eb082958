"""What a clerk put right in the preview, row by row, laid over the rows as they were read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from gongkai.ledger.rules.columns import Column
from gongkai.ledger.rules.responsible import NamedUnit, Role, named, split_units
from gongkai.ledger.rules.rows import Row

Corrections: TypeAlias = Mapping[int, Mapping[str, str]]

WHOLE = 0  # the place of what is said about all rows
FIELDS = ("number", "field", "requirement", "units", "deadline")
MARKS = ("skip", "swap", "ok")
ROLE_OF_COLUMN: dict[str, Role] = {
    Column.LEAD.value: "lead",
    Column.SUPPORT.value: "support",
    Column.UNITS.value: "responsible",
}


def corrected(rows: Sequence[Row], corrections: Corrections) -> tuple[list[Row], list[Row]]:
    """The rows with what was put right, and the rows that are left out.

    By the row's place: ``number``, ``field``, ``requirement``, ``units``, ``deadline`` in words; ``skip``
    leaves the row out, ``swap`` exchanges field and requirement (at place 0 in all rows), ``ok`` says that a
    row with a doubtful form was held against the original.
    """
    kept, left_out = [], []
    for row in rows:
        given = corrections.get(row.place, {})
        if given.get("skip"):
            left_out.append(row)
            continue
        row = _put_right(row, effective(row, given), bool(given.get("ok") or given.get("swap")))
        # What was typed stands in the fields as they were read; they change places after that.
        if bool(given.get("swap")) != bool(corrections.get(WHOLE, {}).get("swap")):
            row = replace(row, field=row.requirement, requirement=row.field)
        kept.append(row)
    return kept, left_out


def effective(row: Row, given: Mapping[str, str]) -> dict[str, str]:
    """What really differs from the row as it was read; a field that was only looked at is no correction."""
    read = as_typed(row)
    return {
        name: given[name].strip()
        for name in FIELDS
        if given.get(name, "").strip() and given[name].strip() != read[name].strip()
    }


def as_typed(row: Row) -> dict[str, str]:
    """The fields of a row as a clerk finds them in the form."""
    return {
        "number": row.number,
        "field": row.field,
        "requirement": row.requirement,
        "units": named(units_of(row)),
        "deadline": row.deadline,
    }


def units_of(row: Row) -> tuple[NamedUnit, ...]:
    """Every unit of a row with its part, each once."""
    found: list[NamedUnit] = []
    for text, column in row.units:
        found += split_units(text, default=ROLE_OF_COLUMN[column])
    return tuple(dict.fromkeys(found))


def _put_right(row: Row, given: Mapping[str, str], confirmed: bool) -> Row:
    if "units" in given:
        row = replace(row, units=((given["units"], Column.UNITS.value),))
    return replace(
        row,
        number=given.get("number", row.number),
        field=given.get("field", row.field),
        requirement=given.get("requirement", row.requirement),
        deadline=given.get("deadline", row.deadline),
        problem="" if given or confirmed else row.problem,
    )
