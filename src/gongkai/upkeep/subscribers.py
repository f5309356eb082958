"""What upstream events start here: columns that took a record in show it again, the catalogue counts anew."""

from __future__ import annotations

from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.kernel import clock
from gongkai.publishing.models import Publication
from gongkai.upkeep import actions


def on_published(event: DocumentPublished) -> None:
    """Before the public pages are drawn, so that they draw it everywhere."""
    _follow(event.publication_id)


def on_withdrawn(event: DocumentWithdrawn) -> None:
    """A matter may be without a record now."""
    _follow(event.publication_id)


def _follow(publication_id: int) -> None:
    rows = Publication.objects.unscoped("an event of the system")
    found = (
        rows.select_related("document__matter__field", "document__column").filter(pk=publication_id).first()
    )
    if found is not None:
        actions.follow(publication=found, now=clock.now())
