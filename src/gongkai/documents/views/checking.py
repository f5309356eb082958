"""The gate of one document: everything that was found, on one screen, with what can be done about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.documents import actions, queries, states
from gongkai.documents.forms import ExplainForm
from gongkai.documents.models import Attachment, Document
from gongkai.gate.queries import Finding, Level
from gongkai.kernel import clock
from gongkai.kernel.html import clean
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import tell_form_errors, tell_refusals
from gongkai.orgs.wall import acts, can, visible

OF_DOCUMENT = {"pk": Document}
LIGHTS = {Level.BLOCK: "late", Level.WARN: "soon", Level.HINT: "ok"}
WORDS = {Level.BLOCK: "阻断", Level.WARN: "警示", Level.HINT: "提示"}
TREATED = {"clean": "清理件", "mask": "遮盖件"}
MOST_HINTS = 12


@acts("documents.view", objects=OF_DOCUMENT)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found, blocking ones first, with the mends, the reasons and the files."""
    rows = visible(Document, request.actor).select_related("unit", "author", "column__parent")
    document = get_object_or_404(rows, pk=pk)
    return render(request, "documents/gate.html", _context(request, document))


def _context(request: HttpRequest, document: Document) -> dict[str, Any]:
    gate = queries.gate_of(document, today=clock.today())
    level = request.GET.get("level", "")
    shown = [
        one
        for one in gate.groups
        if not level or (level == "said" and one.reasons) or str(one.level) == level
    ]
    blocked = {one.attachment.pk for one in gate.blocks if one.attachment}
    unread = {one.pk for one in gate.unread}
    return {
        "document": document,
        "state_label": states.LABELS[document.state],
        "gate": gate,
        "shown": [(one, LIGHTS[one.level], WORDS[one.level]) for one in shown],
        "level": level,
        "tabs": [
            ("", "全部", len(gate.groups)),
            *((str(one), WORDS[one], len(gate.of(one))) for one in Level),
            ("said", "已说明", sum(bool(one.reasons) for one in gate.groups)),
        ],
        "mends": sum(len(one.findings) for one in (*gate.mendable, *gate.maskable)),
        "phone": queries.phone_of(document),
        "correction": queries.open_correction(document),
        "why_not_mend": actions.why_not_mend(document=document, by=request.actor),
        "may_explain": can(request.actor, "documents.justify", document.unit_id),
        "files": [
            (one, "unread" if one.pk in unread else "blocked" if one.pk in blocked else "passed", _treated(one))
            for one in document.attachments.select_related("file__public")
        ],
    }  # fmt: skip


@acts("documents.justify", objects=OF_DOCUMENT)
@require_POST
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Read files that were not read yet and keep what was seen as evidence."""
    document = get_object_or_404(visible(Document, request.actor, "documents.justify"), pk=pk)
    found = actions.check(document=document, by=request.actor, now=clock.now())
    blocks = len(found.blocks)
    messages.success(request, f"检查完成：{f'还有 {blocks} 个阻断问题' if blocks else '没有阻断问题'}。")
    return redirect("documents:gate", pk=pk)


@acts("documents.write", objects=OF_DOCUMENT)
@require_POST
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend one group of findings in the text, or all that can be mended, in the attachments too."""
    document = get_object_or_404(visible(Document, request.actor, "documents.write"), pk=pk)
    code, phone = request.POST.get("code", "")[:60], "phone" in request.POST
    try:
        if code:
            places = actions.mend(
                document=document, by=request.actor, now=clock.now(), code=code, with_phone=phone
            )
            messages.success(
                request, f"已把 {places} 处改为单位电话。" if phone else f"已修复 {places} 处，请核对正文。"
            )
        else:
            _mend_all(request, document)
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("documents:gate", pk=pk)


def _mend_all(request: HttpRequest, document: Document) -> None:
    places, refusals = actions.mend_all(document=document, by=request.actor, now=clock.now())
    if places:
        messages.success(
            request, f"已修复 {places} 处，请核对正文和附件。附件公开的是遮盖件，原件留存、不公开。"
        )
    if refusals:
        tell_refusals(request, Refused(refusals))


@acts("documents.write", objects=OF_DOCUMENT)
@require_POST
def mask(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    """Publish a copy of an attachment in which personal data is masked; the original stays."""
    document = get_object_or_404(visible(Document, request.actor, "documents.write"), pk=pk)
    row = _attachment_of(document, attachment)
    code, phone = request.POST.get("code", "")[:60], "phone" in request.POST
    try:
        places = actions.mask(attachment=row, by=request.actor, now=clock.now(), code=code, with_phone=phone)
        done = "改为单位电话" if phone else "遮盖"
        messages.success(
            request, f"“{row.title}”已有 {places} 处{done}，公开的是副本，原件留存、不公开。请打开核对。"
        )
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("documents:gate", pk=pk)


def _attachment_of(document: Document, pk: int) -> Attachment:
    rows = Attachment.objects.filter(document=document)
    return get_object_or_404(rows.select_related("file__unit", "file__public", "document__unit"), pk=pk)


def _treated(attachment: Attachment) -> str:
    """What the public copy of a file is called; empty where the file goes out as it is."""
    copy = attachment.file.public
    return "、".join(TREATED[one] for one in dict.fromkeys(copy.treatments)) if copy else ""


@acts("documents.justify", objects=OF_DOCUMENT)
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """A named person answers for letting a finding stand."""
    document = get_object_or_404(visible(Document, request.actor, "documents.justify"), pk=pk)
    form = ExplainForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return redirect("documents:gate", pk=pk)
    try:
        actions.explain(document=document, by=request.actor, now=clock.now(), **form.cleaned_data)
        messages.success(request, "已记录理由，审核人和签发人都会看到。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("documents:gate", pk=pk)


@acts("documents.write", objects={"pk": Document})
@require_POST
def take_cleaned(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    """Publish the cleaned copy of an attachment; the original stays."""
    document = get_object_or_404(visible(Document, request.actor, "documents.write"), pk=pk)
    row = _attachment_of(document, attachment)
    try:
        actions.take_cleaned(attachment=row, by=request.actor, now=clock.now())
        messages.success(request, f"“{row.title}”将公开清理件，原件留存、不公开。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("documents:gate", pk=pk)


@acts("documents.write", objects=OF_DOCUMENT)
@require_POST
def hints(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rules say of the text as it is being typed; nothing is stored."""
    document = get_object_or_404(visible(Document, request.actor, "documents.write"), pk=pk)
    body, title = clean(request.POST.get("body", "")[:400_000]), request.POST.get("title", "")[:300]
    return render(request, "documents/parts/hints.html", {"document": document, **hints_of(body, title)})


def hints_of(body: str, title: str) -> dict[str, Any]:
    """One line for each rule under the text, the most serious first, with how many places."""
    found = queries.text_findings(body, title=title, today=clock.today())
    by_rule: dict[str, list[Finding]] = {}
    for one in sorted(found, key=lambda one: list(Level).index(one.level)):
        by_rule.setdefault(one.rule, []).append(one)
    shown = [(rows[0], LIGHTS[rows[0].level], WORDS[rows[0].level], len(rows)) for rows in by_rule.values()]
    return {"hints": shown[:MOST_HINTS]}
