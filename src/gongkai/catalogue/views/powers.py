"""The 权责清单 of a unit: as it holds today, from its spreadsheet, and one item changed from a day on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.catalogue import actions, queries
from gongkai.catalogue.rules.powers import Power
from gongkai.files.actions import take_in_upload
from gongkai.files.queries import PREVIEW_GONE, own_file
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, can, visible

OF_UNIT = {"unit": Unit}
MOST_SHOWN = 200


class PowerFileForm(forms.Form):
    """The whole list."""

    file = forms.FileField(
        label="权责清单", help_text="xlsx 或者 csv；要有事项编码和事项名称两列，次序不限。先给您看，确认后才写入。",
        error_messages={"required": "没有选文件。请选权责清单。", "empty": "文件是空的。请核对是否选错了文件。"},
    )  # fmt: skip


class DayForm(forms.Form):
    """From which day the new list holds."""

    on = forms.DateField(
        label="施行日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "没有写施行日期。", "invalid": "这不是有效日期。请写成 2026-03-11 这样的年月日。"},
    )  # fmt: skip


class PowerForm(DayForm):
    """One item."""

    code = forms.CharField(label="事项编码", max_length=60)
    name = forms.CharField(label="事项名称", max_length=200)
    kind = forms.CharField(label="事项类型", max_length=40, required=False)
    basis = forms.CharField(
        label="设定依据", max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    content = forms.CharField(
        label="职责内容", max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    field_order = ("code", "name", "kind", "basis", "content", "on")


@acts("catalogue.view", post="catalogue.powers", objects=OF_UNIT)
def page(request: HttpRequest, unit: int) -> HttpResponse:
    """The list as it holds today, its days of change; POST takes a new file."""
    own = _unit(request, unit)
    form = PowerFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            stored = take_in_upload(
                upload=form.cleaned_data["file"],
                unit=own,
                by=request.actor,
                now=clock.now(),
                for_preview=True,
            )
            return redirect("catalogue:powers_preview", unit=own.pk, key=stored.key)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "unit": own,
        "powers": queries.powers_on(own, legal_today(request)),
        "days": queries.days_of_powers(own),
        "functions": queries.functions_of(own),
        "form": form if can(request.actor, "catalogue.powers", own.pk) else None,
    }
    return render(request, "catalogue/powers.html", context, status=422 if form.errors else 200)


@acts("catalogue.powers", objects=OF_UNIT)
def preview(request: HttpRequest, unit: int, key: str) -> HttpResponse:
    """What was read; POST lets it hold from a day on."""
    own = _unit(request, unit, "catalogue.powers")
    file = own_file(key, person_id=request.actor.person_id)
    if file is None or file.unit_id != own.pk:
        messages.error(request, PREVIEW_GONE)
        return redirect("catalogue:powers", unit=own.pk)
    powers, faults = queries.read_power_file(file)
    form = DayForm(request.POST or None, initial={"on": legal_today(request)})
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.import_powers(
                unit=own,
                powers=powers,
                faults=faults,
                by=request.actor,
                now=clock.now(),
                file=file,
                **form.cleaned_data,
            )
            messages.success(
                request, f"已写入：新增 {done.new} 项，改动 {done.changed} 项，取消 {done.gone} 项。"
            )
            return redirect("catalogue:powers", unit=own.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "unit": own, "file": file, "powers": powers[:MOST_SHOWN], "count": len(powers),
        "faults": faults[:MOST_SHOWN], "form": form,
    }  # fmt: skip
    return render(request, "catalogue/powers_preview.html", context, status=422 if form.errors else 200)


@acts("catalogue.powers", objects=OF_UNIT)
def change(request: HttpRequest, unit: int) -> HttpResponse:
    """One item, new or changed: its former edition stays open by date."""
    own, today = _unit(request, unit, "catalogue.powers"), legal_today(request)
    code = request.GET.get("code", "")
    known = next((one for one in queries.powers_on(own, today) if one.item.code == code), None)
    initial: dict[str, Any] = {"on": today}
    if known is not None:
        initial |= {name: getattr(known, name) for name in ("name", "kind", "basis", "content")}
        initial["code"] = code
    form = PowerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        on = data.pop("on")
        power = Power(**{name: text.strip().replace("\r\n", "\n") for name, text in data.items()})
        try:
            actions.change_power(unit=own, power=power, on=on, by=request.actor, now=clock.now())
            messages.success(request, f"“{power.name}”从 {on} 起按新的内容，原来的内容按日期仍可打开。")
            return redirect("catalogue:powers", unit=own.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"unit": own, "form": form, "known": known}
    return render(request, "catalogue/power.html", context, status=422 if form.errors else 200)


def _unit(request: HttpRequest, pk: int, action: str = "catalogue.view") -> Unit:
    return get_object_or_404(visible(Unit, request.actor, action), pk=pk)
