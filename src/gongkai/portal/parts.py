"""Parts of the site beside documents: each draws its own files of the tree from the present rows.

A module of ``portal.pages`` that has ``PART`` is found here by its name in ``MODULES``; a station says
``PartChanged(part, key)`` and the files of that part are drawn anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from gongkai.portal.pages.scene import Scene
from gongkai.portal.tree import Output

MODULES = (
    "standard", "powers", "columns", "records", "budget", "registers", "changes", "notices", "site_health",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """``draw(scene, key)`` gives the files of one key, of all keys for an empty one.

    Every output has the record ``name`` or ``name:key``; files of the drawn record that are not drawn any more
    are taken away. ``daily`` parts change with the day alone and are drawn once each day.
    """

    name: str
    draw: Callable[[Scene, str], list[Output]]
    daily: bool = False


def parts() -> dict[str, Part]:
    """Every part that exists, by name."""
    found = {}
    for module in MODULES:
        name = f"gongkai.portal.pages.{module}"
        if find_spec(name):
            part: Part = import_module(name).PART
            found[part.name] = part
    return found
