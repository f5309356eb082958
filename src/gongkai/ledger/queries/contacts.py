"""Whom to call in a unit, and when it was called last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.ledger.models import ContactNote
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person, RoleHolding, Unit
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import visible


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of a unit whom the office calls, officers first."""

    officers: tuple[Person, ...] = ()
    leaders: tuple[Person, ...] = ()

    @property
    def first(self) -> Person | None:
        return next(iter((*self.officers, *self.leaders)), None)


def staff_of(units: Collection[int], *, today: date) -> dict[int, Staff]:
    """The officers and leaders of many units in one query."""
    rows = (
        RoleHolding.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=today),
            unit__in=units,
            role__in=(Role.OFFICER, Role.LEADER),
            valid_from__lte=today,
            person__is_active=True,
        )
        .select_related("person")
        .order_by("pk")
    )
    found: dict[int, dict[str, list[Person]]] = {}
    for row in rows:
        found.setdefault(row.unit_id, {}).setdefault(row.role, []).append(row.person)
    return {
        unit: Staff(tuple(own.get(Role.OFFICER, ())), tuple(own.get(Role.LEADER, ())))
        for unit, own in found.items()
    }


def last_contacts(units: Collection[int], *, actor: Actor | None = None) -> dict[int, ContactNote]:
    """The newest note about each unit; all that were written where the ladder itself asks."""
    rows = (
        visible(ContactNote, actor)
        if actor
        else ContactNote.objects.unscoped("the ladder waits for promised days of all units")
    )
    found: dict[int, ContactNote] = {}
    for note in rows.filter(unit__in=units).select_related("by").order_by("unit", "-at", "-pk"):
        found.setdefault(note.unit_id, note)
    return found


def contacts_of(unit: Unit, *, actor: Actor) -> list[ContactNote]:
    """Everything that the office noted about a unit, newest first."""
    return list(visible(ContactNote, actor).filter(unit=unit).select_related("by")[:20])


def promised(notes: Mapping[int, ContactNote], unit_id: int) -> date | None:
    """The day that the unit promised with its last call."""
    note = notes.get(unit_id)
    return note.promised_on if note else None


def office_people(*, today: date) -> tuple[Person, ...]:
    """Everybody of the district office, the last step of the ladder."""
    rows = RoleHolding.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        role=Role.DISCLOSURE_OFFICE,
        valid_from__lte=today,
        person__is_active=True,
    )
    return tuple(row.person for row in rows.select_related("person").order_by("pk"))
