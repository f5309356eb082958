"""How a page answers when an action may not be done: every reason, in words, nothing lost."""

from __future__ import annotations

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from gongkai.law.refusal import Refused


def tell_refusals(request: HttpRequest, refused: Refused) -> None:
    """Put every reason on the page that the person is sent to."""
    for refusal in refused.refusals:
        messages.error(request, str(refusal))


def refuse_in_form(form: BaseForm, refused: Refused) -> None:
    """Put every reason at the head of a form that keeps what was typed."""
    for refusal in refused.refusals:
        form.add_error(None, str(refusal))


def tell_form_errors(request: HttpRequest, form: BaseForm) -> None:
    """The same for a small form whose page is shown anew: the field's name and what is wrong with it."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            messages.error(request, f"{label}：{error}" if label else str(error))
