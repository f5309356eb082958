"""The progress page: opened by the code of the receipt alone, silent towards every other code."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.files.actions import take_in_upload
from gongkai.foi.actions.drafts import note_wrong_code
from gongkai.foi.actions.intake import Filed
from gongkai.foi.actions.visiting import confirm_contact, send_correction, send_reasons, take_back
from gongkai.foi.forms.visiting import CodeForm, ContactForm, CorrectionForm, ReasonsForm, WithdrawForm
from gongkai.foi.models import Case, Paper
from gongkai.foi.queries.codes import case_by_code, wait_before_guess
from gongkai.foi.queries.progress import progress_of
from gongkai.foi.queries.public_letters import public_letters
from gongkai.foi.queries.who import APPLICANT
from gongkai.foi.views.apply.frame import (
    address_of,
    case_of_visitor,
    draw,
    forget_case,
    remember_case,
    unstored,
)
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.rules.delay import in_words
from gongkai.orgs.wall import public

UNKNOWN = (
    "没有找到这个查询码对应的申请。请对照回执逐位核对，横线和大小写不影响。回执丢了，请带身份证到窗口查询。"
)
MOST_FILES = 4


@public
@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """The case of the visitor, or the form for his code."""
    if request.method == "POST":
        return _asked(request)
    case = case_of_visitor(request)
    return (
        _page(request, case)
        if case
        else draw(request, "foi/public/code.html", title="查进度", form=CodeForm())
    )


@public
@require_http_methods(["POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """The applicant corrects his request."""
    case = case_of_visitor(request)
    if case is None:
        return _expired(request)
    form, now = CorrectionForm(request.POST, request.FILES), clock.now()
    if form.is_valid():
        try:
            papers = _papers(request, now)
            send_correction(case=case, text=form.cleaned_data["text"], papers=papers, now=now)
            messages.success(request, "补正已收到，答复期限从明天起重新计算。")
            return unstored(redirect("apply:progress"))
        except Refused as refused:
            refuse_in_form(form, refused)
    return _page(request, case, correction=form)


@public
@require_http_methods(["POST"])
def give_reasons(request: HttpRequest) -> HttpResponse:
    """The applicant explains the number of his requests."""
    case = case_of_visitor(request)
    if case is None:
        return _expired(request)
    form = ReasonsForm(request.POST)
    if form.is_valid():
        try:
            send_reasons(case=case, text=form.cleaned_data["text"], now=clock.now())
            messages.success(request, "理由已收到。")
            return unstored(redirect("apply:progress"))
        except Refused as refused:
            refuse_in_form(form, refused)
    return _page(request, case, reasons=form)


@public
@require_http_methods(["POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """The applicant says how he can be reached."""
    case = case_of_visitor(request)
    if case is None:
        return _expired(request)
    form = ContactForm(request.POST)
    if form.is_valid():
        try:
            confirm_contact(case=case, **form.cleaned_data, now=clock.now())
            messages.success(request, "联系方式已告诉办理单位。")
            return unstored(redirect("apply:progress"))
        except Refused as refused:
            refuse_in_form(form, refused)
    return _page(request, case, contact_form=form)


@public
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """A page of its own, because it cannot be undone."""
    case = case_of_visitor(request)
    if case is None:
        return _expired(request)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_back(case=case, reason=form.cleaned_data["reason"], now=clock.now())
            messages.success(request, "申请已撤回。")
            return unstored(redirect("apply:progress"))
        except Refused as refused:
            refuse_in_form(form, refused)
    status = 422 if form.errors else 200
    return draw(request, "foi/public/withdraw.html", title="撤回申请", status=status, case=case, form=form)


@public
@require_http_methods(["POST"])
def leave_case(request: HttpRequest) -> HttpResponse:
    """Close the page for whoever uses this computer next."""
    return forget_case(redirect("apply:progress"))


def _asked(request: HttpRequest) -> HttpResponse:
    """Look a code up. A wrong one, an unknown one and nonsense get the same words; many of them have to wait."""
    now, address = clock.now(), address_of(request)
    wait = wait_before_guess(address, now=now)
    form = CodeForm(request.POST)
    if wait:
        return _wait(request, wait)
    typed = form.data.get("code", "")
    case = case_by_code(typed)
    if case is not None:
        return remember_case(redirect("apply:progress"), case)
    if typed.strip():
        note_wrong_code(address=address, now=now)
    form.add_error("code", UNKNOWN if typed.strip() else "请填写回执上的查询码。")
    return draw(request, "foi/public/code.html", title="查进度", status=422, form=form)


def _wait(request: HttpRequest, wait: timedelta) -> HttpResponse:
    answer = draw(
        request, "foi/public/code.html", title="查进度", status=429, form=CodeForm(), wait=in_words(wait)
    )
    answer["Retry-After"] = str(-(-wait // timedelta(seconds=1)))
    return answer


def _expired(request: HttpRequest) -> HttpResponse:
    messages.warning(request, "半小时没有操作，页面已自动关闭。请重新填写查询码。")
    return unstored(redirect("apply:progress"))


def _page(
    request: HttpRequest,
    case: Case,
    *,
    correction: CorrectionForm | None = None,
    reasons: ReasonsForm | None = None,
    contact_form: ContactForm | None = None,
) -> HttpResponse:
    faulty = correction or reasons or contact_form
    return draw(
        request,
        "foi/public/progress.html",
        title="办理进度",
        status=422 if faulty else 200,
        progress=progress_of(case, today=clock.today()),
        case=case,
        letters=public_letters(case),
        correction=correction or CorrectionForm(),
        reasons=reasons or ReasonsForm(),
        contact_form=contact_form or ContactForm(),
        faulty=faulty,
        today=clock.today(),
    )


def _papers(request: HttpRequest, now: datetime) -> list[Filed]:
    """What came with the correction; taken in before the case is touched."""
    found = []
    for field, kind, called in (
        ("files", Paper.Kind.CORRECTION, "补正材料"),
        ("authorisation_file", Paper.Kind.AUTHORISATION, "授权委托书"),
    ):
        for upload in request.FILES.getlist(field)[:MOST_FILES]:
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
            found.append(Filed(file, kind))
    return found
