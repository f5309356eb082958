"""What is done with columns."""

from gongkai.columns.actions.keeping import (
    change_column,
    close_column,
    open_column,
    pass_on,
    reopen_column,
    why_not_change,
    why_not_close,
    why_not_open,
)
from gongkai.columns.actions.packs import install, uninstall, why_not_install, why_not_uninstall

__all__ = [
    "change_column",
    "close_column",
    "install",
    "open_column",
    "pass_on",
    "reopen_column",
    "uninstall",
    "why_not_change",
    "why_not_close",
    "why_not_install",
    "why_not_open",
    "why_not_uninstall",
]
