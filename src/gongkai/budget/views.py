"""Pages of budgets: the matrix, one field of it, the debt, announced releases, the arithmetic of a file."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.budget import actions, queries
from gongkai.budget.forms import AnnounceForm, ApprovalForm, DebtForm, MoveForm, SheetForm
from gongkai.budget.models import Announcement, BudgetPaperLink
from gongkai.files.actions import discard, take_in_upload
from gongkai.files.models import StoredFile
from gongkai.files.storage import path_of
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.law.rule_table import rule
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, can, units_for, visible
from gongkai.publishing.models import Publication


@acts("budget.view")
def matrix(request: HttpRequest) -> HttpResponse:
    """My units against years and kinds, holes first in sight."""
    today = legal_today(request)
    found = queries.matrix_for(request.actor, today=today)
    context = {
        "matrix": found,
        "heads": [f"{year}年{kind}" for year in found.years for kind in queries.KINDS.values()],
        "holes": found.holes,
        "works": can(request.actor, "budget.work"),
        "debts": can(request.actor, "budget.debt"),
        "rule": rule("budget_publication_days", on=today),
    }
    return render(request, "budget/matrix.html", context)


@acts("budget.work", objects={"unit": Unit})
def field(request: HttpRequest, unit: int, year: int, kind: str) -> HttpResponse:
    """One field: the day of approval, its papers, and which published document belongs here."""
    own = get_object_or_404(_units(request), pk=unit)
    today = legal_today(request)
    shown = queries.field_of(own, year, kind, today=today) if 2000 <= year <= 2099 else None
    if shown is None:
        raise Http404
    approval = queries.approval_of(own, year, kind, request.actor)
    form = ApprovalForm(request.POST or None, initial={"on": approval.approved_on if approval else None})
    if request.method == "POST" and form.is_valid():
        try:
            actions.approve(
                unit=own, year=year, kind=kind, on=form.cleaned_data["on"], by=request.actor, now=clock.now()
            )
            messages.success(request, "已登记批复日期。")
            return redirect("budget:field", unit=unit, year=year, kind=kind)
        except Refused as refused:
            refuse_in_form(form, refused)
    text = request.GET.get("q", "").strip()[:100]
    context = {
        "unit": own, "year": year, "kind": kind, "field": shown, "form": form, "text": text,
        "links": queries.links_of(own, year, kind, request.actor),
        "candidates": queries.candidates(own, text=text),
    }  # fmt: skip
    return render(request, "budget/field.html", context, status=422 if form.errors else 200)


@acts("budget.work", objects={"unit": Unit})
@require_POST
def assign(request: HttpRequest, unit: int, year: int, kind: str) -> HttpResponse:
    """Put a published document into this field."""
    own = get_object_or_404(_units(request), pk=unit)
    number = request.POST.get("publication", "")
    rows = Publication.objects.unscoped("published documents are public").filter(unit=own)
    publication = rows.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    if publication is None:
        messages.error(request, "没有选文件。请选一个本单位已发布的文件。")
        return redirect("budget:field", unit=unit, year=year, kind=kind)
    try:
        actions.assign(
            publication=publication, unit=own, year=year, kind=kind, by=request.actor, now=clock.now()
        )
        messages.success(request, "已登记文件，公开页随即更新。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("budget:field", unit=unit, year=year, kind=kind)


@acts("budget.work", objects={"pk": BudgetPaperLink})
@require_POST
def unassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper out of the field where it does not belong."""
    rows = visible(BudgetPaperLink, request.actor, "budget.work").select_related("unit", "publication")
    link = get_object_or_404(rows, pk=pk)
    try:
        actions.unassign(link=link, by=request.actor, now=clock.now())
        messages.success(request, "已移出，文件本身不变。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("budget:field", unit=link.unit_id, year=link.year, kind=link.kind)


@acts("budget.debt")
def debt(request: HttpRequest) -> HttpResponse:
    """The debt series: one figure by form."""
    form = DebtForm(request.POST or None, initial={"year": legal_today(request).year - 1})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            actions.set_debt(
                year=given.pop("year"),
                kind=given.pop("kind"),
                figures=given,
                by=request.actor,
                now=clock.now(),
            )
            messages.success(request, "已登记，公开页随即更新。")
            return redirect("budget:debt")
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"form": form, "sheet": SheetForm(), "figures": queries.debt()}
    return render(request, "budget/debt.html", context, status=422 if form.errors else 200)


@acts("budget.debt")
@require_POST
def import_debt(request: HttpRequest) -> HttpResponse:
    """A sheet of debt figures: all rows, or none and every cell that was not understood."""
    form = SheetForm(request.POST, request.FILES)
    file = _taken(request, form)
    if file is None:
        tell_form_errors(request, form)
        return redirect("budget:debt")
    reading = queries.read_debt_file(path_of(file), name=file.name)
    discard(file=file, by=request.actor, now=clock.now())
    try:
        count = actions.import_debt(reading=reading, by=request.actor, now=clock.now(), source=file.name)
        messages.success(request, f"已写入 {count} 行。")
        return redirect("budget:debt")
    except Refused:
        context = {
            "form": DebtForm(), "sheet": SheetForm(), "figures": queries.debt(), "problems": reading.problems,
        }  # fmt: skip
        return render(request, "budget/debt.html", context, status=422)


@acts("budget.work")
def releases(request: HttpRequest) -> HttpResponse:
    """Announced releases: a new one, another day with its reason, what came of it."""
    form = AnnounceForm(request.POST or None, units=_units(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.announce(by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已预告，公开页随即更新。")
            return redirect("budget:releases")
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "form": form, "announced": queries.announced_by(request.actor), "today": legal_today(request),
    }  # fmt: skip
    return render(request, "budget/releases.html", context, status=422 if form.errors else 200)


@acts("budget.work", objects={"pk": Announcement})
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """One announcement: move its day, or say which document it was."""
    rows = visible(Announcement, request.actor, "budget.work").select_related("unit", "publication")
    one = get_object_or_404(rows, pk=pk)
    chosen = request.POST.get("publication", "")
    form = MoveForm(request.POST if request.method == "POST" and not chosen else None)
    try:
        if chosen.isascii() and chosen.isdigit():
            found = Publication.objects.unscoped("published documents are public").filter(unit=one.unit)
            publication = get_object_or_404(found, pk=int(chosen))
            actions.release(announcement=one, publication=publication, by=request.actor, now=clock.now())
            messages.success(request, "已对应。预告的网址现在转到发布的文件。")
            return redirect("budget:releases")
        if request.method == "POST" and form.is_valid():
            actions.move(announcement=one, by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已改期，原日期和原因留在公开页。")
            return redirect("budget:releases")
    except Refused as refused:
        refuse_in_form(form, refused) if form.is_bound else tell_refusals(request, refused)
    text = request.GET.get("q", "").strip()[:100]
    context = {
        "one": one, "form": form, "text": text, "changes": one.changes.all(),
        "candidates": queries.candidates(one.unit, text=text),
    }  # fmt: skip
    return render(request, "budget/release.html", context, status=422 if form.errors else 200)


@acts("budget.view")
def check(request: HttpRequest) -> HttpResponse:
    """The arithmetic of a budget paper; the file is deleted after it was read."""
    form = SheetForm(request.POST or None, request.FILES or None)
    checked = name = None
    if request.method == "POST":
        file = _taken(request, form)
        if file is not None:
            name = file.name
            checked = queries.check_file(path_of(file), name=file.name)
            discard(file=file, by=request.actor, now=clock.now())
    context = {"form": form, "checked": checked, "name": name, "blocks": _blocks(checked)}
    return render(request, "budget/check.html", context, status=422 if form.errors else 200)


def _blocks(checked: queries.Checked | None) -> int:
    return sum(one.level == "block" for one in checked.findings) if checked else 0


def _taken(request: HttpRequest, form: SheetForm) -> StoredFile | None:
    if not form.is_valid():
        return None
    try:
        return take_in_upload(upload=form.cleaned_data["file"], unit=None, by=request.actor, now=clock.now())
    except Refused as refused:
        refuse_in_form(form, refused)
        return None


def _units(request: HttpRequest) -> QuerySet[Unit]:
    units = units_for(request.actor, "budget.work")
    rows = Unit.objects.filter(active=True).exclude(kind=Unit.Kind.COMMUNITY).order_by("order", "pk")
    return rows if units is None else rows.filter(pk__in=units)
