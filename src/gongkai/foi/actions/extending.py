"""More time: proposed by the handler, agreed by the head of the disclosure office, told before the old date."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from gongkai.foi import states
from gongkai.foi.actions.days import why_no_reason
from gongkai.foi.actions.engine import advance, locked
from gongkai.foi.models import Case, Extension
from gongkai.foi.queries.clocks import dates_of
from gongkai.foi.queries.who import Doer, why_not_step
from gongkai.foi.rules import steps
from gongkai.foi.rules.case_dates import CaseDates
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if

ARTICLE = states.EVENTS["extend"].basis
WHY = "the action checks the unit of the case"


def why_not_propose_extension(
    *,
    case: Case,
    by: Doer,
    days: int | None,
    reason: str,
    now: datetime,
    dates: CaseDates | None = None,
    one_pending: bool | None = None,
) -> list[Refusal]:
    """Why no extension can be proposed: too many days, too late, none left, no reason."""
    found = why_not_step(case, "propose_extension", by)
    if case.received_on is not None:
        found += steps.why_not_extend(
            dates or dates_of(case), by_days=days or 0, on=legal_day(now), reason=reason, approved=True
        )
    if pending(case).exists() if one_pending is None else one_pending:
        found.append(
            Refusal("foi.extension_pending", ARTICLE, "已有一次延期申请还没有办完。请先办完或者退回。")
        )
    return found + why_no_reason(reason, what="延期", basis=ARTICLE)


@transaction.atomic
def propose_extension(*, case: Case, by: Doer, days: int, reason: str, now: datetime) -> Extension:
    """The handler asks for more time; the date moves only when the applicant has been told."""
    case = locked(case)
    refuse_if(why_not_propose_extension(case=case, by=by, days=days, reason=reason, now=now))
    assert by.person_id is not None
    row = Extension._base_manager.create(
        case=case,
        unit_id=case.unit_id,
        days=days,
        reason=reason.strip(),
        proposed_by_id=by.person_id,
        proposed_at=now,
    )
    advance(case, "propose_extension", by=by, now=now, note=row.reason, facts={"row": row.pk, "days": days})
    return row


def why_not_approve_extension(
    *, extension: Extension, by: Doer, now: datetime, dates: CaseDates | None = None
) -> list[Refusal]:
    """Why this person cannot agree: not the head of the office, or it is his own proposal."""
    found = why_not_step(extension.case, "approve_extension", by)
    found += _why_not_decide(extension)
    if extension.proposed_by_id == by.person_id:
        text = "这是您自己提出的延期申请，不能由您同意。请由另一位审核人办理。"
        found.append(Refusal("foi.own_extension", ARTICLE, text))
    found += steps.why_not_extend(
        dates or dates_of(extension.case), by_days=extension.days, on=legal_day(now), reason=extension.reason
    )
    return found


@transaction.atomic
def approve_extension(*, extension: Extension, by: Doer, now: datetime) -> Extension:
    """The head of the disclosure office agrees (条例第三十三条第二款); the notice has to leave before the old date."""
    case = locked(extension.case)
    row = _fresh(extension)
    refuse_if(why_not_approve_extension(extension=row, by=by, now=now))
    row.approved_by_id, row.approved_at = by.person_id, now
    row.save(update_fields=["approved_by", "approved_at"])
    advance(case, "approve_extension", by=by, now=now, facts={"row": row.pk, "days": row.days})
    return row


def why_not_refuse_extension(*, extension: Extension, by: Doer, reason: str) -> list[Refusal]:
    """Why the proposal cannot be turned down, or not without a reason."""
    found = why_not_step(extension.case, "refuse_extension", by)
    found += _why_not_decide(extension)
    return found + why_no_reason(reason, what="不同意延期", basis=ARTICLE)


@transaction.atomic
def refuse_extension(*, extension: Extension, by: Doer, reason: str, now: datetime) -> Extension:
    """The head of the disclosure office does not agree; the old date stands."""
    case = locked(extension.case)
    row = _fresh(extension)
    refuse_if(why_not_refuse_extension(extension=row, by=by, reason=reason))
    row.refused_why = reason.strip()[:200]
    row.save(update_fields=["refused_why"])
    advance(case, "refuse_extension", by=by, now=now, note=row.refused_why, facts={"row": row.pk})
    return row


def pending(case: Case) -> QuerySet[Extension]:
    """Extensions on their way: proposed, neither turned down nor told."""
    rows = Extension.objects.unscoped(WHY)
    return rows.filter(case=case, refused_why="", told_on=None)


def _why_not_decide(extension: Extension) -> list[Refusal]:
    if extension.approved_at is None and not extension.refused_why:
        return []
    return [Refusal("foi.extension_decided", ARTICLE, "这次延期申请已经有了决定。请刷新页面。")]


def _fresh(extension: Extension) -> Extension:
    return Extension.objects.unscoped(WHY).select_related("case__unit", "case__holder").get(pk=extension.pk)
