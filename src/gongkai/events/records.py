"""What the typed records tell: rows came into view, changed, or left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordsChanged:
    """Rows of a type look different to the public; ``rows`` are those with a page of their own."""

    type_id: int
    version: int
    rows: tuple[int, ...] = ()
