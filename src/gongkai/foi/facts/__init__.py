"""Facts that the station ships: the official letters with their elements. Read once, as plain values."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def letter_files() -> list[dict[str, Any]]:
    """The registry of letters, one file for each group."""
    folder = resources.files(__name__) / "letters"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return [tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in names]
