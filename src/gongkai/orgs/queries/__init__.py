"""Reads about units and people."""

from gongkai.orgs.queries.people import (
    absent_on,
    deputies_of,
    open_duties_of,
    people_of,
    people_who_may,
    who_may,
)
from gongkai.orgs.queries.units import (
    UnitIndex,
    disclosure_office,
    district,
    find_unit,
    history_of,
    name_on,
    nearest,
    place,
    successors_of,
    third_eye_for,
    unit_index,
    units_of_kind,
)

__all__ = [
    "UnitIndex",
    "absent_on",
    "deputies_of",
    "disclosure_office",
    "district",
    "find_unit",
    "history_of",
    "name_on",
    "nearest",
    "open_duties_of",
    "people_of",
    "people_who_may",
    "place",
    "successors_of",
    "third_eye_for",
    "unit_index",
    "units_of_kind",
    "who_may",
]
