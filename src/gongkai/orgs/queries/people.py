"""Reads about people: who may do it for a unit today, who is away, what a person still answers for."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Duty, Leave, Person, PostHolding, RoleHolding, Unit
from gongkai.orgs.rules.standing import Absence, stand_ins
from gongkai.orgs.wall import TABLE, Scope, visible


def people_of(unit: Unit) -> QuerySet[Person]:
    """The people who work in this unit now."""
    return Person.objects.filter(unit=unit, is_active=True)


def people_seen_by(actor: Actor) -> QuerySet[Person]:
    """The people whom this actor may look up: his own unit's, or everybody's for the district's offices."""
    return visible(Person, actor).select_related("unit")


def who_may(action: str, unit: Unit, on: date) -> list[Person]:
    """Everybody who may do it for this unit on that day: holders of a role, and deputies of absent holders.

    The holder stays in the list while he is absent: he may look in, but the task is his deputy's too.
    """
    return [actor_person for actor_person, _ in people_who_may(action, unit, on)]


def people_who_may(action: str, unit: Unit, on: date) -> list[tuple[Person, int | None]]:
    """As ``who_may``, each with the person whom he stands in for (None: by a role of his own)."""
    holders = _holders(action, unit, on)
    absences = [
        Absence(row.person_id, row.deputy_id, row.first_day, row.last_day)
        for row in Leave.objects.filter(person__in=holders, first_day__lte=on, last_day__gte=on)
    ]
    found: dict[int, int | None] = dict.fromkeys(person.pk for person in holders)
    for holder in holders:
        for deputy in sorted(stand_ins(holder.pk, absences, on)):
            found.setdefault(deputy, holder.pk)
    people = Person.objects.in_bulk(found)
    return [(people[pk], instead) for pk, instead in found.items() if people[pk].is_active]


def absent_on(day: date) -> dict[int, Leave]:
    """Who is away on that day, by person."""
    leaves = Leave.objects.filter(first_day__lte=day, last_day__gte=day).select_related("person", "deputy")
    return {leave.person_id: leave for leave in leaves}


def deputies_of(person: Person, *, on: date) -> list[Person]:
    """Who has this person's tasks on that day."""
    leaves = Leave.objects.filter(person=person, first_day__lte=on, last_day__gte=on)
    return [leave.deputy for leave in leaves.select_related("deputy")]


def leaves_from(day: date, *, actor: Actor) -> QuerySet[Leave]:
    """Absences that are not over, of people whom the actor may look up."""
    leaves = Leave.objects.filter(last_day__gte=day).select_related("person__unit", "deputy")
    return leaves.filter(
        Q(person__in=people_seen_by(actor)) | Q(person_id=actor.person_id) | Q(deputy_id=actor.person_id)
    ).order_by("first_day", "pk")


def open_duties_of(person: Person, *, on: date) -> QuerySet[Duty]:
    """What the person answers for by the posts that he fills as A (feature C12)."""
    posts = PostHolding.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on),  # on its last day a post has its next holder already
        person=person,
        seat=PostHolding.Seat.MAIN,
        valid_from__lte=on,
    )
    duties = Duty.objects.filter(Q(until=None) | Q(until__gte=on), post__in=posts.values("post"))
    return duties.select_related("post__unit").order_by("pk")


def roles_on(person: Person, day: date) -> list[RoleHolding]:
    """The roles of his own that a person holds on that day."""
    rows = RoleHolding.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), person=person, valid_from__lte=day
    )
    return list(rows.select_related("unit").order_by("pk"))


def role_holdings_on(unit: Unit, day: date) -> list[RoleHolding]:
    """Every role held for this unit on that day by people in office, with the person."""
    rows = RoleHolding.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), unit=unit, valid_from__lte=day, person__is_active=True
    )
    return list(rows.select_related("person").order_by("pk"))


def deputy_until(person: Person, *, on: date) -> date | None:
    """The last day on which the person stands in for somebody, if he does."""
    leaves = Leave.objects.filter(deputy=person, last_day__gte=on).order_by("-last_day")
    return leaves.values_list("last_day", flat=True).first()


def posts_of(unit: Unit) -> QuerySet[PostHolding]:
    """Who fills which post of the unit now."""
    rows = PostHolding.objects.filter(post__unit=unit, valid_to=None)
    return rows.select_related("post", "person").order_by("post__title", "seat")


def _holders(action: str, unit: Unit, on: date) -> list[Person]:
    grants = TABLE[action].grants
    above = _above(unit)
    wanted = Q(pk__in=[])
    for role, scope in grants.items():
        if scope is Scope.ALL:
            wanted |= Q(role=role)
        elif scope is Scope.SUBTREE:
            wanted |= Q(role=role, unit_id__in=above)
        else:
            wanted |= Q(role=role, unit=unit)
    rows = RoleHolding.objects.filter(
        wanted, Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on, person__is_active=True
    )
    people = {row.person_id: row.person for row in rows.select_related("person").order_by("pk")}
    return list(people.values())


def _above(unit: Unit) -> list[int]:
    """The unit and everything above it."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    chain: list[int] = []
    pk: int | None = unit.pk
    while pk is not None and pk not in chain:
        chain.append(pk)
        pk = parents.get(pk)
    return chain
