"""From the rows of a case to its dates: events as the pure clock reads them, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gongkai.foi import states
from gongkai.foi.models import Case, CaseEvent, Consultation, Letter
from gongkai.foi.rules import case_events as facts
from gongkai.foi.rules.case_dates import CaseDates, SubClock
from gongkai.foi.rules.clocks import reckon_case
from gongkai.law.calendar import ONE_DAY, WorkCalendar
from gongkai.law.clock import Clock, Unit
from gongkai.law.queries import calendar

WHY = "the dates of a case follow from all of its rows"
WITH_LETTER = ("ask_correction", "ask_fee")  # events whose period starts when their letter is received


def dates_of(case: Case, work: WorkCalendar | None = None, *, named: bool = True) -> CaseDates:
    """Every date of one case that was received, with its day-by-day trace.

    ``named=False`` for the applicant: whoever was asked appears by his kind only (第三方).
    """
    return reckon_case(tuple(clock_events(case, named=named)), work or calendar())


def clock_events(case: Case, *, named: bool = True) -> Iterator[facts.CaseEvent]:
    """What happened to the case in its present round, in the words of the rules."""
    rows = list(CaseEvent.objects.unscoped(WHY).filter(case=case, round=case.round))
    # Most cases meet neither a letter that restarts the clock nor a party to be asked; these are not read then.
    wanted = {int(row.facts.get("letter") or 0) for row in rows if row.name in WITH_LETTER}
    letters = Letter.objects.unscoped(WHY).in_bulk(wanted) if wanted else {}
    asked: list[Consultation] = []
    if any(row.name == "consult" for row in rows):
        asked = list(Consultation.objects.unscoped(WHY).filter(case=case, sent_on__isnull=False))
    return from_rows(case, rows, letters, asked, named=named)


def from_rows(
    case: Case,
    rows: Iterable[CaseEvent],
    letters: dict[int, Letter],
    asked: Iterable[Consultation],
    *,
    named: bool = True,
) -> Iterator[facts.CaseEvent]:
    """The same from rows at hand, for many cases at once."""
    start = _start(case, rows)
    if start is None:
        return
    yield facts.Received(start)
    for row in rows:
        found = _clock_event(row, letters.get(int(row.facts.get("letter") or 0)))
        if found is not None:
            yield found
    for one in asked:
        if one.sent_on is not None and one.sent_on >= start:
            yield facts.ConsultationSent(
                kind=facts.Asked(one.kind),
                party=one.party if named else one.get_kind_display(),
                sent=one.sent_on,
                delivered=one.delivered_on,
                answered=one.answered_on,
            )


def lapse_day(case: Case, dates: CaseDates, work: WorkCalendar | None = None) -> date | None:
    """The day on which a silence takes effect by itself; None where nothing waits or no delivery is known.

    Without the day of delivery nobody knows when a period began, so nothing may lapse by itself.
    """
    clock: SubClock | None = None
    match case.state:
        case states.CORRECTION:
            clock = dates.correction_period
        case states.FEE:
            clock = dates.payment
        case states.REASONS:
            ends = reasons_end(case, work)
            return ends + ONE_DAY if ends else None
        case states.CONSULTING:
            asked = Consultation.objects.unscoped(WHY).filter(
                case=case, sent_on__isnull=False, answered_on=None, lapsed_on=None, delivered_on__isnull=False
            )
            first = asked.order_by("due_on").values_list("due_on", flat=True).first()
            return first + ONE_DAY if first else None
    if clock is None or clock.assumed or clock.done_on is not None or not asked_and_received(case):
        return None
    return clock.due + ONE_DAY


def asked_and_received(case: Case) -> bool:
    """Whether the applicant is known to have the letter for whose answer the case waits."""
    rows = CaseEvent.objects.unscoped(WHY).filter(case=case, name__in=("ask_correction", "ask_fee"))
    row = rows.order_by("-pk").first()
    if row is None:
        return False
    letters = Letter.objects.unscoped(WHY).filter(pk=int(row.facts.get("letter") or 0))
    return letters.filter(received_on__isnull=False).exists()


def reasons_end(case: Case, work: WorkCalendar | None = None) -> date | None:
    """The last day for the applicant's reasons (条例第三十五条); None until he is known to have the letter."""
    rows = CaseEvent.objects.unscoped(WHY).filter(case=case, round=case.round, name="ask_reasons")
    row = rows.order_by("-pk").first()
    letter = (
        Letter.objects.unscoped(WHY).filter(pk=int(row.facts.get("letter") or 0)).first() if row else None
    )
    if row is None or letter is None or letter.received_on is None:
        return None
    days = int(row.facts.get("period_working_days") or 0)
    if days < 1:
        return _day(row.facts.get("period_ends"))
    return Clock(Unit.WORKING_DAYS, days, letter.received_on).reckon(work or calendar()).due


def _start(case: Case, rows: Iterable[CaseEvent]) -> date | None:
    """The receipt of the request; in a later round the day on which the order to answer anew came in."""
    if case.round == 1:
        return case.received_on
    return next((row.on for row in rows if row.name == "redo"), case.received_on)


def _clock_event(row: CaseEvent, letter: Letter | None) -> facts.CaseEvent | None:
    received = letter.received_on if letter else None
    match row.name:
        case "ask_correction":
            return facts.CorrectionAsked(
                dispatched=row.on,
                period_ends=_day(row.facts.get("period_ends")),
                received=received,
                period_working_days=row.facts.get("period_working_days"),
            )
        case "correction_arrives":
            return facts.CorrectionReceived(row.on)
        case "ask_fee":
            return facts.FeeAsked(dispatched=row.on, received=received)
        case "fee_paid":
            return facts.FeePaid(row.on)
        case "ask_reasons":
            return facts.ReasonsAsked(dispatched=row.on)
        case "set_delay":
            until = _day(row.facts.get("until"))
            return facts.ReasonableDelay(until=until, dispatched=row.on) if until else None
        case "extend":
            return facts.Extended(
                by_days=int(row.facts["days"]),
                approved=_day(row.facts.get("approved_on")),
                dispatched=row.on,
                reason=row.note,
            )
        case "dispatch":
            return facts.AnswerDispatched(row.on)
        case "deliver":
            return facts.AnswerReceived(row.on)
        case "withdraw":
            return facts.Withdrawn(row.on)
        case "join":
            return facts.Closed(row.on, "并入另一申请办理")
    return None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
