"""What a station puts before a person: tasks on the desk, things he waits for, entries in the rail.

A station says it in its module ``desk`` (all parts optional): ``RAIL``, ``tasks_for(actor, today)``,
``waiting_for(actor, today)``, ``finds(actor, text, limit)``. The workbench collects them from the installed
stations, so that no station knows the workbench.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

_Found = TypeVar("_Found")
_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("what is the same on every desk", default=None)


@contextmanager
def many_desks() -> Iterator[None]:
    """Within it very many desks are read one after another, as for the digest of the morning: what stations say
    is ``the_same_for_all`` is read once. Nothing may be written meanwhile."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def the_same_for_all(key: Hashable, read: Callable[[], _Found]) -> _Found:
    """What does not depend on whose desk it is, such as the lights of a plan; with the rights of the actor in its key,
    what all who have the same rights must do. Outside of ``many_desks`` it is read anew."""
    known = _known.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    found: _Found = known[key]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskItem:
    """One thing that this person must do: what, by when, why, and the one button that leads there.

    ``why`` is a sentence, ``article`` its basis; ``verb`` is the word on the button (去审核); ``note`` stands
    under the title; ``rail`` is the key of the rail entry whose ring counts it. ``instead_of`` is the absent
    colleague whose task it is; the workbench fills it in.
    """

    title: str
    url: str
    verb: str
    why: str
    article: str = ""
    due: date | None = None
    due_time: str = ""
    note: str = ""
    rail: str = ""
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingItem:
    """Something that this person sent on: where it is now; ``done`` when it has arrived."""

    title: str
    url: str
    now_with: str
    since: datetime | None = None
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RailEntry:
    """An entry of the left rail; it is shown to whom the wall grants ``action``.

    ``playground``: only in a demo or training installation.
    """

    key: str
    label: str
    icon: str
    url_name: str
    action: str
    group: str
    order: int = 50
    playground: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A hit of the search in the top bar."""

    title: str
    url: str
    note: str = ""


# Groups of the rail in their order.
PUBLICATION, REQUESTS, OVERSIGHT, HOUSE = "公开", "申请", "监督", "管理"
GROUPS = ("", PUBLICATION, REQUESTS, OVERSIGHT, HOUSE)
