"""The counter: take a request down, find one by the card, confirm it, print the slip, hand letters over (K06)."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.files.actions import take_in_upload
from gongkai.foi.actions.answer_service import dispatch, why_not_dispatch
from gongkai.foi.actions.intake import Filed, confirm, note_unreachable, register
from gongkai.foi.actions.letters import dispatch_letter
from gongkai.foi.actions.service import Sending
from gongkai.foi.forms.asking import asked_of, asking_of
from gongkai.foi.forms.counter import ConfirmForm, FindForm, HandForm, UnreachableForm, counter_form
from gongkai.foi.models import Case, Letter, Paper
from gongkai.foi.queries import counter as queries
from gongkai.foi.queries.channels import channels_of
from gongkai.foi.queries.codes import code_of
from gongkai.foi.queries.who import why_not_step
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.wall import acts

UPLOADS = (
    ("materials", Paper.Kind.APPLICATION, "申请材料"),
    ("identity_file", Paper.Kind.IDENTITY, "身份证明"),
    ("authorisation_file", Paper.Kind.AUTHORISATION, "授权委托书"),
)


@acts("foi.find")
@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """Find by card or number; below what waits for confirmation and what is to be handed over."""
    form = FindForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = queries.found(request.actor, form.cleaned_data["typed"])
        form = FindForm()  # a card's number does not stay on the screen
    return render(
        request,
        "foi/counter.html",
        {
            "form": form,
            "found": found,
            "today": queries.entered_today(request.actor, today=clock.today()),
            "to_confirm": queries.to_confirm(request.actor),
            "to_pick_up": queries.to_pick_up(request.actor),
        },
        status=422 if form.errors else 200,
    )


@acts("foi.register")
@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest) -> HttpResponse:
    """Enter a request: the same questions as on the web, and how it came in."""
    now = clock.now()
    given = request.POST if request.method == "POST" else request.GET
    # Not "kind": that is the applicant's own in the form.
    kind = request.POST.get("case_kind") or request.GET.get("kind", Case.Kind.REQUEST)
    kind = kind if kind in Case.Kind.values else Case.Kind.REQUEST
    day = clock.legal_day(now)
    start = {"arrived_on": day, "channel": Case.Channel.COUNTER}
    bodies = queries.bodies_for(request.actor)
    form = counter_form(kind)(request.POST or None, bodies=bodies, today=day, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            body, papers = form.body(), _papers(request, now)
            case = register(
                unit=body.unit,
                agency=body.agency,
                arrival=form.arrival(),
                asking=asking_of(
                    form.cleaned_data,
                    authorised=any(one.kind == Paper.Kind.AUTHORISATION for one in papers),
                ),
                asked=asked_of(form.asked(), form.cleaned_data, kind=kind),
                papers=papers,
                submit_key=request.POST.get("submit_key", "")[:64] or secrets.token_urlsafe(32),
                by=request.actor,
                now=now,
            )
            messages.success(request, f"已登记 {case.number}。请打印回执交给申请人。")
            return redirect("foi:counter_case", case.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    return render(
        request,
        "foi/counter_new.html",
        {
            "form": form,
            "kind": kind,
            "kinds": Case.Kind.choices,
            "content": [form[name] for name in form.asked_fields],
            "submit_key": given.get("submit_key") or secrets.token_urlsafe(32),
        },
        status=422 if form.errors else 200,
    )


@acts("foi.find", objects={"pk": Case})
def counter_case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case at the counter: its slip, whether it is confirmed, what can be handed over."""
    case = get_object_or_404(queries.counter_cases(request.actor), pk=pk)
    return _case_page(request, case)


@acts("foi.confirm", objects={"pk": Case})
@require_POST
def confirm_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The request was confirmed with the applicant: the clock starts."""
    case = get_object_or_404(queries.counter_cases(request.actor), pk=pk)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _case_page(request, case, confirming=form)
    try:
        case = confirm(case=case, by=request.actor, now=clock.now(), **form.cleaned_data)
        messages.success(request, f"已登记确认。最迟 {case.due_on} 答复。")
        return redirect(_back(request, case))
    except Refused as refused:
        refuse_in_form(form, refused)
    return _case_page(request, case, confirming=form)


@acts("foi.note_unreachable", objects={"pk": Case})
@require_POST
def not_reached(request: HttpRequest, pk: int) -> HttpResponse:
    """Note an attempt to reach the applicant."""
    case = get_object_or_404(queries.counter_cases(request.actor), pk=pk)
    form = UnreachableForm(request.POST)
    if not form.is_valid():
        return _case_page(request, case, away=form)
    try:
        note_unreachable(case=case, how=form.cleaned_data["how"], by=request.actor, now=clock.now())
        messages.success(request, "已记下联系情况。恢复联系后登记确认，从那天的第二天起算期限。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect(_back(request, case))


@acts("foi.dispatch", objects={"pk": Case})
@require_POST
def hand_over(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """Give a signed letter into the hand of the applicant; the day of signing is the day of service (235号)."""
    case = get_object_or_404(queries.counter_cases(request.actor), pk=pk)
    handing = next((one for one in queries.handings(case) if one.letter.pk == letter), None)
    form = HandForm(request.POST)
    if handing is None:
        messages.error(request, "这份文书现在不能交付。请刷新页面。")
    elif not form.is_valid():
        tell_form_errors(request, form)
    else:
        try:
            _hand(request, case, handing, form.cleaned_data["received_by"])
            messages.success(request, "已登记当面交付，今天即为送达日期。")
        except Refused as refused:
            tell_refusals(request, refused)
    return redirect("foi:counter_case", case.pk)


def _hand(request: HttpRequest, case: Case, handing: queries.Handing, received_by: str) -> None:
    now = clock.now()
    day = clock.legal_day(now)
    if handing.answer:
        dispatch(
            case=case,
            way=Letter.Way.HAND,
            on=day,
            by=request.actor,
            now=now,
            received_by=received_by,
        )
        return
    dispatch_letter(
        letter=handing.letter,
        way=Letter.Way.HAND,
        on=day,
        by=request.actor,
        now=now,
        received_by=received_by,
    )


def _case_page(
    request: HttpRequest,
    case: Case,
    *,
    confirming: ConfirmForm | None = None,
    away: UnreachableForm | None = None,
) -> HttpResponse:
    now = clock.now()
    day = clock.legal_day(now)
    mine_today = (
        case.registered_by_id == request.actor.person_id and clock.legal_day(case.submitted_at) == day
    )
    handings = queries.handings(case)
    why_not_hand = []
    if any(one.answer for one in handings):
        sending = Sending(Letter.Way.HAND, day, received_by="申请人")
        why_not_hand = why_not_dispatch(case=case, sending=sending, by=request.actor, now=now)
    return render(
        request,
        "foi/counter_case.html",
        {
            "case": case,
            # Printed once, by whom it was entered, on the same day; later the card opens the case here.
            "code": code_of(case.submit_key or "") if mine_today and case.submit_key else "",
            "at_counter": True,
            "at": case.submitted_at,
            "contact": channels_of(case.unit),
            "lacks_authorisation": bool(case.applicant.agent_name) and not case.applicant.agent_authorised,
            "waits": not why_not_step(case, "confirm", request.actor),
            "confirming": confirming or ConfirmForm(initial={"on": day}),
            "away": away or UnreachableForm(),
            "handings": handings,
            "why_not_hand": why_not_hand,
            "hand": HandForm(),
        },
        status=422 if confirming or away else 200,
    )


def _back(request: HttpRequest, case: Case) -> str:
    """To the page from which it was done: the desk of the counter, or the case."""
    return (
        f"/workbench/foi/{case.pk}/"
        if request.POST.get("back") == "case"
        else reverse("foi:counter_case", args=[case.pk])
    )


def _papers(request: HttpRequest, now: datetime) -> list[Filed]:
    return [
        Filed(
            take_in_upload(
                upload=upload,
                unit=None,
                by=request.actor,
                now=now,
                pictures=True,
                may_wait=True,
                called=called,
            ),
            kind,
        )
        for field, kind, called in UPLOADS
        for upload in request.FILES.getlist(field)[:6]
    ]
