"""What an applicant does himself on the progress page, with the code of his receipt and no account."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions.answers_from_applicant import correction_arrives, reasons_arrive
from gongkai.foi.actions.ending import withdraw
from gongkai.foi.actions.engine import locked
from gongkai.foi.actions.intake import Filed, file_papers
from gongkai.foi.models import Applicant, Case, Paper
from gongkai.foi.models.applicant import PURPOSE
from gongkai.foi.queries.who import APPLICANT
from gongkai.kernel import sealing
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.messaging.actions import send_to_role
from gongkai.trail.chain import record

OWN_WORDS = "申请人撤回"


@transaction.atomic
def send_correction(*, case: Case, text: str, papers: Iterable[Filed], now: datetime) -> Case:
    """The applicant corrects his request; an authorisation that came with it is noted (条例第三十条)."""
    case = locked(case)
    filed = list(papers)
    keys = file_papers(case, filed, by=APPLICANT, now=now)
    case = correction_arrives(
        case=case, by=APPLICANT, on=legal_day(now), now=now, text=text, papers=tuple(keys)
    )
    if any(one.kind == Paper.Kind.AUTHORISATION for one in filed):
        Applicant.objects.unscoped("the applicant of this case").filter(pk=case.applicant_id).update(
            agent_authorised=True
        )
    _tell(case, what="补正", now=now)
    return case


@transaction.atomic
def send_reasons(*, case: Case, text: str, now: datetime) -> Case:
    """The applicant says why he asks so much or so often (条例第三十五条)."""
    case = reasons_arrive(case=case, by=APPLICANT, on=legal_day(now), now=now, text=text)
    _tell(case, what="说明的理由", now=now)
    return case


@transaction.atomic
def take_back(*, case: Case, reason: str, now: datetime) -> Case:
    """The applicant takes his request back; he need not say why."""
    case = withdraw(case=case, by=APPLICANT, on=legal_day(now), reason=reason.strip() or OWN_WORDS, now=now)
    _tell(case, what="撤回申请", now=now)
    return case


def why_not_confirm_contact(*, case: Case, phone: str) -> list[Refusal]:
    """Why the way to reach the applicant cannot be noted now."""
    if case.state not in states.OPEN:
        return [
            Refusal("foi.case_closed", "", "这件申请已经办结，不用再改联系方式。有事请拨打办理单位电话。")
        ]
    if not phone.strip():
        return [Refusal("foi.no_phone", "条例第二十九条", "没有填写电话。请填写能找到您的电话号码。")]
    return []


@transaction.atomic
def confirm_contact(*, case: Case, phone: str, email: str, now: datetime) -> Case:
    """The applicant says how he can be reached; the officers hear that contact is there again (207号)."""
    case = locked(case)
    refuse_if(why_not_confirm_contact(case=case, phone=phone))
    fields = {"phone_sealed": sealing.seal(phone.strip(), purpose=PURPOSE), "contact_confirmed_at": now}
    if email.strip():
        fields["email_sealed"] = sealing.seal(email.strip(), purpose=PURPOSE)
    Applicant.objects.unscoped("the applicant of this case").filter(pk=case.applicant_id).update(**fields)
    record(verb="foi.confirm_contact", by=APPLICANT, at=now, about=case)
    _tell(case, what="新的联系方式", now=now)
    return case


def _tell(case: Case, *, what: str, now: datetime) -> None:
    send_to_role(
        action="foi.sign_for",
        unit=case.holder or case.unit,
        subject=f"{case.number} 申请人提交了{what}",
        text="请打开案件查看。",
        url=f"/workbench/foi/{case.pk}/",
        key=f"foi.from_applicant:{case.pk}:{what}:{now.isoformat()}",
        now=now,
        due=case.due_on,
        about=case,
    )
