"""The tasks of my unit: one page, a form for each task, the next one opens when one is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gongkai.files.actions import take_in_upload
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries
from gongkai.ledger.forms import ReportForm
from gongkai.ledger.models import Match, ProgressReport, Task
from gongkai.ledger.queries.mine import MinePage, MineTask
from gongkai.ledger.rules.evidence import Piece
from gongkai.orgs.actor import Actor
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, visible


@acts("ledger.report")
def index(request: HttpRequest) -> HttpResponse:
    """Everything my unit has to report; ``open`` names the form that stands open, ``again`` fills it as last time."""
    page = queries.mine(request.actor, today=legal_today(request))
    shown = page.find(request.GET.get("open", ""))
    if shown is None and page.todo and "open" not in request.GET:
        shown = page.todo[0]
    return _show(request, page, shown, again=request.GET.get("again") == "1")


@acts("ledger.report")
@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a report in; then the next task of the page opens."""
    task = get_object_or_404(Task.objects.select_related("plan"), pk=pk, ended_at=None)
    units = queries.units_to_report_for(task, request.actor)
    form = form_of(request, task, units)
    if form.is_valid() and take_report(request, task, form):
        page = queries.mine(request.actor, today=legal_today(request))
        following = page.after(f"{pk}-{form.cleaned_data['unit'].pk}")
        messages.success(request, _sent(task, page))
        return opened(following.key if following else "")
    page = queries.mine(request.actor, today=legal_today(request))
    shown = page.find(f"{pk}-{request.POST.get('unit', '')}") or page.find(
        f"{pk}-{units[0].pk}" if units else ""
    )
    return _show(request, page, shown, form=form)


@acts("ledger.report", objects={"pk": ProgressReport})
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a report back that nobody has judged; its words stand in the form again."""
    found = get_object_or_404(visible(ProgressReport, request.actor, "ledger.report"), pk=pk)
    try:
        actions.take_back_progress(report=found, by=request.actor, now=clock.now())
        messages.success(request, "已收回。原来写的内容还在表单里，改好后可以再报。")
    except Refused as refused:
        tell_refusals(request, refused)
    return opened(f"{found.task_id}-{found.unit_id}")


@acts("ledger.report")
@require_POST
def take_match(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: a record that the system found becomes a report of its unit."""
    match = queries.match_of(pk)
    if match is None or match.task.ended_at is not None:
        messages.error(request, "这条记录刚刚有变化，已不在佐证里。请刷新页面再选。")
        return redirect("ledger:mine")
    try:
        actions.report_match(match=match, by=request.actor, now=clock.now())
        messages.success(
            request,
            f"已用《{match.publication.title}》报送第 {match.task.number} 项，等区政务公开主管部门核对。",
        )
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("ledger:task", pk=match.task_id)


def form_of(request: HttpRequest, task: Task, units: list[Unit]) -> ReportForm:
    """The form as it was sent, with what may be ticked: records of the task, pieces of reports that one may see."""
    own = [unit.pk for unit in units]
    matches = Match.objects.filter(task=task, unit__in=own, state=Match.State.LIVE)
    reports = visible(ProgressReport, request.actor).filter(task=task, unit__in=own)
    keeps = [piece.pk for pieces in queries.evidence_of(list(reports)).values() for piece in pieces]
    return ReportForm(
        request.POST,
        request.FILES,
        units=units,
        matches=list(matches.values_list("publication_id", flat=True)),
        keeps=keeps,
    )


def take_report(request: HttpRequest, task: Task, form: ReportForm) -> bool:
    """Files into the house, then the report; refusals stand at the head of the form, files stay taken in."""
    given, now = form.cleaned_data, clock.now()
    unit = given["unit"]
    try:
        keys = [*given["stored"], *_take_in(given["files"], unit, request.actor, now)]
        form.taken_in = queries.files_taken_in(keys, unit=unit, by=request.actor)
        pieces = [
            *queries.pieces_of_matches(given["match"]),
            *queries.pieces_kept(given["keep"]),
            *(piece for line in given["evidence"] for piece in actions.pieces_in(line)),
            *(Piece("file", file_id=file.pk) for file in form.taken_in),
        ]
        if form.meeting_given:
            pieces.append(
                Piece("meeting", given["meeting"], held_on=given["held_on"], decided=given["decided"])
            )
        actions.report_progress(
            task=task,
            unit=unit,
            by=request.actor,
            now=now,
            text=given["text"] or queries.text_of_matches(given["match"]),
            measures=given["measures"],
            finished=given["finished"],
            pieces=pieces,
        )
    except Refused as refused:
        refuse_in_form(form, refused)
        return False
    return True


def opened(key: str) -> HttpResponseRedirect:
    """To the page of my tasks, with one form open and in sight."""
    address = reverse("ledger:mine")
    return redirect(f"{address}?{urlencode({'open': key})}#t-{key}" if key else address)


def _take_in(uploads: list[Any], unit: Unit, by: Actor, now: datetime) -> list[str]:
    return [take_in_upload(upload=upload, unit=unit, by=by, now=now).key for upload in uploads]


def _sent(task: Task, page: MinePage) -> str:
    rest = len(page.todo)
    return f"第 {task.number} 项已报送，等区政务公开主管部门核对。" + (
        f"还有 {rest} 项要填报。" if rest else "要填报的都报完了。"
    )


def _show(
    request: HttpRequest,
    page: MinePage,
    shown: MineTask | None,
    *,
    form: ReportForm | None = None,
    again: bool = False,
) -> HttpResponse:
    context = {
        "page": page,
        "shown": shown.key if shown else "",
        "form": form,
        "again": again,
        "today": legal_today(request),
    }
    # htmx puts only a good answer into the page; the form says itself what is wrong.
    status = 422 if form is not None and not request.htmx else 200
    return render(request, "ledger/mine.html", context, status=status)
