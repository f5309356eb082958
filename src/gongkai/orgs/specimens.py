"""People and absences to try the wall with. They carry no canary: who may look up people may not see papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import models

from gongkai.kernel import clock
from gongkai.orgs.models import Leave, Person, RoleHolding, Unit
from gongkai.orgs.roles import Role


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """A colleague, his role, and somebody's leave; no action is walked, only rows are planted."""
    away, deputy = people[Role.OFFICER], people[Role.ASSESSOR]
    first = clock.today() + timedelta(days=400)  # far off: nobody stands in for anybody in the matrix
    leave = Leave.objects.create(
        person=away, deputy=deputy, first_day=first, last_day=first + timedelta(days=2), reason="休假"
    )
    colleague = Person.objects.create(
        username=f"{unit.code}-colleague",
        name="同事",
        unit=unit,
        password="!",  # noqa: S106 -- no login
        joined_on=date(2020, 1, 1),
    )
    holding = RoleHolding.objects.create(
        person=colleague, role=Role.OFFICER, unit=unit, valid_from=date(2020, 1, 1)
    )
    return {Unit: unit, Person: colleague, Leave: leave, RoleHolding: holding}
