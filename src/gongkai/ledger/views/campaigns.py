"""Pages of campaigns: the list, a new one, the live list of missing units, the small page of a unit."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.files.actions import take_in_upload
from gongkai.files.storage import open_stored
from gongkai.kernel import clock
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries, states
from gongkai.ledger.forms.office import AnswerForm, CampaignForm
from gongkai.ledger.models import Campaign, CampaignAnswer
from gongkai.ledger.views.downloads import DOCX, XLSX, as_file, table_file
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, can, visible

HEADS = ("单位", "结果", "答复", "材料", "提交时间", "退回理由")


@acts("ledger.supervise")
def index(request: HttpRequest) -> HttpResponse:
    """All campaigns."""
    today, asked = legal_today(request), request.GET.get("state", "")
    rows = [one for one in queries.campaigns(today=today) if not asked or one.campaign.state == asked]
    return render(request, "ledger/campaigns/list.html", {"rows": rows, "today": today})


@acts("ledger.supervise")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a campaign: first the units that the scope means are shown, then it begins."""
    form = CampaignForm(request.POST or None)
    scope = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        scope = queries.scope_of(given["scope_text"])
        for name, nearest in scope.unknown:
            hint = f"是否为{'、'.join(nearest)}？" if nearest else "请核对单位名称。"
            form.add_error("scope_text", f"单位名录里没有“{name}”。{hint}")
        if not scope.unknown and "start" in request.POST:
            try:
                campaign = actions.start_campaign(
                    **given, units=scope.units, by=request.actor, now=clock.now()
                )
                messages.success(request, f"已发起，{len(scope.units)} 个单位会收到消息。")
                return redirect("ledger:campaign", pk=campaign.pk)
            except Refused as refused:
                refuse_in_form(form, refused)
    context = {"form": form, "scope": scope}
    return render(request, "ledger/campaigns/new.html", context, status=422 if form.errors else 200)


@acts("ledger.supervise")
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """The live list: who is missing, who handed in; POST ends the campaign."""
    found = get_object_or_404(Campaign.objects.select_related("by"), pk=pk)
    if request.method == "POST":
        try:
            actions.end_campaign(campaign=found, by=request.actor, now=clock.now())
            messages.success(request, "已结束，结果表可以导出。")
        except Refused as refused:
            tell_refusals(request, refused)
        return redirect("ledger:campaign", pk=pk)
    answers = queries.answers_of(found, actor=request.actor)
    missing = [one for one in answers if one.state == states.MISSING]
    staff = queries.staff_of({one.unit_id for one in missing}, today=legal_today(request))
    address = request.build_absolute_uri(reverse("ledger:orders"))
    context = {
        "campaign": found,
        "missing": [(one, staff.get(one.unit_id)) for one in missing],
        "handed_in": [one for one in answers if one.state == states.HANDED_IN],
        "total": len(answers),
        "text": queries.missing_text(found, missing, address=address),
        "late": found.state == states.RUNNING and found.due_on < legal_today(request),
        "running": found.state == states.RUNNING,
    }
    return render(request, "ledger/campaigns/campaign.html", context)


@acts("ledger.supervise")
def result(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The result table as xlsx, or as docx in the office's template."""
    found = get_object_or_404(Campaign, pk=pk)
    answers = queries.answers_of(found, actor=request.actor)
    if kind == "docx":
        try:
            content = queries.campaign_paper(found, answers, today=legal_today(request))
            return as_file(f"{found.title}-结果.docx", content, DOCX)
        except Refused as refused:
            tell_refusals(request, refused)
            return redirect("ledger:campaign", pk=pk)
    rows = [
        [
            one.unit.short_name,
            one.get_state_display(),
            one.text,
            one.file.name if one.file else "",
            legal_day(one.at) if one.at else None,
            one.reason,
        ]
        for one in answers
    ]
    return table_file(f"{found.title}-结果", HEADS, rows, XLSX)


@acts("ledger.view", post="ledger.answer", objects={"pk": CampaignAnswer})
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The small page of one unit: what is asked, what it handed in; POST hands in."""
    rows = visible(CampaignAnswer, request.actor, "ledger.view")
    found = get_object_or_404(rows.select_related("campaign", "unit", "by", "file"), pk=pk)
    form = AnswerForm(request.POST or None, request.FILES or None, initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        try:
            upload, file = form.cleaned_data["file"], None
            if upload:
                file = take_in_upload(upload=upload, unit=found.unit, by=request.actor, now=clock.now())
            actions.hand_in(
                answer=found, text=form.cleaned_data["text"], file=file, by=request.actor, now=clock.now()
            )
            messages.success(request, "已提交。结束以前可以再改。")
            return redirect("ledger:answer", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    may = can(request.actor, "ledger.answer", found.unit_id) and found.campaign.state == states.RUNNING
    context = {
        "answer": found,
        "steps": queries.steps_about(f"campaign:{found.campaign_id}", found.unit_id),
        "campaign": found.campaign,
        "late": found.state == states.MISSING and found.campaign.due_on < legal_today(request),
        "form": form if may or form.errors else None,
        "judging": can(request.actor, "ledger.supervise")
        and found.state == states.HANDED_IN
        and found.campaign.state == states.RUNNING,
    }
    return render(request, "ledger/campaigns/answer.html", context, status=422 if form.errors else 200)


@acts("ledger.supervise", objects={"pk": CampaignAnswer})
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an answer back with the reason."""
    found = get_object_or_404(visible(CampaignAnswer, request.actor, "ledger.supervise"), pk=pk)
    try:
        reason = request.POST.get("reason", "")
        actions.send_back_answer(answer=found, reason=reason, by=request.actor, now=clock.now())
        messages.success(request, "已退回，单位会看到理由。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("ledger:campaign", pk=found.campaign_id)


@acts("ledger.view", objects={"pk": CampaignAnswer})
def material(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file that a unit handed in."""
    rows = visible(CampaignAnswer, request.actor, "ledger.view")
    found = get_object_or_404(rows.select_related("file"), pk=pk)
    if found.file is None:
        messages.error(request, "这份答复没有附材料。")
        return redirect("ledger:answer", pk=pk)
    try:
        content = open_stored(found.file)
    except (FileNotFoundError, Refused) as gone:
        raise Http404 from gone
    shown = FileResponse(content, as_attachment=True, filename=found.file.name)
    shown["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return shown
