"""How a task is judged: the office's own verdict, the cycle, the words; the records that were found."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries
from gongkai.ledger.forms import CycleForm, OverrideForm, WordsForm
from gongkai.ledger.models import Override, Task
from gongkai.ledger.queries.matching import PER_PAGE
from gongkai.ledger.rules.lights import BY_HAND, THRESHOLDS
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts
from gongkai.upkeep.queries import packs_by_task

COLUMNS_SHOWN = 12
ACTS = ("override", "lift", "cycle", "words")


@acts("ledger.adjust")
def judgement(request: HttpRequest, pk: int) -> HttpResponse:
    """The three things that the office may set on a task; each form is sent by itself and keeps what was typed."""
    task = get_object_or_404(Task.objects.select_related("plan"), pk=pk)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    words, own = queries.words_used(task)
    forms = {
        "override": OverrideForm(request.POST if act == "override" else None, choices=list(BY_HAND.items())),
        "cycle": CycleForm(request.POST if act == "cycle" else None, initial={"days": task.cycle_days}),
        "words": WordsForm(
            request.POST if act == "words" else None, initial={"words": "、".join(words) if own else ""}
        ),
    }
    form = forms.get(act)
    if act == "lift" or form is not None and form.is_valid():
        try:
            messages.success(request, _do(act, task, form.cleaned_data if form else {}, request))
            return redirect("ledger:judgement", pk=pk)
        except Refused as refused:
            if form is None:
                messages.error(request, " ".join(str(one) for one in refused.refusals))
            else:
                refuse_in_form(form, refused)
    context = {
        "task": task,
        "row": queries.row_of(task, today=legal_today(request)),
        "forms": forms,
        "words": words,
        "own_words": own,
        "verdicts": Override.objects.filter(task=task).select_related("by", "lifted_by"),
        "thresholds": THRESHOLDS,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "ledger/judgement.html", context, status=status)


@acts("ledger.view")
def records(request: HttpRequest, pk: int) -> HttpResponse:
    """Every record that the system found for a task, with why, and why one no longer counts."""
    task = get_object_or_404(Task.objects.select_related("plan"), pk=pk)
    asked = request.GET.get("unit", "")
    unit = Unit.objects.filter(pk=int(asked)).first() if asked.isdigit() and len(asked) < 10 else None
    page = Paginator(queries.records_of(task, unit=unit.pk if unit else None), PER_PAGE).get_page(
        request.GET.get("page")
    )
    row = queries.row_of(task, today=legal_today(request))
    context = {
        "task": task,
        "row": row,
        "unit": unit,
        "page": page,
        "records": queries.told(page.object_list, task, today=legal_today(request)),
        "words": queries.words_used(task),
        "units": sorted(
            ((row.names.get(pk, ""), pk, own) for pk, own in row.standing.items() if own.records),
            key=lambda one: (-one[2].records, one[1]),
        ),
    }
    return render(request, "ledger/records.html", context)


@acts("ledger.view")
def coverage(request: HttpRequest) -> HttpResponse:
    """The items of the plan at a glance: owners, published records, the newest day, the verdict, and what the columns
    of installed packs hold for them (A23)."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else None
    page = queries.ledger(year=year, today=legal_today(request))
    packs = packs_by_task(today=legal_today(request))
    served = [(row, packs.get(row.task.number, [])) for row in page.rows]
    context = {
        "page": page,
        "served": served,
        "with_packs": sum(1 for _, found in served if found),
        "columns_shown": COLUMNS_SHOWN,
        "plan": page.plan,
        "total": sum(row.records for row in page.rows),
        "empty": sum(1 for row in page.rows if not row.records),
        "thresholds": THRESHOLDS,
    }
    return render(request, "ledger/coverage.html", context)


def _do(act: str, task: Task, given: dict, request: HttpRequest) -> str:
    now, by = clock.now(), request.actor
    if act == "override":
        verdict = actions.override_light(task=task, by=by, now=now, **given)
        return (
            f"已作人工判定“{verdict.get_state_display()}”，有效至 {verdict.until.isoformat()}，理由公开显示。"
        )
    if act == "lift":
        actions.lift_override(task=task, by=by, now=now)
        return "已取消人工判定，恢复系统判定。"
    if act == "cycle":
        actions.set_cycle(task=task, days=given["days"], by=by, now=now)
        return f"更新周期已改为 {given['days']} 天，状态随之更新。"
    words = actions.set_words(task=task, words=given["words"], by=by, now=now)
    return (
        "匹配词已保存，一两分钟内按新词重新查找。"
        if words
        else "已恢复系统从要点里选的词，一两分钟内重新查找。"
    )
