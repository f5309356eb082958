"""Letters to the applicant on his progress page: opened with his agreement, read in large type, taken along."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.foi.actions.answer_service import deliver
from gongkai.foi.actions.letters import deliver_letter
from gongkai.foi.models import Case
from gongkai.foi.queries import letter_papers
from gongkai.foi.queries.public_letters import PublicLetter, public_letter, public_paper
from gongkai.foi.queries.who import APPLICANT
from gongkai.foi.views.apply.frame import case_of_visitor, draw, unstored
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import tell_refusals
from gongkai.orgs.wall import public

AGREED = "申请人同意电子送达，在网上打开"


@public
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter of the visitor's case. Unopened, it asks for agreement first: opening is the receipt."""
    case, found = _found(request, pk)
    if request.method == "POST" and not found.opened:
        _open(request, case, found)
        return unstored(redirect("apply:letter", pk=pk))
    return draw(
        request,
        "foi/public/letter.html",
        title=found.title,
        case=case,
        found=found,
        paper=letter_papers.shown(found.letter) if found.opened else None,
        papers=letter_papers.enclosed(found.letter) if found.opened else [],
    )


@public
@require_http_methods(["GET"])
def letter_docx(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The opened letter as a Word paper."""
    _, found = _found(request, pk)
    if not found.opened:
        raise Http404
    if found.letter.file is not None:
        content = storage.open_stored(found.letter.file)
    else:
        content = io.BytesIO(letter_papers.paper_of(found.letter))
    return _download(content, letter_papers.file_name(found.letter))


@public
@require_http_methods(["GET"])
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A paper that goes with the opened answer."""
    case = case_of_visitor(request)
    row = public_paper(case, pk) if case else None
    if row is None or row.file is None or row.file.state != StoredFile.State.CLEAN:
        raise Http404
    try:
        return _download(storage.open_stored(row.file), row.file.name)
    except FileNotFoundError as gone:
        raise Http404 from gone


def _found(request: HttpRequest, pk: int) -> tuple[Case, PublicLetter]:
    """Without the code of the case nothing is said, not even whether the letter exists."""
    case = case_of_visitor(request)
    found = public_letter(case, pk) if case else None
    if case is None or found is None:
        raise Http404
    return case, found


def _open(request: HttpRequest, case: Case, found: PublicLetter) -> None:
    now = clock.now()
    today = clock.legal_day(now)
    try:
        if found.letter.is_answer:
            deliver(case=case, on=today, by=APPLICANT, now=now, received_by=AGREED)
        else:
            deliver_letter(letter=found.letter, on=today, by=APPLICANT, now=now, received_by=AGREED)
        messages.success(request, "已打开，今天记为您收到的日期。")
    except Refused as refused:
        tell_refusals(request, refused)


def _download(content: object, name: str) -> FileResponse:
    answer = FileResponse(content, as_attachment=True, filename=name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
