"""Who is asking, and may this view be opened at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from gongkai.kernel import clock
from gongkai.orgs.actor import ANONYMOUS, Actor, actor_of
from gongkai.orgs.wall import action_of, can, declared_by

Handler = Callable[[HttpRequest], HttpResponseBase]

# Views of libraries that people without a login need; allauth guards the rest of its own pages.
LIBRARY_VIEWS = ("allauth.", "django.views.static", "django.contrib.staticfiles")


class SessionRules:
    """Ends a login that has been idle too long or has lasted too long."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)


class Wall:
    """Sets ``request.actor`` and lets a view run only when its declared action is granted."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        declared = declared_by(view)
        if declared is None:
            if view.__module__.startswith(LIBRARY_VIEWS):
                return None
            raise PermissionDenied("view without a declared action")
        if declared.public:
            return None
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if actor.is_anonymous:
            return redirect_to_login(request.get_full_path())
        if not can(actor, action_of(request, declared)):
            raise PermissionDenied
        return None


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return ANONYMOUS
    return actor_of(request.user, today=clock.today())
