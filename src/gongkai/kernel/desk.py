"""What a station puts before a person: tasks on the desk, things he waits for, entries in the rail.

A station says it in its module ``desk`` (all parts optional): ``RAIL``, ``tasks_for(actor, today)``,
``waiting_for(actor, today)``, ``finds(actor, text, limit)``. The workbench collects them from the installed
stations, so that no station knows the workbench.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


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
