"""Budgets, final accounts and announced releases for those who follow them."""

from __future__ import annotations

from gongkai.budget import queries
from gongkai.portal.pages.entry_feed import FeedEntry, entry_feeds
from gongkai.portal.pages.feeds import IN_FEED
from gongkai.portal.pages.scene import Scene
from gongkai.portal.tree import Output


def feed_outputs(address: str, title: str, scene: Scene, *, record: str, version: int) -> list[Output]:
    """The newest papers of the matrix and the releases that are still to come, the newest first."""
    entries = [*_papers(), *_announced(address)]
    newest = sorted(entries, key=lambda one: (one.changed_at, one.path), reverse=True)[:IN_FEED]
    changed_at = max((one.changed_at for one in newest), default=None)
    return entry_feeds(address, title, newest, changed_at, scene, record=record, version=version)


def _papers() -> list[FeedEntry]:
    return [
        FeedEntry(
            title=link.publication.title,
            path=link.publication.path,
            published_at=link.publication.first_published_at,
            changed_at=link.publication.published_at,
            author=link.unit.short_name,
            summary=f"{link.unit.short_name}{link.year}年{queries.KINDS[link.kind]}",
        )
        for link in queries.newest_papers(IN_FEED)
    ]


def _announced(address: str) -> list[FeedEntry]:
    return [
        FeedEntry(
            title=f"预告：{one.title}",
            path=f"{address}releases/{one.pk}/",
            published_at=one.at,
            changed_at=max([one.at, *(change.at for change in one.changes.all())]),
            author=one.unit.short_name,
            summary=f"预告 {one.due_on.isoformat()} 发布",
        )
        for one in queries.announcements()
        if one.publication is None
    ]
