"""A unit's own plan: draft, change, paper, filing; and the office's list of who has not filed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.files import storage
from gongkai.files.actions import take_in, take_in_upload
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries
from gongkai.ledger.actions import ItemChange
from gongkai.ledger.models import Plan, UnitPlan, UnitPlanVersion
from gongkai.ledger.rules.unit_plan import title_of
from gongkai.ledger.views.downloads import DOCX, as_file
from gongkai.orgs.answers import tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, can, visible

_ITEM = re.compile(r"^(measures|deadline|person)-(\d{1,9})$")


@acts("ledger.view", post="ledger.plan_unit")
def own(request: HttpRequest, year: int) -> HttpResponse:
    """The plan of my unit: one click drafts it, every word can be changed, one click files it."""
    plan = get_object_or_404(Plan, year=year)
    units = queries.units_to_plan_for(request.actor)
    asked = request.POST.get("unit") or request.GET.get("unit") or ""
    unit = next((one for one in units if str(one.pk) == asked), units[0] if units else None)
    if unit is None:
        return (
            redirect("ledger:unit-plans", year=year)
            if can(request.actor, "ledger.judge")
            else _none(request, plan)
        )
    found = queries.unit_plan_of(request.actor, plan, unit)
    typed = request.POST if request.method == "POST" else None
    if typed is not None:
        try:
            messages.success(request, _act(request, plan, unit, found))
            return redirect(f"{reverse('ledger:unit-plan', args=[year])}?unit={unit.pk}")
        except Refused as refused:
            tell_refusals(request, refused)
    items = queries.items_of(found) if found else []
    context = {
        "plan": plan,
        "unit": unit,
        "units": units,
        "found": found,
        "items": [(item, _typed(typed, item.pk)) for item in items],
        "typed": typed,
        "versions": queries.versions_of(found) if found else [],
        "tasks": queries.tasks_for_plan(plan, unit, today=legal_today(request)),
        "why_not_publish": actions.why_not_publish_plan(unit_plan=found, by=request.actor) if found else [],
    }
    return render(request, "ledger/unit_plan.html", context, status=422 if typed is not None else 200)


@acts("ledger.view", objects={"pk": UnitPlan})
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as it stands, as docx in the office's template."""
    found = get_object_or_404(visible(UnitPlan, request.actor).select_related("plan", "unit"), pk=pk)
    try:
        content = queries.unit_plan_paper(found, today=legal_today(request))
    except Refused as refused:
        tell_refusals(request, refused)
        return redirect("ledger:unit-plan", year=found.plan.year)
    return as_file(f"{title_of(found.unit.name, found.plan.year)}.docx", content, DOCX)


@acts("ledger.view", objects={"pk": UnitPlanVersion})
def version(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A paper that was filed, as it was filed."""
    found = get_object_or_404(visible(UnitPlanVersion, request.actor).select_related("file"), pk=pk)
    try:
        content = storage.open_stored(found.file)
    except FileNotFoundError as gone:
        raise Http404 from gone
    answer = FileResponse(content, as_attachment=True, filename=found.file.name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@acts("ledger.judge")
def board(request: HttpRequest, year: int) -> HttpResponse:
    """Who has filed a plan of its own, and who has not."""
    plan = get_object_or_404(Plan, year=year)
    found = queries.plan_board(plan, today=legal_today(request))
    return render(request, "ledger/unit_plans.html", {"plan": plan, "board": found})


def _act(request: HttpRequest, plan: Plan, unit: Unit, found: UnitPlan | None) -> str:
    act, by, now = request.POST.get("act", ""), request.actor, clock.now()
    if act == "draft" or found is None:
        drafted = actions.draft_unit_plan(plan=plan, unit=unit, by=by, now=now)
        return f"已按 {drafted.items.count()} 项任务起草，请逐项核对修改。"
    if act == "upload":
        return _file_upload(request, found)
    if act == "publish":
        document = actions.publish_unit_plan(unit_plan=found, by=by, now=now)
        return f"已起草公开稿《{document.title}》，请到“公文与信息”里认定公开属性并送审。"
    _save(request, found)
    if act == "file":
        content = queries.unit_plan_paper(found, today=legal_today(request))
        name = f"{title_of(unit.name, plan.year)}.docx"
        file = take_in(content=iter([content]), name=name, unit=unit, by=by, now=now)
        filed = actions.file_unit_plan(
            unit_plan=found, file=file, source=UnitPlanVersion.Source.DRAFT, by=by, now=now,
            note=request.POST.get("note", ""),
        )  # fmt: skip
        return f"已报备第 {filed.number} 版，区政务公开主管部门可以看到。"
    return "已保存。"


def _save(request: HttpRequest, found: UnitPlan) -> None:
    given = request.POST
    pks = {int(match[2]) for key in given if (match := _ITEM.match(key))}
    items = {
        pk: ItemChange(
            measures=given.get(f"measures-{pk}", ""),
            deadline=given.get(f"deadline-{pk}", ""),
            person=given.get(f"person-{pk}", ""),
        )
        for pk in pks
    }
    actions.change_unit_plan(
        unit_plan=found,
        opening=given.get("opening", found.opening),
        closing=given.get("closing", found.closing),
        items=items,
        by=request.actor,
        now=clock.now(),
    )


def _file_upload(request: HttpRequest, found: UnitPlan) -> str:
    upload, now = request.FILES.get("file"), clock.now()
    if upload is None:
        return "没有选文件。请选定稿的 docx 或 pdf。"
    file = take_in_upload(upload=upload, unit=found.unit, by=request.actor, now=now)
    filed = actions.file_unit_plan(
        unit_plan=found, file=file, source=UnitPlanVersion.Source.UPLOAD, by=request.actor, now=now,
        note=request.POST.get("note", ""),
    )  # fmt: skip
    return f"已报备第 {filed.number} 版，区政务公开主管部门可以看到。"


def _typed(given: Mapping[str, str] | None, pk: int) -> dict[str, str]:
    names = ("measures", "deadline", "person")
    return {name: given[f"{name}-{pk}"] for name in names if given and f"{name}-{pk}" in given}


def _none(request: HttpRequest, plan: Plan) -> HttpResponse:
    messages.error(request, "您没有编制实施方案的权限。请由本单位信息员或负责人编制。")
    return redirect("ledger:list")
