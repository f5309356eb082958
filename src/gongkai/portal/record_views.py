"""Dynamic pages of a record: its editions where no file stands, a day in the past, a comparison, an old file, 核验."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from gongkai.kernel import clock
from gongkai.orgs.wall import public
from gongkai.portal.context import Link
from gongkai.portal.pages.checking import Asked, verify_page
from gongkai.portal.pages.document import tombstone_page
from gongkai.portal.pages.editions import compare_page, editions_page
from gongkai.portal.pages.scene import Scene, scene
from gongkai.portal.rendering import render
from gongkai.publishing.models import Publication
from gongkai.publishing.queries import at_path as publication_at
from gongkai.publishing.queries import (
    attachment_path,
    edition_path,
    editions_of,
    editions_path,
    first_day_of,
    standing,
    standing_on,
    status_of,
    successor_of,
)

MOST_WORDS = 500_000


@public
def editions(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The list of editions of a record that has only one; of the others it stands as a file."""
    publication = _record(year, number)
    view = scene(clock.today())
    gone = _gone(publication, view)
    return gone or _answer(editions_page(publication, editions_of(publication), view), view)


@public
def on_day(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Which edition stood in public at the end of a day; 404 for no record, 422 for no day."""
    publication = _record(year, number)
    view = scene(clock.today())
    gone = _gone(publication, view)
    if gone:
        return gone
    past = editions_of(publication)
    asked = request.GET.get("date", "").strip()[:10]
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        problem = "没有读懂这一天。请写成 2026-03-11 这样的年月日，并核对当月有没有这一天。"
        return _answer(editions_page(publication, past, view, asked=asked, problem=problem), view, status=422)
    if day > view.today:
        problem = f"{day.isoformat()} 还没有到。请选今天或者以前的一天。"
        return _answer(editions_page(publication, past, view, asked=asked, problem=problem), view, status=422)
    found = standing_on(publication, day)
    if found is None:
        first = first_day_of(publication)
        answer = (
            f"{day.isoformat()} 还没有公开，首次公开是 {first.isoformat()}。"
            if day < first
            else f"{day.isoformat()} 这条信息没有公开（已撤回）。"
        )
        return _answer(editions_page(publication, past, view, asked=asked, answer=answer), view)
    link = Link(f"看第{found.edition}版全文", _edition(publication, found.edition, len(past)))
    answer = f"{day.isoformat()} 公开的是第{found.edition}版。"
    return _answer(editions_page(publication, past, view, asked=asked, answer=answer, answer_link=link), view)


@public
def compare(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Two editions side by side; without a choice the newest two."""
    publication = _record(year, number)
    view = scene(clock.today())
    gone = _gone(publication, view)
    if gone:
        return gone
    past = [one for one in editions_of(publication) if not one.closed]
    if len(past) < 2:
        return redirect(editions_path(publication.path))
    known = {one.number: one for one in past}
    chosen = [_number(request.GET.get(name, ""), known) for name in ("from", "to")]
    older = known[chosen[0] or past[-2].number]
    newer = known[chosen[1] or past[-1].number]
    return _answer(compare_page(publication, older, newer, past), view)


@public
def old_file(request: HttpRequest, year: int, number: int, attachment: int, ending: str) -> HttpResponseBase:
    """A file that was replaced: its old address leads on to the file that took its place (B15)."""
    publication = _record(year, number)
    view = scene(clock.today())
    gone = _gone(publication, view, always=True)
    if gone:
        return gone
    sealed = {row["id"] for one in editions_of(publication) for row in one.edition.attachments}
    if attachment not in sealed:
        raise Http404
    present = {row["id"]: row for row in publication.edition.attachments}
    following = successor_of(attachment)
    if following is not None and following.pk in present:
        kind = present[following.pk]["kind"]
        return redirect(attachment_path(publication.path, attachment_id=following.pk, kind=kind))
    return redirect(editions_path(publication.path))


@public
def verify(request: HttpRequest) -> HttpResponse:
    """核验本页: by a receipt number, by pasted words, by a file; nothing that is sent is kept."""
    asked = Asked(code=_code(request.GET.get("receipt", "")))
    if request.method == "POST":
        asked = Asked(
            code=_code(request.POST.get("receipt", "")),
            words=request.POST.get("words", "")[:MOST_WORDS],
            file=request.FILES.get("file"),
        )
    view = scene(clock.today())
    page = verify_page(asked, view)
    answer = HttpResponse(
        render(page, view.site, csrf_token=get_token(request)), status=422 if page.problem else 200
    )
    add_never_cache_headers(answer)
    return answer


def _record(year: int, number: int) -> Publication:
    publication = publication_at(f"/doc/{year}/{number}.html")
    if publication is None:
        raise Http404
    return publication


def _gone(publication: Publication, view: Scene, *, always: bool = False) -> HttpResponse | None:
    """What stands in the place of a withdrawn record's history."""
    if publication.state == Publication.State.LIVE:
        return None
    found = standing(publication.pk)
    assert found is not None and found.withdrawal is not None
    page = tombstone_page(found.publication, found.withdrawal, view)
    return HttpResponse(render(page, view.site), status=410 if always else status_of(found.withdrawal.kind))


def _answer(page: object, view: Scene, *, status: int = 200) -> HttpResponse:
    answer = HttpResponse(render(page, view.site), status=status)  # type: ignore[arg-type]
    add_never_cache_headers(answer)
    return answer


def _edition(publication: Publication, number: int, editions: int) -> str:
    return publication.path if editions < 2 else edition_path(publication.path, number)


def _number(text: str, known: object) -> int:
    return int(text) if text.isdigit() and len(text) < 6 and int(text) in known else 0  # type: ignore[operator]


def _code(text: str) -> str:
    return "".join(sign for sign in text.strip().upper()[:40] if sign.isalnum() or sign == "-")
