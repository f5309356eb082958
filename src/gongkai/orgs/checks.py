"""Start-up check of the wall: no view without a declared action, no action that the table does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from gongkai.orgs.middleware import LIBRARY_VIEWS
from gongkai.orgs.wall import TABLE, Declared, declared_by


class OpenDoor(RuntimeError):  # noqa: N818 -- reads as what is wrong
    """There is a view outside the wall; the server does not start."""


@dataclass(frozen=True, slots=True)
class Door:
    """One address and what its view declared."""

    pattern: str
    view: Callable[..., Any]
    keys: tuple[tuple[str, str], ...]  # name and type of each key in the address
    declared: Declared | None

    @property
    def is_library(self) -> bool:
        return self.declared is None and self.view.__module__.startswith(LIBRARY_VIEWS)


def doors() -> list[Door]:
    """Every address of the program."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def faults() -> list[str]:
    """What is wrong with which address; empty when every door is guarded."""
    found = []
    for door in doors():
        if door.is_library:
            continue
        if door.declared is None:
            found.append(f"/{door.pattern} ({door.view.__module__}): neither @acts(…) nor @public")
            continue
        if door.declared.public:
            continue
        for action in filter(None, (door.declared.action, door.declared.post)):
            if action not in TABLE:
                found.append(f"/{door.pattern}: action {action} is in no policy")
        keys = {name for name, _ in door.keys}
        for name, _ in door.declared.objects:
            if name not in keys:
                found.append(f"/{door.pattern}: no key {name} in the address")
    return found


@register("gongkai")
def wall_is_closed(**_: Any) -> list[CheckMessage]:
    """``gongkai check`` and the tests."""
    return [Error(fault, id="gongkai.E001") for fault in faults()]


def refuse_open_doors() -> None:
    """The server calls this before its first request."""
    found = faults()
    if found:
        raise OpenDoor("；".join(found))


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, keys: tuple[tuple[str, str], ...]
) -> Iterator[Door]:
    for pattern in patterns:
        own = keys + tuple(
            (name, type(converter).__name__) for name, converter in pattern.pattern.converters.items()
        )
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, prefix + str(pattern.pattern), own)
        else:
            yield Door(prefix + str(pattern.pattern), pattern.callback, own, declared_by(pattern.callback))
