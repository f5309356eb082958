"""The monitor of 20 working days: what is due soon, what is overdue, what went out too late. 条例第二十六条."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import F, Q

from gongkai.documents import states as life
from gongkai.documents.models import Correction, Document
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
    """A paper, or a new edition of one, that is not public yet: its last day, and how many working days are left
    (or over). ``since`` is the day of its forming or, where ``changed``, of its change."""

    document: Document
    unit: Unit
    since: date | None
    due: date
    provisional: bool
    days: int
    overdue: bool
    changed: bool = False

    @property
    def light(self) -> str:
        return "late" if self.overdue else "soon"

    @property
    def words(self) -> str:
        return f"超过 {self.days} 个工作日" if self.overdue else f"还有 {self.days} 个工作日"


@dataclass(frozen=True, slots=True)
class WentLate:
    """A paper, or a new edition of one, that was published after its last day, and the reason that was given."""

    publication: Publication
    due: date
    on: date
    days: int
    provisional: bool
    reason: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A unit in the monitor."""

    unit: Unit
    overdue: int
    soon: int
    late: int


def running(actor: Actor, *, today: date, unit: int | None = None) -> list[Running]:
    """Papers whose last day is past or near, the worst first; what is kept from the public has no such day. A paper
    that is being changed counts from the change, not from its forming (形成或者变更之日)."""
    work: WorkCalendar = calendar()
    last = working_days(today, SOON_WORKING_DAYS, work).due
    rows = with_openness(visible(Document, actor, "registers.view")).filter(
        state__in=(life.DRAFT, life.SUBMITTED, life.APPROVED)
    )
    rows = rows.filter(Q(present_openness=PROACTIVE) | Q(present_openness__isnull=True))
    rows = (rows.filter(unit=unit) if unit else rows).select_related("unit")
    changing = Correction.objects.filter(outcome=Correction.Outcome.OPEN)
    formed = (
        rows.filter(due_on__lte=last).exclude(pk__in=changing.values("document")).order_by("due_on", "pk")
    )
    found = [
        _running(one, one.written_on, one.due_on, one.due_provisional, today, work)
        for one in formed[:MOST]
        if one.due_on
    ]
    changes = {one.document_id: one for one in changing.filter(due_on__lte=last).order_by("due_on")[:MOST]}
    for one in rows.filter(pk__in=changes):
        change = changes[one.pk]
        assert change.due_on is not None  # the query asked for it
        line = _running(one, change.changed_on, change.due_on, change.due_provisional, today, work)
        found.append(replace(line, changed=True))
    return sorted(found, key=lambda one: (one.due, one.document.pk))


def went_late(actor: Actor, *, year: int, unit: int | None = None) -> list[WentLate]:
    """Papers and new editions that went out after their last day, in a year, the newest first."""
    seen = visible(Publication, actor, "registers.view")
    seen = (seen.filter(unit=unit) if unit else seen).select_related("unit", "document")
    seen = seen.prefetch_related("document__justifications")
    rows = seen.filter(
        first_published_at__year=year,
        document__due_on__isnull=False,
        first_published_at__date__gt=F("document__due_on"),
    )
    work: WorkCalendar = calendar()
    found = [_first_late(one, work) for one in rows.order_by("-first_published_at", "-pk")[:MOST]]
    changes = Correction.objects.filter(
        outcome=Correction.Outcome.PUBLISHED, ended_at__year=year, ended_at__date__gt=F("due_on")
    )
    late = list(changes.filter(document__in=seen.values("document")).order_by("-ended_at", "-pk")[:MOST])
    publications = {
        one.document_id: one for one in seen.filter(document__in=[row.document_id for row in late])
    }
    found += [_change_late(row, publications[row.document_id], work) for row in late]
    return sorted(found, key=lambda one: (one.on, one.publication.pk), reverse=True)


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


def _running(
    document: Document, since: date | None, due: date, provisional: bool, today: date, work: WorkCalendar
) -> Running:
    overdue = due < today
    days = work.workdays_between(due, today) if overdue else work.workdays_between(today, due)
    return Running(document, document.unit, since, due, provisional, max(days, int(overdue)), overdue)


def _first_late(publication: Publication, work: WorkCalendar) -> WentLate:
    document, on = publication.document, legal_day(publication.first_published_at)
    assert document.due_on is not None
    days = max(work.workdays_between(document.due_on, on), 1)
    return WentLate(publication, document.due_on, on, days, document.due_provisional, _reason(publication))


def _change_late(change: Correction, publication: Publication, work: WorkCalendar) -> WentLate:
    assert change.due_on is not None and change.ended_at is not None
    on = legal_day(change.ended_at)
    days = max(work.workdays_between(change.due_on, on), 1)
    reason = _reason(publication, since=change.at)
    return WentLate(publication, change.due_on, on, days, change.due_provisional, reason, changed=True)


def _reason(publication: Publication, since: datetime | None = None) -> str:
    rows = publication.document.justifications.all()
    return next((one.reason for one in rows if one.code == LATE and (since is None or one.at >= since)), "")
