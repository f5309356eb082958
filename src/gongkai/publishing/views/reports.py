"""What readers found wrong, and the answer that each of them finds under the number."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.wall import acts
from gongkai.publishing import actions, queries
from gongkai.publishing.forms import AnswerForm
from gongkai.publishing.models import ErrorReport

PAGE_SIZE = 30


@acts("publishing.settings")
def errors(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, oldest first; what was answered, newest first."""
    is_done = request.GET.get("list") == "done"
    page = Paginator(queries.error_reports(done=is_done), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "is_done": is_done, "waiting": queries.error_reports(done=False).count()}
    return render(request, "publishing/errors.html", context)


@acts("publishing.settings")
def error(request: HttpRequest, pk: int) -> HttpResponse:
    """One report; POST closes it with an answer."""
    report = get_object_or_404(ErrorReport.objects.select_related("by"), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_error(report=report, **form.cleaned_data, by=request.actor, now=clock.now())
            messages.success(request, f"{report.code} 已办结，读者凭登记号可以看到答复。")
            return redirect("publishing:errors")
        except Refused as refused:
            if report.handled_at is not None:  # there is no form any more that could show it
                tell_refusals(request, refused)
                return redirect("publishing:error", pk=pk)
            refuse_in_form(form, refused)
    context = {"report": report, "form": form}
    return render(request, "publishing/error.html", context, status=422 if form.errors else 200)
