"""What a person answers for by name in other stations, so that nobody leaves before it is handed over (C12).

A station says it in its module ``duties``: ``open_duties(person)`` and ``pass_on(person=, to=, by=, now=)``. They
are found among the installed stations, so that this ground station knows none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TypeAlias

from django.apps import apps

from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person
from gongkai.trail.chain import SystemActor

By: TypeAlias = Actor | SystemActor


@dataclass(frozen=True, slots=True)
class Carried:
    """One thing that a person answers for: in words, and under the key by which its station knows it."""

    words: str
    key: str = ""

    def __str__(self) -> str:
        return self.words


@cache
def carriers() -> tuple[ModuleType, ...]:
    """The ``duties`` module of every station that has one."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("gongkai.")]
    return tuple(import_module(f"{name}.duties") for name in names if find_spec(f"{name}.duties"))


def carried_by(person: Person) -> list[Carried]:
    """Everything that a person answers for by name."""
    return [one for module in carriers() for one in module.open_duties(person)]
