"""The word list and the roster: see, add, import, retire."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.gate import actions, queries, states
from gongkai.gate.forms import LeaderForm, LeaverForm, WordsForm
from gongkai.gate.models import LeaderEntry, WordEntry
from gongkai.gate.rules.wording import KINDS
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.wall import acts, can

PAGE_SIZE = 50


@acts("gate.view", post="gate.lists")
def words(request: HttpRequest) -> HttpResponse:
    """The word list; POST adds rows, all or none."""
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_words(text=form.cleaned_data["text"], by=request.actor, now=clock.now())
            left = actions.examine(now=clock.now())
            messages.success(
                request,
                f"已加入 {added} 个词。"
                + (
                    "正在与已公开的文件核对，核对完才启用。" if left else "已与公开的文件核对完，结果见下表。"
                ),
            )
            return redirect("gate:words")
        except Refused as refused:
            refuse_in_form(form, refused)
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    text = request.GET.get("q", "").strip()[:60]
    rows = queries.words(kind=kind, state=state, text=text)
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "kinds": KINDS.items(),
        "states": states.WORD_LABELS.items(),
        "kind": kind,
        "state": state,
        "words": text,
        "may_keep": can(request.actor, "gate.lists"),
    }
    return render(request, "gate/words.html", context, status=422 if form.errors else 200)


@acts("gate.lists")
@require_POST
def shipped(request: HttpRequest) -> HttpResponse:
    """Take over the list that comes with the product."""
    try:
        added = actions.add_shipped(by=request.actor, now=clock.now(), person=request.actor.acting_id)
        actions.examine(now=clock.now())
        messages.success(request, f"已加入自带词表中的 {added} 个词。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("gate:words")


@acts("gate.lists")
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry no longer counts."""
    entry = get_object_or_404(WordEntry, pk=pk)
    try:
        actions.retire_word(entry=entry, by=request.actor, now=clock.now())
        messages.success(request, f"“{entry}”已停用。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("gate:words")


@acts("gate.view", post="gate.lists")
def leaders(request: HttpRequest) -> HttpResponse:
    """The roster; POST puts somebody on it."""
    form = LeaderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_leader(by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, f"已记入名录：{row}。")
            return redirect("gate:leaders")
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "form": form,
        "rows": queries.leaders(),
        "leaver": LeaverForm(initial={"until": clock.today()}),
        "may_keep": can(request.actor, "gate.lists"),
    }
    return render(request, "gate/leaders.html", context, status=422 if form.errors else 200)


@acts("gate.lists")
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody left office."""
    entry = get_object_or_404(LeaderEntry, pk=pk)
    form = LeaverForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return redirect("gate:leaders")
    try:
        actions.end_leader(entry=entry, until=form.cleaned_data["until"], by=request.actor, now=clock.now())
        messages.success(request, f"已记下 {entry} 的离任日期。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("gate:leaders")
