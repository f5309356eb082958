"""The answer of a case: the draft beside what it lacks, review, signature, service; each verb with its reason why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.foi import states
from gongkai.foi.actions import answer_service, answers
from gongkai.foi.forms import letters as typed
from gongkai.foi.models import Case, Letter
from gongkai.foi.queries import letter_papers, results
from gongkai.foi.queries.lessons import lessons_for
from gongkai.foi.queries.letters import faults_of, given, settings_of
from gongkai.foi.queries.remedies import remedy_places
from gongkai.foi.queries.who import may, why_not_step
from gongkai.foi.rules.letters import letter_kind
from gongkai.foi.views.letters.proofs import proof_of
from gongkai.kernel import clock
from gongkai.law.refusal import Refusal, Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.wall import acts, visible

READ = ("unit", "agency", "holder", "applicant")
# What the box says above its first button.
HEADS = {
    "draft_answer": "核对文字，送审核",
    "review": "审核这份答复",
    "sign": "签发这份答复",
    "dispatch": "发出这份答复",
    "deliver": "等申请人收到",
}


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of the page: its form, what is done, what is said after it."""

    key: str
    label: str
    form: type[forms.Form]
    act: Callable[..., Any]
    done: str
    grave: bool = False


def _note(data: dict[str, Any]) -> str:
    return str(data.get("note", ""))


VERBS = {
    one.key: one
    for one in (
        Verb(
            "draft_answer",
            "送审核",
            forms.Form,
            lambda case, by, now, data: answers.draft_answer(case=case, by=by, now=now),
            "已送审核人。",
        ),
        Verb(
            "review",
            "审核通过",
            typed.NoteForm,
            lambda case, by, now, data: answers.review(case=case, by=by, now=now, note=_note(data)),
            "已通过，等负责人签发。",
        ),
        Verb(
            "sign",
            "签发",
            forms.Form,
            lambda case, by, now, data: answers.sign(case=case, by=by, now=now),
            "已签发并编号，可以发出。",
        ),
        Verb(
            "return_draft",
            "退回重拟",
            typed.NoteForm,
            lambda case, by, now, data: answers.return_draft(case=case, by=by, now=now, reason=_note(data)),
            "已退回，拟稿人会看到理由。",
            True,
        ),
        Verb(
            "recall",
            "撤回签发",
            typed.NoteForm,
            lambda case, by, now, data: answers.recall(case=case, by=by, now=now, reason=_note(data)),
            "已撤回签发，编号保留给重新签发的答复。",
            True,
        ),
        Verb(
            "dispatch",
            "登记发出",
            typed.SendForm,
            lambda case, by, now, data: answer_service.dispatch(case=case, by=by, now=now, **data),
            "已登记发出，答复期限停止计算。",
        ),
        Verb(
            "deliver",
            "登记送达",
            typed.ReceiveForm,
            lambda case, by, now, data: answer_service.deliver(case=case, by=by, now=now, **data),
            "已登记送达，复议和起诉的期限自次日起算。",
        ),
        Verb(
            "fail_delivery",
            "登记退回",
            typed.FailForm,
            lambda case, by, now, data: answer_service.fail_delivery(case=case, by=by, now=now, **data),
            "已登记退回，请换一种方式重新发出。",
            True,
        ),
        Verb(
            "amend_answer",
            "更正答复",
            typed.AmendForm,
            lambda case, by, now, data: answer_service.amend_answer(
                case=case,
                by=by,
                now=now,
                reason=data["note"],
                wrong=data["wrong"],
                right=data["right"],
            ),
            "已拟出更正告知书，请经办人核对后送签。",
            True,
        ),
        Verb(
            "redo",
            "重新答复",
            typed.RedoForm,
            lambda case, by, now, data: answer_service.redo(
                case=case, by=by, now=now, on=data["on"], reason=_note(data)
            ),
            "已开始重新答复，期限重新计算。",
            True,
        ),
    )
}
WHY_NOT = {
    "draft_answer": answers.why_not_draft_answer,
    "review": answers.why_not_review,
    "sign": answers.why_not_sign,
}


@dataclass(slots=True)
class Button:
    """A verb as it stands on the page."""

    verb: Verb
    form: forms.Form
    why_not: list[Refusal]
    opened: bool = False

    @property
    def head(self) -> str:
        return HEADS.get(self.verb.key, "")


@acts("foi.view", post="foi.handle", objects={"pk": Case})
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer of the present round; POST saves words and facts of the draft."""
    case = _case(request, pk, "foi.handle" if request.method == "POST" else None)
    letter = results.answer_of(case)
    if letter is None:
        messages.info(request, "还没有确定办理结果。请先把问题答完。")
        return redirect("foi:result", pk=pk)
    texts = typed.TextsForm(request.POST or None, letter=letter)
    facts = typed.FactsForm(
        request.POST or None, kind=letter_kind(letter.kind), known=given(letter), prefix="fact"
    )
    if request.method == "POST" and texts.is_valid() and facts.is_valid():
        try:
            answers.edit_answer(
                case=case, by=request.actor, now=clock.now(), texts=texts.cleaned_data, facts=facts.facts()
            )
            messages.success(request, "已保存。")
            return redirect("foi:answer", pk=pk)
        except Refused as refused:
            refuse_in_form(texts, refused)
    return _page(request, case, letter, texts=texts, facts=facts)


@acts("foi.view", post="foi.handle", objects={"pk": Case})
@require_POST
def answer_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb of the answer; refused, the page comes back with what was typed."""
    if verb not in VERBS:
        raise Http404
    case, one = _case(request, pk, "foi.handle"), VERBS[verb]
    form = one.form(request.POST, request.FILES, auto_id=f"{verb}_%s")
    now = clock.now()
    if form.is_valid():
        data = dict(form.cleaned_data)
        try:
            if verb == "deliver":
                data["proof"] = proof_of(case, data.pop("proof"), by=request.actor, now=now)
            one.act(case, request.actor, now, data)
            messages.success(request, one.done)
            return redirect("foi:case" if verb == "redo" else "foi:answer", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    case = _case(request, pk)
    letter = results.answer_of(case)
    if letter is None:
        for error in form.non_field_errors():
            messages.error(request, error)
        return redirect("foi:case", pk=pk)
    return _page(request, case, letter, failed=(verb, form))


def _case(request: HttpRequest, pk: int, action: str | None = None) -> Case:
    return get_object_or_404(visible(Case, request.actor, action).select_related(*READ), pk=pk)


def _page(
    request: HttpRequest,
    case: Case,
    letter: Letter,
    *,
    texts: forms.Form | None = None,
    facts: forms.Form | None = None,
    failed: tuple[str, forms.Form] | None = None,
) -> HttpResponse:
    today = clock.today()
    edits = case.state == states.IN_HAND and not why_not_step(case, "draft_answer", request.actor)
    kind = letter_kind(letter.kind)
    kept = settings_of(case.unit_id)
    faulty = failed is not None or bool(texts and texts.errors) or bool(facts and facts.errors)
    context = {
        "case": case,
        "letter": letter,
        "kind": kind,
        "paper": letter_papers.shown(letter),
        "label": results.result_label(case.disposition),
        "state_label": states.LABELS[case.state],
        "faults": faults_of(letter, today=today) if letter.signed_at is None else [],
        "not_ready": results.not_ready(case, letter) if letter.signed_at is None else [],
        "edits": edits,
        "texts": texts or typed.TextsForm(letter=letter),
        "facts": facts or typed.FactsForm(kind=kind, known=given(letter), prefix="fact"),
        "buttons": _buttons(request, case, failed),
        "lessons": lessons_for(case.disposition_facts.get("ground") or case.disposition),
        "unread": results.unread_for_days(letter, today=today, kept=kept),
        "no_channel": case.delivery_wanted in ("online", "email") and not remedy_places().online_channel,
        "path": case.disposition_facts.get("path", {}),
    }
    return render(request, "foi/letters/answer.html", context, status=422 if faulty else 200)


def _buttons(request: HttpRequest, case: Case, failed: tuple[str, forms.Form] | None) -> list[Button]:
    """The verbs of this state that this person's role has; open, or grey with every reason."""
    found, now = [], clock.now()
    for key, verb in VERBS.items():
        wrong = failed is not None and failed[0] == key
        if not wrong and (states.target_of(case.state, key) is None or not may(case, key, request.actor)):
            continue
        asks = WHY_NOT.get(key)
        why = asks(case=case, by=request.actor, now=now) if asks else []
        form = failed[1] if wrong and failed else _fresh(verb, case)
        found.append(Button(verb, form, [] if wrong else why, opened=wrong))
    return found


def _fresh(verb: Verb, case: Case) -> forms.Form:
    way = {"online": "electronic", "pickup": "hand"}.get(case.delivery_wanted, "post")
    initial = {"way": way, "on": clock.today(), "carrier": "中国邮政" if way == "post" else ""}
    return verb.form(auto_id=f"{verb.key}_%s", initial=initial if verb.key == "dispatch" else None)
