"""Pages of the monthly bulletin: the list, a draft with its numbers, issue, the papers' templates."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.files.actions import take_in_upload
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries, states
from gongkai.ledger.forms.office import BulletinForm, MonthForm, NameForm, TemplateForm, lines_in
from gongkai.ledger.models import Bulletin, PaperTemplate
from gongkai.ledger.rules.bulletin import CRITICISM_RULE, PRAISE_RULE
from gongkai.ledger.views.downloads import DOCX, as_file
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.wall import acts, can

EARLY = 20
EDITED = ("title", "overview", "praise_words", "criticism_words", "order_words", "demands")


@acts("ledger.view", post="ledger.supervise")
def index(request: HttpRequest) -> HttpResponse:
    """All bulletins; drafts are the office's. POST drafts the one of a month."""
    today, office = legal_today(request), can(request.actor, "ledger.supervise")
    # In the first days of a month the office writes about the month before.
    about = today if today.day > EARLY else today.replace(day=1) - timedelta(days=1)
    form = MonthForm(request.POST or None, initial={"year": about.year, "month": about.month})
    if request.method == "POST" and form.is_valid():
        try:
            bulletin = actions.draft_bulletin(by=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已起草。数字由系统统计，文字可以改，核对后印发。")
            return redirect("ledger:bulletin", pk=bulletin.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "rows": queries.bulletins(issued_only=not office),
        "form": form if office else None,
        "office": office,
    }
    return render(request, "ledger/bulletins/list.html", context, status=422 if form.errors else 200)


@acts("ledger.view", post="ledger.supervise")
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """One bulletin: an issued one for everybody, a draft with its form for the office; POST saves the draft."""
    office = can(request.actor, "ledger.supervise")
    rows = Bulletin.objects.select_related("by", "issued_by", "document")
    found = get_object_or_404(rows if office else rows.filter(state=states.ISSUED), pk=pk)
    initial = {name: getattr(found, name) for name in EDITED}
    form = BulletinForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _save(request, found, form):
        return redirect("ledger:bulletin", pk=pk)
    lines = queries.lines_of(found)
    drafted = found.state == states.DRAFTED
    context = {
        "bulletin": found,
        "figures": found.figures.get("items", []),
        "form": form if office and drafted else None,
        "name_form": NameForm(),
        "lines": lines if drafted else [line for line in lines if line.kept],
        "orders": queries.orders_of(found),
        "office": office,
        "drafted": drafted,
        "rules": (PRAISE_RULE, CRITICISM_RULE),
        "why_not_issue": actions.why_not_issue_bulletin(
            bulletin=found, by=request.actor, today=legal_today(request)
        )
        if office and drafted
        else [],
        "why_not_publish": actions.why_not_publish_bulletin(bulletin=found, by=request.actor)
        if office
        else [],
    }
    return render(request, "ledger/bulletins/bulletin.html", context, status=422 if form.errors else 200)


@acts("ledger.supervise")
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue, count anew, name one more unit, or draft the public document."""
    found = get_object_or_404(Bulletin, pk=pk)
    try:
        if "issue" in request.POST:
            issued = actions.issue_bulletin(bulletin=found, by=request.actor, now=clock.now())
            messages.success(request, f"已印发，{issued.year}年第{issued.serial}期。点名的单位会收到消息。")
        elif "count" in request.POST:
            actions.draft_bulletin(year=found.year, month=found.month, by=request.actor, now=clock.now())
            messages.success(request, "已按现在的记录重新统计，名单随之更新，您写的文字还在。")
        elif "publish" in request.POST:
            document = actions.publish_bulletin(bulletin=found, by=request.actor, now=clock.now())
            messages.success(request, "已起草公开稿，请认定公开属性后送审。")
            return redirect("documents:page", pk=document.pk)
        else:
            form = NameForm(request.POST)
            if form.is_valid():
                actions.name_unit(bulletin=found, by=request.actor, now=clock.now(), **form.cleaned_data)
                messages.success(request, "已列入名单。")
            else:
                tell_form_errors(request, form)
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("ledger:bulletin", pk=pk)


@acts("ledger.view")
def rows(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The rows behind one number of a bulletin, as they stood when it was counted."""
    office = can(request.actor, "ledger.supervise")
    bulletins = Bulletin.objects.all() if office else Bulletin.objects.filter(state=states.ISSUED)
    found = get_object_or_404(bulletins, pk=pk)
    figure = queries.figure(found, key)
    if figure is None:
        raise Http404
    shown = [{"text": row["text"], "url": _address(row)} for row in figure["rows"]]
    context = {"bulletin": found, "figure": figure, "rows": shown}
    return render(request, "ledger/bulletins/rows.html", context)


@acts("ledger.view")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The bulletin as docx in the office's template."""
    office = can(request.actor, "ledger.supervise")
    bulletins = Bulletin.objects.all() if office else Bulletin.objects.filter(state=states.ISSUED)
    found = get_object_or_404(bulletins, pk=pk)
    try:
        return as_file(f"{found.title}.docx", queries.bulletin_paper(found), DOCX)
    except Refused as refused:
        tell_refusals(request, refused)
        return redirect("ledger:bulletin", pk=pk)


@acts("ledger.supervise")
def templates(request: HttpRequest) -> HttpResponse:
    """The Word templates of the office's papers; POST puts a new one in place of the old."""
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = take_in_upload(
                upload=form.cleaned_data["file"], unit=None, by=request.actor, now=clock.now()
            )
            put = actions.put_template(
                kind=form.cleaned_data["kind"], file=file, by=request.actor, now=clock.now()
            )
            messages.success(request, f"以后的{put.get_kind_display()}用这个模板。")
            return redirect("ledger:templates")
        except Refused as refused:
            refuse_in_form(form, refused)
    kinds = [
        {
            "key": key,
            "label": label,
            "own": queries.template_of(key),
            "blanks": queries.BLANKS[key],
        }
        for key, label in PaperTemplate.Kind.choices
        if key in queries.BLANKS
    ]
    context = {"form": form, "kinds": kinds}
    return render(request, "ledger/bulletins/templates.html", context, status=422 if form.errors else 200)


@acts("ledger.supervise")
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The template in use, to be changed in Word."""
    if kind not in PaperTemplate.Kind.values:
        raise Http404
    label = PaperTemplate.Kind(kind).label
    try:
        return as_file(f"{label}模板.docx", queries.template_path(kind).read_bytes(), DOCX)
    except FileNotFoundError as gone:
        raise Http404 from gone


def _save(request: HttpRequest, found: Bulletin, form: BulletinForm) -> bool:
    typed, faults = lines_in(request.POST.dict())
    for fault in faults:
        form.add_error(None, fault)
    if faults:
        return False
    lines = {pk: actions.LineChange(**line) for pk, line in typed.items()}
    try:
        actions.change_bulletin(
            bulletin=found, texts=form.cleaned_data, lines=lines, by=request.actor, now=clock.now()
        )
    except Refused as refused:
        refuse_in_form(form, refused)
        return False
    messages.success(request, "已保存。")
    return True


def _address(row: dict) -> str:
    if "task" in row:
        return reverse("ledger:task", args=[row["task"]])
    if "order" in row:
        return reverse("ledger:order", args=[row["order"]])
    return str(row.get("url", ""))
