"""申诉 about a public institution: which duty, whether it exists, whether it was met, what is ordered (条例第五十五条)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.foi.models import Appeal, AppealSettings, Case, Institution, InstitutionDuty
from gongkai.foi.queries.appeals import appeal_dates, settings_now
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, Who, record

BASIS = "条例第五十五条"


@transaction.atomic
def name_institution(
    *, case: Case, institution: Institution, item_named: str, by: Who = SYSTEM, now: datetime
) -> Appeal:
    """What the appeal is about, as the citizen said it; its period runs from the receipt."""
    due, provisional = appeal_dates(case)
    made, _ = Appeal.objects.unscoped("the appeal belongs to the case at hand").update_or_create(
        case=case,
        defaults={
            "unit_id": case.unit_id,
            "institution": institution,
            "item_named": item_named.strip()[:200],
            "due_on": due,
            "due_provisional": provisional,
        },
    )
    record(verb="foi.name_institution", by=by, at=now, about=made, facts={"institution": institution.pk})
    return made


def why_not_name(*, case: Case, institution: Institution | None, item_named: str, by: Actor) -> list[Refusal]:
    """Why the appeal cannot be entered so."""
    found = []
    if not can(by, "foi.handle", case.unit_id):
        found.append(Refusal("foi.role", "本平台权限规定", "申诉由受理的主管部门登记。"))
    if case.kind != Case.Kind.APPEAL:
        found.append(Refusal("foi.no_appeal", BASIS, "这不是公共企事业单位的申诉案件。"))
    if institution is None:
        found.append(Refusal("foi.no_institution", BASIS, "没有选被申诉的单位。名录里没有的，请先登记。"))
    elif institution.supervisor_id != case.unit_id:
        text = f"{institution}由{institution.supervisor.short_name}主管。请转给它办理，并告知申诉人。"
        found.append(Refusal("foi.other_supervisor", BASIS, text))
    if not item_named.strip():
        found.append(Refusal("foi.no_item", BASIS, "没有写申诉人说的是哪一项没有公开。"))
    return found


def why_not_judge(
    *,
    appeal: Appeal,
    by: Actor,
    verdict: str,
    duty: InstitutionDuty | None,
    findings: str,
    order: str,
    order_due_on: date | None,
    now: datetime,
) -> list[Refusal]:
    """Why the appeal cannot be judged so."""
    found = []
    if not can(by, "foi.judge_appeal", appeal.unit_id):
        found.append(Refusal("foi.role", "本平台权限规定", "申诉由主管部门的审核人或负责人认定。"))
    if verdict not in Appeal.Verdict.values:
        found.append(Refusal("foi.no_verdict", BASIS, "没有选认定结果。请对照公开职责选一项。"))
    if verdict in (Appeal.Verdict.MET, Appeal.Verdict.NOT_MET) and duty is None:
        text = "认定职责存在，要指明是哪一项公开职责。请从名录里选。"
        found.append(Refusal("foi.no_duty", BASIS, text))
    if duty is not None and duty.sector != appeal.institution.sector:
        text = f"“{duty}”不是{appeal.institution.get_sector_display()}行业的公开职责。请重新选。"
        found.append(Refusal("foi.other_sector", BASIS, text))
    if not findings.strip():
        found.append(Refusal("foi.no_findings", BASIS, "没有写调查情况。请写明查了什么、结果怎样。"))
    if verdict == Appeal.Verdict.NOT_MET:
        if not order.strip() or order_due_on is None:
            text = "没有履行的，要写明责令怎样改正、哪天前改好。"
            found.append(Refusal("foi.no_order", BASIS, text))
        elif order_due_on < legal_day(now):
            found.append(Refusal("foi.order_past", "", "改正期限已经过去。请写今天以后的日期。"))
    return found


@transaction.atomic
def judge_appeal(
    *,
    appeal: Appeal,
    by: Actor,
    now: datetime,
    verdict: str,
    duty: InstitutionDuty | None = None,
    findings: str = "",
    order: str = "",
    order_due_on: date | None = None,
) -> Appeal:
    """The supervising department holds the appeal against the duty list, and orders what is missing."""
    refuse_if(
        why_not_judge(
            appeal=appeal,
            by=by,
            verdict=verdict,
            duty=duty,
            findings=findings,
            order=order,
            order_due_on=order_due_on,
            now=now,
        )
    )
    unmet = verdict == Appeal.Verdict.NOT_MET
    appeal.verdict, appeal.duty, appeal.findings = verdict, duty, findings.strip()
    appeal.order, appeal.order_due_on = (order.strip(), order_due_on) if unmet else ("", None)
    appeal.judged_by_id, appeal.judged_at = by.acting_id, now
    appeal.save()
    facts = {"verdict": verdict, "duty": duty.pk if duty else None}
    record(verb="foi.judge_appeal", by=by, at=now, about=appeal, facts=facts)
    return appeal


def why_not_finish_order(*, appeal: Appeal, by: Actor, on: date | None, now: datetime) -> list[Refusal]:
    """Why the correction cannot be closed."""
    found = []
    if not can(by, "foi.judge_appeal", appeal.unit_id):
        found.append(Refusal("foi.role", "本平台权限规定", "改正情况由主管部门的审核人或负责人核对。"))
    if appeal.verdict != Appeal.Verdict.NOT_MET or appeal.order_done_on is not None:
        found.append(Refusal("foi.no_open_order", "", "没有等待改正的要求。"))
    if on is None or on > legal_day(now):
        found.append(Refusal("foi.order_day", "", "没有写改正完成的日期，或者日期还没有到。请核对。"))
    return found


@transaction.atomic
def finish_order(*, appeal: Appeal, by: Actor, now: datetime, on: date | None) -> Appeal:
    """The institution did what was ordered; the department saw it."""
    refuse_if(why_not_finish_order(appeal=appeal, by=by, on=on, now=now))
    appeal.order_done_on = on
    appeal.save(update_fields=["order_done_on"])
    record(verb="foi.finish_order", by=by, at=now, about=appeal)
    return appeal


def why_not_change_settings(*, by: Actor, working_days: int) -> list[Refusal]:
    """Why the district's rule on appeals cannot be changed so."""
    found = []
    if not can(by, "foi.supervise"):
        found.append(Refusal("foi.role", "本平台权限规定", "申诉办理期限由区政务公开主管部门规定。"))
    if not 1 <= working_days <= 60:
        found.append(Refusal("foi.appeal_days", BASIS, "办理期限应在 1 到 60 个工作日之间。"))
    return found


@transaction.atomic
def change_settings(
    *, by: Actor, now: datetime, working_days: int, course: str, basis: str = ""
) -> AppealSettings:
    """The district fixes period and course of appeals and publishes them with its guide."""
    refuse_if(why_not_change_settings(by=by, working_days=working_days))
    found = settings_now()
    found.working_days, found.course, found.basis, found.changed_at = working_days, course.strip(), basis, now
    found.save()
    record(verb="foi.change_appeal_settings", by=by, at=now, about=found, facts={"days": working_days})
    return found
