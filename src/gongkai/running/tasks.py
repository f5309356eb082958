"""The minute: what falls due is found by looking at the rows, so that a missed minute loses nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

from gongkai.kernel import clock, outbox

log = logging.getLogger(__name__)
MINUTE = "gongkai.running.tasks.minute"


def minute() -> None:
    """Deliver waiting events, then let every station look at what has fallen due."""
    now = clock.now()
    while outbox.deliver_waiting(now=now):
        pass
    for look in hooks():
        try:
            look(now)
        except Exception:  # noqa: BLE001 -- one station's fault must not stop the deadlines of the others
            log.exception("minute of %s failed", look.__module__)


def hooks() -> list[Callable[[datetime], object]]:
    """``tasks.minute`` of every station that has one, in the order of the stations."""
    found = []
    for station in settings.INSTALLED_APPS:
        if not station.startswith("gongkai.") or station == "gongkai.running":
            continue
        if find_spec(f"{station}.tasks"):
            look = getattr(import_module(f"{station}.tasks"), "minute", None)
            if look is not None:
                found.append(look)
    return found
