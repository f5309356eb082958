"""Who handles a case: signed for, passed to another unit, handed back, taken back. Every hop leaves its moment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions.days import why_no_reason
from gongkai.foi.actions.engine import advance, locked
from gongkai.foi.models import Case
from gongkai.foi.queries.who import Doer, why_not_step
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.models import Unit

NOT_PASSED_ON = "这个案件没有转给其他单位，由本单位自己办理。需要转办请用“转办”。"


def why_not_sign_for(*, case: Case, by: Doer) -> list[Refusal]:
    """Why this person cannot take the case in hand."""
    return why_not_step(case, "sign_for", by)


@transaction.atomic
def sign_for(*, case: Case, by: Doer, now: datetime) -> Case:
    """Somebody of the unit takes the case in hand; from here on he is the one who is reminded."""
    case = locked(case)
    refuse_if(why_not_sign_for(case=case, by=by))
    return advance(case, "sign_for", by=by, now=now, changes={"assignee_id": by.person_id})


def why_not_assign(*, case: Case, to: Unit | None, by: Doer) -> list[Refusal]:
    """Why the case cannot be passed to this unit."""
    found = why_not_step(case, "assign", by)
    if to is None:
        found.append(Refusal("foi.no_unit", "", "没有选承办单位。请在名录里选一个单位。"))
        return found
    if to.pk == case.unit_id:
        text = "承办单位就是本单位，不用转办。请直接签收办理。"
        found.append(Refusal("foi.own_unit", "", text))
    elif to.pk == case.holder_id:
        found.append(Refusal("foi.same_unit", "", f"案件已经在{to.short_name}。请等待签收，或者先收回。"))
    if not to.active:
        found.append(Refusal("foi.unit_gone", "", f"{to.short_name}已经停用。请选现在的承接单位。"))
    return found


@transaction.atomic
def assign(*, case: Case, to: Unit, by: Doer, now: datetime, note: str = "") -> Case:
    """Pass a case to the unit that keeps the information; the answer stays with the agency."""
    case = locked(case)
    refuse_if(why_not_assign(case=case, to=to, by=by))
    return advance(
        case,
        "assign",
        by=by,
        now=now,
        note=note.strip(),
        facts={"to": to.pk, "to_name": to.short_name},
        changes={"holder_id": to.pk, "assignee_id": None},
    )


def why_not_hand_back(*, case: Case, by: Doer, reason: str) -> list[Refusal]:
    """Why the unit that got the case cannot hand it back, or not without a reason."""
    found = why_not_step(case, "hand_back", by)
    if case.holder_id is None:
        found.append(Refusal("foi.not_passed_on", states.EVENTS["hand_back"].basis, NOT_PASSED_ON))
    return found + why_no_reason(reason, what="退回", basis=states.EVENTS["hand_back"].basis)


@transaction.atomic
def hand_back(*, case: Case, by: Doer, now: datetime, reason: str) -> Case:
    """The unit hands the case back with its reason; it stands in the register of the agency again."""
    case = locked(case)
    refuse_if(why_not_hand_back(case=case, by=by, reason=reason))
    return _back(case, "hand_back", by=by, now=now, reason=reason)


def why_not_take_back(*, case: Case, by: Doer, reason: str) -> list[Refusal]:
    """Why the agency cannot take the case back from the unit that handles it."""
    found = why_not_step(case, "take_back", by)
    if case.holder_id is None:
        found.append(Refusal("foi.not_passed_on", states.EVENTS["take_back"].basis, NOT_PASSED_ON))
    return found + why_no_reason(reason, what="收回", basis=states.EVENTS["take_back"].basis)


@transaction.atomic
def take_back(*, case: Case, by: Doer, now: datetime, reason: str) -> Case:
    """The agency takes the case back, because it went to the wrong unit or lies there."""
    case = locked(case)
    refuse_if(why_not_take_back(case=case, by=by, reason=reason))
    return _back(case, "take_back", by=by, now=now, reason=reason)


def _back(case: Case, event: str, *, by: Doer, now: datetime, reason: str) -> Case:
    left = {"from": case.holder_id}
    return advance(
        case,
        event,
        by=by,
        now=now,
        note=reason.strip(),
        facts=left,
        changes={"holder_id": None, "holder": None, "assignee_id": None},
    )
