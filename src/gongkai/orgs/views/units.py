"""The register of units, a unit's page, its public details, its institutional changes."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs import actions
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.forms import ChangeForm, DetailsForm
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Person, Unit
from gongkai.orgs.policies import PEOPLE
from gongkai.orgs.queries.people import absent_on, posts_of
from gongkai.orgs.queries.units import gaps_of, history_of, incomplete
from gongkai.orgs.wall import acts, can, visible

PAGE_SIZE = 40
OF_UNIT = {"pk": Unit}


@acts(PEOPLE)
def index(request: HttpRequest) -> HttpResponse:
    """The units whose people this person may look up."""
    words, kind = request.GET.get("q", "").strip()[:60], request.GET.get("kind", "")
    rows = visible(Unit, request.actor)
    if words:
        rows = rows.filter(
            Q(name__icontains=words) | Q(short_name__icontains=words) | Q(names__name__icontains=words)
        )
    if kind in Unit.Kind.values:
        rows = rows.filter(kind=kind)
    gaps = "gaps" in request.GET
    if gaps:
        rows = incomplete(rows)
    rows = rows.annotate(staff=Count("people", filter=Q(people__is_active=True), distinct=True)).order_by(
        "-active", "order", "pk"
    )
    return render(
        request,
        "orgs/units.html",
        {
            "page": Paginator(rows.distinct(), PAGE_SIZE).get_page(request.GET.get("page")),
            "words": words,
            "kind": kind,
            "kinds": Unit.Kind.choices,
            "gaps": gaps,
        },
    )


@acts(PEOPLE, objects=OF_UNIT)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: its people, posts, names and changes."""
    unit = get_object_or_404(visible(Unit, request.actor).select_related("parent"), pk=pk)
    away = absent_on(legal_today(request))
    staff = list(Person.objects.filter(unit=unit).prefetch_related("roles").order_by("-is_active", "pk"))
    return render(
        request,
        "orgs/unit.html",
        {
            "unit": unit,
            "staff": [(person, away.get(person.pk)) for person in staff],
            "posts": posts_of(unit),
            "names": unit.names.order_by("valid_to", "name"),
            "history": history_of(unit),
            "gaps": gaps_of(unit),
            "may_keep": not actions.why_not_keep_unit(unit=unit, by=request.actor),
            "may_change": unit.active and can(request.actor, "orgs.change_units", unit.pk),
            "may_add": unit.active and can(request.actor, "orgs.keep_people", unit.pk),
        },
    )


@acts("orgs.keep_unit", objects=OF_UNIT)
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what the public pages say about the unit."""
    unit = get_object_or_404(visible(Unit, request.actor, "orgs.keep_unit"), pk=pk)
    form = DetailsForm(request.POST or None, instance=Unit.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.keep_unit(
                unit=unit, values=form.cleaned_data, by=request.actor, now=clock.now()
            )
        except Refused as refused:
            refuse_in_form(form, refused)
        else:
            messages.success(
                request, "机构信息已保存，公开页面会跟着更新。" if changed else "没有改动，不用保存。"
            )
            return redirect("orgs:unit", pk=pk)
    return render(
        request,
        "orgs/form.html",
        {
            "form": form,
            "unit": unit,
            "heading": f"修改{unit.short_name}的机构信息",
            "lede": "保存后公众立即看到，修改留痕",
            "button": "保存机构信息",
            "basis": "条例第二十条第二项：机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
        },
        status=422 if form.errors else 200,
    )


@acts("orgs.change_units", objects=OF_UNIT)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a renaming, merger, split or abolition."""
    unit = get_object_or_404(visible(Unit, request.actor, "orgs.change_units"), pk=pk)
    form = ChangeForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        wanted = actions.Change(**form.cleaned_data)
        try:
            entered = actions.change_unit(unit=unit, change=wanted, by=request.actor, now=clock.now())
        except Refused as refused:
            refuse_in_form(form, refused)
        else:
            messages.success(request, f"已登记{entered.get_kind_display()}。原名称和原有信息都保留。")
            return redirect("orgs:unit", pk=pk)
    return render(
        request,
        "orgs/form.html",
        {
            "form": form,
            "unit": unit,
            "heading": f"办理{unit.short_name}的机构变动",
            "lede": "原名称、原网址和已公开的信息都保留，仍可按原名称查到",
            "button": "登记机构变动",
            "basis": "并入的，原单位人员转到承接单位，继续办理原单位的遗留事项",
        },
        status=422 if form.errors else 200,
    )
