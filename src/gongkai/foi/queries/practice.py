"""Practice as its pages show it: one's own exercises, how each question went, the office's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, Max, QuerySet

from gongkai.foi.models import Case, Exercise
from gongkai.foi.rules import training
from gongkai.law.queries import calendar
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person
from gongkai.orgs.wall import visible


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one person has come: exercises handed in, mean score, the last one."""

    person: Person
    done: int
    mean: float
    last: datetime


def exercises_of(actor: Actor) -> QuerySet[Exercise]:
    """One's own exercises, the newest first."""
    rows: QuerySet[Exercise] = Exercise.objects.unscoped("one's own").filter(person=actor.acting_id)
    return rows


def scenario_of(exercise: Exercise) -> training.Scenario:
    """The invented case behind an exercise."""
    return training.scenario(exercise.seed, today=exercise.begun_on, calendar=calendar())


def graded(exercise: Exercise) -> tuple[training.Graded, ...]:
    """The answers of a handed-in exercise beside the right ones of today's rules."""
    return training.grade(scenario_of(exercise), exercise.answers, calendar())


def title_for(actor: Actor, seed: int) -> str:
    """What the invented applicant asks for: as in a simulated case of the unit, where there is one."""
    rows = visible(Case, actor).filter(kind=Case.Kind.REQUEST).order_by("pk")
    count = rows.count()
    if count:
        return str(rows.values_list("title", flat=True)[seed % count])
    known = training.titles()
    return known[seed % len(known)]


def standings(actor: Actor) -> list[Standing]:
    """Everybody who practised within the actor's wall, the best first."""
    rows = visible(Exercise, actor, "foi.see_practice").exclude(answered_at=None).order_by()
    counted = rows.values("person").annotate(done=Count("pk"), mean=Avg("score"), last=Max("answered_at"))
    found = list(counted)
    people = Person.objects.select_related("unit").in_bulk([one["person"] for one in found])
    made = [Standing(people[one["person"]], one["done"], one["mean"], one["last"]) for one in found]
    return sorted(made, key=lambda one: (-one.mean, -one.done, one.person.pk))
