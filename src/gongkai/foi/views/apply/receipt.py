"""After sending in: the receipt in large type, with the code by which the applicant comes back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.foi.actions.drafts import drop_draft
from gongkai.foi.queries.channels import channels_of
from gongkai.foi.queries.codes import code_of
from gongkai.foi.views.apply.frame import DRAFT_COOKIE, draft_in, draw, forget_draft, unstored
from gongkai.kernel import clock
from gongkai.orgs.wall import public


@public
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Number, unit, latest day of the answer, code. It stands until the applicant says that he has noted it."""
    draft = draft_in(request)
    if request.method == "POST":
        drop_draft(token=request.COOKIES.get(DRAFT_COOKIE, ""), now=clock.now())
        return forget_draft(redirect("apply:progress"))
    if draft is None or draft.case is None:
        return unstored(redirect("apply:progress"))
    case = draft.case
    return draw(
        request,
        "foi/public/receipt.html",
        title="受理回执",
        case=case,
        code=code_of(case.submit_key or ""),
        contact=channels_of(case.unit),
        lacks_authorisation=bool(case.applicant.agent_name) and not case.applicant.agent_authorised,
        at=case.submitted_at,
    )
