"""Open cases and a new holiday notice: every date is reckoned anew, in chunks, with one message for each that moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.events.foi import CaseDueMoved
from gongkai.foi import states
from gongkai.foi.actions.consulting import period_end
from gongkai.foi.actions.engine import CLOCK_FIELDS, put_dates
from gongkai.foi.models import Case, CaseEvent, Consultation, Letter
from gongkai.foi.queries.clocks import from_rows, lapse_day
from gongkai.foi.rules.case_dates import CaseDates
from gongkai.foi.rules.case_events import CaseEvent as RuleEvent
from gongkai.foi.rules.clocks import CaseError, reckon_case
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.calendar import WorkCalendar
from gongkai.law.queries import calendar
from gongkai.trail.chain import SYSTEM, record

CHUNK = 500
WHY = "a holiday notice concerns every unit"
MOVED = "redated"


def redate_open_cases(*, now: datetime, work: WorkCalendar | None = None) -> int:
    """Reckon the dates of all open cases by the present calendar; how many moved or became certain.

    Each of them gets a line in its timeline and one ``CaseDueMoved``; the trail has one row a chunk, with every
    number and both dates. Doing it twice changes nothing the second time.
    """
    known = _Reckoned(work or calendar())
    return sum(_redate(chunk, known, now=now) for chunk in _chunks())


class _Reckoned:
    """Dates by what happened: a hundred cases of one day with nothing but their receipt are reckoned once."""

    def __init__(self, work: WorkCalendar) -> None:
        self.work = work
        self._known: dict[tuple[RuleEvent, ...], CaseDates] = {}

    def dates(self, events: tuple[RuleEvent, ...]) -> CaseDates:
        """The dates of a case to which this happened; raises ``CaseError``."""
        found = self._known.get(events)
        if found is None:
            found = self._known[events] = reckon_case(events, self.work)
        return found


def _chunks() -> Iterator[list[int]]:
    rows = Case.objects.unscoped(WHY).filter(state__in=states.OPEN, received_on__isnull=False)
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield chunk
        last = chunk[-1]


@transaction.atomic
def _redate(keys: Sequence[int], known: _Reckoned, *, now: datetime) -> int:
    rows = Case.objects.unscoped(WHY).select_for_update(of=("self",)).filter(pk__in=keys)
    cases = {case.pk: case for case in rows.filter(state__in=states.OPEN)}
    events, letters, asked = _by_case(cases)
    moved: list[tuple[Case, tuple[date | None, bool]]] = []
    changed: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for case in cases.values():
        before = _image(case)
        was = (case.due_on, case.due_provisional)
        try:
            dates = known.dates(tuple(from_rows(case, events[case.pk], letters[case.pk], asked[case.pk])))
        except CaseError:
            continue  # the case page says which of its days cannot be
        put_dates(
            case, dates, lapse_on=lapse_day(case, dates, known.work) if case.state in _WAITING else None
        )
        if before != _image(case):
            changed[_image(case)].append(case.pk)
        if was != (case.due_on, case.due_provisional):
            moved.append((case, was))
    for image, pks in changed.items():  # many cases have the same dates; one statement for each image
        Case.objects.unscoped(WHY).filter(pk__in=pks).update(**dict(zip(CLOCK_FIELDS, image, strict=True)))
    _redate_parties(asked, now=now)
    if moved:
        _tell(moved, now=now)
    return len(moved)


def _image(case: Case) -> tuple[Any, ...]:
    return tuple(getattr(case, field) for field in CLOCK_FIELDS)


_WAITING = (states.CORRECTION, states.FEE, states.REASONS, states.CONSULTING)


def _by_case(
    cases: dict[int, Case],
) -> tuple[dict[int, list[CaseEvent]], dict[int, dict[int, Letter]], dict[int, list[Consultation]]]:
    """The rows on which dates rest, for many cases in three queries."""
    events: dict[int, list[CaseEvent]] = defaultdict(list)
    for row in CaseEvent.objects.unscoped(WHY).filter(case__in=list(cases)).order_by("pk"):
        if row.round == cases[row.case_id].round:
            events[row.case_id].append(row)
    letters: dict[int, dict[int, Letter]] = defaultdict(dict)
    for letter in Letter.objects.unscoped(WHY).filter(case__in=list(cases), dispatched_on__isnull=False):
        letters[letter.case_id][letter.pk] = letter
    asked: dict[int, list[Consultation]] = defaultdict(list)
    for one in Consultation.objects.unscoped(WHY).filter(case__in=list(cases), sent_on__isnull=False):
        asked[one.case_id].append(one)
    return events, letters, asked


def _redate_parties(asked: dict[int, list[Consultation]], *, now: datetime) -> None:
    """The days until which parties may answer move with the calendar too."""
    moved = []
    for rows in asked.values():
        for row in rows:
            due = period_end(row) if row.answered_on is None and row.lapsed_on is None else row.due_on
            if due != row.due_on:
                row.due_on = due
                moved.append(row)
    if moved:
        Consultation.objects.unscoped(WHY).bulk_update(moved, ["due_on"])


def _tell(moved: list[tuple[Case, tuple[date | None, bool]]], *, now: datetime) -> None:
    today = legal_day(now)
    CaseEvent._base_manager.bulk_create(
        CaseEvent(
            case=case,
            unit_id=case.unit_id,
            name=MOVED,
            on=today,
            at=now,
            by_name=SYSTEM.name,
            source=case.state,
            target=case.state,
            round=case.round,
            facts=_both(case, known),
        )
        for case, known in moved
    )
    record(
        verb="foi.redate",
        by=SYSTEM,
        at=now,
        facts={"cases": {case.number: _both(case, known) for case, known in moved}},
    )
    for case, (before, _) in moved:
        if before is not None and case.due_on is not None:
            emit(
                CaseDueMoved(
                    case_id=case.pk,
                    unit_id=case.unit_id,
                    before=before,
                    after=case.due_on,
                    provisional=case.due_provisional,
                )
            )


def _both(case: Case, known: tuple[date | None, bool]) -> dict[str, Any]:
    return {
        "before": known[0].isoformat() if known[0] else None,
        "after": case.due_on.isoformat() if case.due_on else None,
        "provisional": case.due_provisional,
    }
