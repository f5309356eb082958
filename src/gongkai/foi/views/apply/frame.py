"""What the applicant's pages share: head and foot of the site, no storing, no searching engine, his two cookies."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.foi.models import Case
from gongkai.foi.queries.codes import case_by_digest
from gongkai.foi.queries.drafts import Draft, draft_of
from gongkai.kernel import clock

APPLY = "/apply/"
DRAFT_COOKIE = "gk_apply"
CASE_COOKIE = "gk_case"
CASE_SECONDS = 30 * 60
_SALT = "gongkai.foi.progress"


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to this page."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ColumnTag:
    """The official Column* tags."""

    name: str = "依申请公开"
    type: str = "依申请公开"
    description: str = ""
    keywords: str = ""


@dataclass(frozen=True)
class PublicPage:
    """What ``portal/base.html`` wants to know of a page."""

    address: str
    title: str
    crumbs: tuple[Crumb, ...]
    section: str = APPLY
    robots: str = "noindex"
    column: ColumnTag = ColumnTag()
    article: None = None
    feed: str = ""
    description: str = ""
    banners: tuple[object, ...] = ()


def draw(
    request: HttpRequest, template: str, *, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page for the applicant; nothing of it is kept by browsers or on the way."""
    crumbs = (Crumb("首页", "/"), Crumb("依申请公开", APPLY), Crumb(title))
    page = PublicPage(request.path_info, title, crumbs)
    answer = render(request, template, {"page": page, "here": request.path_info, **context}, status=status)
    return unstored(answer)


def unstored(answer: HttpResponse) -> HttpResponse:
    """An answer that no browser, proxy or search engine keeps."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "same-origin"
    return answer


def in_view(request: HttpRequest, path: str) -> str:
    """An address of the tree in the view (大字版, 高对比) in which the visitor reads."""
    return str(request.META.get("SCRIPT_NAME", "")) + path


def address_of(request: HttpRequest) -> str:
    """The address of the other side; the server in front has put the right one here."""
    return str(request.META.get("REMOTE_ADDR", ""))


def draft_in(request: HttpRequest) -> Draft | None:
    """The visitor's draft, where he has one."""
    return draft_of(request.COOKIES.get(DRAFT_COOKIE, ""), now=clock.now())


def new_draft() -> Draft:
    """A draft under a fresh key; the key of the submission stands in it, so that ten clicks make one case."""
    return Draft(secrets.token_urlsafe(24), {"submit_key": secrets.token_urlsafe(32)})


def remember_draft(answer: HttpResponse, draft: Draft) -> HttpResponse:
    """Give the browser the key of the draft until it is closed."""
    answer.set_cookie(DRAFT_COOKIE, draft.token, httponly=True, samesite="Lax", secure=settings.HTTPS)
    return unstored(answer)


def forget_draft(answer: HttpResponse) -> HttpResponse:
    """Take the key back."""
    answer.delete_cookie(DRAFT_COOKIE, samesite="Lax")
    return unstored(answer)


def remember_case(answer: HttpResponse, case: Case) -> HttpResponse:
    """The visitor gave the right code: for half an hour he need not type it again."""
    value = signing.dumps([case.pk, case.code_digest], salt=_SALT)
    answer.set_cookie(
        CASE_COOKIE, value, max_age=CASE_SECONDS, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    return unstored(answer)


def forget_case(answer: HttpResponse) -> HttpResponse:
    """The visitor leaves."""
    answer.delete_cookie(CASE_COOKIE, samesite="Lax")
    return unstored(answer)


def case_of_visitor(request: HttpRequest) -> Case | None:
    """The case whose code this visitor gave in the last half hour."""
    try:
        pk, digest = signing.loads(request.COOKIES.get(CASE_COOKIE, ""), salt=_SALT, max_age=CASE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return case_by_digest(pk, digest)
