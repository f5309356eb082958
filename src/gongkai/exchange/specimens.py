"""A package of a unit, for the matrix of the wall."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from gongkai.exchange.models import Package
from gongkai.kernel import clock
from gongkai.orgs.models import Person, Unit
from gongkai.orgs.roles import Role


def specimens(
    unit: Unit, people: Mapping[Role, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """One package with a remark in its report."""
    row = Package.objects.create(
        unit=unit,
        name=f"{canary}.zip",
        source=canary,
        digest="0" * 64,
        report=[[1, "title", canary, True]],
        by=people[Role.OFFICER],
        at=clock.now(),
    )
    return {Package: row}
