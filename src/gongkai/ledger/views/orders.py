"""Pages of orders: the list, one order with its answer, a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries, states
from gongkai.ledger.forms.office import OrderForm, WordsForm
from gongkai.ledger.models import RectificationOrder, Task
from gongkai.ledger.views.downloads import DOCX, as_file
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, can, visible


@acts("ledger.view")
def index(request: HttpRequest) -> HttpResponse:
    """Orders and campaigns that concern this person's units, or all of them for the office."""
    asked = request.GET.get("state", "")
    rows = visible(RectificationOrder, request.actor, "ledger.view").select_related("unit", "task")
    every = list(rows.order_by("state", "due_on", "pk"))
    counts = {key: sum(one.state == key for one in every) for key in states.ORDER_LABELS}
    context = {
        "orders": [one for one in every if not asked or one.state == asked],
        "counts": [(key, states.ORDER_LABELS[key], count) for key, count in counts.items()],
        "asked": asked,
        "today": legal_today(request),
        "may_order": can(request.actor, "ledger.supervise"),
        "answers": queries.open_answers(actor=request.actor),
        "found": queries.found_of(request.actor),
    }
    return render(request, "ledger/orders/list.html", context)


@acts("ledger.supervise")
def new(request: HttpRequest) -> HttpResponse:
    """Send an order; ``?task=`` and ``?unit=`` fill in what is known."""
    task = (
        Task.objects.filter(pk=request.GET.get("task") or 0).first() if _is_number(request, "task") else None
    )
    initial = {"unit": request.GET.get("unit", "")}
    if task:
        initial["fault"] = f"{task.plan.year}年工作要点第{task.number}项“{task.short_title}”没有按期完成。"
    form = OrderForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            order = actions.order_rectification(
                by=request.actor, now=clock.now(), task=task, **form.cleaned_data
            )
            messages.success(request, f"已发出{order.number}，{order.unit.short_name}会收到消息。")
            return redirect("ledger:order", pk=order.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"form": form, "task": task}
    return render(request, "ledger/orders/new.html", context, status=422 if form.errors else 200)


@acts("ledger.view", post="ledger.answer", objects={"pk": RectificationOrder})
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order; POST is the answer of its unit."""
    rows = visible(RectificationOrder, request.actor, "ledger.view")
    found = get_object_or_404(rows.select_related("unit", "task__plan", "bulletin", "by"), pk=pk)
    form = WordsForm(request.POST or None, initial={"text": found.answer})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_order(
                order=found, text=form.cleaned_data["text"], by=request.actor, now=clock.now()
            )
            messages.success(request, "已答复，等区政务公开主管部门核对。")
            return redirect("ledger:order", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    may_answer = can(request.actor, "ledger.answer", found.unit_id) and found.state == states.ORDER_OPEN
    judging = can(request.actor, "ledger.supervise") and found.state == states.ORDER_ANSWERED
    context = {
        "order": found,
        "form": form if may_answer or form.errors else None,
        "judging": judging,
        "steps": queries.steps_about(f"order:{found.pk}", found.unit_id),
        "why_not": actions.why_not_close_order(order=found, by=request.actor) if judging else [],
        "late": found.state != states.ORDER_CLOSED and found.due_on < legal_today(request),
    }
    return render(request, "ledger/orders/order.html", context, status=422 if form.errors else 200)


@acts("ledger.supervise", objects={"pk": RectificationOrder})
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an order, or send its answer back with the reason."""
    found = get_object_or_404(visible(RectificationOrder, request.actor, "ledger.supervise"), pk=pk)
    try:
        if "close" in request.POST:
            actions.close_order(order=found, by=request.actor, now=clock.now())
            messages.success(request, f"{found.number} 已销号。")
        else:
            reason = request.POST.get("reason", "")
            actions.send_back_order(order=found, reason=reason, by=request.actor, now=clock.now())
            messages.success(request, "已退回，单位会看到理由。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("ledger:order", pk=pk)


@acts("ledger.view", objects={"pk": RectificationOrder})
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The order as docx."""
    rows = visible(RectificationOrder, request.actor, "ledger.view")
    found = get_object_or_404(rows.select_related("unit", "task__plan"), pk=pk)
    try:
        return as_file(f"{found.number} {found.unit.short_name}.docx", queries.order_paper(found), DOCX)
    except Refused as refused:
        tell_refusals(request, refused)
        return redirect("ledger:order", pk=pk)


def _is_number(request: HttpRequest, name: str) -> bool:
    value = request.GET.get(name, "")
    return value.isdigit() and len(value) < 10
