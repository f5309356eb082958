"""The public pages that are not files: search, finding errors, and what stands at an unknown address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.wall import public
from gongkai.portal import addresses
from gongkai.portal.context import Column, ErrorFindPage, Link
from gongkai.portal.forms import FindErrorsForm
from gongkai.portal.pages.scene import HOME
from gongkai.portal.pages.searching import Asked, search_page
from gongkai.portal.pages.texts import not_found_page
from gongkai.portal.queries import site
from gongkai.portal.rendering import render
from gongkai.publishing import actions


@public
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything that is published; the whole question stands in the address."""
    asked = Asked.of(request.GET)
    page = search_page(asked, now=clock.now())
    return HttpResponse(render(page, site()), status=503 if page.problem else 200)


@public
def find_errors(request: HttpRequest) -> HttpResponse:
    """Take in what a reader found wrong; after it a page with its number."""
    form = FindErrorsForm(request.POST or None, initial={"address": request.GET.get("page", "")[:300]})
    if request.method == "POST" and form.is_valid():
        try:
            report = actions.report_error(**form.cleaned_data, now=clock.now())
            return redirect(f"{request.path}?{urlencode({'sent': report.code})}")
        except Refused as refused:
            refuse_in_form(form, refused)
    page = ErrorFindPage(
        address=addresses.FIND_ERRORS,
        title="我为政府网站找错",
        crumbs=(HOME, Link("我为政府网站找错")),
        column=Column(name="我为政府网站找错", type="咨询投诉"),
        form=form,
        receipt="".join(sign for sign in request.GET.get("sent", "")[:20] if sign.isalnum() or sign == "-"),
    )
    answer = HttpResponse(
        render(page, site(), csrf_token=get_token(request)), status=422 if form.errors else 200
    )
    add_never_cache_headers(answer)
    return answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing stands at this address: why that may be, and where to go."""
    return HttpResponse(render(not_found_page(request.path_info), site()), status=404)
