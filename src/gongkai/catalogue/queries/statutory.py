"""The statutory catalogue for the stations down the line; its tables stand in ``rules``."""

from gongkai.catalogue.rules import (
    CATALOGUE_ITEMS,
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
