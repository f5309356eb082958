"""Events that leave a station: written with the change, delivered after it, again until taken.

``emit`` stores one row per handler inside the caller's transaction. After commit the acting process tries
each handler once; what is left over is delivered by the worker. Handlers are named in ``gongkai.lines``,
are idempotent, and refuse a version that is older than what they hold.
"""

from __future__ import annotations

import dataclasses
import logging
import uuid
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Protocol, get_type_hints

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from gongkai.kernel.models import OutboxRow

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 20
LONGEST_WAIT = timedelta(minutes=10)


class Event(Protocol):
    """A frozen dataclass of ``gongkai.events``; ids and decided facts only."""

    __dataclass_fields__: ClassVar[Any]


@dataclasses.dataclass(frozen=True)
class Stop:
    """A station that hears an event: the event's class and the dotted names of its handlers, in order."""

    event: type
    handlers: tuple[str, ...]


_stops: dict[str, Stop] = {}


def connect(stops: Iterable[Stop]) -> None:
    """Take the wiring of the lines; called once when the program starts."""
    _stops.clear()
    for stop in stops:
        _stops[stop.event.__name__] = stop


def emit(event: Event) -> None:
    """Send an event to every station that hears it. Only inside ``transaction.atomic``."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is written in the transaction of the change that it tells of")
    topic = type(event).__name__
    stop = _stops.get(topic)
    if stop is None:
        return
    moment = timezone.now()
    event_id = uuid.uuid4()
    rows = OutboxRow.objects.bulk_create(
        OutboxRow(
            event_id=event_id,
            topic=topic,
            handler=handler,
            payload=_to_json(event),
            created_at=moment,
            next_at=moment,
        )
        for handler in stop.handlers
    )
    ids = [row.pk for row in rows]
    transaction.on_commit(lambda: _deliver_now(ids), robust=True)


def deliver_waiting(*, now: datetime, limit: int = 100) -> int:
    """Deliver rows whose time has come; the worker calls this again and again. Returns how many arrived."""
    waiting = OutboxRow.objects.filter(state=OutboxRow.WAITING, next_at__lte=now).order_by("pk")[:limit]
    return sum(_deliver(row) for row in waiting)


def oldest_waiting() -> datetime | None:
    """When the oldest event that has not arrived was written; ``/ready`` looks at it."""
    return (
        OutboxRow.objects.filter(state=OutboxRow.WAITING)
        .order_by("created_at")
        .values_list("created_at", flat=True)
        .first()
    )


def _deliver_now(ids: list[int]) -> None:
    for row in OutboxRow.objects.filter(pk__in=ids, state=OutboxRow.WAITING).order_by("pk"):
        _deliver(row)


def _deliver(row: OutboxRow) -> bool:
    try:
        handler: Callable[[Any], None] = import_string(row.handler)
        handler(_from_json(_stops[row.topic].event, row.payload))
    except Exception as problem:  # noqa: BLE001 -- a failing station must not stop the others
        log.warning("outbox handler %s failed", row.handler, exc_info=True)
        _postpone(row, problem)
        return False
    OutboxRow.objects.filter(pk=row.pk).update(
        state=OutboxRow.DONE, done_at=timezone.now(), attempts=F("attempts") + 1, last_error=""
    )
    return True


def _postpone(row: OutboxRow, problem: Exception) -> None:
    attempts = row.attempts + 1
    wait = min(timedelta(seconds=2**attempts), LONGEST_WAIT)
    OutboxRow.objects.filter(pk=row.pk).update(
        attempts=attempts,
        state=OutboxRow.FAILED if attempts >= MAX_ATTEMPTS else OutboxRow.WAITING,
        next_at=timezone.now() + wait,
        last_error=f"{type(problem).__name__}: {problem}"[:2000],
    )


def _to_json(event: Event) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, date | datetime) else value

    return {field.name: plain(getattr(event, field.name)) for field in dataclasses.fields(event)}


def _from_json(kind: type, payload: dict[str, Any]) -> Any:
    hints = get_type_hints(kind)
    values = dict(payload)
    for name, hint in hints.items():
        value = values.get(name)
        if isinstance(value, str) and hint in (date, datetime, date | None, datetime | None):
            values[name] = (datetime if "datetime" in str(hint) else date).fromisoformat(value)
        elif isinstance(value, list):
            values[name] = tuple(value)
    return kind(**values)
