"""Letters on the way to an answer: choose one, give its facts, edit, sign, send, receive; every letter as Word paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.files import storage
from gongkai.foi.actions import letters
from gongkai.foi.actions.letter_templates import keep_file
from gongkai.foi.actions.service import Sending
from gongkai.foi.forms import letters as typed
from gongkai.foi.models import Case, Letter
from gongkai.foi.queries import letter_papers
from gongkai.foi.queries.letter_starts import known_facts
from gongkai.foi.queries.letters import faults_of, given
from gongkai.foi.rules import letters as rules
from gongkai.foi.views.letters.proofs import proof_of
from gongkai.kernel import clock
from gongkai.kernel.text.numerals import written_number
from gongkai.law.refusal import Refusal, Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.wall import acts, visible

READ = ("unit", "agency", "holder", "applicant")
# What the box says above its first button.
HEADS = {
    "sign": "签发这份文书",
    "dispatch": "发出这份文书",
    "deliver": "等对方收到",
}
OF_LETTER = (
    "case__unit", "case__agency", "case__holder", "case__applicant", "agency", "signed_by", "template__file",
    "file", "proof",
)  # fmt: skip
GROUPS = {"interim": "办理中的文书", "closing": "办结文书", "other": "更正、建议", "inside": "内部材料"}
ABOUT = ("consultation", "extension", "fee")


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of a letter's page."""

    key: str
    label: str
    form: type[forms.Form]
    act: Callable[..., Any]
    done: str
    grave: bool = False


VERBS = {
    one.key: one
    for one in (
        Verb(
            "sign",
            "签发",
            forms.Form,
            lambda letter, by, now, data: letters.sign_letter(letter=letter, by=by, now=now),
            "已签发并编号，可以发出。",
        ),
        Verb(
            "dispatch",
            "登记发出",
            typed.SendForm,
            lambda letter, by, now, data: letters.dispatch_letter(letter=letter, by=by, now=now, **data),
            "已登记发出。",
        ),
        Verb(
            "deliver",
            "登记送达",
            typed.ReceiveForm,
            lambda letter, by, now, data: letters.deliver_letter(letter=letter, by=by, now=now, **data),
            "已登记送达。",
        ),
        Verb(
            "fail",
            "登记退回",
            typed.FailForm,
            lambda letter, by, now, data: letters.fail_letter(letter=letter, by=by, now=now, **data),
            "已登记退回，可以重新发出。",
            True,
        ),
        Verb(
            "cancel",
            "作废",
            typed.NoteForm,
            lambda letter, by, now, data: letters.cancel_letter(
                letter=letter, by=by, now=now, reason=data.get("note", "")
            ),
            "已作废，编号不再使用。",
            True,
        ),
    )
}


@dataclass(slots=True)
class Button:
    """A verb as it stands on the page."""

    verb: Verb
    form: forms.Form
    why_not: list[Refusal]
    opened: bool = False

    @property
    def head(self) -> str:
        return HEADS.get(self.verb.key, "")


@acts("foi.view", objects={"pk": Case})
def letter_kinds(request: HttpRequest, pk: int) -> HttpResponse:
    """Every letter that can be written in this case, with when it is used."""
    case = get_object_or_404(visible(Case, request.actor).select_related(*READ), pk=pk)
    groups = [
        (label, [kind for kind in rules.letter_kinds().values() if kind.group == group])
        for group, label in GROUPS.items()
    ]
    return render(request, "foi/letters/kinds.html", {"case": case, "groups": groups})


@acts("foi.view", post="foi.draft_letter", objects={"pk": Case})
def letter_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The facts of one letter; POST composes its draft."""
    action = "foi.draft_letter" if request.method == "POST" else None
    case = get_object_or_404(visible(Case, request.actor, action).select_related(*READ), pk=pk)
    registered = rules.letter_kinds().get(letters.ALIASES.get(kind, kind))
    if registered is None:
        raise Http404
    given_about = request.POST if request.method == "POST" else request.GET
    named = {name: written_number(given_about.get(name, "")) for name in ABOUT}
    about = {name: number for name, number in named.items() if number is not None}
    known = known_facts(case, registered, about, today=clock.today())
    form = typed.FactsForm(request.POST if request.method == "POST" else None, kind=registered, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            letter = letters.draft_letter(
                case=case,
                kind=registered.key,
                facts=form.facts() | about,
                by=request.actor,
                now=clock.now(),
                addressee=form.cleaned_data.get("addressee", ""),
            )
            messages.success(request, "已拟出，请核对文字后送签。")
            return redirect("foi:letter", pk=letter.pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "case": case,
        "kind": registered,
        "form": form,
        "about": about,
        "addressee": rules.ADDRESSEES[registered.addressee],
        "signer": rules.SIGNERS[registered.signer],
        "why_not": letters.why_not_draft_letter(case=case, kind=registered.key, by=request.actor),
    }
    return render(request, "foi/letters/new.html", context, status=422 if form.errors else 200)


@acts("foi.view", post="foi.draft_letter", objects={"pk": Letter})
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter; POST saves words and facts of the draft. The answer has a page of its own."""
    found = _letter(request, pk, "foi.draft_letter" if request.method == "POST" else None)
    if found.is_answer and found.round == found.case.round:
        return redirect("foi:answer", pk=found.case_id)
    kind = rules.letter_kind(found.kind)
    texts = typed.TextsForm(request.POST or None, letter=found)
    facts = typed.FactsForm(request.POST or None, kind=kind, known=_known(found), prefix="fact")
    if request.method == "POST" and texts.is_valid() and facts.is_valid():
        try:
            letters.edit_letter(
                letter=found,
                by=request.actor,
                now=clock.now(),
                texts=texts.cleaned_data,
                facts=facts.facts(),
                addressee=facts.cleaned_data.get("addressee"),
            )
            messages.success(request, "已保存。")
            return redirect("foi:letter", pk=pk)
        except Refused as refused:
            refuse_in_form(texts, refused)
    return _page(request, found, texts=texts, facts=facts)


@acts("foi.view", post="foi.handle", objects={"pk": Letter})
@require_POST
def letter_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb of a letter; refused, the page comes back with what was typed."""
    if verb not in VERBS:
        raise Http404
    found, one, now = _letter(request, pk, "foi.handle"), VERBS[verb], clock.now()
    form = one.form(request.POST, request.FILES, auto_id=f"{verb}_%s")
    if form.is_valid():
        data = dict(form.cleaned_data)
        try:
            if verb == "deliver":
                data["proof"] = proof_of(found.case, data.pop("proof"), by=request.actor, now=now)
            one.act(found, request.actor, now, data)
            messages.success(request, one.done)
            return redirect("foi:letter", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    return _page(request, _letter(request, pk), failed=(verb, form))


@acts("foi.view", objects={"pk": Letter})
def letter_docx(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The letter as a Word paper; a signed one is made once and kept."""
    found = _letter(request, pk)
    try:
        found = keep_file(letter=found, by=request.actor, now=clock.now())
        content = storage.open_stored(found.file) if found.file else io.BytesIO(letter_papers.paper_of(found))
    except Refused as refused:
        tell_refusals(request, refused)
        return redirect("foi:letter", pk=pk)
    except FileNotFoundError:
        content = io.BytesIO(letter_papers.paper_of(found))
    answer = FileResponse(content, as_attachment=True, filename=letter_papers.file_name(found))
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@acts("foi.view", objects={"pk": Letter})
def letter_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter alone on a page, for the printer."""
    found = _letter(request, pk)
    context = {"letter": found, "case": found.case, "paper": letter_papers.shown(found)}
    return render(request, "foi/letters/print.html", context)


def _letter(request: HttpRequest, pk: int, action: str | None = None) -> Letter:
    return get_object_or_404(visible(Letter, request.actor, action).select_related(*OF_LETTER), pk=pk)


def _known(found: Letter) -> dict[str, Any]:
    return given(found) | {"addressee": found.addressee}


def _page(
    request: HttpRequest,
    found: Letter,
    *,
    texts: forms.Form | None = None,
    facts: forms.Form | None = None,
    failed: tuple[str, forms.Form] | None = None,
) -> HttpResponse:
    kind, now = rules.letter_kind(found.kind), clock.now()
    open_draft = found.signed_at is None and found.cancelled_at is None
    faulty = failed is not None or bool(texts and texts.errors) or bool(facts and facts.errors)
    context = {
        "case": found.case,
        "letter": found,
        "kind": kind,
        "signer": rules.SIGNERS[kind.signer],
        "paper": letter_papers.shown(found),
        "faults": faults_of(found, today=clock.today()) if open_draft else [],
        "edits": open_draft and not letters.why_not_edit_letter(letter=found, by=request.actor),
        "texts": texts or typed.TextsForm(letter=found),
        "facts": facts or typed.FactsForm(kind=kind, known=_known(found), prefix="fact"),
        "buttons": _buttons(request, found, now, failed) if not found.is_answer else [],
    }
    return render(request, "foi/letters/letter.html", context, status=422 if faulty else 200)


def _buttons(
    request: HttpRequest, found: Letter, now: Any, failed: tuple[str, forms.Form] | None
) -> list[Button]:
    """The verbs that this letter can meet; open, or grey with every reason."""
    today, by = clock.today(), request.actor
    sent = found.dispatched_on is not None and found.failed_on is None
    due: dict[str, Callable[[], list[Refusal]]] = {}
    if found.cancelled_at is None and found.signed_at is None:
        due["sign"] = lambda: letters.why_not_sign_letter(letter=found, by=by, now=now)
    if found.cancelled_at is None and found.signed_at is not None and not sent:
        due["dispatch"] = lambda: _why_not_sent(found, by, now)
    if sent and found.received_on is None:
        due["deliver"] = lambda: letters.why_not_deliver_letter(letter=found, on=today, by=by, now=now)
        due["fail"] = lambda: letters.why_not_fail_letter(
            letter=found, on=today, why="（待填写）", by=by, now=now
        )
    if found.cancelled_at is None and found.dispatched_on is None:
        due["cancel"] = lambda: letters.why_not_cancel_letter(letter=found, by=by, reason="（待填写）")
    buttons = []
    for key, asks in due.items():
        wrong = failed is not None and failed[0] == key
        verb = VERBS[key]
        form = failed[1] if wrong and failed else _fresh(verb, found)
        buttons.append(Button(verb, form, [] if wrong else asks(), opened=wrong))
    return buttons


def _why_not_sent(found: Letter, by: Any, now: Any) -> list[Refusal]:
    """What stands against sending today, whatever way is chosen."""
    sending = Sending("hand", clock.today(), received_by="（待填写）")
    return letters.why_not_dispatch_letter(letter=found, sending=sending, by=by, now=now)


def _fresh(verb: Verb, found: Letter) -> forms.Form:
    to_applicant = rules.letter_kind(found.kind).addressee == rules.APPLICANT
    wanted = found.case.delivery_wanted if to_applicant else ""
    way = {"online": "electronic", "pickup": "hand"}.get(wanted, "post")
    initial = {"way": way, "on": clock.today(), "carrier": "中国邮政" if way == "post" else ""}
    return verb.form(auto_id=f"{verb.key}_%s", initial=initial if verb.key == "dispatch" else None)
