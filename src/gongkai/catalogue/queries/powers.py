"""Reads of 权责清单 and 机构职能: as they hold on a day, and when they changed."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.catalogue.models import FunctionsEdition, PowerEdition
from gongkai.catalogue.rules.powers import Power, days_of_change, read_powers
from gongkai.catalogue.rules.sheet import Fault
from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.files.reading import read_cells
from gongkai.orgs.models import Unit


def read_power_file(file: StoredFile) -> tuple[list[Power], list[Fault]]:
    """What a stored file says as a 权责清单. Never raises for what it holds."""
    cells = read_cells(storage.path_of(file), name=file.name)
    if not cells.readable:
        return [], [Fault(0, file.name, cells.problem)]
    return read_powers(cells.sheets)


def powers_on(unit: Unit, day: date) -> list[PowerEdition]:
    """The 权责清单 of a unit as it holds on a day."""
    rows = PowerEdition.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), item__unit=unit, valid_from__lte=day
    )
    return list(rows.select_related("item").order_by("item__code"))


def days_of_powers(unit: Unit) -> list[date]:
    """The days from which a unit's 权责清单 reads otherwise, newest first."""
    return days_of_change(PowerEdition.objects.filter(item__unit=unit).values_list("valid_from", "valid_to"))


def functions_of(unit: Unit) -> list[FunctionsEdition]:
    """The 机构职能 of a unit in all editions, newest first."""
    return list(FunctionsEdition.objects.filter(unit=unit).order_by("-valid_from", "-pk"))


def functions_on(unit: Unit, day: date) -> FunctionsEdition | None:
    """The 机构职能 that held on a day."""
    return (
        FunctionsEdition.objects.filter(unit=unit, valid_from__lte=day).order_by("-valid_from", "-pk").first()
    )


def units_with_powers() -> list[Unit]:
    """The units that have a 权责清单 or an edition of their 机构职能."""
    held = set(PowerEdition.objects.values_list("item__unit", flat=True)) | set(
        FunctionsEdition.objects.values_list("unit", flat=True)
    )
    return list(Unit.objects.filter(pk__in=held).order_by("order", "pk"))
