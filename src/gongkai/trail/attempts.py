"""What somebody tried and was refused is on record, although the refused transaction leaves nothing behind.

An attempt is laid down as a small file outside the database, whole or not at all, and taken up into the trail by
the next minute (``take_up``). A refusal that may be written in its own transaction is recorded at once instead.
"""

from __future__ import annotations

import json
import logging
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from gongkai.trail.chain import Who, record

log = logging.getLogger(__name__)
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Noted:
    """Whoever tried, as he was noted then."""

    name: str
    person_id: int | None = None
    unit_id: int | None = None
    unit_name: str = ""


UNKNOWN = Noted("未知（经数据库）")


def note(*, verb: str, by: Who, at: datetime, words: str, facts: Mapping[str, Any] | None = None) -> None:
    """Lay an attempt down where a rollback does not reach it. Never raises: the refusal itself must be told."""
    fields = {
        "verb": verb,
        "at": at.astimezone(UTC).isoformat(),
        "by": [by.name, by.person_id, by.unit_id, by.unit_name],
        "words": words[:500],
        "facts": dict(facts or {}),
    }
    try:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{at.astimezone(UTC):%Y%m%d%H%M%S%f}-{uuid.uuid4().hex}"
        draft = folder / f".{name}"
        with draft.open("w", encoding="utf-8") as opened:
            json.dump(fields, opened, ensure_ascii=False)
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(folder / f"{name}.json")
    except OSError:
        log.exception("an attempt could not be noted")


def take_up(now: datetime) -> int:
    """Write what was laid down into the trail; returns how many."""
    paths = sorted(_folder().glob("*.json"))[:MOST_AT_ONCE]
    for path in paths:
        with transaction.atomic():
            _record(json.loads(path.read_text(encoding="utf-8")), now)
            transaction.on_commit(lambda path=path: path.unlink(missing_ok=True))
    return len(paths)


def _record(fields: Mapping[str, Any], now: datetime) -> None:
    record(
        verb=fields["verb"],
        by=Noted(*fields["by"]),
        at=now,
        note=fields["words"],
        facts={**fields["facts"], "tried_at": fields["at"]},
    )


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "attempts"
