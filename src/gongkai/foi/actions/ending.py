"""A case that ends without an answer to its question: withdrawn, joined to another, struck out; and its filing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions.days import why_no_reason, why_not_day
from gongkai.foi.actions.engine import advance, locked
from gongkai.foi.models import Case
from gongkai.foi.queries.who import Doer, why_not_step
from gongkai.law.refusal import Refusal, refuse_if

WITHDRAWN, MERGED = "r6_3_withdrawn", "r6_3_merged"
WHY = "the action checks the unit itself"


def closing_fields(case: Case, *, code: str, on: date) -> dict[str, Any]:
    """The fields of a closed case; the annual report counts the first result only, and counts it once."""
    fields: dict[str, Any] = {"disposition": code, "closed_on": on}
    if case.round == 1 and not case.counted_disposition:
        fields |= {"counted_disposition": code, "counted_on": on}
    return fields


def why_not_withdraw(*, case: Case, by: Doer, on: date | None, reason: str, now: datetime) -> list[Refusal]:
    """Why the request cannot be taken back, or not without its reason in the file."""
    found = why_not_step(case, "withdraw", by)
    found += why_not_day(case, on=on, now=now, what="撤回申请")
    return found + why_no_reason(reason, what="撤回申请", basis=states.EVENTS["withdraw"].basis)


@transaction.atomic
def withdraw(*, case: Case, by: Doer, on: date, reason: str, now: datetime) -> Case:
    """The applicant takes his request back: counted under 其他处理, the clock ends."""
    case = locked(case)
    refuse_if(why_not_withdraw(case=case, by=by, on=on, reason=reason, now=now))
    changes = closing_fields(case, code=WITHDRAWN, on=on) | {"decided_on": on, "served_on": on}
    return advance(case, "withdraw", by=by, now=now, on=on, note=reason.strip(), changes=changes)


def why_not_join(*, case: Case, into: Case | None, by: Doer, reason: str) -> list[Refusal]:
    """Why the case cannot be handled with another one."""
    found = why_not_step(case, "join", by)
    article = states.EVENTS["join"].basis
    if into is None:
        found.append(Refusal("foi.no_case", "", "没有找到要并入的案件。请填写本单位另一件的受理编号。"))
    elif into.pk == case.pk:
        found.append(Refusal("foi.same_case", "", "不能并入自己。请填写另一件的受理编号。"))
    elif into.unit_id != case.unit_id:
        found.append(Refusal("foi.other_unit", article, "只能并入本单位的案件。属于其他单位的请告知申请人。"))
    elif into.state not in states.OPEN:
        text = f"{into.number} 已经办结，不能再并入。重复申请请按重复申请答复。"
        found.append(Refusal("foi.case_closed", article, text))
    elif (
        into.applicant.identity_digest != case.applicant.identity_digest or not case.applicant.identity_digest
    ):
        text = f"{into.number} 的申请人不是同一人，要分别答复。请不要并案。"
        found.append(Refusal("foi.other_applicant", article, text))
    return found + why_no_reason(reason, what="并案", basis=article)


@transaction.atomic
def join(*, case: Case, into: Case | None, by: Doer, reason: str, now: datetime, on: date) -> Case:
    """Handle a second request of the same applicant with the first one; he gets one answer to both."""
    case = locked(case)
    rows = Case.objects.unscoped(WHY).select_related("applicant")
    into = rows.filter(pk=into.pk).first() if into is not None else None
    refuse_if(why_not_join(case=case, into=into, by=by, reason=reason))
    assert into is not None
    changes = closing_fields(case, code=MERGED, on=on)
    changes |= {"about_id": into.pk, "decided_on": on, "served_on": on}
    facts = {"into": into.number}
    return advance(case, "join", by=by, now=now, on=on, note=reason.strip(), facts=facts, changes=changes)


def why_not_void(*, case: Case, by: Doer, reason: str) -> list[Refusal]:
    """Why the entry cannot be struck out; a real request is never struck out, it is answered."""
    found = why_not_step(case, "void", by)
    return found + why_no_reason(reason, what="注销登记", basis=states.EVENTS["void"].basis)


@transaction.atomic
def void(*, case: Case, by: Doer, reason: str, now: datetime) -> Case:
    """Strike out what was entered by mistake (entered twice, not a request at all); the number stays taken."""
    case = locked(case)
    refuse_if(why_not_void(case=case, by=by, reason=reason))
    return advance(case, "void", by=by, now=now, note=reason.strip())


def why_not_archive(*, case: Case, by: Doer) -> list[Refusal]:
    """Why the case cannot be filed yet."""
    return why_not_step(case, "archive", by)


@transaction.atomic
def archive(*, case: Case, by: Doer, now: datetime, package: str = "") -> Case:
    """File the case; ``package`` is the digest of its sealed package, once that was made."""
    case = locked(case)
    refuse_if(why_not_archive(case=case, by=by))
    return advance(case, "archive", by=by, now=now, facts={"package": package} if package else {})
