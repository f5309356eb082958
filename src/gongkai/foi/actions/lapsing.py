"""What happens by itself when a period has passed in silence; found by looking at the rows, minute by minute."""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions.answers_from_applicant import (
    correction_lapses,
    reasons_lapse,
    why_not_correction_lapses,
    why_not_reasons_lapse,
)
from gongkai.foi.actions.charging import fee_lapses, why_not_fee_lapses
from gongkai.foi.actions.consulting import consultation_lapses, why_not_consultation_lapses
from gongkai.foi.actions.engine import locked, set_dates
from gongkai.foi.models import Case, Consultation
from gongkai.foi.queries.waiting import cases_to_lapse
from gongkai.kernel.clock import legal_day
from gongkai.trail.chain import SYSTEM

log = logging.getLogger(__name__)
WHY = "the system looks at every unit's cases"


def lapse_what_is_due(*, now: datetime, limit: int = 200) -> int:
    """Let every silence take effect whose day has come; asking again changes nothing. How many cases moved."""
    moved = 0
    for case in cases_to_lapse(legal_day(now), limit):
        try:
            moved += _lapse(case, now=now)
        except Exception:  # noqa: BLE001 -- one case's fault must not stop the periods of the others
            log.exception("case %s did not lapse", case.pk)
    return moved


@transaction.atomic
def _lapse(case: Case, *, now: datetime) -> bool:
    case = locked(case)
    match case.state:
        case states.CORRECTION if not why_not_correction_lapses(case=case, by=SYSTEM, now=now):
            correction_lapses(case=case, by=SYSTEM, now=now)
        case states.FEE if not why_not_fee_lapses(case=case, by=SYSTEM, now=now):
            fee_lapses(case=case, by=SYSTEM, now=now)
        case states.REASONS if not why_not_reasons_lapse(case=case, by=SYSTEM, now=now):
            reasons_lapse(case=case, by=SYSTEM, now=now)
        case states.CONSULTING if _lapse_parties(case, now=now, today=legal_day(now)):
            pass
        case _:
            set_dates(case)  # the day it waited for is no longer the right one
            case.save()
            return False
    return True


def _lapse_parties(case: Case, *, now: datetime, today: date) -> int:
    rows = Consultation.objects.unscoped(WHY).select_related("case__unit", "case__holder")
    lapsed = 0
    for row in rows.filter(case=case, due_on__lt=today, answered_on=None, lapsed_on=None):
        if not why_not_consultation_lapses(consultation=row, by=SYSTEM, now=now):
            consultation_lapses(consultation=row, by=SYSTEM, now=now)
            lapsed += 1
    return lapsed
