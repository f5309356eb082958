"""What the public pages hear. Each handler draws the present state, so twice or out of order does no harm."""

from __future__ import annotations

from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.events.site import SiteChanged
from gongkai.kernel.clock import today
from gongkai.portal import building, projection


def on_published(event: DocumentPublished) -> None:
    """A document stands in public, or stands there differently."""
    projection.show_publication(event.publication_id, today=today())


def on_withdrawn(event: DocumentWithdrawn) -> None:
    """A document was taken back: its tombstone, then its files, lists and feeds."""
    projection.show_publication(event.publication_id, today=today())


def on_site_changed(event: SiteChanged) -> None:
    """Head and foot of every page are drawn anew, step by step; a tree that is yet to be built has them then."""
    if building.has_mark():
        building.plan()
        building.go_on_soon()
