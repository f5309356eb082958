"""Everything that the page of one case shows, in a fixed number of questions to the database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.foi import states
from gongkai.foi.models import (
    Case,
    CaseEvent,
    Consultation,
    Deliberation,
    DeliberationOpinion,
    Extension,
    Fee,
    Letter,
    Paper,
    SearchRecord,
)
from gongkai.foi.queries.clocks import from_rows
from gongkai.foi.rules.case_dates import CaseDates, Standing, at_16_warning
from gongkai.foi.rules.clocks import CaseError, reckon_case
from gongkai.foi.rules.next_steps import NextStep, Situation, next_step
from gongkai.foi.rules.similar import Earlier, Hint, hints
from gongkai.law.calendar import WorkCalendar

WHY = "the view has found the case behind the wall"
# Kinds of rows of a case; one question to the case's own row says which of them it has.
_WORK: dict[str, tuple[type[Any], str]] = {
    "consultations": (Consultation, "case"),
    "fees": (Fee, "case"),
    "extensions": (Extension, "case"),
    "searches": (SearchRecord, "case"),
    "deliberations": (Deliberation, "case"),
    "letters": (Letter, "case"),
    "papers": (Paper, "case"),
}
# While nothing was done yet somebody has to decide what the request is; later the hints only stand in the way.
TRIAGE = ("consultations", "fees", "extensions", "searches", "deliberations")
HEADINGS = (states.REGISTRATION, states.EXAMINATION, states.HANDLING, states.ANSWERING, states.FILING)
LABELS = {
    "open": "提交申请",
    "redated": "放假安排变化，期限重新计算",
} | {name: event.label for name, event in states.EVENTS.items()}
MOST_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Stop:
    """One of the five headings of 条例第四十五条, and how far the case has come in it."""

    name: str
    reached: bool
    present: bool


@dataclass(slots=True)
class CasePage:
    """What stands on the page. ``dates`` is None while nothing was received, or where its days cannot be."""

    case: Case
    next: NextStep | None
    stops: list[Stop]
    dates: CaseDates | None = None
    standing: Standing | None = None
    warning: str = ""
    impossible: str = ""
    timeline: list[CaseEvent] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    consultations: list[Consultation] = field(default_factory=list)
    deliberations: list[Deliberation] = field(default_factory=list)
    opinions: dict[int, list[DeliberationOpinion]] = field(default_factory=dict)
    fees: list[Fee] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    searches: list[SearchRecord] = field(default_factory=list)
    hints: tuple[Hint, ...] = ()
    named: dict[str, int] = field(default_factory=dict)


def with_work(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Say beside each case which kinds of rows it has, so that the page asks only for those."""
    return cases.annotate(
        **{
            f"has_{name}": Exists(model._base_manager.filter(**{key: OuterRef("pk")}))
            for name, (model, key) in _WORK.items()
        }
    )


def case_page(case: Case, *, now: datetime, today: date, work: WorkCalendar, hints: bool = False) -> CasePage:
    """The page of a case that the view has found for this person; ``hints`` also where work has begun."""
    events = list(CaseEvent.objects.unscoped(WHY).filter(case=case).order_by("pk"))
    page = CasePage(case=case, next=step_of(case), stops=_stops(case, events))
    page.timeline = list(reversed(events))
    _add_rows(page)
    if case.received_on is not None:
        _add_dates(page, events, now=now, today=today, work=work)
    untouched = not any(_has(case, name) for name in TRIAGE) and not case.disposition
    if case.state in states.OPEN and (hints or untouched):
        page.hints, page.named = _hints(case)
    return page


def step_of(case: Case) -> NextStep | None:
    """What comes next for this case, from its own row."""
    return next_step(
        Situation(
            state=case.state,
            due=case.due_on,
            stopped=case.clock_stopped,
            arrived=case.arrived_on,
            lapse=case.lapse_on,
            disposition=case.disposition,
            holder=case.holder_id is not None,
        )
    )


def case_dates(case: Case, work: WorkCalendar, *, named: bool = True) -> CaseDates | None:
    """The dates of a case for the page of its days; None while nothing runs."""
    if case.received_on is None:
        return None
    events = list(CaseEvent.objects.unscoped(WHY).filter(case=case, round=case.round).order_by("pk"))
    letters = {row.pk: row for row in Letter.objects.unscoped(WHY).filter(case=case)}
    asked = list(Consultation.objects.unscoped(WHY).filter(case=case, sent_on__isnull=False))
    return reckon_case(tuple(from_rows(case, events, letters, asked, named=named)), work)


def _stops(case: Case, events: list[CaseEvent]) -> list[Stop]:
    here = states.HEADINGS[case.state]
    seen = {states.HEADINGS[row.target] for row in events if row.target in states.HEADINGS} | {here}
    return [Stop(name, name in seen, name == here) for name in HEADINGS]


def _has(case: Case, name: str) -> bool:
    return bool(getattr(case, f"has_{name}", True))


def _add_rows(page: CasePage) -> None:
    """The rows of every kind that the case has."""
    case = page.case
    if _has(case, "letters"):
        page.letters = list(Letter.objects.unscoped(WHY).filter(case=case).order_by("pk"))
    if _has(case, "papers"):
        page.papers = list(
            Paper.objects.unscoped(WHY).filter(case=case).select_related("file").order_by("pk")
        )
    if _has(case, "consultations"):
        page.consultations = list(Consultation.objects.unscoped(WHY).filter(case=case).order_by("pk"))
    if _has(case, "fees"):
        page.fees = list(Fee.objects.unscoped(WHY).filter(case=case).order_by("pk"))
    if _has(case, "extensions"):
        rows = Extension.objects.unscoped(WHY).filter(case=case)
        page.extensions = list(rows.select_related("proposed_by", "approved_by").order_by("pk"))
    if _has(case, "searches"):
        found = SearchRecord.objects.unscoped(WHY).filter(case=case).select_related("place", "by")
        page.searches = list(found.order_by("pk"))
    if _has(case, "deliberations"):
        said = DeliberationOpinion.objects.unscoped(WHY).filter(deliberation__case=case)
        rows_of: dict[int, list[DeliberationOpinion]] = defaultdict(list)
        talks: dict[int, Deliberation] = {}
        for row in said.select_related("deliberation", "asked_unit", "by").order_by("pk"):
            rows_of[row.deliberation_id].append(row)
            talks[row.deliberation_id] = row.deliberation
        page.deliberations, page.opinions = list(talks.values()), dict(rows_of)


def _add_dates(
    page: CasePage, events: list[CaseEvent], *, now: datetime, today: date, work: WorkCalendar
) -> None:
    case = page.case
    rows = [row for row in events if row.round == case.round]
    asked = [row for row in page.consultations if row.sent_on is not None]
    try:
        page.dates = reckon_case(
            tuple(from_rows(case, rows, {row.pk: row for row in page.letters}, asked)), work
        )
    except CaseError as fault:
        page.impossible = str(fault)
        return
    page.standing = page.dates.standing(today=today, calendar=work)
    page.warning = at_16_warning(page.dates, now=now)


def _hints(case: Case) -> tuple[tuple[Hint, ...], dict[str, int]]:
    """What is worth a look before anybody answers: same, alike, many, a petition (never a refusal)."""
    rows = Case.objects.unscoped("compared within the same answering unit").filter(unit=case.unit_id)
    rows = rows.exclude(pk=case.pk).exclude(state=states.VOID).order_by("-pk")[:MOST_COMPARED]
    fields = ("pk", "number", "applicant__identity_digest", "title", "content", "arrived_on", "disposition")
    earlier, numbers = [], {}
    for pk, number, who, title, content, day, row in rows.values_list(*fields):
        earlier.append(Earlier(number, who or f"case {pk}", f"{title}\n{content}", day, row))
        numbers[number] = pk
    who = case.applicant.identity_digest or f"case {case.pk}"
    found = hints(
        f"{case.title}\n{case.content}", applicant=who, received_on=case.arrived_on, earlier=earlier
    )
    return found, {number: numbers[number] for hint in found for number in hint.numbers if number in numbers}
