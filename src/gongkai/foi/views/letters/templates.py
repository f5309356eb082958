"""The office's own Word templates and settings of letters."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.files import storage
from gongkai.foi.actions import letter_templates
from gongkai.foi.forms.letters import PlacesForm, SettingsForm, TemplateForm
from gongkai.foi.models import LetterSettings, LetterTemplate
from gongkai.foi.queries import letter_papers
from gongkai.foi.queries.letters import abbreviation_of, settings_of
from gongkai.foi.queries.remedies import remedy_places
from gongkai.foi.queries.templates import template_for, templates_for, versions_of
from gongkai.foi.rules import letters as rules
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, can, visible

GROUPS = {
    "interim": "办理中的文书",
    "answer": "答复、决定",
    "closing": "办结文书",
    "other": "更正、建议",
    "inside": "内部材料",
}


@acts("foi.view")
def template_list(request: HttpRequest) -> HttpResponse:
    """Every letter with the template that is in force for this person's unit."""
    unit = _own_unit(request)
    present = templates_for(unit.pk)
    groups = [
        (
            label,
            [(kind, present.get(kind.key)) for kind in rules.letter_kinds().values() if kind.group == group],
        )
        for group, label in GROUPS.items()
    ]
    context = {"groups": groups, "unit": unit, "total": len(rules.letter_kinds())}
    return render(request, "foi/letters/templates.html", context)


@acts("foi.view", post="foi.settings")
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: what it must hold, its versions; POST puts an uploaded template in use."""
    registered, unit = _kind(kind), _own_unit(request)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = letter_templates.add_template(
                unit=unit,
                kind=kind,
                upload=data["file"],
                note=data["note"],
                district_wide=data["district_wide"],
                by=request.actor,
                now=clock.now(),
            )
            messages.success(request, f"第 {row.version} 版已启用。已经签发的文书仍用原来的版本。")
            return redirect("foi:template", kind=kind)
        except Refused as refused:
            refuse_in_form(form, refused)
    if not can(request.actor, "foi.remedy_places"):
        del form.fields["district_wide"]
    context = {
        "kind": registered,
        "unit": unit,
        "form": form,
        "blanks": _blanks(registered),
        "signer": rules.SIGNERS[registered.signer],
        "addressee": rules.ADDRESSEES[registered.addressee],
        "versions": versions_of(kind, unit_id=unit.pk),
        "present": template_for(kind, unit_id=unit.pk),
        "may": can(request.actor, "foi.settings", unit.pk),
    }
    return render(request, "foi/letters/template.html", context, status=422 if form.errors else 200)


@acts("foi.view")
def template_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The template to start from: the one in force, or the default one."""
    registered, unit = _kind(kind), _own_unit(request)
    present = template_for(kind, unit_id=unit.pk)
    if present is not None and "default" not in request.GET:
        try:
            content: Any = storage.open_stored(present.file)
        except FileNotFoundError as gone:
            raise Http404 from gone
    else:
        content = io.BytesIO(letter_papers.default_template(registered))
    answer = FileResponse(content, as_attachment=True, filename=f"模板 {registered.title}.docx")
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@acts("foi.settings", objects={"pk": LetterTemplate})
@require_POST
def template_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a version out of use."""
    row = get_object_or_404(visible(LetterTemplate, request.actor, "foi.settings"), pk=pk)
    try:
        letter_templates.retire_template(template=row, by=request.actor, now=clock.now())
        messages.success(request, f"第 {row.version} 版已停用。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("foi:template", kind=row.kind)


@acts("foi.view", post="foi.settings")
def letter_settings(request: HttpRequest) -> HttpResponse:
    """How this person's unit signs its letters; POST keeps it."""
    unit = _own_unit(request)
    kept = settings_of(unit.pk) or LetterSettings(unit=unit, abbreviation=abbreviation_of(unit))
    form = SettingsForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        try:
            letter_templates.save_settings(unit=unit, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已保存文书设置。")
            return redirect("foi:letter_settings")
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"unit": unit, "form": form, "may": can(request.actor, "foi.settings", unit.pk)}
    return render(request, "foi/letters/settings.html", context, status=422 if form.errors else 200)


@acts("foi.remedy_places")
def places(request: HttpRequest) -> HttpResponse:
    """The bodies, courts and the internet channel of reconsideration that all letters name."""
    form = PlacesForm(request.POST or None, instance=remedy_places())
    if request.method == "POST" and form.is_valid():
        try:
            letter_templates.save_places(by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已保存，之后签发的文书按新的内容告知。")
            return redirect("foi:remedy_places")
        except Refused as refused:
            refuse_in_form(form, refused)
    return render(request, "foi/letters/places.html", {"form": form}, status=422 if form.errors else 200)


def _own_unit(request: HttpRequest) -> Unit:
    if request.actor.unit_id is None:
        raise Http404
    return get_object_or_404(Unit, pk=request.actor.unit_id)


def _kind(key: str) -> rules.LetterKind:
    found = rules.letter_kinds().get(key)
    if found is None:
        raise Http404
    return found


def _blanks(kind: rules.LetterKind) -> list[tuple[str, bool]]:
    """Each blank as it is typed in Word, and whether the template must have it."""
    mandatory = letter_papers.mandatory_blanks(kind)
    return [
        (f"{{{{{blank}}}}}", blank in mandatory) for blank in dict.fromkeys(letter_papers.known_blanks(kind))
    ]
