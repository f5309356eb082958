"""Texts that are public, from whatever station publishes them.

A station says it in its module ``live``, in the order of a rising position: ``texts(after, limit)`` where the gate
reads the words, ``judged(after, limit)`` where the station has to do it itself, because what may stand depends on the
column. So the gate, which stands upstream, knows what is wrong in public without knowing who put it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from gongkai.files.models import StoredFile
from gongkai.gate.rules.finding import Finding, Passage


@dataclass(frozen=True, slots=True)
class LiveText:
    """One public text: its position among those of its station, its record, title, address, unit and words;
    ``mend`` is the page on which it is put right."""

    position: int
    key: str
    title: str
    url: str
    unit_id: int
    passages: tuple[Passage, ...]
    files: tuple[tuple[str, StoredFile], ...] = field(default=())
    mend: str = ""


def sources() -> list[str]:
    """Stations that publish."""
    return [app for app in settings.INSTALLED_APPS if app.startswith("gongkai.") and find_spec(f"{app}.live")]


def texts(read_to: Mapping[str, int], limit: int) -> Iterator[tuple[str, LiveText]]:
    """The next public texts after the positions reached, with the station that holds each."""
    yield from _told("texts", read_to, limit)


def judged(
    read_to: Mapping[str, int], limit: int
) -> Iterator[tuple[str, tuple[LiveText, Sequence[Finding]]]]:
    """The next public texts that their station has read, with what it found in each."""
    yield from _told("judged", read_to, limit)


def _told(what: str, read_to: Mapping[str, int], limit: int) -> Iterator[tuple[str, Any]]:
    left = limit
    for source in sources():
        tell = getattr(import_module(f"{source}.live"), what, None)
        for one in tell(after=int(read_to.get(source, 0)), limit=left) if tell else ():
            yield source, one
            left -= 1
        if left <= 0:
            return
