"""Reads of columns for the stations down the line."""

from gongkai.columns.queries.columns import (
    address_of,
    children_of,
    choosable_for,
    column_at,
    columns_for,
    columns_kept_by,
    depth_under,
    fields_of_column,
    free_code,
    open_columns,
    tree,
)
from gongkai.columns.queries.packs import (
    InstallLine,
    InstallPlan,
    exported,
    installed,
    pack_columns,
    plan_for,
    shipped,
    shipped_pack,
)

__all__ = [
    "InstallLine",
    "InstallPlan",
    "address_of",
    "children_of",
    "choosable_for",
    "column_at",
    "columns_for",
    "columns_kept_by",
    "depth_under",
    "exported",
    "fields_of_column",
    "free_code",
    "installed",
    "open_columns",
    "pack_columns",
    "plan_for",
    "shipped",
    "shipped_pack",
    "tree",
]
