"""Bands and grey mode of the public site: what is scheduled, a new one, ending one early."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.actions.notices import end_notice, schedule_notice, why_not_end_notice
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.forms import NoticeForm
from gongkai.orgs.models import SiteNotice
from gongkai.orgs.queries.notices import notices
from gongkai.orgs.wall import acts


@acts("orgs.change_site")
def index(request: HttpRequest) -> HttpResponse:
    """What is scheduled and what was shown; the form for another one."""
    form = NoticeForm(request.POST or None)
    now = clock.now()
    if request.method == "POST" and form.is_valid():
        try:
            notice = schedule_notice(by=request.actor, now=now, **form.cleaned_data)
        except Refused as refused:
            refuse_in_form(form, refused)
        else:
            messages.success(request, f"已登记{notice.get_kind_display()}，到时间自动显示，到时间自动撤下。")
            return redirect("orgs:notices")
    rows = [(one, not why_not_end_notice(notice=one, by=request.actor, now=now)) for one in notices()]
    context = {"form": form, "rows": rows, "now": now}
    return render(request, "orgs/notices.html", context, status=422 if form.errors else 200)


@acts("orgs.change_site")
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a notice away before its time."""
    notice = get_object_or_404(SiteNotice, pk=pk)
    try:
        end_notice(notice=notice, by=request.actor, now=clock.now())
    except Refused as refused:
        tell_refusals(request, refused)
    else:
        messages.success(request, "已停，公开页面上随即撤下。")
    return redirect("orgs:notices")
