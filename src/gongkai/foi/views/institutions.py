"""Public institutions, their duties, and the judging of appeals about them (条例第五十五条)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.foi.actions import institutions as register
from gongkai.foi.actions import judging_appeals as judging
from gongkai.foi.forms.after import (
    AnsweredForm,
    AppealSettingsForm,
    DutyForm,
    InstitutionForm,
    JudgeForm,
    NameForm,
)
from gongkai.foi.models import Appeal, Case
from gongkai.foi.queries import appeals as queries
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, can, visible


@acts("foi.view", post="foi.institutions")
def listing(request: HttpRequest) -> HttpResponse:
    """The register with duties by sector; POST adds an institution, a duty, or changes the district's rule."""
    forms = {
        "institution": InstitutionForm(prefix="i"),
        "duty": DutyForm(prefix="d"),
        "settings": AppealSettingsForm(prefix="s", instance=queries.settings_now()),
    }
    status = 200
    if request.method == "POST":
        which = request.POST.get("which", "")
        made = _posted(request, which)
        if made is None:
            messages.success(request, "已保存。")
            return redirect("foi:institutions")
        forms |= {which: made}
        status = 422
    shown = {
        "forms": forms,
        "sectors": queries.register(),
        "settings": queries.settings_now(),
        "may_edit": can(request.actor, "foi.institutions"),
        "may_rule": can(request.actor, "foi.supervise"),
        "appeals": queries.open_appeals(request.actor, today=legal_today(request)),
    }
    return render(request, "foi/institutions.html", shown, status=status)


def _posted(request: HttpRequest, which: str) -> InstitutionForm | DutyForm | AppealSettingsForm | None:
    """Store what one of the forms says; the form again where it cannot be stored."""
    by, now = request.actor, clock.now()
    form: InstitutionForm | DutyForm | AppealSettingsForm
    try:
        if which == "settings":
            form = AppealSettingsForm(request.POST, prefix="s")
            if form.is_valid():
                judging.change_settings(by=by, now=now, **form.cleaned_data)
                return None
        elif which == "duty":
            form = DutyForm(request.POST, prefix="d")
            if form.is_valid():
                register.add_duty(by=by, now=now, **form.cleaned_data)
                return None
        else:
            form = InstitutionForm(request.POST, prefix="i")
            if form.is_valid():
                register.add_institution(by=by, now=now, **form.cleaned_data)
                return None
    except Refused as refused:
        refuse_in_form(form, refused)
    return form


@acts("foi.view", post="foi.handle", objects={"pk": Case})
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal held against the duty list; POST judges it, or closes the correction."""
    case = get_object_or_404(visible(Case, request.actor), pk=pk)
    row = (
        visible(Appeal, request.actor).select_related("institution", "duty", "case").filter(case=case).first()
    )
    if row is None:
        return _name(request, case)
    form = JudgeForm(
        request.POST if request.POST.get("which") == "judge" else None, sector=row.institution.sector
    )
    done = AnsweredForm(request.POST if request.POST.get("which") == "done" else None)
    bound = form if form.is_bound else done
    if request.method == "POST" and bound.is_valid():
        try:
            if form.is_bound:
                judging.judge_appeal(appeal=row, by=request.actor, now=clock.now(), **form.cleaned_data)
                messages.success(request, "认定已保存。请在案件页拟答复，把结果告知申诉人。")
            else:
                judging.finish_order(appeal=row, by=request.actor, now=clock.now(), **done.cleaned_data)
                messages.success(request, "已登记改正完成。")
            return redirect("foi:appeal", pk=case.pk)
        except Refused as refused:
            refuse_in_form(bound, refused)
    shown = {
        "case": case,
        "appeal": row,
        "duties": queries.duties_of(row.institution.sector),
        "form": form,
        "done_form": done,
        "may": can(request.actor, "foi.judge_appeal", case.unit_id),
        "standing": queries.standing_of(row, legal_today(request)),
    }
    return render(request, "foi/appeal.html", shown, status=422 if request.method == "POST" else 200)


def _name(request: HttpRequest, case: Case) -> HttpResponse:
    """Which institution of the register the citizen means, and which item."""
    guess = queries.guessed(case)
    given = request.POST if request.POST.get("which") == "name" else None
    form = NameForm(given, initial={"institution": guess, "item_named": case.title}, supervisor=case.unit_id)
    if given is not None and form.is_valid():
        why_not = judging.why_not_name(case=case, by=request.actor, **form.cleaned_data)
        if not why_not:
            judging.name_institution(case=case, by=request.actor, now=clock.now(), **form.cleaned_data)
            return redirect("foi:appeal", pk=case.pk)
        for refusal in why_not:
            form.add_error(None, str(refusal))
    status = 422 if request.method == "POST" else 200
    return render(request, "foi/appeal_name.html", {"case": case, "form": form}, status=status)
