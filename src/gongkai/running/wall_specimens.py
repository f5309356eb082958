"""Something to steal in every unit: rows with a canary word in each text, made for the matrix of the wall.

A station that wants special rows offers ``specimens(unit, people, canary)`` in its ``specimens`` module; for
every other unit-owned model rows are made from its fields, one in each state.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.utils import IntegrityError

from gongkai.orgs.models import Person, Unit
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import unit_path_of

_numbers = itertools.count(1)
Rows = dict[type[models.Model], models.Model]


def walled_models() -> list[type[models.Model]]:
    """The models whose rows belong to a unit, except the units and people themselves."""
    return [model for model in apps.get_models() if unit_path_of(model) and model._meta.app_label != "orgs"]


def plant(unit: Unit, people: Mapping[Role, Person], canary: str, *, now: datetime) -> Rows:
    """Rows of this unit in every walled model; the row by which addresses are tried is given back."""
    planted: Rows = {}
    for config in apps.get_app_configs():
        if config.name.startswith("gongkai.") and find_spec(f"{config.name}.specimens"):
            planted |= import_module(f"{config.name}.specimens").specimens(unit, people, canary)
    for model in walled_models():
        if model not in planted:
            rows = list(_one_in_each_state(model, unit, people, canary, now, planted))
            if not rows:
                raise RuntimeError(f"{model._meta.label}: no specimen could be made; add specimens.py")
            planted[model] = rows[0]
    return planted


def _one_in_each_state(
    model: type[models.Model],
    unit: Unit,
    people: Mapping[Role, Person],
    canary: str,
    now: datetime,
    planted: Rows,
) -> Iterator[models.Model]:
    for state in _states(model):
        values = {"state": state} if state else {}
        try:
            with transaction.atomic():
                yield _make(model, unit, people, canary, now, values, planted)
        except IntegrityError:
            # Some states need columns that only the real actions fill; the others are enough to try.
            continue


def _states(model: type[models.Model]) -> list[str]:
    for field in model._meta.concrete_fields:
        if field.name == "state" and field.choices:
            return [str(value) for value, _ in field.flatchoices]
    return [""]


def _make(
    model: type[models.Model],
    unit: Unit,
    people: Mapping[Role, Person],
    canary: str,
    now: datetime,
    given: Mapping[str, Any],
    planted: Rows,
) -> models.Model:
    values: dict[str, Any] = dict(given)
    for field in model._meta.concrete_fields:
        if field.primary_key and isinstance(field, models.AutoField) or field.name in values:
            continue
        if isinstance(field, models.ForeignKey):
            if not field.null or field.name in ("unit", "author"):
                values[field.name] = _target(field, unit, people, canary, now, planted)
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            values[field.name] = _words(field, canary)
        elif not field.null and not field.has_default():
            values[field.name] = _plain(field, now)
    return model._base_manager.create(**values)


def _target(
    field: models.ForeignKey,
    unit: Unit,
    people: Mapping[Role, Person],
    canary: str,
    now: datetime,
    planted: Rows,
) -> models.Model:
    target: Any = field.remote_field.model
    # What a station planted itself is whole; what is made here has empty fields that pages could stumble over.
    if target in planted and not field.unique:
        return planted[target]
    station = target.__module__.partition(".models")[0]
    if target in planted and find_spec(f"{station}.specimens"):
        more: Rows = import_module(f"{station}.specimens").specimens(unit, people, canary)
        return more.get(target) or planted[target]
    if target is Unit:
        return unit
    if target is Person:
        return people[Role.OFFICER]
    return _make(target, unit, people, canary, now, {}, planted)


def _words(field: models.Field, canary: str) -> str:
    words = f"{canary}-{next(_numbers)}" if field.unique else canary
    return words[: field.max_length] if field.max_length else words


def _plain(field: models.Field, now: datetime) -> Any:
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.DateTimeField):
        return now
    if isinstance(field, models.DateField):
        return date(2026, 10, 14)
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.JSONField):
        return {}
    return next(_numbers)
