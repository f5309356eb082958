"""What the ledger hears: a record that is published or withdrawn may be evidence for a task."""

from __future__ import annotations

from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.kernel import clock
from gongkai.ledger import actions


def on_published(event: DocumentPublished) -> None:
    """The tasks of its year take note of it."""
    actions.note_publication(publication_id=event.publication_id, now=clock.now())


def on_withdrawn(event: DocumentWithdrawn) -> None:
    """It no longer counts, and says so."""
    actions.note_publication(publication_id=event.publication_id, now=clock.now())
