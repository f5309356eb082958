"""Texts that are public, from whatever station publishes them.

A station says it in its module ``live``: ``texts(after, limit)``, in the order of a rising position. So the gate,
which stands upstream, reads what stands in public without knowing who put it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

from gongkai.files.models import StoredFile
from gongkai.gate.rules.finding import Passage


@dataclass(frozen=True, slots=True)
class LiveText:
    """One public text: its position among those of its station, its record, title, address, unit and words."""

    position: int
    key: str
    title: str
    url: str
    unit_id: int
    passages: tuple[Passage, ...]
    files: tuple[tuple[str, StoredFile], ...] = field(default=())


def sources() -> list[str]:
    """Stations that publish."""
    return [app for app in settings.INSTALLED_APPS if app.startswith("gongkai.") and find_spec(f"{app}.live")]


def texts(read_to: Mapping[str, int], limit: int) -> Iterator[tuple[str, LiveText]]:
    """The next public texts after the positions reached, with the station that holds each."""
    left = limit
    for source in sources():
        for text in import_module(f"{source}.live").texts(after=int(read_to.get(source, 0)), limit=left):
            yield source, text
            left -= 1
        if left <= 0:
            return
