"""What the form of a report keeps when it is shown again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import template

register = template.Library()
MORE = ("evidence", "meeting", "held_on", "decided", "measures")


@register.filter
def faults(form: Any) -> list[str]:
    """Every fault of a form in words, each with the name of its field."""
    if not form:
        return []
    found = []
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        found += [f"{label}：{error}" if label else str(error) for error in errors]
    return found


@register.filter
def ticked(form: Any, name: str) -> frozenset[str]:
    """The values of a field that were ticked."""
    return frozenset(form.data.getlist(name)) if form else frozenset()


@register.filter
def has(chosen: Collection[str], value: object) -> bool:
    """Whether a value is among those that were ticked."""
    return str(value) in chosen


@register.filter
def typed_more(form: Any) -> bool:
    """Whether something was typed into the part that is folded away."""
    return bool(form) and any(form.data.get(name) for name in MORE)
