"""Stored versions as the rules know them, and the other way round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.catalogue.models import StandardItem, StandardVersion
from gongkai.catalogue.rules.limits import limit_of
from gongkai.catalogue.rules.reading import Meaning
from gongkai.catalogue.rules.revising import Line
from gongkai.catalogue.rules.sheet import Layout
from gongkai.catalogue.rules.ticks import elements
from gongkai.kernel.text.sheetcells import SheetCell


def layout_of(version: StandardVersion) -> Layout:
    """The layout of a version."""
    held = version.layout
    return Layout(
        sheet=held["sheet"],
        columns={int(column): key for column, key in held["columns"].items()},
        labels={int(column): label for column, label in held["labels"].items()},
        head=tuple(tuple(one) for one in held["head"]),
        head_merges=tuple(tuple(one) for one in held["head_merges"]),
        first=held["first"],
        merges=tuple(tuple(one) for one in held["merges"]),
        loose=tuple(tuple(one) for one in held["loose"]),
    )


def layout_json(layout: Layout) -> dict[str, Any]:
    """A layout as it is stored."""
    return {
        "sheet": layout.sheet,
        "columns": {str(column): key for column, key in layout.columns.items()},
        "labels": {str(column): label for column, label in layout.labels.items()},
        "head": [list(one) for one in layout.head],
        "head_merges": [list(one) for one in layout.head_merges],
        "first": layout.first,
        "merges": [list(one) for one in layout.merges],
        "loose": [list(one) for one in layout.loose],
    }


def cells_of(item: StandardItem) -> dict[int, SheetCell]:
    """The cells of a stored row."""
    return {int(column): SheetCell(*held) for column, held in item.cells.items()}


def cells_json(cells: Mapping[int, SheetCell]) -> dict[str, list[str]]:
    """Cells as they are stored."""
    return {str(column): [cell.text, cell.kind] for column, cell in cells.items()}


def lines_of(items: Sequence[StandardItem]) -> list[Line]:
    """Stored rows as a proposal is applied to them."""
    return [Line(item.matter_id, item.place, cells_of(item)) for item in items]


def meaning_of(item: StandardItem) -> Meaning:
    """What a stored row says."""
    return Meaning(
        group=item.group,
        name=item.name,
        content=item.content,
        elements=elements(item.content),
        basis=item.basis,
        limit=limit_of(item.limit_text, item.limit),
        subject=item.subject,
        channels=tuple(item.channels),
        audience=tuple(item.audience),
        methods=tuple(item.methods),
        tiers=tuple(item.tiers),
    )


def meaning_fields(meaning: Meaning) -> dict[str, Any]:
    """What a row says, as its stored columns."""
    return {
        "group": meaning.group[:200],
        "name": meaning.name[:200],
        "content": meaning.content,
        "basis": meaning.basis,
        "limit_text": meaning.limit.text,
        "limit": meaning.limit.as_json(),
        "subject": meaning.subject,
        "channels": list(meaning.channels),
        "audience": list(meaning.audience),
        "methods": list(meaning.methods),
        "tiers": list(meaning.tiers),
    }
