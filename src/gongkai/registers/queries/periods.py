"""The monitor of 20 working days: what is due soon, what is overdue, what went out too late. 条例第二十六条."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from gongkai.documents import states as life
from gongkai.documents.models import Document
from gongkai.documents.queries import PROACTIVE, with_openness
from gongkai.kernel.clock import legal_day
from gongkai.law.calendar import WorkCalendar
from gongkai.law.clock import working_days
from gongkai.law.queries import calendar
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import visible
from gongkai.publishing.models import Publication
from gongkai.publishing.queries import LATE

SOON_WORKING_DAYS = 5
MOST = 1000


@dataclass(frozen=True, slots=True)
class Running:
    """A paper that is not public yet: its last day, and how many working days are left (or over)."""

    document: Document
    unit: Unit
    due: date
    provisional: bool
    days: int
    overdue: bool

    @property
    def light(self) -> str:
        return "late" if self.overdue else "soon"

    @property
    def words(self) -> str:
        return f"超过 {self.days} 个工作日" if self.overdue else f"还有 {self.days} 个工作日"


@dataclass(frozen=True, slots=True)
class WentLate:
    """A paper that was published after its last day, and the reason that was given."""

    publication: Publication
    due: date
    on: date
    days: int
    provisional: bool
    reason: str


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A unit in the monitor."""

    unit: Unit
    overdue: int
    soon: int
    late: int


def running(actor: Actor, *, today: date, unit: int | None = None) -> list[Running]:
    """Papers whose last day is past or near, the worst first; what is kept from the public has no such day."""
    work: WorkCalendar = calendar()
    last = working_days(today, SOON_WORKING_DAYS, work).due
    rows = with_openness(visible(Document, actor, "registers.view")).filter(
        state__in=(life.DRAFT, life.SUBMITTED, life.APPROVED), due_on__isnull=False, due_on__lte=last
    )
    rows = rows.filter(Q(present_openness=PROACTIVE) | Q(present_openness__isnull=True))
    rows = rows.filter(unit=unit) if unit else rows
    return [_running(one, today, work) for one in rows.select_related("unit").order_by("due_on", "pk")[:MOST]]


def went_late(actor: Actor, *, year: int, unit: int | None = None) -> list[WentLate]:
    """Papers that went out after their last day, in a year, the newest first."""
    rows = visible(Publication, actor, "registers.view").filter(
        first_published_at__year=year,
        document__due_on__isnull=False,
        first_published_at__date__gt=F("document__due_on"),
    )
    rows = rows.filter(unit=unit) if unit else rows
    rows = rows.select_related("unit", "document").prefetch_related("document__justifications")
    work: WorkCalendar = calendar()
    return [_late(one, work) for one in rows.order_by("-first_published_at", "-pk")[:MOST]]


def period_lines(found: list[Running], late: list[WentLate]) -> list[PeriodLine]:
    """Both lists by unit, the worst unit first."""
    units = {one.unit for one in found} | {one.publication.unit for one in late}
    lines = [
        PeriodLine(
            unit,
            sum(one.overdue for one in found if one.unit == unit),
            sum(not one.overdue for one in found if one.unit == unit),
            sum(one.publication.unit == unit for one in late),
        )
        for unit in units
    ]
    return sorted(
        lines, key=lambda line: (-line.overdue, -line.late, -line.soon, line.unit.order, line.unit.pk)
    )


def _running(document: Document, today: date, work: WorkCalendar) -> Running:
    due = document.due_on
    assert due is not None  # the query asked for it
    overdue = due < today
    days = work.workdays_between(due, today) if overdue else work.workdays_between(today, due)
    return Running(document, document.unit, due, document.due_provisional, max(days, int(overdue)), overdue)


def _late(publication: Publication, work: WorkCalendar) -> WentLate:
    document, on = publication.document, legal_day(publication.first_published_at)
    assert document.due_on is not None
    reason = next((one.reason for one in document.justifications.all() if one.code == LATE), "")
    days = max(work.workdays_between(document.due_on, on), 1)
    return WentLate(publication, document.due_on, on, days, document.due_provisional, reason)
