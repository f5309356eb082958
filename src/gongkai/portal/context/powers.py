"""权责清单 and 机构职能 of a unit, as they hold on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.portal.context.shared import Link, Page


@dataclass(frozen=True, slots=True)
class PowerRow:
    """One item of the list."""

    code: str
    name: str
    kind: str
    basis: str
    content: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class PowersPage(Page):
    """``on`` is the day for which the page speaks; None for the list in force."""

    template: ClassVar[str] = "portal/powers.html"
    unit: Link
    on: date | None
    rows: tuple[PowerRow, ...]
    functions: str
    functions_from: date | None
    days: tuple[Link, ...]
    exports: tuple[Link, ...] = ()
