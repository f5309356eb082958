"""Collects what the stations put before a person; the workbench itself knows none of them."""

from __future__ import annotations

import logging
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from gongkai.kernel.desk import GROUPS, HOUSE, RailEntry

log = logging.getLogger(__name__)

OWN = (
    RailEntry(
        key="site",
        label="网站信息",
        icon="home",
        url_name="workbench:site",
        action="orgs.change_site",
        group=HOUSE,
        order=80,
    ),
    RailEntry(
        key="help",
        label="帮助",
        icon="list",
        url_name="workbench:help",
        action="workbench.open",
        group=HOUSE,
        order=90,
    ),
)


@cache
def modules() -> tuple[ModuleType, ...]:
    """The ``desk`` module of every station that has one, in the order of the stations."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("gongkai.")]
    return tuple(
        import_module(f"{name}.desk")
        for name in names
        if name not in ("gongkai.kernel", "gongkai.workbench") and find_spec(f"{name}.desk")
    )


@cache
def entries() -> tuple[RailEntry, ...]:
    """All entries of the rail in their order, those whose page exists."""
    declared = [*OWN, *(entry for module in modules() for entry in getattr(module, "RAIL", ()))]
    declared.sort(key=lambda entry: (GROUPS.index(entry.group), entry.order))
    return tuple(entry for entry in declared if _address(entry))


def _address(entry: RailEntry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        log.warning("rail entry %s has no page %s", entry.key, entry.url_name)
        return ""
