"""The page of one case: what to do next, by when, why; every verb with its form or the reason why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.files import storage
from gongkai.foi import states
from gongkai.foi.actions.revealing import reveal
from gongkai.foi.forms.handling import RevealForm, VerbForm
from gongkai.foi.models import Case, Paper
from gongkai.foi.queries.case_page import CasePage, case_dates, case_page, with_work
from gongkai.foi.queries.daygrid import counted_until, weeks_of
from gongkai.foi.queries.who import may
from gongkai.foi.views.handling.shown import (
    Links,
    address_of,
    letter_link,
    letters_of,
    open_points,
    story_of,
    work_of,
)
from gongkai.foi.views.handling.verbs import VERBS, Call, Verb
from gongkai.kernel import clock
from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.kernel.text.numerals import written_number
from gongkai.law.basis import cite
from gongkai.law.refusal import Refusal, Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.middleware import legal_calendar, legal_today
from gongkai.orgs.wall import acts, can, visible

NOON = time(12)
# The verbs of the case itself, in the order of the work; those of rows stand beside their rows.
OF_THE_CASE = (
    "sign_for", "assign", "hand_back", "take_back", "correction_arrives", "correction_lapses",
    "reasons_arrive", "reasons_lapse", "fee_paid", "fee_lapses", "record_search", "add_consultation",
    "deliberate", "propose_extension", "prepare_fee", "withdraw", "join", "void",
)  # fmt: skip
# Pages of their own for verbs that are more than a small form: a letter, a result, an answer.
# Event, letter, the event that must have been, the event that must not.
LETTERS = (
    ("ask_correction", "correction_notice", "", "ask_correction"),
    ("ask_reasons", "reasons_notice", "", "ask_reasons"),
    ("set_delay", "delay_notice", "ask_reasons", "set_delay"),
)
ANSWERING = (states.DRAFTED, states.REVIEWED, states.SIGNED, states.DISPATCHED)
PAGES = (
    ("foi:counter_case", "去确认收到", "foi.confirm", (states.ARRIVED,)),
    ("foi:answer", "拟答复", "foi.view", (states.IN_HAND, *ANSWERING)),
    ("foi:result", "确定办理结果", "foi.dispose", (states.IN_HAND,)),
    ("foi:file", "卷宗和归档", "foi.view", (states.ANSWERED, states.ARCHIVED)),
    ("foi:answer", "看答复书", "foi.view", (states.ANSWERED, states.ARCHIVED)),
    ("foi:disputes", "复议和诉讼", "foi.view", (states.DISPATCHED, states.ANSWERED, states.ARCHIVED)),
)
READ = ("unit", "agency", "holder", "applicant", "assignee", "about")


@dataclass(slots=True)
class Button:
    """One verb as it stands on the page: open with its form, or grey with the reasons."""

    verb: Verb
    form: VerbForm
    why_not: list[Refusal]
    row: int | None = None
    opened: bool = False

    @property
    def open(self) -> bool:
        """Possible now; or just refused, so that what was typed is not lost."""
        return not self.why_not or bool(self.form.errors)


@dataclass(slots=True)
class Shown:
    """What was typed last and refused; its form keeps it, at its own place on the page."""

    verb: str = ""
    row: int | None = None
    form: VerbForm | None = None
    extra: dict[str, Any] = field(default_factory=dict)


@acts("foi.view", objects={"pk": Case})
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One case."""
    return _render(request, _case(request, pk), Shown())


@acts("foi.view", post="foi.handle", objects={"pk": Case})
@require_POST
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb of the case; refused, the page comes back with what was typed."""
    if verb not in VERBS:
        raise Http404
    case, one = _case(request, pk, "foi.handle"), VERBS[verb]
    row = _row(case, one, request.POST.get("row", ""))
    prefix = f"{verb}-{row.pk}" if row is not None else verb
    form = one.form(request.POST, case=case, verb=prefix)
    if form.is_valid():
        try:
            one.act(Call(case=case, by=request.actor, now=clock.now(), data=dict(form.cleaned_data), row=row))
            messages.success(request, one.done)
            return redirect("foi:case", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    case = _case(request, pk)
    return _render(request, case, Shown(verb, row.pk if row is not None else None, form), status=422)


@acts("foi.view", post="foi.reveal", objects={"pk": Case})
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then show what identifies the applicant, on this one page."""
    case = _case(request, pk, "foi.reveal" if request.method == "POST" else None)
    form, shown = RevealForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            shown = reveal(case=case, by=request.actor, now=clock.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "case": case,
        "form": form,
        "shown": shown,
        "may": can(request.actor, "foi.reveal", case.unit_id)
        or can(request.actor, "foi.reveal", case.holder_id or case.unit_id),
    }
    return render(request, "foi/identity.html", context, status=422 if form.errors else 200)


@acts("foi.view", objects={"pk": Case})
def days(request: HttpRequest, pk: int) -> HttpResponse:
    """Every day of the period, counted or not, and why."""
    case = _case(request, pk)
    dates = case_dates(case, legal_calendar(request))
    weeks = weeks_of(dates, today=legal_today(request)) if dates else []
    context = {"case": case, "dates": dates, "weeks": weeks}
    return render(request, "foi/days.html", context)


@acts("foi.view", objects={"pk": Case, "paper": Paper})
def paper(request: HttpRequest, pk: int, paper: int) -> HttpResponseBase:
    """A paper of the case, as a download; only what the upload gate found clean."""
    row = get_object_or_404(
        visible(Paper, request.actor).select_related("file"), pk=paper, case=pk, file__isnull=False
    )
    try:
        content = storage.open_stored(row.file)
    except Refused as refused:
        tell_refusals(request, refused)
        return redirect("foi:case", pk=pk)
    except FileNotFoundError:
        messages.error(request, f"“{row.title}”不在文件库里，可能没有随备份恢复。请告诉系统管理员。")
        return redirect("foi:case", pk=pk)
    answer = FileResponse(content, as_attachment=True, filename=row.file.name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _case(request: HttpRequest, pk: int, action: str | None = None) -> Case:
    rows = visible(Case, request.actor, action).select_related(*READ)
    return get_object_or_404(with_work(rows), pk=pk)


def _row(case: Case, verb: Verb, given: str) -> Any:
    """The row of the case on which the verb acts; a row of another case is not found."""
    if verb.model is None:
        return None
    rows = verb.model.objects.unscoped("narrowed to the case, which stands behind the wall")
    return get_object_or_404(
        rows.select_related("case__unit", "case__holder", "case__applicant").filter(case=case),
        pk=written_number(given) or 0,
    )


def _render(request: HttpRequest, case: Case, shown: Shown, status: int = 200) -> HttpResponse:
    today, work = legal_today(request), legal_calendar(request)
    # The hour matters on the last day only; on all others the day, which is known, will do.
    now = clock.now() if case.due_on == today else datetime.combine(today, NOON, tzinfo=LEGAL_ZONE)
    found = case_page(case, now=now, today=today, work=work, hints="hints" in request.GET)
    buttons = _buttons(request, found, shown, now=now)
    writes = case.state in states.OPEN and any(
        can(request.actor, "foi.sign_for", unit) for unit in {case.unit_id, case.holder_id or case.unit_id}
    )
    context = {
        "page": found,
        "case": case,
        "applicant": case.applicant,
        "today": today,
        "heading": states.HEADINGS[case.state],
        "state_label": states.LABELS[case.state],
        "dates": found.dates,
        "weeks": weeks_of(found.dates, today=today) if found.dates else [],
        "counted": counted_until(found.dates, today) if found.dates else 0,
        "hints": [(hint, cite(*hint.references) if hint.references else "") for hint in found.hints],
        "story": story_of(found),
        "points": open_points(found),
        "letters": letters_of(found),
        "kinds_url": address_of("foi:letter_kinds", case.pk) if writes else "",
        "work": work_of(found, _of_rows(request, found, shown, now=now), writes=writes),
        "ready": [one for one in buttons if one.open and not one.verb.grave],
        "grave": [one for one in buttons if one.open and one.verb.grave],
        "grey": [one for one in buttons if not one.open],
        "letter_links": _letter_links(found, writes=writes),
        "answer_links": _answer_links(request, found),
    }
    return render(request, "foi/case.html", context, status=status)


def _buttons(request: HttpRequest, page: CasePage, shown: Shown, *, now: datetime) -> list[Button]:
    """The verbs that the table knows in this state: open, or grey where it is not this person's turn."""
    found = []
    for key in OF_THE_CASE:
        verb = VERBS[key]
        if states.target_of(page.case.state, verb.event) is None:
            continue
        if key in ("hand_back", "take_back") and page.case.holder_id is None:
            continue
        turn = page.next is not None and page.next.event == verb.event
        if not may(page.case, verb.event, request.actor) and not turn:
            continue
        call = Call(case=page.case, by=request.actor, now=now, data={}, page=page)
        failed = shown.verb == key and shown.form is not None
        form = shown.form if failed else verb.form(case=page.case, verb=key)
        assert form is not None
        opened = failed or request.GET.get("open") == key
        found.append(Button(verb, form, verb.why_not(call), opened=opened))
    return found


_ROW_VERBS = {
    "consultation": (
        "opinion_arrives", "consultation_lapses", "find_reasonable", "find_unreasonable", "override",
        "drop_consultation",
    ),
    "extension": ("approve_extension", "refuse_extension"),
    "deliberation": ("conclude",),
    "fee": ("cancel_fee",),
}  # fmt: skip


def _of_rows(
    request: HttpRequest, page: CasePage, shown: Shown, *, now: datetime
) -> dict[str, dict[int, list[Button]]]:
    """The buttons beside each row; a verb that a row does not need is left out."""
    rows_of: dict[str, list[Any]] = {
        "consultation": [one for one in page.consultations if _open_party(one)],
        "extension": [one for one in page.extensions if one.approved_at is None and not one.refused_why],
        "deliberation": [one for one in page.deliberations if one.concluded_at is None],
        "fee": [one for one in page.fees if one.pay_by is None and not one.cancelled_why],
    }
    found: dict[str, dict[int, list[Button]]] = {}
    for kind, rows in rows_of.items():
        found[kind] = {row.pk: _of_row(request, page, kind, row, shown, now) for row in rows}
    return found


def _of_row(
    request: HttpRequest, page: CasePage, kind: str, row: Any, shown: Shown, now: datetime
) -> list[Button]:
    case = row.case = page.case
    found = []
    for key in _ROW_VERBS[kind]:
        verb = VERBS[key]
        failed = shown.verb == key and shown.row == row.pk and shown.form is not None
        if not failed and not _fits(kind, key, row):
            continue
        if not may(case, verb.event, request.actor):
            continue
        form = shown.form if failed else verb.form(case=case, verb=f"{key}-{row.pk}")
        assert form is not None
        why = verb.why_not(Call(case=case, by=request.actor, now=now, data={}, row=row, page=page))
        found.append(Button(verb, form, why, row=row.pk, opened=failed))
    return found


def _open_party(row: Any) -> bool:
    return row.case_id is not None and (not row.told_on or row.answered_on is None)


def _fits(kind: str, key: str, row: Any) -> bool:
    """Whether a verb makes sense for a row as it stands, so that the page stays short."""
    if kind != "consultation":
        return True
    waits = row.sent_on is not None and row.answered_on is None and row.lapsed_on is None
    objects = row.opinion in ("object", "partly")
    return {
        "opinion_arrives": waits,
        "consultation_lapses": waits,
        "find_reasonable": objects and row.reasonable is not True,
        "find_unreasonable": objects and row.reasonable is not False,
        "override": objects and not row.overridden_why and row.kind == "third_party",
        "drop_consultation": row.sent_on is None,
    }[key]


def _letter_links(page: CasePage, *, writes: bool) -> Links:
    """Letters whose leaving is itself a verb of the table; they are written on their own page."""
    found: Links = []
    happened = {row.name for row in page.timeline}
    for event, kind, only_after, not_after in LETTERS:
        fits = (not only_after or only_after in happened) and not_after not in happened
        if writes and fits and states.target_of(page.case.state, event):
            found += letter_link(page.case, kind)
    return found


def _answer_links(request: HttpRequest, page: CasePage) -> Links:
    """The pages of result, answer, dispute and file, where this state has something to do there; what comes
    next stands first."""
    case, units = page.case, {page.case.unit_id, page.case.holder_id or page.case.unit_id}
    found: Links = []
    for name, label, action, in_states in PAGES:
        if case.state not in in_states or not any(can(request.actor, action, unit) for unit in units):
            continue
        if name == "foi:answer" and page.next and case.state in ANSWERING:
            label = page.next.title  # noqa: PLW2901 -- the button says what is done there now
        address = address_of(name, case.pk)
        if address and (name != "foi:answer" or case.disposition):
            found.append((label, address))
    return found
