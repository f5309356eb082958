"""Reads of columns: whose, at which address, which may be chosen for a record."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.columns.models import Column
from gongkai.columns.rules.definition import Field, fields_of
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person, Unit
from gongkai.orgs.wall import visible

ADDRESS = "/columns/"


def address_of(column: Column) -> str:
    """The permanent public address of a column."""
    return f"{ADDRESS}{column.code}/"


def column_at(code: str) -> Column | None:
    """A column by its code, closed ones too."""
    rows = Column.objects.select_related("owner", "parent", "post", "person", "deputy")
    return rows.filter(code=code).first()


def open_columns() -> QuerySet[Column]:
    """The columns in use in their order."""
    return Column.objects.filter(status=Column.Status.OPEN).select_related("owner", "parent")


def columns_for(actor: Actor, action: str | None = None) -> QuerySet[Column]:
    """The columns that the actor sees, or may do ``action`` to."""
    rows = visible(Column, actor, action)
    return rows.select_related("owner", "parent", "post", "person", "deputy").order_by(
        "status", "order", "pk"
    )


def choosable_for(unit: Unit) -> QuerySet[Column]:
    """The columns in which a unit may place a record: its own, and those open to others."""
    return open_columns().filter(Q(owner=unit) | Q(shared=True)).order_by("order", "pk")


def columns_kept_by(person: Person) -> list[Column]:
    """The columns in use that a person answers for by name (C12)."""
    rows = Column.objects.filter(status=Column.Status.OPEN).filter(Q(person=person) | Q(deputy=person))
    return list(rows.select_related("owner").order_by("order", "pk"))


def children_of(column: Column) -> list[Column]:
    """The open columns directly under a column."""
    return list(open_columns().filter(parent=column))


def tree() -> list[tuple[Column, int]]:
    """All open columns with their depth, each under its parent; one under a closed parent stands at the top."""
    rows = list(open_columns().order_by("order", "pk"))
    known = {row.pk for row in rows}
    under: dict[int | None, list[Column]] = {}
    for row in rows:
        under.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    found: list[tuple[Column, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for row in under.get(parent, ()):
            found.append((row, depth))
            walk(row.pk, depth + 1)

    walk(None, 0)
    return found


def depth_under(parent: Column | None, *, column: Column | None = None) -> int | None:
    """The depth of a column under this parent; None where the parent stands under the column itself."""
    depth, at = 1, parent
    while at is not None:
        if column is not None and at.pk == column.pk:
            return None
        depth, at = depth + 1, at.parent
    return depth


def fields_of_column(column: Column) -> tuple[Field, ...]:
    """What each record of a column tells."""
    return fields_of(column.fields)


def free_code(begin: str = "zl") -> str:
    """A code that no column has."""
    number = Column.objects.count() + 1
    while Column.objects.filter(code=f"{begin}{number}").exists():
        number += 1
    return f"{begin}{number}"
