"""The verbs that a case page offers: which form, why not, what it does. One address serves them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.foi import states
from gongkai.foi.actions import answers_from_applicant as applicant
from gongkai.foi.actions import charging, consulting, deliberating, ending, extending, routing, searching
from gongkai.foi.forms import handling as forms
from gongkai.foi.models import Case, Consultation, Deliberation, Extension, Fee
from gongkai.foi.queries.case_page import CasePage
from gongkai.foi.queries.who import why_not_step
from gongkai.foi.rules.case_dates import CaseDates
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal
from gongkai.orgs.actor import Actor

TO_FILL = "（待填写）"
Row = Any


@dataclass(frozen=True, slots=True)
class Call:
    """One press of a button: who, when, on which case and row, with which words."""

    case: Case
    by: Actor
    now: datetime
    data: dict[str, Any]
    row: Row = None
    page: CasePage | None = None

    @property
    def dates(self) -> CaseDates | None:
        """The dates as the page has them already."""
        return self.page.dates if self.page else None

    @property
    def one_pending(self) -> bool | None:
        """Whether an extension is on its way already, as the page knows it."""
        if self.page is None:
            return None
        return any(not one.refused_why and one.told_on is None for one in self.page.extensions)


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: ``event`` is its word in the table, ``model`` what its row is, if it acts on a row of the case."""

    key: str
    label: str
    event: str
    act: Callable[[Call], object]
    why_not: Callable[[Call], list[Refusal]]
    done: str
    form: type[forms.VerbForm] = forms.NoInput
    model: type[Any] | None = None
    grave: bool = False

    @property
    def on_demand(self) -> bool:
        """Forms whose choices come from the database are drawn when somebody opens them."""
        return self.form in (forms.AssignForm, forms.DeliberationForm, forms.SearchForm)


def _step(event: str) -> Callable[[Call], list[Refusal]]:
    return lambda call: why_not_step(call.case, event, call.by)


def _assign(call: Call) -> object:
    return routing.assign(
        case=call.case, to=call.data["to"], by=call.by, now=call.now, note=call.data.get("note", "")
    )


def _prepare_fee(call: Call) -> object:
    mode, number = call.data["mode"], call.data["number"]
    return charging.prepare_fee(
        case=call.case,
        by=call.by,
        mode=mode,
        pieces=number if mode == Fee.Mode.PIECES else 0,
        pages=number if mode == Fee.Mode.PAGES else 0,
        reason=call.data["reason"],
        now=call.now,
    )


def _deliberate(call: Call) -> object:
    holder = call.case.holder or call.case.unit
    asked = [
        deliberating.Asked("holder", holder),
        deliberating.Asked("legal", call.data["legal"]),
        *(deliberating.Asked("related", unit) for unit in call.data["related"]),
    ]
    return deliberating.deliberate(
        case=call.case, by=call.by, question=call.data["question"], asked=asked, now=call.now
    )


def _join(call: Call) -> object:
    rows = Case.objects.unscoped("narrowed to the same unit; the action says the rest")
    into = rows.filter(number=call.data["number"].strip().upper(), unit=call.case.unit_id).first()
    day, reason = legal_day(call.now), call.data["reason"]
    return ending.join(case=call.case, into=into, by=call.by, reason=reason, now=call.now, on=day)


VERBS: dict[str, Verb] = {
    verb.key: verb
    for verb in (
        Verb("sign_for", "签收办理", "sign_for",
             lambda c: routing.sign_for(case=c.case, by=c.by, now=c.now),
             lambda c: routing.why_not_sign_for(case=c.case, by=c.by), "已签收，您是经办人。"),
        Verb("assign", "转办", "assign", _assign, _step("assign"), "已转办，等对方签收。", forms.AssignForm),
        Verb("hand_back", "退回", "hand_back",
             lambda c: routing.hand_back(case=c.case, by=c.by, now=c.now, **c.data),
             lambda c: routing.why_not_hand_back(case=c.case, by=c.by, reason=TO_FILL),
             "已退回答复单位。", forms.ReasonForm),
        Verb("take_back", "收回转办", "take_back",
             lambda c: routing.take_back(case=c.case, by=c.by, now=c.now, **c.data),
             lambda c: routing.why_not_take_back(case=c.case, by=c.by, reason=TO_FILL),
             "已收回，由本单位办理。", forms.ReasonForm),
        Verb("correction_arrives", "登记补正", "correction_arrives",
             lambda c: applicant.correction_arrives(case=c.case, by=c.by, now=c.now, **c.data),
             _step("correction_arrives"), "已登记补正，答复期限重新计算。", forms.CorrectionForm),
        Verb("correction_lapses", "按逾期不补正登记", "correction_lapses",
             lambda c: applicant.correction_lapses(case=c.case, by=c.by, now=c.now),
             lambda c: applicant.why_not_correction_lapses(case=c.case, by=c.by, now=c.now),
             "已登记逾期不补正。请按放弃申请办结，并告知申请人。"),
        Verb("reasons_arrive", "登记申请人的理由", "reasons_arrive",
             lambda c: applicant.reasons_arrive(case=c.case, by=c.by, now=c.now, **c.data),
             _step("reasons_arrive"), "已登记。", forms.ReasonsForm),
        Verb("reasons_lapse", "按逾期不说明理由登记", "reasons_lapse",
             lambda c: applicant.reasons_lapse(case=c.case, by=c.by, now=c.now),
             lambda c: applicant.why_not_reasons_lapse(case=c.case, by=c.by, now=c.now), "已登记。"),
        Verb("prepare_fee", "核算信息处理费", "ask_fee", _prepare_fee, _step("ask_fee"),
             "已核算。发出收费通知书以后才停止计算期限。", forms.FeeForm),
        Verb("cancel_fee", "撤销收费", "ask_fee",
             lambda c: charging.cancel_fee(fee=c.row, by=c.by, now=c.now, **c.data),
             lambda c: charging.why_not_cancel_fee(fee=c.row, by=c.by, reason=TO_FILL),
             "已撤销这笔收费。", forms.ReasonForm, Fee),
        Verb("fee_paid", "登记缴费", "fee_paid",
             lambda c: charging.fee_paid(case=c.case, by=c.by, now=c.now, **c.data),
             _step("fee_paid"), "已登记缴费，答复期限重新计算。", forms.FeePaidForm),
        Verb("fee_lapses", "按逾期不缴费登记", "fee_lapses",
             lambda c: charging.fee_lapses(case=c.case, by=c.by, now=c.now),
             lambda c: charging.why_not_fee_lapses(case=c.case, by=c.by, now=c.now),
             "已登记逾期不缴费。请按放弃申请办结，并告知申请人。"),
        Verb("add_consultation", "征求第三方或其他机关意见", "consult",
             lambda c: consulting.add_consultation(case=c.case, by=c.by, now=c.now, **c.data),
             _step("consult"), "已列入征求对象。征求意见书发出以后，时间不计入期限。",
             forms.ConsultationForm),
        Verb("drop_consultation", "不再征求这一方", "consult",
             lambda c: consulting.drop_consultation(consultation=c.row, by=c.by, now=c.now),
             lambda c: consulting.why_not_drop_consultation(consultation=c.row, by=c.by),
             "已从征求对象里去掉。", forms.NoInput, Consultation),
        Verb("opinion_arrives", "登记对方意见", "opinion_arrives",
             lambda c: consulting.opinion_arrives(consultation=c.row, by=c.by, now=c.now, **c.data),
             _step("opinion_arrives"), "已登记意见。", forms.OpinionForm, Consultation),
        Verb("consultation_lapses", "按逾期未答登记", "consultation_lapses",
             lambda c: consulting.consultation_lapses(consultation=c.row, by=c.by, now=c.now),
             lambda c: consulting.why_not_consultation_lapses(consultation=c.row, by=c.by, now=c.now),
             "已登记逾期未答。", forms.NoInput, Consultation),
        Verb("find_reasonable", "认定理由合理", "opinion_arrives",
             lambda c: consulting.judge_objection(consultation=c.row, by=c.by, reasonable=True, now=c.now),
             lambda c: consulting.why_not_judge_objection(consultation=c.row, by=c.by),
             "已认定对方理由合理。", forms.NoInput, Consultation),
        Verb("find_unreasonable", "认定理由不合理", "opinion_arrives",
             lambda c: consulting.judge_objection(consultation=c.row, by=c.by, reasonable=False, now=c.now),
             lambda c: consulting.why_not_judge_objection(consultation=c.row, by=c.by),
             "已认定对方理由不合理。", forms.NoInput, Consultation),
        Verb("override", "因公共利益仍公开", "opinion_arrives",
             lambda c: consulting.override(consultation=c.row, by=c.by, now=c.now, **c.data),
             lambda c: consulting.why_not_override(consultation=c.row, by=c.by, reason=TO_FILL),
             "已记录。请在答复前书面告知第三方公开的内容和理由。", forms.ReasonForm, Consultation),
        Verb("deliberate", "召集会商", "deliberate", _deliberate, _step("deliberate"),
             "会商已开始，各方会在待办里看到。", forms.DeliberationForm),
        Verb("conclude", "下会商结论", "conclude",
             lambda c: deliberating.conclude(deliberation=c.row, by=c.by, now=c.now, **c.data),
             lambda c: deliberating.why_not_conclude(
                 deliberation=c.row, by=c.by, conclusion=TO_FILL, held_on=legal_day(c.now), now=c.now),
             "结论已固定进案卷。", forms.ConclusionForm, Deliberation),
        Verb("propose_extension", "申请延期", "propose_extension",
             lambda c: extending.propose_extension(case=c.case, by=c.by, now=c.now, **c.data),
             lambda c: extending.why_not_propose_extension(
                 case=c.case, by=c.by, days=1, reason=TO_FILL, now=c.now, dates=c.dates, one_pending=c.one_pending),
             "已报公开工作机构负责人。", forms.ExtensionForm),
        Verb("approve_extension", "同意延期", "approve_extension",
             lambda c: extending.approve_extension(extension=c.row, by=c.by, now=c.now),
             lambda c: extending.why_not_approve_extension(extension=c.row, by=c.by, now=c.now, dates=c.dates),
             "已同意。延期告知书要在原期限之前发出。", forms.NoInput, Extension),
        Verb("refuse_extension", "不同意延期", "refuse_extension",
             lambda c: extending.refuse_extension(extension=c.row, by=c.by, now=c.now, **c.data),
             lambda c: extending.why_not_refuse_extension(extension=c.row, by=c.by, reason=TO_FILL),
             "已退回延期申请。", forms.ReasonForm, Extension),
        Verb("record_search", "记录检索", "record_search",
             lambda c: searching.record_search(case=c.case, by=c.by, now=c.now, **c.data),
             _step("record_search"), "检索记录已进案卷。", forms.SearchForm),
        Verb("withdraw", "申请人撤回申请", "withdraw",
             lambda c: ending.withdraw(case=c.case, by=c.by, now=c.now, **c.data),
             _step("withdraw"), "已按撤回申请办结。", forms.WithdrawForm, None, True),
        Verb("join", "并入另一件", "join", _join, _step("join"), "已并案办理。", forms.JoinForm, None, True),
        Verb("void", "注销登记", "void",
             lambda c: ending.void(case=c.case, by=c.by, now=c.now, **c.data),
             lambda c: ending.why_not_void(case=c.case, by=c.by, reason=TO_FILL),
             "已注销，编号保留。", forms.ReasonForm, None, True),
    )
}  # fmt: skip


def offered(case: Case, *keys: str) -> list[Verb]:
    """Those of the verbs that the table knows in the present state."""
    return [VERBS[key] for key in keys if states.target_of(case.state, VERBS[key].event) is not None]
