"""The public pages that are not files: search, finding errors, and what stands at an unknown address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header, urlencode

from gongkai.budget.queries import released
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.accounts import address_of
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.rules.visits import is_robot
from gongkai.orgs.wall import public
from gongkai.portal.forms import FindErrorsForm
from gongkai.portal.pages.error_finding import errors_page
from gongkai.portal.pages.record_finding import Looked, find_page
from gongkai.portal.pages.record_rows import MEDIA, as_data
from gongkai.portal.pages.searching import Asked, search_page
from gongkai.portal.pages.texts import not_found_page
from gongkai.portal.queries import site
from gongkai.portal.rendering import render
from gongkai.publishing import actions
from gongkai.records.actions import note_look, visitor_of, why_not_look
from gongkai.records.queries import RecordType, drawn, kind_of, public_rows


@public
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything that is published; the whole question stands in the address."""
    asked = Asked.of(request.GET)
    now = clock.now()
    is_person = not is_robot(request.headers.get("User-Agent", ""))
    visitor = visitor_of(address_of(request), now=now) if is_person else ""
    page = search_page(asked, now=now, visitor=visitor)
    return HttpResponse(render(page, site()), status=503 if page.problem else 200)


@public
def find_errors(request: HttpRequest) -> HttpResponse:
    """Take in what a reader found wrong, and show what became of it to whoever has the number."""
    form = FindErrorsForm(request.POST or None, initial={"address": request.GET.get("page", "")[:300]})
    if request.method == "POST" and form.is_valid():
        sender = str(request.META.get("REMOTE_ADDR", ""))
        try:
            report = actions.report_error(**form.cleaned_data, sender_address=sender, now=clock.now())
            return redirect(f"{request.path}?{urlencode({'number': report.code, 'sent': 1})}")
        except Refused as refused:
            refuse_in_form(form, refused)
    page = errors_page(form, number=request.GET.get("number", ""), is_new="sent" in request.GET)
    answer = HttpResponse(
        render(page, site(), csrf_token=get_token(request)), status=422 if form.errors else 200
    )
    add_never_cache_headers(answer)
    return answer


@public
def find_rows(request: HttpRequest, code: str) -> HttpResponse:
    """Look something up in a list; of a list of persons every look is counted, and too many are refused."""
    kind = _kind(code)
    looked, now = Looked.of(kind, request.GET), clock.now()
    problem = ""
    visitor = visitor_of(address_of(request), now=now)
    guarded = kind.is_guarded and looked.asked
    if guarded:
        problem = why_not_look(code=code, visitor=visitor, now=now)
    page = find_page(kind, looked, today=clock.legal_day(now), problem=problem)
    if guarded:
        note_look(code=code, visitor=visitor, now=now, rows=len(page.lines), refused=bool(problem))
    answer = HttpResponse(render(page, site()), status=429 if problem else 200)
    if problem:
        answer["Retry-After"] = "3600"
    add_never_cache_headers(answer)
    return answer


@public
def rows_as_data(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """A list of persons as data, masked as on the page; a few times an hour. Other lists stand in the tree."""
    kind = _kind(code)
    if ending not in MEDIA or not kind.is_guarded:
        raise Http404
    now = clock.now()
    visitor = visitor_of(address_of(request), now=now)
    problem = why_not_look(code=code, visitor=visitor, now=now, as_file=True)
    if request.method != "HEAD":
        note_look(code=code, visitor=visitor, now=now, as_file=True, refused=bool(problem))
    if problem:
        page = find_page(kind, Looked(code), today=clock.legal_day(now), problem=problem)
        return HttpResponse(render(page, site()), status=429, headers={"Retry-After": "3600"})
    today = clock.legal_day(now)
    rows = drawn(kind, public_rows(kind, today=today).order_by("-sort_on", "-pk"), today=today)
    answer = HttpResponse(as_data(kind, rows, ending), content_type=MEDIA[ending])
    answer["Content-Disposition"] = content_disposition_header(True, f"{kind.title}.{ending}") or "attachment"
    add_never_cache_headers(answer)
    return answer


@public
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """What was announced is out: its address leads on. Before, a page of the tree stands here."""
    publication = released(pk)
    if publication is None:
        raise Http404
    return redirect(publication.path)


def _kind(code: str) -> RecordType:
    kind = kind_of(code)
    if kind is None:
        raise Http404
    return kind


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing stands at this address: why that may be, and where to go."""
    return HttpResponse(render(not_found_page(request.path_info), site()), status=404)
