"""Public periods: the rules that hold, what they mean for a publication, what they would end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from gongkai.kernel.clock import legal_day
from gongkai.law.calendar import WorkCalendar
from gongkai.law.queries import calendar as present_calendar
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import ALL_UNITS, units_for
from gongkai.publishing.models import PeriodRun, Publication, PublicPeriod
from gongkai.publishing.rules.public_period import ANONYMISE, WEBSITE, Period, last_day, rule_for, type_of

BATCH = 500
_JOB = "a job of the system over all units"


@dataclass(frozen=True, slots=True)
class Ending:
    """A publication whose public period ends, by which rule, on which day."""

    publication: Publication
    period: Period
    last_day: date


def periods(channel: str = WEBSITE) -> list[Period]:
    """The rules of a channel that hold now."""
    return [period_of(row) for row in PublicPeriod.objects.filter(ended_at=None, channel=channel)]


def period_of(row: PublicPeriod) -> Period:
    """A stored rule as the pure rule reads it."""
    return Period(row.pk, row.type, row.column_id, row.amount, row.unit, row.then)


def period_rows() -> list[PublicPeriod]:
    """All rules, those in force first; the others are their history."""
    rows = PublicPeriod.objects.select_related("column", "by")
    return sorted(rows, key=lambda row: (row.ended_at is not None, -row.pk))


def ends_on(publication: Publication, *, known: Sequence[Period] | None = None) -> date | None:
    """The last day of a publication's public period by the rules that hold now."""
    ending = ending_of(publication, periods() if known is None else known, present_calendar)
    return ending.last_day if ending else None


def ending_of(publication: Publication, known: Sequence[Period], calendar: object) -> Ending | None:
    """By which rule, and when, the public period of a publication ends; what was anonymised has none any more."""
    if not known or publication.expired:
        return None
    fields = publication.edition.fields
    kind = type_of(kind=fields["kind"], title=fields["title"])
    period = rule_for(known, type=kind, column=publication.document.column_id)
    if period is None or (period.then == ANONYMISE and was_anonymised(publication)):
        return None
    work: WorkCalendar = calendar() if callable(calendar) else calendar  # type: ignore[assignment]
    return Ending(
        publication,
        period,
        last_day(period, published_on=legal_day(publication.first_published_at), calendar=work),
    )


def was_anonymised(publication: Publication) -> bool:
    """Whether the people were already taken out of it; a later correction does not bring them back."""
    done = PeriodRun.objects.filter(publication=publication.pk, then=ANONYMISE, done_at__isnull=False)
    return publication.pk is not None and done.exists()


def endings(known: Sequence[Period]) -> Iterator[Ending | Publication]:
    """Every live publication with its ending by these rules; a publication alone has none."""
    calendar = present_calendar()
    for publication in live().iterator(chunk_size=BATCH):
        yield ending_of(publication, known, calendar) or publication


def preview(period: Period, *, today: date, limit: int = 200) -> list[Ending]:
    """What a rule would end at once, the oldest first; and nothing is changed by asking."""
    found = [
        one for one in endings([*periods(), period]) if isinstance(one, Ending) and one.period.id == period.id
    ]
    over = [one for one in found if one.last_day < today]
    return sorted(over, key=lambda one: one.last_day)[:limit]


def over(today: date, limit: int = 50) -> list[Publication]:
    """Live publications whose public period is over."""
    return list(live().filter(public_until__lt=today).order_by("public_until", "pk")[:limit])


def by_hand(today: date) -> list[Ending]:
    """What hangs in another channel and is over there, and nobody was asked to take it down yet."""
    found: list[Ending] = []
    calendar = present_calendar()
    for row in PublicPeriod.objects.filter(ended_at=None).exclude(channel=WEBSITE):
        period = period_of(row)
        asked = PeriodRun.objects.filter(period=row).values("publication")
        rows = Publication.objects.unscoped(_JOB).select_related("edition", "document", "unit")
        fresh = rows.filter(first_published_at__gte=row.at - timedelta(days=31)).exclude(pk__in=asked)
        for publication in fresh.order_by("pk")[:BATCH]:
            ending = ending_of(publication, [period], calendar)
            if ending and ending.last_day < today:
                found.append(ending)
    return found


def runs_for(actor: Actor) -> QuerySet[PeriodRun]:
    """What public periods did in the units that the actor sees, newest first."""
    units = units_for(actor, "publishing.view")
    rows = PeriodRun.objects.select_related("publication", "publication__unit", "period", "done_by")
    if units is not ALL_UNITS:
        rows = rows.filter(publication__unit__in=units)
    return rows.order_by("-pk")


def runs_by_hand(actor: Actor) -> list[PeriodRun]:
    """What a person of these units has to take down in another channel."""
    units = units_for(actor, "publishing.take_down")
    rows = PeriodRun.objects.filter(done_at=None).select_related("publication", "publication__unit", "period")
    if units is not ALL_UNITS:
        rows = rows.filter(publication__unit__in=units)
    return list(rows.order_by("due", "pk")[:100])


def live() -> QuerySet[Publication]:
    """What stands in public now, with all that the rules look at."""
    rows = Publication.objects.unscoped(_JOB).filter(state=Publication.State.LIVE)
    return (
        rows.select_related("edition", "document", "unit", "index_number")
        .defer("edition__body")
        .order_by("pk")
    )
