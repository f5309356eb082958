"""The one place that writes the state of a case: what the table allows, the event, the dates, the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F

from gongkai.events.foi import CaseMoved
from gongkai.foi import states
from gongkai.foi.models import Case, CaseEvent, CaseSeries
from gongkai.foi.queries.clocks import dates_of, lapse_day
from gongkai.foi.queries.who import Doer, why_not_step
from gongkai.foi.rules.case_dates import CaseDates
from gongkai.foi.rules.clocks import CaseError
from gongkai.foi.rules.reminding import first_reminder
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.orgs.models import Unit
from gongkai.trail.chain import record

CLOCK_FIELDS = (
    "due_on",
    "due_provisional",
    "risk_due_on",
    "clock_stopped",
    "extended_days",
    "remind_on",
    "lapse_on",
)


def locked(case: Case) -> Case:
    """The case as it is now, kept from everybody else until the transaction ends."""
    rows = Case.objects.unscoped("the action checks the unit itself").select_for_update(of=("self",))
    return rows.select_related("unit", "agency", "holder").get(pk=case.pk)


def advance(
    case: Case,
    event: str,
    *,
    by: Doer,
    now: datetime,
    on: date | None = None,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    unit_id: int | None = None,
) -> Case:
    """Let an event happen to a locked case: state, event row, dates, trail, message to the lines.

    ``on`` is the legal day on which it happened (a letter was posted), today where not given. ``facts`` stand
    in the event and the trail and hold no personal data; ``changes`` are further fields of the case;
    ``unit_id`` names the unit for which somebody acts who is of neither side (an opinion that was asked for).
    Raises ``Refused`` where the table says no; the caller has asked its own ``why_not`` before.
    """
    refuse_if(why_not_step(case, event, by, unit_id=unit_id))
    target = states.target_of(case.state, event)
    if target is None:  # why_not_step has said so
        raise Refused([])
    source = case.state
    for field, value in (changes or {}).items():
        setattr(case, field, value)
    if target != source:
        case.state, case.state_since = target, now
    happened = on or legal_day(now)
    _write(case, event, by=by, now=now, on=happened, source=source, note=note, facts=dict(facts or {}))
    set_dates(case)
    case.save()
    return case


def begin(case: Case, *, by: Doer, now: datetime, on: date, facts: Mapping[str, Any] | None = None) -> Case:
    """The first event of a case that was just stored."""
    _write(case, "open", by=by, now=now, on=on, source="", note="", facts=dict(facts or {}))
    set_dates(case)
    case.save(update_fields=list(CLOCK_FIELDS))
    return case


def set_dates(case: Case) -> None:
    """Put the dates that follow from the events beside the case; the caller saves."""
    if case.received_on is None:
        # 条例第三十一条: nothing runs yet, but somebody has to speak with the applicant on this very day.
        case.remind_on = case.arrived_on if case.state == states.ARRIVED else None
        return
    try:
        dates = dates_of(case)
    except CaseError as impossible:
        raise Refused([Refusal("foi.dates", "", str(impossible))]) from impossible
    put_dates(case, dates, lapse_on=lapse_day(case, dates))


def put_dates(case: Case, dates: CaseDates, *, lapse_on: date | None) -> None:
    """The stored image of reckoned dates: what lists filter by and the minute looks for; the caller saves."""
    case.due_on, case.due_provisional = dates.due, dates.provisional
    case.risk_due_on, case.clock_stopped = dates.risk_due, bool(dates.waiting_for)
    case.extended_days = dates.extended_by
    case.remind_on = first_reminder(dates) if case.state in states.OPEN else None
    case.lapse_on = lapse_on


def next_number(unit: Unit, series: str, year: int) -> int:
    """The next number of a series of a unit, given once; numbers have no gaps (条例第四十五条)."""
    CaseSeries.objects.get_or_create(unit=unit, series=series, year=year)
    rows = CaseSeries.objects.filter(unit=unit, series=series, year=year)
    rows.update(last=F("last") + 1)  # locks the row, so the next reader waits
    return rows.values_list("last", flat=True).get()


def _write(
    case: Case,
    event: str,
    *,
    by: Doer,
    now: datetime,
    on: date,
    source: str,
    note: str,
    facts: dict[str, Any],
) -> None:
    CaseEvent.objects.create(
        case=case,
        unit_id=case.unit_id,
        name=event,
        on=on,
        at=now,
        by_id=by.person_id,
        by_name=by.name,
        source=source,
        target=case.state,
        round=case.round,
        note=note,
        facts=facts,
    )
    told = {"event": event, "from": source, "to": case.state, "on": on.isoformat()}
    record(verb=f"foi.{event}", by=by, at=now, about=case, facts=told | {"facts": facts})
    emit(CaseMoved(case_id=case.pk, unit_id=case.unit_id, event=event, state=case.state))
