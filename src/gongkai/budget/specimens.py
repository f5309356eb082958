"""Budgets to try the wall with: an approval and an announced release of a unit."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from gongkai.budget.models import Announcement, BudgetApproval
from gongkai.kernel import clock
from gongkai.orgs.models import Person, Unit


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """One of each; the title is the unit's own."""
    now, author = clock.now(), next(iter(people.values()))
    approval = BudgetApproval._base_manager.create(
        unit=unit, year=2026, kind="budget", approved_on=clock.today(), by=author, at=now
    )
    announced = Announcement._base_manager.create(
        unit=unit, title=canary, due_on=clock.today(), by=author, at=now
    )
    return {BudgetApproval: approval, Announcement: announced}
