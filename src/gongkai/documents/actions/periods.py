"""The day until which a paper must be public, and what happens to it when the calendar becomes certain."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.documents import queries
from gongkai.documents.models import Correction, Document
from gongkai.events.publication import PublicationDueMoved
from gongkai.kernel.outbox import emit
from gongkai.law import open_dates
from gongkai.law.calendar import OutsideCalendar, WorkCalendar
from gongkai.law.queries import calendar
from gongkai.trail.chain import SYSTEM, record


def set_due(document: Document, work: WorkCalendar | None = None) -> None:
    """Put the publication date of a paper beside its 成文日期; the caller saves. 条例第二十六条."""
    document.due_on, document.due_provisional = _due_from(document.written_on, work)


def set_change_due(correction: Correction, work: WorkCalendar | None = None) -> None:
    """Put the date by which the changed edition must be public beside the day of the change; the caller saves."""
    correction.due_on, correction.due_provisional = _due_from(correction.changed_on, work)


def _due_from(day: date | None, work: WorkCalendar | None) -> tuple[date | None, bool]:
    clock = queries.publication_clock(day)
    if clock is None:
        return None, False
    try:
        reckoning = clock.reckon(work or calendar())
    except OutsideCalendar:  # a slip of the pen; the header rules name it before the paper can go on
        return None, False
    return reckoning.due, reckoning.provisional


@transaction.atomic
def reckon_open_dates(*, now: datetime) -> int:
    """Reckon every open publication date anew after a notice was imported, from forming and from changes; one trail
    row and one event for each that moved or became certain. Doing it twice changes nothing the second time."""
    work, changed = calendar(), 0
    for moved in open_dates.moved(queries.open_publication_dates(), work):
        document = Document.objects.unscoped("a calendar notice concerns every unit").get(pk=moved.key)
        document.due_on, document.due_provisional = moved.after, moved.provisional
        document.save(update_fields=["due_on", "due_provisional"])
        _tell(document, moved, now)
        changed += 1
    for moved in open_dates.moved(queries.open_change_dates(), work):
        correction = Correction.objects.select_related("document").get(pk=moved.key)
        correction.due_on, correction.due_provisional = moved.after, moved.provisional
        correction.save(update_fields=["due_on", "due_provisional"])
        _tell(correction.document, moved, now)
        changed += 1
    return changed


def _tell(document: Document, moved: open_dates.MovedDate, now: datetime) -> None:
    facts = {"before": moved.before.isoformat(), "after": moved.after.isoformat()}
    record(verb="documents.reckon_due", by=SYSTEM, at=now, about=document, facts=facts)
    emit(
        PublicationDueMoved(
            document_id=document.pk,
            unit_id=document.unit_id,
            before=moved.before,
            after=moved.after,
            provisional=moved.provisional,
        )
    )
