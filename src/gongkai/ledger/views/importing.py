"""A plan from its file: choose it, check what was read, store it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.files.actions import take_in_upload
from gongkai.files.queries import PREVIEW_GONE
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries
from gongkai.ledger.forms import PlanFileForm, as_typed, choices_in, corrections_in, opened_in, page_in
from gongkai.ledger.models import PlanImport
from gongkai.ledger.rules.plan import PlanReading
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.wall import acts


@acts("ledger.import")
def take_plan(request: HttpRequest) -> HttpResponse:
    """Choose the file of a plan. It is kept with the papers; the ledger stays as it is."""
    form = PlanFileForm(request.POST or None, request.FILES or None, initial={"year": clock.today().year})
    if request.method == "POST" and form.is_valid():
        try:
            stored = take_in_upload(
                upload=form.cleaned_data["file"],
                unit=None,
                by=request.actor,
                now=clock.now(),
                for_preview=True,
            )
            asked = QueryDict(mutable=True)
            asked.update({"file": stored.key, "year": str(form.cleaned_data["year"])})
            return redirect(f"{reverse('ledger:preview')}?{asked.urlencode()}")
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"form": form, "imports": queries.recent_imports()}
    return render(request, "ledger/import.html", context, status=422 if form.errors else 200)


@acts("ledger.import", post="ledger.import")
def preview(request: HttpRequest) -> HttpResponse:
    """What was read, not understood first; POST checks corrections in place, and stores where asked to."""
    given = request.POST if request.method == "POST" else request.GET
    file, year = queries.plan_file(given.get("file", ""), actor=request.actor), given.get("year", "")
    if file is None or not year.isdigit() or len(year) != 4:
        messages.error(request, PREVIEW_GONE)
        return redirect("ledger:import")
    typed, chosen, known = _decided(request, file.digest, int(year))
    corrections = corrections_in(typed)
    try:
        reading = queries.read_stored_plan(file, year=int(year), corrections=corrections)
        if request.method == "POST" and "store" in request.POST:
            plan, changes = actions.import_plan(
                reading=reading,
                source=actions.Source(name=file.name, digest=file.digest, file=file),
                by=request.actor,
                now=clock.now(),
                chosen=chosen,
                corrections=corrections,
                missing="end" if request.POST.get("missing") == "end" else "keep",
            )
            messages.success(request, _stored(plan.year, changes, request.POST.get("missing") == "end"))
            return redirect(f"{reverse('ledger:list')}?year={plan.year}")
    except Refused as refused:
        if "store" not in request.POST:
            tell_refusals(request, refused)
            return redirect("ledger:import")
        _tell_why(request, refused, reading)
    view = queries.preview_of(
        reading,
        typed=typed,
        chosen=chosen,
        opened=opened_in(typed),
        page=page_in(typed),
        today=clock.today(),
    )
    context = {
        "file": file,
        "year": year,
        "view": view,
        "known": known,
        "missing": typed.get("missing") or view.changes.likely_missing,
    }
    status = 422 if request.method == "POST" and view.blocked else 200
    return render(request, "ledger/preview.html", context, status=status)


@acts("ledger.import", post="ledger.import")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What undoing an import would take back, or why it cannot be undone; POST does it."""
    done = get_object_or_404(PlanImport.objects.select_related("plan", "by"), pk=pk)
    if request.method == "POST":
        try:
            actions.undo_import(done=done, by=request.actor, now=clock.now())
            messages.success(request, f"已撤销这次导入，{done.year}年台账恢复到导入以前。")
            return redirect("ledger:import")
        except Refused as refused:
            tell_refusals(request, refused)
    why_not = actions.why_not_undo(done=done, by=request.actor)
    status = 422 if request.method == "POST" else 200
    return render(request, "ledger/undo.html", {"done": done, "why_not": why_not}, status=status)


def _decided(request: HttpRequest, digest: str, year: int) -> tuple[dict[str, str], dict[str, int], bool]:
    """What was typed and chosen; on the first look, what was decided when this very file came before."""
    if request.method == "POST":
        typed = request.POST.dict()
        return typed, choices_in(typed), False
    corrections, chosen = queries.earlier_decisions(digest, year)
    return as_typed(corrections), chosen, bool(corrections or chosen)


def _tell_why(request: HttpRequest, refused: Refused, reading: PlanReading) -> None:
    """Why a plan was not stored; what stands beside its row already is not said twice."""
    beside = {problem.message for problem in reading.problems}
    others = [str(one) for one in refused.refusals if one.text not in beside]
    for text in others or ["还没有写入台账：下面几处需要先改好。"]:
        messages.error(request, text)


def _stored(year: int, changes: queries.Changes, ended: bool) -> str:
    if changes.stored and not changes.any and not (changes.removed and ended):
        return f"{year}年台账里已有相同的任务，没有改动。"
    gone = len(changes.gone)
    left = (
        f"；不在文件里的 {gone} 项已移出或终止"
        if ended
        else f"；台账里另有 {gone} 项不在这个文件里，仍然保留"
    )
    chapters = changes.of_chapters
    more = (
        f"，章节任务新增 {chapters['added']} 条、更新 {chapters['changed']} 条" if chapters["added"] else ""
    )
    return (
        f"已写入{year}年台账：新增 {len(changes.new)} 项，更新 {len(changes.changed)} 项{more}{left if gone else ''}。"
        "写错了可以在“导入工作要点”页撤销。"
    )
