"""One interface of version 1, read only: what is public, without login."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError
from ninja.renderers import JSONRenderer
from ninja.throttling import SimpleRateThrottle

from gongkai.api.rules import fault_of
from gongkai.api.views import catalogue, documents, ledger, requests, search, units

PER_MINUTE = 300
DESCRIPTION = "区政府网站公开信息的只读接口，不用登录，不用申请。"


class Readable(JSONRenderer):
    """Chinese text as it is: shorter, and legible to whoever tries an address in the browser."""

    json_dumps_params = {"ensure_ascii": False}


class ByAddress(SimpleRateThrottle):
    """So many requests a minute from one address; the server has put the true one into REMOTE_ADDR."""

    scope = "api"

    def get_cache_key(self, request: HttpRequest) -> str:
        return f"api:{request.META.get('REMOTE_ADDR', '')}"


api = NinjaAPI(
    title="政府信息公开接口",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    renderer=Readable(),
    throttle=[ByAddress(f"{PER_MINUTE}/m")],
    urls_namespace="api-v1",
)
api.add_router("", documents.router)
api.add_router("", units.router)
api.add_router("", catalogue.router)
api.add_router("", ledger.router)
api.add_router("", requests.router)
api.add_router("", search.router)


@api.exception_handler(ValidationError)
def misread(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """A parameter that cannot be read."""
    message = "；".join(fault_of(error) for error in problem.errors[:5])
    return api.create_response(request, {"code": "parameter", "message": f"{message}。"}, status=422)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, problem: Throttled) -> HttpResponse:
    """More requests than one address may send."""
    wait = max(1, round(problem.wait or 1))
    message = f"请求太多，每分钟最多 {PER_MINUTE} 次。请 {wait} 秒后再试。"
    answer = api.create_response(request, {"code": "too_many", "message": message}, status=429)
    answer.headers["Retry-After"] = str(wait)
    return answer
