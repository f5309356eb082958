"""What the page of budgets and final accounts shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.portal.context.shared import Link, Page


@dataclass(frozen=True, slots=True)
class BudgetCell:
    """One field of the matrix."""

    head: str
    light: str
    words: str
    due: date | None = None
    papers: tuple[Link, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A unit; ``below`` tells how far under the district it stands, ``note`` how far its subordinates are."""

    unit: str
    url: str
    below: bool
    cells: tuple[BudgetCell, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class DebtRow:
    """The debt of one year and kind in 亿元; ``share`` is the balance in per cent of the ceiling."""

    year: int
    kind: str
    ceiling: str
    balance: str
    issued: str
    repaid: str
    interest: str
    share: int


@dataclass(frozen=True, slots=True)
class Announced:
    """An announced release; ``moved`` are the old days with the reason of each change."""

    title: str
    unit: str
    due_on: date
    moved: tuple[tuple[date, date, str], ...] = ()
    out: Link | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class BudgetFieldPart:
    """One unit in one field: where it stands, and its documents."""

    unit: str
    url: str
    light: str
    words: str
    due: date | None
    papers: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BudgetFieldGroup:
    """One year and kind of a unit with the units below it."""

    anchor: str
    title: str
    parts: tuple[BudgetFieldPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetUnitPage(Page):
    """The budgets and final accounts of a unit and of those below it, with every document."""

    template: ClassVar[str] = "portal/budget_unit.html"
    groups: tuple[BudgetFieldGroup, ...]
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePage(Page):
    """An announced release that is not out yet; later its address leads to what was published."""

    template: ClassVar[str] = "portal/release.html"
    announced: Announced


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetPage(Page):
    """预决算公开."""

    template: ClassVar[str] = "portal/budget.html"
    heads: tuple[str, ...]
    rows: tuple[BudgetRow, ...]
    debt: tuple[DebtRow, ...]
    announced: tuple[Announced, ...]
    published: int
    holes: int
    as_of: date
    period: str
    exports: tuple[Link, ...] = ()
    debt_files: tuple[Link, ...] = ()
