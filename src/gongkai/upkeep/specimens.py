"""A placement to try the wall with: offered by a unit to a column of its own."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from gongkai.columns.models import Column
from gongkai.kernel import clock
from gongkai.orgs.models import Person, Unit
from gongkai.publishing.models import Publication
from gongkai.upkeep.models import Placement


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """One that waits; without a record of the unit there is none."""
    publication = Publication._base_manager.filter(unit=unit).order_by("pk").first()
    column = Column.objects.filter(owner=unit).order_by("pk").first()
    if publication is None or column is None:
        return {}
    row = Placement._base_manager.create(
        publication=publication, column=column, unit=unit, owner=unit, by=next(iter(people.values())),
        at=clock.now(), reason=canary,
    )  # fmt: skip
    return {Placement: row}
