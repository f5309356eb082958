"""Who is asking, how long a login lasts, and may this view be opened at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from gongkai.kernel import clock
from gongkai.law.calendar import WorkCalendar
from gongkai.law.queries import calendar
from gongkai.orgs.accounts import BEGAN, SEEN, second_factor_proven
from gongkai.orgs.actions.login import note_logout
from gongkai.orgs.actor import ANONYMOUS, Actor, actor_of
from gongkai.orgs.models import Person
from gongkai.orgs.wall import action_of, can, declared_by, hidden_object

Handler = Callable[[HttpRequest], HttpResponseBase]

# Views of libraries that people without a login need; allauth guards the rest of its own pages.
LIBRARY_VIEWS = ("allauth.", "django.views.static", "django.contrib.staticfiles")
PRIVATE = ("/workbench/", "/account/")
NO_DEVICES = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


class Headers:
    """Private pages are not stored anywhere, and no page may use devices or be read by other sites."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", NO_DEVICES)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info.startswith(PRIVATE):
            response.headers["Cache-Control"] = "no-store"
        return response


class SessionRules:
    """Ends a login that has been idle too long or has lasted too long.

    The moment of the last request is kept to the minute, so that reading pages writes at most one row a
    minute. Real time counts here, never the shifted clock of a demo.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        moment = timezone.now()
        present = int(moment.timestamp())
        began = request.session.setdefault(BEGAN, present)
        seen = request.session.setdefault(SEEN, present)
        why = ""
        if present - began >= settings.SESSION_HOURS * 3600:
            why = f"登录已满 {settings.SESSION_HOURS} 小时"
        elif present - seen >= settings.SESSION_IDLE_MINUTES * 60:
            why = f"{settings.SESSION_IDLE_MINUTES} 分钟没有操作"
        if why:
            person = Person.objects.filter(pk=request.session[SESSION_KEY]).select_related("unit").first()
            logout(request)
            if person:
                note_logout(person=person, why=why, at=moment)
            messages.warning(request, f"{why}，已自动退出。请重新登录，登录后回到原来的页面。")
        elif present - seen >= 60:
            request.session[SEEN] = present


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
        if actor.needs_second_factor and not second_factor_proven(request):
            return redirect("orgs:second_factor")
        action = action_of(request, declared)
        if not can(actor, action):
            raise PermissionDenied
        if hidden_object(actor, action, declared, kwargs):
            # The answer does not say whether there is such an object.
            raise Http404
        return None


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return ANONYMOUS
    return actor_of(request.user, today=legal_today(request))


def legal_today(request: HttpRequest) -> date:
    """The legal day of this request, asked once: what a page shows and what it grants is of one day."""
    found: date | None = getattr(request, "_legal_today", None)
    if found is None:
        found = clock.today()
        request._legal_today = found  # type: ignore[attr-defined]
    return found


def legal_calendar(request: HttpRequest) -> WorkCalendar:
    """The working days of this request, asked for once: by the view and by the frame around its page."""
    found: WorkCalendar | None = getattr(request, "_legal_calendar", None)
    if found is None:
        found = calendar()
        request._legal_calendar = found  # type: ignore[attr-defined]
    return found
