"""What the index hears from the publication line."""

from __future__ import annotations

from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.events.records import RecordsChanged
from gongkai.kernel.clock import now
from gongkai.search.actions import drain, want


def on_published(event: DocumentPublished) -> None:
    """A publication is to be found, or found differently."""
    _look_again(event.publication_id, event.version)


def on_withdrawn(event: DocumentWithdrawn) -> None:
    """A publication is to be gone, or to show that it has ended."""
    _look_again(event.publication_id, event.version)


def _look_again(publication_id: int, version: int) -> None:
    moment = now()
    if want(source="publication", record_id=publication_id, version=version, at=moment):
        drain(now=moment)


def on_records_changed(event: RecordsChanged) -> None:
    """Rows of a type came, changed or left: the list is looked at again, and each row with a page of its own."""
    moment = now()
    wanted = want(source="record_list", record_id=event.type_id, version=event.version, at=moment)
    for row in event.rows:
        wanted = want(source="record", record_id=row, version=event.version, at=moment) or wanted
    if wanted:
        drain(now=moment)
