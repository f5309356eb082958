"""The result of a case: plain questions, one after another, to exactly one result; then the facts of its letter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.foi.actions import answers
from gongkai.foi.forms.letters import FactsForm
from gongkai.foi.models import Case
from gongkai.foi.queries import results
from gongkai.foi.queries.lessons import lessons_for
from gongkai.foi.queries.remedies import remedy_for
from gongkai.foi.rules import letters as rules
from gongkai.foi.rules.decision_tree import QUESTIONS, NoSuchAnswer, Outcome, Question, path_of, walk
from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.foi.rules.tables import row_labels
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.wall import acts, visible

KIND_OF_RESULT = "result"


@acts("foi.view", post="foi.dispose", objects={"pk": Case})
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the next question, or show the one result with the facts that its letter needs; POST fixes it."""
    action = "foi.dispose" if request.method == "POST" else None
    rows = visible(Case, request.actor, action).select_related("unit", "agency", "applicant", "holder")
    case = get_object_or_404(rows, pk=pk)
    given = request.POST if request.method == "POST" else request.GET
    answered = {key: given[key] for key in QUESTIONS if given.get(key)}
    try:
        step, path = _step(case, given.get(KIND_OF_RESULT, ""), answered)
    except NoSuchAnswer as unknown:
        messages.error(request, str(unknown))
        return redirect("foi:result", pk=pk)
    if isinstance(step, Question) or step is None:
        context = {"case": case, "question": step, "path": _shown(case, path), "answered": answered}
        context["others"] = [(code, results.result_label(code)) for code in results.results_of(case)]
        return render(request, "foi/letters/question.html", context)
    return _leaf(request, case, step, path, answered)


def _step(
    case: Case, chosen: str, answered: dict[str, str]
) -> tuple[Question | Outcome | None, tuple[Any, ...]]:
    """Where the answers lead; cases about records and institutions have a short list instead of questions."""
    if case.kind != Case.Kind.REQUEST:
        return (Outcome(chosen) if chosen in results.results_of(case) else None), ()
    step, path = walk(answered), path_of(answered)
    # Answers behind a question that was answered anew no longer count.
    for key in set(answered) - {question.key for question, _ in path}:
        del answered[key]
    return step, path


def _leaf(
    request: HttpRequest, case: Case, outcome: Outcome, path: tuple[Any, ...], answered: dict[str, str]
) -> HttpResponse:
    code = outcome.code
    if code in results.BY_OTHER_VERBS:
        messages.info(
            request, f"“{results.result_label(code)}”请在这里点“{results.BY_OTHER_VERBS[code]}”办理。"
        )
        return redirect("foi:case", pk=case.pk)
    kind, now = results.letter_of(case, code), clock.now()
    known = results.suggested_facts(case, code, ground=outcome.ground)
    form = FactsForm(request.POST if request.method == "POST" else None, kind=kind, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            answers.dispose(
                case=case,
                code=code,
                by=request.actor,
                now=now,
                facts=form.facts(),
                path=answered,
                ground=outcome.ground,
            )
            messages.success(
                request, f"已确定办理结果：{results.result_label(code)}。答复书已经拟出，请核对。"
            )
            return redirect("foi:answer", pk=case.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    found = DISPOSITIONS.get(code)
    remedy = remedy_for(case, code, decided_on=clock.today()) if kind.part(rules.REMEDY) else None
    context = {
        "case": case,
        "code": code,
        "label": results.result_label(code),
        "kind": kind,
        "row": row_labels(clock.today().year)[found.row] if found else "",
        "form": form,
        "path": _shown(case, path),
        "answered": answered,
        "chosen": "" if case.kind == Case.Kind.REQUEST else code,
        "remedy": remedy,
        "lessons": lessons_for(outcome.ground or code),
        "why_not": answers.why_not_dispose(case=case, code=code, by=request.actor),
    }
    return render(request, "foi/letters/leaf.html", context, status=422 if form.errors else 200)


def _shown(case: Case, path: tuple[Any, ...]) -> list[dict[str, str]]:
    """The questions answered so far, each with the address at which it is answered anew."""
    found, before = [], {}
    for question, choice in path:
        back = f"{reverse('foi:result', args=[case.pk])}?{urlencode(before)}"
        found.append({"question": question.text, "choice": choice.text, "again": back})
        before[question.key] = choice.key
    return found
