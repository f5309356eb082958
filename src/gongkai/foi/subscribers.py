"""What upstream events start here: a holiday notice moves the dates of open cases, disputes and appeals."""

from __future__ import annotations

from gongkai.events.law import CalendarImported
from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.foi.actions.disputing import redate_disputes
from gongkai.foi.actions.redating import redate_open_cases
from gongkai.foi.actions.topics import note_publication, note_withdrawal
from gongkai.kernel import clock


def on_calendar_imported(event: CalendarImported) -> None:
    """Reckon the dates of all open cases anew."""
    redate_open_cases(now=clock.now())
    redate_disputes(now=clock.now())


def on_published(event: DocumentPublished) -> None:
    """What several people asked for stands in public: those who asked can be told."""
    note_publication(document_id=event.document_id, path=event.path, now=clock.now())


def on_withdrawn(event: DocumentWithdrawn) -> None:
    """It was taken back: the topic waits for its publication again."""
    note_withdrawal(document_id=event.document_id, now=clock.now())
