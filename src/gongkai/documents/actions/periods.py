"""The day until which a paper must be public, and what happens to it when the calendar becomes certain."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.documents import queries
from gongkai.documents.models import Document
from gongkai.events.publication import PublicationDueMoved
from gongkai.kernel.outbox import emit
from gongkai.law import open_dates
from gongkai.law.calendar import OutsideCalendar, WorkCalendar
from gongkai.law.queries import calendar
from gongkai.trail.chain import SYSTEM, record


def set_due(document: Document, work: WorkCalendar | None = None) -> None:
    """Put the publication date of a paper beside its 成文日期; the caller saves. 条例第二十六条."""
    document.due_on, document.due_provisional = None, False
    clock = queries.publication_clock(document.written_on)
    if clock is None:
        return
    try:
        reckoning = clock.reckon(work or calendar())
    except OutsideCalendar:  # a slip of the pen; the header rules name it before the paper can go on
        return
    document.due_on, document.due_provisional = reckoning.due, reckoning.provisional


@transaction.atomic
def reckon_open_dates(*, now: datetime) -> int:
    """Reckon every open publication date anew after a notice was imported; one trail row and one event for
    each that moved or became certain. Doing it twice changes nothing the second time."""
    changed = 0
    for moved in open_dates.moved(queries.open_publication_dates(), calendar()):
        document = Document.objects.unscoped("a calendar notice concerns every unit").get(pk=moved.key)
        document.due_on, document.due_provisional = moved.after, moved.provisional
        document.save(update_fields=["due_on", "due_provisional"])
        record(
            verb="documents.reckon_due",
            by=SYSTEM,
            at=now,
            about=document,
            facts={"before": moved.before.isoformat(), "after": moved.after.isoformat()},
        )
        emit(
            PublicationDueMoved(
                document_id=document.pk,
                unit_id=document.unit_id,
                before=moved.before,
                after=moved.after,
                provisional=moved.provisional,
            )
        )
        changed += 1
    return changed
