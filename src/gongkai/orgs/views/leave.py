"""Absences: entering one's own, arranging a colleague's, coming back early."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs import actions
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.forms import LeaveForm
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Leave, Person
from gongkai.orgs.queries.people import leaves_from
from gongkai.orgs.wall import acts, units_for, visible


@acts("workbench.open")
def index(request: HttpRequest) -> HttpResponse:
    """Who is away and who stands in; the form for an absence."""
    actor, today = request.actor, legal_today(request)
    me = get_object_or_404(Person, pk=actor.person_id)
    arranged = units_for(actor, "orgs.arrange_leave")
    staff = Person.objects.filter(is_active=True)
    people = staff.filter(pk=me.pk)
    if arranged is None or arranged:
        people = staff if arranged is None else staff.filter(Q(unit_id__in=arranged) | Q(pk=me.pk))
    helpers = Q(unit__in=people.values("unit"))
    if me.unit.is_small:
        helpers |= Q(unit__is_disclosure_office=True)
    form = LeaveForm(
        request.POST or None,
        people=people.order_by("unit__order", "pk"),
        deputies=staff.filter(helpers),
        initial={"person": me.pk, "first_day": today, "last_day": today},
    )
    if request.method == "POST" and form.is_valid():
        try:
            leave = actions.enter_leave(by=actor, now=clock.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_in_form(form, refused)
        else:
            messages.success(request, f"已登记。{leave.first_day}起由{leave.deputy.name}代办。")
            return redirect("orgs:leave")
    rows = [
        (leave, not actions.why_not_cancel_leave(leave=leave, by=actor, today=today))
        for leave in leaves_from(today, actor=actor)
    ]
    return render(
        request,
        "orgs/leave.html",
        {"form": form, "rows": rows, "today": today},
        status=422 if form.errors else 200,
    )


@acts("workbench.open", objects={"pk": Leave})
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The person is back, or does not go."""
    leave = get_object_or_404(visible(Leave, request.actor, "workbench.open"), pk=pk)
    try:
        actions.cancel_leave(leave=leave, by=request.actor, now=clock.now())
    except Refused as refused:
        tell_refusals(request, refused)
    else:
        messages.success(request, "已销假，待办和角色回到本人。")
    return redirect("orgs:leave")
