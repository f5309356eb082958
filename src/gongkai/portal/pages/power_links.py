"""Where the 权责清单 of a unit stands, for its own page and for the list itself."""

from __future__ import annotations

from gongkai.catalogue.models import PowerEdition
from gongkai.orgs.models import Unit
from gongkai.portal.context import Link


def power_links(unit: Unit) -> tuple[Link, ...]:
    """The way to the list from the unit's own page, where it has one."""
    count = PowerEdition.objects.filter(item__unit=unit, valid_to=None).count()
    return (Link("权责清单", address_of(unit), f"{count} 项"),) if count else ()


def address_of(unit: Unit) -> str:
    """Where a unit's list stands."""
    return f"/units/{unit.code}/powers/"
