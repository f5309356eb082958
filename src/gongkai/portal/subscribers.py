"""What the public pages hear. Each handler draws the present state, so twice or out of order does no harm."""

from __future__ import annotations

from gongkai.events.ledger import PlanImported, TaskProgressChanged
from gongkai.events.orgs import UnitChanged
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


def on_unit_changed(event: UnitChanged) -> None:
    """A unit has another name, phone, place, or successor."""
    for unit_id in (event.unit_id, event.successor_id):
        if unit_id is not None:
            projection.show_unit(unit_id, today=today())


def on_progress_changed(event: TaskProgressChanged | PlanImported) -> None:
    """A task of the yearly plan moved, or the plan itself came in."""
    projection.show_progress(today=today())
