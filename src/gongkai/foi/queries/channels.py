"""By which ways a unit takes requests in."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.foi.models import Case, UnitChannels
from gongkai.orgs.models import Unit


def channels_of(unit: Unit) -> UnitChannels:
    """What the unit said, filled up from its register entry where it said nothing."""
    row = UnitChannels.objects.filter(unit=unit).first()
    return filled(unit, row)


def channels_of_units(units: Iterable[Unit]) -> dict[int, UnitChannels]:
    """The same for many units at once."""
    wanted = list(units)
    rows = {row.unit_id: row for row in UnitChannels.objects.filter(unit__in=wanted)}
    return {unit.pk: filled(unit, rows.get(unit.pk)) for unit in wanted}


def is_open(unit: Unit, channel: str) -> bool:
    """Whether the unit takes requests in this way."""
    return channel in channels_of(unit).channels


def filled(unit: Unit, row: UnitChannels | None) -> UnitChannels:
    """The row to be shown: empty fields follow the register of units. Not to be saved."""
    shown = row or UnitChannels(unit=unit)
    shown.office = shown.office or unit.name
    shown.place = shown.place or unit.address
    shown.hours = shown.hours or unit.hours
    shown.phone = shown.phone or unit.phone
    shown.postal_address = shown.postal_address or unit.address
    return shown


def channel_words(row: UnitChannels) -> list[str]:
    """The open channels in words, in the order of the form."""
    return [label for value, label in Case.Channel.choices if value in row.channels]
