"""What a person sees when nothing more can be stored."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from gongkai.running.disk import is_full

log = logging.getLogger(__name__)


class FullDisk:
    """Answers 503 with a plain Chinese page when the disk is full: what was typed is not stored, say so.

    The transaction has been rolled back by then, so nothing is half stored.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, OSError | OperationalError) or not is_full(problem):
            return None
        log.error("disk is full")
        return render(request, "running/full.html", status=503)
