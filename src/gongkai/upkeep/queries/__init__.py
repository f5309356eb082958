"""Reads of upkeep for pages, desks and exports."""

from gongkai.upkeep.queries.coverage import (
    Coverage,
    PackService,
    coverage_of_field,
    coverage_of_unit,
    field_totals,
    lists_in,
    pack_coverage,
    packs_by_task,
)
from gongkai.upkeep.queries.freshness import (
    Upkeep,
    of_person,
    of_units,
    stale_below,
    thresholds_on,
    upkeep_of_all,
    urgent,
    vetoes_of,
)
from gongkai.upkeep.queries.placing import offered, own_records, placements_of, taken_columns

__all__ = [
    "Coverage",
    "PackService",
    "Upkeep",
    "coverage_of_field",
    "coverage_of_unit",
    "field_totals",
    "lists_in",
    "of_person",
    "of_units",
    "offered",
    "own_records",
    "pack_coverage",
    "packs_by_task",
    "placements_of",
    "stale_below",
    "taken_columns",
    "thresholds_on",
    "upkeep_of_all",
    "urgent",
    "vetoes_of",
]
