"""Pages around the login that the login library does not have."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.orgs.accounts import second_factor_proven
from gongkai.orgs.wall import public


@public
def closed(request: HttpRequest, key: str = "") -> HttpResponse:
    """Sign-up, reset by mail and the like: not here, and who helps instead."""
    return render(request, "account/closed.html", status=404)


@public
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why this role needs a second factor, and how to set one up."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if second_factor_proven(request):
        return redirect("workbench:desk")
    return render(request, "account/second_factor.html")
