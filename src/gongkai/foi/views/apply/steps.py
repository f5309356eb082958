"""The four steps of an application: whom, what, how, who. Each works without JavaScript; what was typed stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.files.actions import take_in_upload
from gongkai.foi.actions.drafts import close_draft, count_deflection, drop_draft, keep_draft, remove_file
from gongkai.foi.actions.intake import Filed, submit
from gongkai.foi.forms.asking import CONTENT_FORMS, IdentityForm, WayForm, asked_of, asking_of
from gongkai.foi.models import Case, Paper
from gongkai.foi.queries.already import already_public
from gongkai.foi.queries.bodies import Body, bodies, grouped, likely
from gongkai.foi.queries.drafts import Draft
from gongkai.foi.queries.filing import files_of
from gongkai.foi.queries.who import APPLICANT
from gongkai.foi.views.apply.frame import (
    APPLY,
    DRAFT_COOKIE,
    draft_in,
    draw,
    forget_draft,
    in_view,
    new_draft,
    remember_draft,
    unstored,
)
from gongkai.kernel import clock
from gongkai.kernel.text.numerals import written_number
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.wall import public

MOST_FILES = 6
NO_EVIDENCE = (
    "更正要附上证据：请至少上传一份照片或者文件，例如记录的截图和能证明它有错的证件。"
    "没有电子版的，可以带原件到窗口提交。"
)
STEPS = ("选择机关", "写清信息", "怎么给您", "身份与提交")
TITLES = {
    Case.Kind.REQUEST: "填写申请",
    Case.Kind.RECORD: "申请更正",
    Case.Kind.APPEAL: "申诉",
}
UPLOADS = {
    "materials": (Paper.Kind.APPLICATION, "补充材料"),
    "identity_file": (Paper.Kind.IDENTITY, "身份证明"),
    "authorisation_file": (Paper.Kind.AUTHORISATION, "授权委托书"),
}


@public
@require_http_methods(["GET", "POST"])
def choose_body(request: HttpRequest) -> HttpResponse:
    """Step 1: whom to ask, with help where one does not know."""
    draft, found = draft_in(request), bodies()
    given = request.POST if request.method == "POST" else request.GET
    kind = given.get("kind") or (draft.typed.get("kind") if draft and not draft.sent else "")
    kind = kind if kind in Case.Kind.values else Case.Kind.REQUEST
    words, fault = given.get("about", "")[:60], ""
    if request.method == "POST" and "find" not in request.POST:
        if given.get("unit", "") in found:
            draft = draft if draft is not None and not draft.sent else new_draft()
            draft.typed |= {"unit": given["unit"], "kind": kind}
            keep_draft(draft=draft, now=clock.now())
            return remember_draft(redirect("apply:what"), draft)
        fault = "请选择一个机关。不知道选哪个，在上面写几个字查一查。"
    chosen = given.get("unit") or (draft.typed.get("unit", "") if draft else "")
    return draw(
        request,
        "foi/public/body.html",
        title=TITLES[Case.Kind(kind)],
        status=422 if fault else 200,
        steps=STEPS,
        step=1,
        kind=kind,
        fault=fault,
        chosen=chosen,
        words=words,
        likely=likely(found, words, today=clock.today()) if words else [],
        groups=grouped(found),
        going_on=bool(draft and not draft.sent and draft.typed.get("unit")),
    )


@public
@require_http_methods(["GET", "POST"])
def say_what(request: HttpRequest) -> HttpResponse:
    """Step 2: which information, with what is public already beside it."""
    draft, body = _draft_and_body(request)
    if draft is None or body is None:
        return unstored(redirect("apply:new"))
    kind = Case.Kind(draft.typed["kind"])
    if request.method != "POST":
        form = CONTENT_FORMS[kind](initial=draft.typed.get("content", {}))
        return _what_page(request, draft, body, form, shown=_public(draft, form.initial))
    form, now = CONTENT_FORMS[kind](request.POST), clock.now()
    faults = _take_files(request, draft, ("materials",), now)
    draft.typed["content"] = {name: request.POST.get(name, "")[:4000] for name in form.fields}
    if "not_it" in request.POST:
        draft.typed["without"] = [*draft.typed.get("without", []), request.POST["not_it"][:60]][-20:]
    shown = _public(draft, draft.typed["content"])
    _count_shown(draft, body, shown, now)
    keep_draft(draft=draft, now=now)
    if "found" in request.POST:
        return _found(request, draft, body, shown, now)
    if "remove" in request.POST:
        remove_file(draft=draft, file_id=_number(request.POST["remove"]), now=now)
        return unstored(redirect("apply:what"))
    if "look" in request.POST or "not_it" in request.POST:
        return _what_page(request, draft, body, form, shown=shown, looked=True, bare=True)
    if kind == Case.Kind.RECORD and not draft.typed.get("files") and not faults:
        faults["materials"] = NO_EVIDENCE
    if not form.is_valid() or faults:
        _add(form, faults)
        return _what_page(request, draft, body, form, shown=shown)
    return unstored(redirect("apply:how"))


@public
@require_http_methods(["POST"])
def already(request: HttpRequest) -> HttpResponse:
    """While typing: what is public already. Nothing of the words is kept."""
    draft, body = _draft_and_body(request)
    typed = {name: request.POST.get(name, "") for name in ("content", "title", "docnumber")}
    shown = _public(draft, typed) if draft is not None else ()
    if draft is not None and body is not None and shown and not draft.typed.get("shown"):
        now = clock.now()
        _count_shown(draft, body, shown, now)
        keep_draft(draft=draft, now=now)
    return draw(request, "foi/public/parts/already.html", title="已经公开的信息", shown=shown, looked=True)


@public
@require_http_methods(["GET", "POST"])
def say_how(request: HttpRequest) -> HttpResponse:
    """Step 3: in which form, by which way."""
    draft, body = _draft_and_body(request)
    if draft is None or body is None:
        return unstored(redirect("apply:new"))
    if not _content(draft)["content"]:
        return unstored(redirect("apply:what"))
    form = WayForm(request.POST or None, initial=draft.typed.get("way"))
    if request.method == "POST":
        draft.typed["way"] = {name: request.POST.get(name, "")[:400] for name in form.fields}
        keep_draft(draft=draft, now=clock.now())
        if form.is_valid():
            return unstored(redirect("apply:who"))
    return draw(
        request,
        "foi/public/how.html",
        title=TITLES[Case.Kind(draft.typed["kind"])],
        status=422 if form.errors else 200,
        steps=STEPS,
        step=3,
        form=form,
        body=body,
    )


@public
@require_http_methods(["GET", "POST"])
def say_who(request: HttpRequest) -> HttpResponse:
    """Step 4: who asks; the last look at everything, then it is sent in."""
    draft, body = _draft_and_body(request, sent_too=True)
    if draft is not None and draft.sent:  # the button was pressed again
        return unstored(redirect("apply:receipt"))
    if draft is None or body is None:
        return unstored(redirect("apply:new"))
    if not _content(draft)["content"]:
        return unstored(redirect("apply:what"))
    way = WayForm(draft.typed.get("way") or {})
    if not way.is_valid():
        return unstored(redirect("apply:how"))
    now = clock.now()
    form = IdentityForm(request.POST or None, initial=draft.typed.get("who"), today=clock.legal_day(now))
    if request.method == "POST":
        faults = _take_files(request, draft, ("identity_file", "authorisation_file"), now)
        draft.typed["who"] = {name: request.POST.get(name, "")[:400] for name in form.fields}
        keep_draft(draft=draft, now=now)
        if "remove" in request.POST:
            remove_file(draft=draft, file_id=_number(request.POST["remove"]), now=now)
            return unstored(redirect("apply:who"))
        if form.is_valid() and not faults:
            answer = _send_in(draft, body, way.cleaned_data | form.cleaned_data, form, now)
            if answer is not None:
                return answer
        _add(form, faults)
    return draw(
        request,
        "foi/public/who.html",
        title=TITLES[Case.Kind(draft.typed["kind"])],
        status=422 if form.errors else 200,
        steps=STEPS,
        step=4,
        form=form,
        body=body,
        content=_content(draft),
        files=draft.typed.get("files", []),
    )


@public
@require_http_methods(["POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Wipe what this browser holds of an application: for computers that others use too."""
    drop_draft(token=request.COOKIES.get(DRAFT_COOKIE, ""), now=clock.now())
    messages.success(request, "已清除这台电脑上的填写内容。")
    return forget_draft(redirect(in_view(request, APPLY)))


def _send_in(
    draft: Draft, body: Body, given: dict[str, Any], form: IdentityForm, now: datetime
) -> HttpResponse | None:
    """The case, then the receipt; None where it was refused, with the reasons in the form."""
    files = files_of(draft.typed.get("files", []))
    authorised = any(one.kind == Paper.Kind.AUTHORISATION for one in files)
    try:
        case = submit(
            unit=body.unit,
            agency=body.agency,
            asking=asking_of(given, authorised=authorised),
            asked=asked_of(_content(draft), given, kind=draft.typed["kind"]),
            papers=[Filed(one.file, one.kind) for one in files],
            submit_key=draft.typed["submit_key"],
            now=now,
        )
    except Refused as refused:
        refuse_in_form(form, refused)
        return None
    first = close_draft(draft=draft, case=case, now=now)
    if first and draft.typed.get("shown"):
        count_deflection(unit=body.unit, what="submitted", now=now)
    return unstored(redirect("apply:receipt"))


def _draft_and_body(request: HttpRequest, *, sent_too: bool = False) -> tuple[Draft | None, Body | None]:
    draft = draft_in(request)
    if draft is None or (draft.sent and not sent_too):
        return None, None
    return draft, bodies().get(draft.typed.get("unit", ""))


def _what_page(
    request: HttpRequest,
    draft: Draft,
    body: Body,
    form: forms.Form,
    *,
    shown: tuple[Any, ...] = (),
    looked: bool = False,
    bare: bool = False,
) -> HttpResponse:
    if bare:  # only looking: no complaint about fields that are still empty
        form = type(form)(initial=draft.typed["content"])
    return draw(
        request,
        "foi/public/what.html",
        title=TITLES[Case.Kind(draft.typed["kind"])],
        status=422 if form.errors else 200,
        steps=STEPS,
        step=2,
        form=form,
        body=body,
        kind=draft.typed["kind"],
        shown=shown,
        looked=looked,
        files=[one for one in draft.typed.get("files", []) if one["kind"] == Paper.Kind.APPLICATION],
    )


def _content(draft: Draft) -> dict[str, str]:
    form = CONTENT_FORMS[Case.Kind(draft.typed["kind"])](draft.typed.get("content") or {})
    form.full_clean()
    return form.asked() if not form.errors else {"title": "", "content": "", "docnumber": ""}


def _public(draft: Draft, typed: dict[str, Any]) -> tuple[Any, ...]:
    if draft.typed.get("kind") != Case.Kind.REQUEST:
        return ()
    words = " ".join(str(typed.get(name, "")) for name in ("title", "docnumber", "content"))
    return already_public(words, today=clock.today(), without=tuple(draft.typed.get("without", [])))


def _count_shown(draft: Draft, body: Body, shown: tuple[Any, ...], now: datetime) -> None:
    if shown and not draft.typed.get("shown"):
        draft.typed["shown"] = True
        count_deflection(unit=body.unit, what="shown", now=now)


def _found(
    request: HttpRequest, draft: Draft, body: Body, shown: tuple[Any, ...], now: datetime
) -> HttpResponse:
    """就是它，不用申请了: counted, the draft goes, the record opens. Only what was shown can be opened so."""
    hit = next((one for one in shown if one.key == request.POST["found"]), None)
    if hit is None:
        return unstored(redirect("apply:what"))
    count_deflection(unit=body.unit, what="clicked", now=now)
    drop_draft(token=draft.token, now=now)
    return forget_draft(redirect(in_view(request, hit.path)))


def _take_files(request: HttpRequest, draft: Draft, fields: tuple[str, ...], now: datetime) -> dict[str, str]:
    """Take in what was uploaded; the faults by field. What came in stays though another field is wrong."""
    faults: dict[str, str] = {}
    kept = list(draft.typed.get("files", []))
    for field in fields:
        kind, called = UPLOADS[field]
        for upload in request.FILES.getlist(field):
            if len(kept) >= MOST_FILES:
                faults[field] = f"最多上传 {MOST_FILES} 个文件。请删去不需要的，或者到窗口提交。"
                break
            try:
                kept.append(_taken(upload, kind, called, now))
            except Refused as refused:
                faults[field] = "；".join(reason.text for reason in refused.refusals)
    draft.typed["files"] = kept
    return faults


def _taken(upload: UploadedFile, kind: str, called: str, now: datetime) -> dict[str, Any]:
    file = take_in_upload(
        upload=upload,
        unit=None,
        by=APPLICANT,
        now=now,
        pictures=True,
        may_wait=True,
        outside=True,
        called=called,
    )
    return {"id": file.pk, "kind": kind, "name": (upload.name or called)[-80:], "size": file.size}


def _add(form: forms.Form, faults: dict[str, str]) -> None:
    for text in faults.values():
        form.add_error(None, text)


def _number(text: str) -> int:
    return written_number(text) or 0
