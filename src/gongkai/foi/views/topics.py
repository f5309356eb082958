"""Topics of a quarter: the list with its conversion, one topic from proposal to effect, the report."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.foi.actions import topics as actions
from gongkai.foi.forms.topics import AcceptForm, DeclineForm
from gongkai.foi.models import Topic
from gongkai.foi.queries import topics as queries
from gongkai.foi.queries.topic_report import report
from gongkai.foi.rules import topic_steps
from gongkai.foi.rules.topics import Quarter
from gongkai.kernel import clock
from gongkai.kernel.text.numerals import written_number
from gongkai.law.refusal import Refused
from gongkai.orgs.actor import Actor
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import ALL_UNITS, acts, can, units_for, visible

PAGE = 30
FIRST_YEAR = 2018
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Asked:
    """The quarter and unit of the page; no unit means all that the person sees."""

    quarter: Quarter
    unit: Unit | None
    choices: tuple[Unit, ...]
    whole: bool

    @property
    def query(self) -> str:
        of_unit = f"&unit={self.unit.pk}" if self.unit else ""
        return f"year={self.quarter.year}&quarter={self.quarter.number}{of_unit}"


@acts("foi.view_topics", post="foi.analyse_topics")
def topics(request: HttpRequest) -> HttpResponse:
    """What many asked for in a quarter; POST looks through its requests."""
    asked = _asked(request)
    if request.method == "POST":
        return _analyse(request, asked)
    found = queries.lines(
        request.actor, year=asked.quarter.year, quarter=asked.quarter.number, unit=asked.unit
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    now = Quarter.of(clock.today())
    shown = {
        "asked": asked,
        "page": page,
        "labels": topic_steps.LABELS,
        "conversion": queries.conversion(request.actor, year=asked.quarter.year, unit=asked.unit),
        "quarters": ((1, "第一季度"), (2, "第二季度"), (3, "第三季度"), (4, "第四季度")),
        "years": range(now.year, max(FIRST_YEAR, now.year - 6), -1),
        "may_analyse": asked.unit is not None and can(request.actor, "foi.analyse_topics", asked.unit.pk),
    }
    return render(request, "foi/topics.html", shown)


@acts("foi.view_topics")
def topic_report(request: HttpRequest) -> HttpResponseBase:
    """The quarter as a Word file."""
    asked = _asked(request)
    lines = queries.lines(
        request.actor, year=asked.quarter.year, quarter=asked.quarter.number, unit=asked.unit
    )
    conversion = queries.conversion(request.actor, year=asked.quarter.year, unit=asked.unit)
    whose = asked.unit.short_name if asked.unit else ""
    content = report(asked.quarter, lines, conversion, whose=whose, today=clock.today())
    name = f"{whose}{asked.quarter.label}依申请公开专题分析.docx"
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=DOCX)


@acts("foi.view_topics", objects={"pk": Topic})
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One topic: its requests, its decision, its publication, what came of it."""
    return _page(request, _topic(request.actor, pk))


@acts("foi.decide_topic", objects={"pk": Topic})
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The information becomes public."""
    row = _topic(request.actor, pk, "foi.decide_topic")
    form = _accept_form(request, row)
    if form.is_valid():
        try:
            done = actions.accept(topic=row, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, f"已决定主动公开，最迟 {done.due_on}，已通知{done.owner.name}起草。")
            return redirect("foi:topic", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    return _page(request, row, accepting=form)


@acts("foi.decide_topic", objects={"pk": Topic})
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The information stays as it is."""
    row = _topic(request.actor, pk, "foi.decide_topic")
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            actions.decline(topic=row, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已记下决定和理由。情况变化时可以重新研究。")
            return redirect("foi:topic", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    return _page(request, row, declining=form)


@acts("foi.decide_topic", objects={"pk": Topic})
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Look at a declined topic again."""
    row = _topic(request.actor, pk, "foi.decide_topic")
    try:
        actions.reopen(topic=row, by=request.actor, now=clock.now())
        messages.success(request, "可以重新决定了。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("foi:topic", pk=pk)


@acts("foi.follow_topic", objects={"pk": Topic})
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Start the paper by which it becomes public."""
    row = _topic(request.actor, pk, "foi.follow_topic")
    try:
        document = actions.draft_topic(topic=row, by=request.actor, now=clock.now())
    except Refused as refused:
        tell_refusals(request, refused)
        return redirect("foi:topic", pk=pk)
    messages.success(request, "已建好草稿，公开属性为主动公开。写好内容后送审，发布后回到专题告知申请人。")
    return redirect("documents:page", pk=document.pk)


@acts("foi.follow_topic", objects={"pk": Topic})
@require_POST
def tell(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tell those who asked."""
    row = _topic(request.actor, pk, "foi.follow_topic")
    try:
        done = actions.tell(topic=row, by=request.actor, now=clock.now())
        by_hand = done[actions.Told.BY_HAND]
        rest = f"有 {by_hand} 件没有可用的联系方式，请照编号打电话或写信。" if by_hand else ""
        messages.success(request, f"已发通知 {done[actions.Told.SENT]} 份。{rest}")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("foi:topic", pk=pk)


def _page(
    request: HttpRequest, row: Topic, *, accepting: Form | None = None, declining: Form | None = None
) -> HttpResponse:
    today = clock.today()
    counts = queries.by_quarter(row, today=today)
    refused = bool((accepting and accepting.errors) or (declining and declining.errors))
    may_decide = can(request.actor, "foi.decide_topic", row.unit_id)
    waits = row.state == topic_steps.PROPOSED
    shown = {
        "topic": row,
        "line": queries.line(row),
        "label": topic_steps.LABELS[row.state],
        "requests": queries.requests_of(row, request.actor),
        "counts": counts,
        "most": max([one.count for one in counts], default=0),
        "effect": queries.effect_of(row, counts),
        "accepting": (accepting or _accept_form(request, row)) if may_decide and waits else None,
        "declining": (declining or DeclineForm()) if may_decide and waits else None,
        "may_reopen": not actions.why_not_reopen(topic=row, by=request.actor),
        "may_draft": not actions.why_not_draft_topic(topic=row, by=request.actor),
        "may_tell": not actions.why_not_tell(topic=row, by=request.actor),
        "sees_paper": can(request.actor, "documents.view", row.unit_id),
        "late": row.state == topic_steps.ACCEPTED and row.due_on is not None and row.due_on < today,
    }
    return render(request, "foi/topic.html", shown, status=422 if refused else 200)


def _accept_form(request: HttpRequest, row: Topic) -> AcceptForm:
    people = queries.owners(row.unit, today=clock.today())
    posted = request.POST if request.method == "POST" and request.path.endswith("/accept/") else None
    return AcceptForm(posted, topic=row, people=people)


def _topic(actor: Actor, pk: int, action: str | None = None) -> Topic:
    rows = visible(Topic, actor, action).select_related("unit", "owner", "decided_by", "document")
    return get_object_or_404(rows, pk=pk)


def _analyse(request: HttpRequest, asked: Asked) -> HttpResponse:
    if asked.unit is None:
        messages.error(request, "没有选单位。请先选一个单位再分析。")
    else:
        try:
            made = actions.analyse(unit=asked.unit, quarter=asked.quarter, by=request.actor, now=clock.now())
            messages.success(request, f"{asked.quarter.label}找到 {len(made)} 个专题。")
        except Refused as refused:
            tell_refusals(request, refused)
    return redirect(f"{reverse('foi:topics')}?{asked.query}")


def _asked(request: HttpRequest) -> Asked:
    given = request.POST if request.method == "POST" else request.GET
    now = Quarter.of(clock.today())
    year, number = written_number(given.get("year", "")) or 0, given.get("quarter", "")
    quarter = now
    if number in ("1", "2", "3", "4") and FIRST_YEAR <= year <= now.year:
        quarter = Quarter(year, int(number))
    units = units_for(request.actor, "foi.view_topics")
    rows = Unit.objects.filter(active=True).exclude(kind=Unit.Kind.COMMUNITY)
    choices = rows if units is ALL_UNITS else rows.filter(pk__in=units)
    listed = tuple(choices.order_by("order", "pk"))
    wanted = given.get("unit", "")
    chosen = next((unit for unit in listed if str(unit.pk) == wanted), None)
    if wanted and chosen is None:
        raise Http404
    whole = units is ALL_UNITS
    if chosen is None and not whole and listed:
        chosen = listed[0]
    return Asked(quarter, chosen, listed, whole)
