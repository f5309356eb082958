"""Pages of units and people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.orgs.wall import public


@public
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What a person sees whose form was open too long: what happened and what to do."""
    return render(request, "orgs/form_expired.html", status=403)
