"""``/live`` and ``/ready`` for whoever watches over the installation."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.orgs.wall import public
from gongkai.running import readiness


@public
@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is looked at."""
    return JsonResponse({"live": True})


@public
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 only when the installation may take requests; names and Chinese texts, no paths and no persons."""
    checks = readiness.all_checks()
    failed = {check.name: check.text for check in checks if not check.ok and not check.warning_only}
    warnings = {check.name: check.text for check in checks if not check.ok and check.warning_only}
    body = {
        "ready": not failed,
        "failed": failed,
        "warnings": warnings,
        "checks": {check.name: check.ok for check in checks},
    }
    answer = JsonResponse(body, status=503 if failed else 200, json_dumps_params={"ensure_ascii": False})
    # A 503 here is an answer, not a fault; Django would write an error line for each question.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer
