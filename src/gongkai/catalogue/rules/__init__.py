"""Pure rules of the statutory catalogue and of the standard catalogue of grass-roots disclosure."""

from gongkai.catalogue.rules.statutory import (
    CATALOGUE_ITEMS,
    COLUMN_LABELS,
    ITEM_BY_CODE,
    OTHER,
    OTHER_THEME,
    STATUTORY_ITEMS,
    THEMES,
    Column,
    Item,
    columns_of,
    item_of,
    theme_code,
)

__all__ = [
    "CATALOGUE_ITEMS",
    "COLUMN_LABELS",
    "ITEM_BY_CODE",
    "OTHER",
    "OTHER_THEME",
    "STATUTORY_ITEMS",
    "THEMES",
    "Column",
    "Item",
    "columns_of",
    "item_of",
    "theme_code",
]
