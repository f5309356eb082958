"""What a person sees when a page cannot be shown: what happened, why, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.orgs.wall import public


@public
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or that another site tried to send."""
    return render(request, "orgs/form_expired.html", status=403)
