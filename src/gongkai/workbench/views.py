"""The desk, the rings of the rail, and the one search over all stations."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.kernel import clock
from gongkai.law.queries import calendar
from gongkai.law.refusal import Refused
from gongkai.orgs.actions.site import change_site
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.models import SiteIdentity, Unit
from gongkai.orgs.wall import acts, can, units_for
from gongkai.publishing.queries import build_steps
from gongkai.workbench import desk as my_desk
from gongkai.workbench.context import Frame
from gongkai.workbench.forms import SiteForm
from gongkai.workbench.guides import GUIDES
from gongkai.workbench.unit_desk import unit_groups

HITS_PER_STATION = 20


@acts("workbench.open")
def desk(request: HttpRequest) -> HttpResponse:
    """What first, by when, why, one button."""
    frame = Frame(request)
    items = my_desk.tasks(frame.actor, frame.today)
    frame.count(items)
    groups = my_desk.groups(items, frame.today, calendar())
    urgent = sum(len(group.lines) for group in groups if group.title in (my_desk.OVERDUE, my_desk.TODAY))
    return render(
        request,
        "workbench/desk.html",
        {
            "frame": frame,
            "groups": groups,
            "count": len(items),
            "headline": my_desk.headline(frame.name, len(items), urgent),
            "leads": can(frame.actor, "workbench.unit_desk"),
            "waiting": my_desk.waiting(frame.actor, frame.today)[:8],
        },
    )


@acts("workbench.unit_desk")
def unit(request: HttpRequest) -> HttpResponse:
    """What waits in the units that this person leads, and whose it is."""
    frame = Frame(request)
    led = Unit.objects.filter(pk__in=units_for(frame.actor, "workbench.unit_desk") or ()).order_by(
        "order", "pk"
    )
    asked = request.GET.get("unit", "")
    shown = next((one for one in led if str(one.pk) == asked), led[0] if led else None)
    groups = unit_groups(shown, frame.today, calendar()) if shown else []
    late = sum(len(group.lines) for group in groups if group.title == my_desk.OVERDUE)
    context = {"groups": groups, "shown": shown, "led": led, "late": late}
    context["count"] = sum(len(group.lines) for group in groups)
    return render(request, "workbench/unit.html", context)


@acts("workbench.open")
def rings(request: HttpRequest) -> HttpResponse:
    """The rail with its counts; pages load it after they are shown, so that no list waits for it."""
    frame = Frame(request)
    frame.at = request.GET.get("at", "")
    items = my_desk.tasks(frame.actor, frame.today)
    frame.count(items)
    return render(request, "workbench/parts/rings.html", {"frame": frame, "beside": True})


@acts("workbench.open")
def find(request: HttpRequest) -> HttpResponse:
    """One search over 文号, 索引号, numbers and words; each station answers within its wall."""
    text = " ".join(request.GET.get("q", "").split())[:100]
    frame = Frame(request)
    hits = my_desk.finds(frame.actor, text, HITS_PER_STATION) if text else []
    return render(request, "workbench/find.html", {"frame": frame, "text": text, "hits": hits})


@acts("workbench.open")
def help_index(request: HttpRequest) -> HttpResponse:
    """All guides; everybody may read them, whatever he does himself."""
    return render(request, "workbench/help.html", {"guides": GUIDES})


@acts("workbench.open")
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """One guide beside the list of the others."""
    shown = next(one for one in GUIDES if one.key == key)
    return render(request, shown.template, {"guide": shown, "guides": GUIDES})


@acts("orgs.change_site")
def site(request: HttpRequest) -> HttpResponse:
    """Names, phones and official numbers on every public page."""
    kept = SiteIdentity.objects.filter(pk=SiteIdentity.ONLY).first() or SiteIdentity()
    form = SiteForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        try:
            change_site(values=form.cleaned_data, by=Frame(request).actor, now=clock.now())
        except Refused as refused:
            refuse_in_form(form, refused)
        else:
            messages.success(request, "网站信息已保存并记入留痕。公开页面会陆续换成新的页头和页脚。")
            return redirect("workbench:site")
    return render(request, "workbench/site.html", {"form": form})


@acts("orgs.change_site")
def building(request: HttpRequest) -> HttpResponse:
    """How far a full build of the public pages is; the page asks again by itself."""
    waiting, steps = build_steps()
    words = f"已完成 {steps - waiting} 步，共 {steps} 步，还剩 {waiting} 步"
    context = {"waiting": waiting, "steps": steps, "done": steps - waiting, "words": words}
    return render(request, "workbench/building.html", context)
