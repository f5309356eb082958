"""The page on which a unit, or the legal reviewer, says what was asked of it in a 会商."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.foi.actions.deliberating import give_opinion, why_not_give_opinion
from gongkai.foi.forms.handling import SideForm
from gongkai.foi.models import DeliberationOpinion
from gongkai.foi.queries.opinions import opinions_asked_of
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.wall import acts, visible


@acts("foi.give_opinion")
def asked(request: HttpRequest) -> HttpResponse:
    """Every opinion that this person is asked for."""
    return render(request, "foi/opinions.html", {"rows": opinions_asked_of(request.actor)})


@acts("foi.give_opinion", objects={"pk": DeliberationOpinion})
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, what is wanted, and the words of this side; nothing about the applicant."""
    rows = visible(DeliberationOpinion, request.actor, "foi.give_opinion")
    row = get_object_or_404(
        rows.select_related("deliberation__case__unit", "deliberation__case__holder", "asked_unit", "by"),
        pk=pk,
    )
    form = SideForm(request.POST or None, initial={"text": row.text})
    if request.method == "POST" and form.is_valid():
        try:
            give_opinion(opinion=row, by=request.actor, text=form.cleaned_data["text"], now=clock.now())
            messages.success(request, "意见已进案卷。下结论之前可以修改。")
            return redirect("foi:opinions")
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {
        "row": row,
        "case": row.deliberation.case,
        "form": form,
        "why_not": why_not_give_opinion(opinion=row, by=request.actor, text="（待填写）"),
    }
    return render(request, "foi/opinion.html", context, status=422 if form.errors else 200)
