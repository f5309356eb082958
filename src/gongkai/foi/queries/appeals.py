"""Public institutions, duties and appeals as pages and the desk show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.foi.models import Appeal, AppealSettings, Case, Institution, InstitutionDuty, Sector
from gongkai.foi.rules.disputes import appeal_decision
from gongkai.law.queries import calendar
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import visible


@dataclass(frozen=True, slots=True)
class SectorView:
    """One sector: its institutions and what they must publish."""

    name: str
    institutions: tuple[Institution, ...]
    duties: tuple[InstitutionDuty, ...]


def settings_now() -> AppealSettings:
    """Period and course as the district fixed them; the usual ones where it has not yet."""
    return AppealSettings.objects.filter(pk=AppealSettings.ONLY).first() or AppealSettings(
        pk=AppealSettings.ONLY
    )


def appeal_dates(case: Case) -> tuple[date | None, bool]:
    """Until when an appeal is to be judged, and whether the day is provisional; nothing before it was received."""
    if case.received_on is None:
        return None, False
    found = appeal_decision(case.received_on, calendar(), working_days=settings_now().working_days)
    return found.due, found.provisional


def guessed(case: Case) -> Institution | None:
    """The institution of the register whose name stands in what the citizen wrote; the longest one."""
    text = f"{case.title}\n{case.content}"
    found = [one for one in Institution.objects.filter(active=True) if one.name in text]
    return max(found, key=lambda one: len(one.name), default=None)


def register() -> list[SectorView]:
    """All sectors that have an institution or a duty; two queries."""
    institutions = list(Institution.objects.filter(active=True).select_related("supervisor"))
    duties = list(InstitutionDuty.objects.filter(active=True))
    views = [
        SectorView(
            str(sector.label),
            tuple(one for one in institutions if one.sector == sector),
            tuple(one for one in duties if one.sector == sector),
        )
        for sector in Sector
    ]
    return [view for view in views if view.institutions or view.duties]


def duties_of(sector: str) -> QuerySet[InstitutionDuty]:
    """What the institutions of a sector must publish."""
    return InstitutionDuty.objects.filter(sector=sector, active=True)


def open_appeals(actor: Actor, *, today: date) -> list[tuple[Appeal, str, str]]:
    """Appeals without a verdict, and ordered corrections that are not done, soonest first, with light and words."""
    rows = visible(Appeal, actor).select_related("case", "institution", "unit")
    waiting = [*rows.filter(verdict=""), *rows.filter(verdict=Appeal.Verdict.NOT_MET, order_done_on=None)]
    waiting.sort(key=lambda one: (_due(one) or date.max, one.pk))
    return [(one, *standing_of(one, today)) for one in waiting]


def standing_of(row: Appeal, today: date) -> tuple[str, str]:
    """The light of an appeal and the words for it."""
    if row.order_done_on is not None:
        return "done", f"{row.order_done_on} 已改正"
    if row.verdict and row.verdict != Appeal.Verdict.NOT_MET:
        return "done", row.get_verdict_display()
    what = "改正" if row.verdict else "认定"
    due = _due(row)
    if due is None:
        return "idle", f"等{what}"
    if due < today:
        return "late", f"{what}逾期 {(today - due).days} 天"
    rest = calendar().workdays_between(today, due)
    return ("soon" if rest <= 3 else "ok"), f"{what}还有 {rest} 个工作日"  # noqa: PLR2004 -- three days of warning


def _due(row: Appeal) -> date | None:
    """An appeal that was entered before its receipt was confirmed has its day from the case."""
    if row.verdict:
        return row.order_due_on
    return row.due_on or appeal_dates(row.case)[0]
