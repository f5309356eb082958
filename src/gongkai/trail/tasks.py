"""What the trail does by itself: note its head once a day."""

from __future__ import annotations

from datetime import datetime

from gongkai.trail import anchors, attempts


def minute(now: datetime) -> None:
    """Called each minute; takes up what was tried and refused, notes the day's head where it is not noted yet."""
    attempts.take_up(now)
    note_head(now)


def note_head(now: datetime) -> None:
    """Lay the head of the chain under ``DATA_DIR/anchors``, once a day; a noted head is never overwritten."""
    path = anchors.of_day(now)
    if path.exists():
        return
    anchor = anchors.present(now=now)
    if anchor.rows == 0:
        return
    path.parent.mkdir(exist_ok=True)
    anchors.write(anchor, path)
