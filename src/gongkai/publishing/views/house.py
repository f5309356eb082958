"""How index numbers are made: a page of the disclosure office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form
from gongkai.orgs.wall import acts
from gongkai.publishing import actions, queries
from gongkai.publishing.forms import TemplateForm


@acts("publishing.settings")
def numbers(request: HttpRequest) -> HttpResponse:
    """The template of index numbers; POST sets another from now on."""
    form = TemplateForm(request.POST or None, initial={"template": queries.template()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_template(template=form.cleaned_data["template"], by=request.actor, now=clock.now())
            messages.success(request, "已保存编制规则，以后发布的信息按它编号。已有的索引号不变。")
            return redirect("publishing:numbers")
        except Refused as refused:
            refuse_in_form(form, refused)
    return render(request, "publishing/numbers.html", {"form": form}, status=422 if form.errors else 200)
