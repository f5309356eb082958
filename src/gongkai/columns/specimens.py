"""A column of a unit to try the wall with. Its words are public, so it carries no canary."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from gongkai.columns.models import Column
from gongkai.kernel import clock
from gongkai.orgs.models import Person, Unit


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """One column in use."""
    column = Column.objects.create(code=f"wall-{unit.pk}", name="专栏", owner=unit, opened_on=clock.today())
    return {Column: column}
