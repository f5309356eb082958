"""What every page of the workbench carries around its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongkai.kernel.desk import DeskItem
from gongkai.law.calendar import DayType
from gongkai.messaging.queries import unread_count
from gongkai.orgs.actor import ANONYMOUS, Actor
from gongkai.orgs.middleware import legal_calendar, legal_today
from gongkai.orgs.wall import TABLE, can
from gongkai.trail import installation
from gongkai.workbench import stations
from gongkai.workbench.desk import Ring, rings


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the rail as it is drawn for this person on this page."""

    label: str
    icon: str
    url: str
    current: bool
    count: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """Entries under one small heading."""

    title: str
    entries: tuple[Entry, ...]


class Frame:
    """The frame of one page; each part is read only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.rings: dict[str, Ring] = {}
        self.unread = 0
        self.at = request.path

    def count(self, items: list[DeskItem]) -> None:
        """The rings of the rail and the number at the bell; pages that do not count them load them after."""
        self.unread = unread_count(self.actor)
        self.rings = rings(items, self.today) or {"": Ring(0, 0)}
        if self.unread:
            self.rings["messages"] = Ring(self.unread, 0)

    @property
    def actor(self) -> Actor:
        return getattr(self._request, "actor", ANONYMOUS)

    @property
    def name(self) -> str:
        return self.actor.name

    @property
    def unit_name(self) -> str:
        return self.actor.unit_name

    @cached_property
    def roles(self) -> str:
        """The person's roles in words; a role held for an absent colleague says so."""
        words = [held.role.label + ("（代）" if held.instead_of else "") for held in self.actor.held]
        return "、".join(dict.fromkeys(words))

    @cached_property
    def today(self) -> date:
        return legal_today(self._request)

    @cached_property
    def day_kind(self) -> str:
        """工作日, 休息日, the holiday's name, or 调休上班."""
        kind = legal_calendar(self._request).kind(self.today)
        words = {
            DayType.WORKDAY: "工作日",
            DayType.MAKE_UP: "调休上班",
            DayType.WEEKEND: "休息日",
            DayType.HOLIDAY: kind.name,
        }[kind.type]
        return f"{words}（暂定）" if kind.provisional else words

    @cached_property
    def label(self) -> str:
        """演示环境 or 培训环境; empty where the installation is a real one."""
        return installation.LABELS[installation.kind()]

    @property
    def asked(self) -> str:
        return self._request.GET.get("q", "")

    @cached_property
    def rail(self) -> list[EntryGroup]:
        """The entries that the wall grants, by group, with rings where they were counted."""
        home = reverse("workbench:desk")
        desk = self.rings.get("", Ring(0, 0))
        found = [
            EntryGroup("", (Entry("我的待办", "inbox", home, self.at == home, desk.count, desk.overdue),))
        ]
        granted = [
            entry
            for entry in stations.entries()
            if entry.action in TABLE
            and can(self.actor, entry.action)
            and (not entry.playground or bool(self.label))
        ]
        current = self._current([reverse(entry.url_name) for entry in granted])
        for title, entries in groupby(granted, key=lambda entry: entry.group):
            found.append(EntryGroup(title, tuple(self._entry(entry, current) for entry in entries)))
        return found

    def _entry(self, entry: Any, current: str) -> Entry:
        ring = self.rings.get(entry.key, Ring(0, 0))
        url = reverse(entry.url_name)
        return Entry(entry.label, entry.icon, url, url == current, ring.count, ring.overdue)

    def _current(self, urls: list[str]) -> str:
        inside = [url for url in urls if self.at.startswith(url)]
        return max(inside, key=len, default="")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Person, role, today and the marks of a demo or training installation."""
    return {"frame": Frame(request)}
