"""A person's page: roles, posts, absences, login; and what the offices do about them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs import actions
from gongkai.orgs.answers import refuse_in_form, tell_form_errors, tell_refusals
from gongkai.orgs.carried import carried_by
from gongkai.orgs.forms import HandOverForm, PersonForm, PostForm, RoleForm
from gongkai.orgs.middleware import legal_today
from gongkai.orgs.models import Leave, Person, PostHolding, RoleHolding, Unit
from gongkai.orgs.policies import PEOPLE
from gongkai.orgs.queries.people import open_duties_of, people_of, roles_on
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import acts, can, visible

OF_PERSON = {"pk": Person}


@acts(PEOPLE, objects=OF_PERSON)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one person, with the forms of whoever may use them."""
    person, actor, today = (
        get_object_or_404(visible(Person, request.actor), pk=pk),
        request.actor,
        legal_today(request),
    )
    here = person.unit_id
    may = {
        name: person.is_active and can(actor, f"orgs.{name}", here)
        for name in ("grant_roles", "hand_over", "keep_people")
    }
    return render(
        request,
        "orgs/person.html",
        {
            "person": person,
            "roles": roles_on(person, today),
            "posts": PostHolding.objects.filter(person=person, valid_to=None).select_related("post"),
            "duties": [*open_duties_of(person, on=today), *carried_by(person)],
            "leaves": Leave.objects.filter(person=person, last_day__gte=today).select_related("deputy"),
            "may": may,
            "why_not_disable": actions.why_not_disable_person(person=person, by=actor, today=today),
            "why_not_reset": actions.why_not_reset_login(person=person, by=actor),
            "role_form": RoleForm(),
            "post_form": PostForm(),
            "hand_over_form": HandOverForm(colleagues=people_of(person.unit).exclude(pk=pk)),
        },
    )


@acts("orgs.keep_people", objects={"pk": Unit})
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an account in a unit; the first password is shown once."""
    unit = get_object_or_404(visible(Unit, request.actor, "orgs.keep_people"), pk=pk)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person, password = actions.add_person(
                unit=unit, by=request.actor, now=clock.now(), **form.cleaned_data
            )
        except Refused as refused:
            refuse_in_form(form, refused)
        else:
            return render(request, "orgs/password.html", {"person": person, "password": password})
    return render(
        request,
        "orgs/form.html",
        {
            "form": form,
            "unit": unit,
            "heading": f"给{unit.short_name}开设账号",
            "lede": "账号没有任何角色，由安全管理员另行授予",
            "button": "开设账号",
            "basis": "GB/T 22239-2019 8.1.4.1：一人一账号",
        },
        status=422 if form.errors else 200,
    )


@acts("orgs.grant_roles", objects=OF_PERSON)
@require_POST
def grant_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role for the person's own unit."""
    person = get_object_or_404(visible(Person, request.actor, "orgs.grant_roles"), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _back(request, pk, form=form)
    role = Role(form.cleaned_data["role"])
    try:
        actions.grant_role(person=person, role=role, unit=person.unit, by=request.actor, now=clock.now())
    except Refused as refused:
        return _back(request, pk, refused)
    return _back(request, pk, done=f"已授予“{role.label}”，从现在起有效。")


@acts("orgs.grant_roles", objects={"pk": Person, "holding": RoleHolding})
@require_POST
def end_role(request: HttpRequest, pk: int, holding: int) -> HttpResponse:
    """Take a role back."""
    person = get_object_or_404(visible(Person, request.actor, "orgs.grant_roles"), pk=pk)
    held = get_object_or_404(RoleHolding, pk=holding, person=person)
    words = held.get_role_display()
    try:
        actions.end_role(holding=held, by=request.actor, now=clock.now())
    except Refused as refused:
        return _back(request, pk, refused)
    return _back(request, pk, done=f"已收回“{words}”。")


@acts("orgs.hand_over", objects=OF_PERSON)
@require_POST
def take_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the person on a post of the unit; a post that is not there yet is set up."""
    person = get_object_or_404(visible(Person, request.actor, "orgs.hand_over"), pk=pk)
    form = PostForm(request.POST)
    if not form.is_valid():
        return _back(request, pk, form=form)
    wanted, now = form.cleaned_data, clock.now()
    try:
        post = actions.set_up_post(
            unit=person.unit,
            title=wanted["title"],
            duties=wanted["duties"].splitlines(),
            by=request.actor,
            now=now,
        )
        actions.take_post(post=post, person=person, seat=wanted["seat"], by=request.actor, now=now)
    except Refused as refused:
        return _back(request, pk, refused)
    return _back(request, pk, done=f"{person.name}已任“{post.title}”{wanted['seat']}角。")


@acts("orgs.hand_over", objects=OF_PERSON)
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass all posts of the person to a colleague."""
    person = get_object_or_404(visible(Person, request.actor, "orgs.hand_over"), pk=pk)
    form = HandOverForm(request.POST, colleagues=people_of(person.unit).exclude(pk=pk))
    if not form.is_valid():
        return _back(request, pk, form=form)
    to = form.cleaned_data["to"]
    try:
        count = actions.hand_over(person=person, to=to, by=request.actor, now=clock.now())
    except Refused as refused:
        return _back(request, pk, refused)
    return _back(request, pk, done=f"已把 {count} 个岗位和全部职责移交给{to.name}。")


@acts("orgs.keep_people", objects=OF_PERSON)
@require_POST
def reset_login(request: HttpRequest, pk: int) -> HttpResponse:
    """A new password, shown once; the second factor is set up anew at the next login."""
    person = get_object_or_404(visible(Person, request.actor, "orgs.keep_people"), pk=pk)
    try:
        password = actions.reset_login(person=person, by=request.actor, now=clock.now())
    except Refused as refused:
        return _back(request, pk, refused)
    return render(request, "orgs/password.html", {"person": person, "password": password})


@acts("orgs.keep_people", objects=OF_PERSON)
@require_POST
def disable(request: HttpRequest, pk: int) -> HttpResponse:
    """The person has left."""
    person = get_object_or_404(visible(Person, request.actor, "orgs.keep_people"), pk=pk)
    try:
        actions.disable_person(person=person, by=request.actor, now=clock.now())
    except Refused as refused:
        return _back(request, pk, refused)
    return _back(request, pk, done=f"{person.name}的账号已停用，不能再登录。办过的事仍在其名下。")


def _back(
    request: HttpRequest, pk: int, refused: Refused | None = None, form=None, done: str = ""
) -> HttpResponse:  # type: ignore[no-untyped-def]
    if refused:
        tell_refusals(request, refused)
    elif form is not None:
        tell_form_errors(request, form)
    elif done:
        messages.success(request, done)
    return redirect("orgs:person", pk=pk)
