"""Whoever acts: a person with the roles of today, including those of people he stands in for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from gongkai.orgs.models import Person, RoleHolding, Unit
from gongkai.orgs.roles import SECOND_FACTOR, Role


@dataclass(frozen=True, slots=True)
class Held:
    """A role towards a unit; ``instead_of`` is the absent person whose role it is, if any."""

    role: Role
    unit_id: int
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person as the wall sees him: roles of this day, own unit, units below it."""

    person_id: int | None
    name: str
    unit_id: int | None
    unit_name: str
    held: tuple[Held, ...] = ()
    below: dict[int, frozenset[int]] = field(default_factory=dict, compare=False, hash=False)

    @property
    def is_anonymous(self) -> bool:
        return self.person_id is None

    @property
    def acting_id(self) -> int:
        """The person's number for a record of what he did; nobody anonymous acts."""
        if self.person_id is None:
            raise ValueError("an anonymous visitor does not act")
        return self.person_id

    @property
    def needs_second_factor(self) -> bool:
        return any(held.role in SECOND_FACTOR for held in self.held)

    @property
    def rights(self) -> frozenset[tuple[Role, int]]:
        """The roles and units alone: whoever has the same sees the same rows, where nothing is said of the person."""
        return frozenset((held.role, held.unit_id) for held in self.held)

    def holds(self, *roles: Role) -> bool:
        """Whether the person holds one of these roles towards any unit."""
        return any(held.role in roles for held in self.held)

    def subtree(self, unit_id: int) -> frozenset[int]:
        """The unit and everything below it; asked of the database only when an action reaches that far."""
        if unit_id not in self.below:
            self.below.update(_subtrees({unit_id}))
        return self.below[unit_id]


ANONYMOUS = Actor(person_id=None, name="", unit_id=None, unit_name="")


def actor_of(person: Person, *, today: date) -> Actor:
    """The person with every role that counts on this day, those of absent people included. One query."""
    stands_in = Q(
        person__leaves__deputy=person,
        person__leaves__first_day__lte=today,
        person__leaves__last_day__gte=today,
    )
    rows = RoleHolding.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        Q(person=person) | stands_in,
        person__is_active=True,
        valid_from__lte=today,
    ).distinct()
    held = tuple(
        Held(Role(row.role), row.unit_id, None if row.person_id == person.pk else row.person_id)
        for row in rows.order_by("pk")
        # The three administrators check each other; an administrator's role is not lent.
        if row.person_id == person.pk or Role(row.role) not in _NOT_LENT
    )
    return Actor(
        person_id=person.pk,
        name=person.name,
        unit_id=person.unit_id,
        unit_name=person.unit.short_name,
        held=held,
    )


_NOT_LENT = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.ASSESSOR})


def _subtrees(roots: Iterable[int]) -> dict[int, frozenset[int]]:
    roots = set(roots)
    if not roots:
        return {}
    children: dict[int | None, list[int]] = {}
    for pk, parent in Unit.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)

    def below(root: int) -> frozenset[int]:
        found, open_units = set(), [root]
        while open_units:
            unit = open_units.pop()
            if unit not in found:
                found.add(unit)
                open_units.extend(children.get(unit, ()))
        return frozenset(found)

    return {root: below(root) for root in roots}
