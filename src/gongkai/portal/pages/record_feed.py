"""The newest rows of a list for those who follow it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gongkai.portal.pages.entry_feed import FeedEntry, entry_feeds
from gongkai.portal.pages.feeds import IN_FEED
from gongkai.portal.pages.record_rows import address_of, in_table
from gongkai.portal.pages.scene import Scene
from gongkai.portal.tree import Output
from gongkai.records.queries import PublicRow, RecordType


def feed_outputs(
    kind: RecordType, rows: Sequence[PublicRow], changed_at: datetime | None, scene: Scene, record: str
) -> list[Output]:
    """Atom and JSON Feed; a row that has left the list has left them too."""
    newest = sorted(rows, key=lambda row: (row.published_at or row.changed_at, row.pk), reverse=True)[
        :IN_FEED
    ]
    entries = [
        FeedEntry(
            title=row.title or kind.title,
            path=f"{address_of(kind)}{row.pk}/" if kind.item_page else f"{address_of(kind)}#r{row.pk}",
            published_at=row.published_at or row.changed_at,
            changed_at=row.changed_at,
            author=row.unit,
            summary=_summary(kind, row),
        )
        for row in newest
    ]
    return entry_feeds(address_of(kind), kind.title, entries, changed_at, scene, record=record)


def _summary(kind: RecordType, row: PublicRow) -> str:
    shown = [(field.label, row.values.get(field.name, "")) for field in in_table(kind)]
    return "　".join(f"{label}：{text}" for label, text in shown if text)[:300]
