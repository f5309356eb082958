"""Practice in a training or demo installation: my exercises, one exercise, everybody's scores."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.foi.actions import practising
from gongkai.foi.forms.practice import AnswerSheet
from gongkai.foi.models import Exercise
from gongkai.foi.queries import practice as queries
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.wall import acts, can, visible

PAGE = 30


@acts("foi.practise")
def practice(request: HttpRequest) -> HttpResponse:
    """My exercises; POST takes the next one."""
    if request.method == "POST":
        try:
            return redirect("foi:exercise", pk=practising.take_exercise(by=request.actor, now=clock.now()).pk)
        except Refused as refused:
            tell_refusals(request, refused)
            return redirect("foi:practice")
    rows = queries.exercises_of(request.actor)
    done = [score for score in rows.values_list("score", flat=True) if score is not None]
    shown = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "done": len(done),
        "mean": sum(done) / len(done) if done else None,
        "refusals": practising.why_not_practise(by=request.actor),
        "may_see_all": can(request.actor, "foi.see_practice"),
    }
    return render(request, "foi/practice.html", shown)


@acts("foi.practise", objects={"pk": Exercise})
def exercise(request: HttpRequest, pk: int) -> HttpResponse:
    """One invented case with its questions; after handing in, each answer with the right one and why."""
    row = get_object_or_404(visible(Exercise, request.actor).select_related("person"), pk=pk)
    found = queries.scenario_of(row)
    own = row.person_id == request.actor.acting_id
    form = AnswerSheet(request.POST or None, questions=found.questions)
    if request.method == "POST" and form.is_valid():
        try:
            practising.answer_exercise(exercise=row, by=request.actor, given=form.given(), now=clock.now())
            messages.success(request, "已交卷。下面是每一题的讲评。")
            return redirect("foi:exercise", pk=pk)
        except Refused as refused:
            refuse_in_form(form, refused)
    answered = row.answered_at is not None
    shown = {
        "exercise": row,
        "scenario": found,
        "form": form if own and not answered else None,
        "graded": queries.graded(row) if answered else (),
        "own": own,
    }
    return render(request, "foi/exercise.html", shown, status=422 if form.errors else 200)


@acts("foi.see_practice")
def scores(request: HttpRequest) -> HttpResponse:
    """Everybody who practised, for those who train them."""
    page = Paginator(queries.standings(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "foi/practice_scores.html", {"page": page})
