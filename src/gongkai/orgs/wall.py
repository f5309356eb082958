"""The wall between units: one table of who may do what for which units, and two guards that use it.

Stations declare their part of the table in ``policies`` (``declare``). A view names its action with
``@acts`` or is ``@public``; start-up fails for a view that does neither. A unit-owned model gives out rows
only through ``visible(Model, actor)`` or ``Model.objects.unscoped("reason")``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest

from gongkai.orgs.actor import Actor
from gongkai.orgs.roles import Role

M = TypeVar("M", bound=models.Model)


class Scope(Enum):
    """For which units a role may do it."""

    OWN = "本单位"
    SUBTREE = "本单位及下级"
    ALL = "全区"


@dataclass(frozen=True, slots=True)
class Policy:
    """One action of the house: who may do it and for which units.

    ``separation`` says in Chinese who may not do it although the role would allow it; the action's
    ``why_not`` holds it, the permission page and the matrix print it.
    """

    action: str
    label: str
    grants: Mapping[Role, Scope]
    separation: str = ""


TABLE: dict[str, Policy] = {}
_visibility: dict[type[models.Model], tuple[str, str]] = {}
_also: dict[type[models.Model], str] = {}
_shown_too: dict[type[models.Model], list[str]] = {}
ALL_UNITS = None


def declare(*policies: Policy) -> None:
    """Add a station's actions to the table; an action is declared once."""
    for policy in policies:
        if policy.action in TABLE and TABLE[policy.action] != policy:
            raise ValueError(f"action {policy.action} is declared twice")
        TABLE[policy.action] = policy


def units_for(actor: Actor, action: str) -> frozenset[int] | None:
    """The units for which the actor may do it; ``None`` (``ALL_UNITS``) means every unit."""
    grants = TABLE[action].grants
    units: set[int] = set()
    for held in actor.held:
        scope = grants.get(held.role)
        if scope is Scope.ALL:
            return ALL_UNITS
        if scope is Scope.OWN:
            units.add(held.unit_id)
        elif scope is Scope.SUBTREE:
            units |= actor.subtree(held.unit_id)
    return frozenset(units)


def can(actor: Actor, action: str, unit_id: int | None = None) -> bool:
    """Whether the actor may do it for this unit; without a unit, whether for any unit at all."""
    units = units_for(actor, action)
    if units is ALL_UNITS:
        return True
    return bool(units) if unit_id is None else unit_id in units


def own_roles_only(actor: Actor, action: str, unit_id: int) -> bool:
    """Whether the actor may do it by a role of his own, not as somebody's deputy."""
    own = Actor(
        person_id=actor.person_id,
        name=actor.name,
        unit_id=actor.unit_id,
        unit_name=actor.unit_name,
        held=tuple(held for held in actor.held if held.instead_of is None),
        below=actor.below,
    )
    return can(own, action, unit_id)


# -- rows ---------------------------------------------------------------------------------------------


class Unscoped(RuntimeError):  # noqa: N818 -- reads as what happened
    """A query on a unit-owned model that did not say whose eyes it has. Always a fault of ours."""


class WalledQuerySet(models.QuerySet[M]):
    """A query set that gives rows only when it was scoped; it refuses when evaluated, not when built."""

    _scoped = False

    def scoped_to(self, units: frozenset[int] | None, unit_path: str, also: str = "") -> WalledQuerySet[M]:
        """Only for the wall: narrow to these units."""
        narrowed = self.all() if units is ALL_UNITS else self.filter(_of_units(units, unit_path, also))
        narrowed._scoped = True
        return narrowed

    def unscoped(self, reason: str) -> WalledQuerySet[M]:
        """All rows, for a reason that the reader of the code can check (a job, a public page, a sum)."""
        if not reason.strip():
            raise ValueError("say why all units' rows are needed")
        free = self.all()
        free._scoped = True
        return free

    def _clone(self) -> WalledQuerySet[M]:
        clone: WalledQuerySet[M] = super()._clone()  # type: ignore[misc]
        clone._scoped = self._scoped
        return clone

    def _check(self) -> None:
        if not self._scoped:
            raise Unscoped(f"{self.model.__name__}: use visible(Model, actor) or unscoped(reason)")

    def _fetch_all(self) -> None:
        self._check()
        super()._fetch_all()  # type: ignore[misc]

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._check()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._check()
        return super().count()

    def exists(self) -> bool:
        self._check()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._check()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._check()
        return super().delete()


WalledManager = models.Manager.from_queryset(WalledQuerySet)


def visibility(model: type[models.Model], *, action: str, unit_path: str = "unit_id", also: str = "") -> None:
    """Say by which action rows of a unit-owned model are seen and which field leads to the unit.

    ``also`` leads to a second unit that works on the row on the first one's behalf; it may be empty there.
    """
    _visibility[model] = (action, unit_path)
    if also:
        _also[model] = also


def shown_too(model: type[models.Model], *, action: str) -> None:
    """Say by which second action rows of a model are shown in part: the counter finds cases that it never opens.

    The matrix of the wall reads it; views still scope by the action itself (``visible(Model, actor, action)``).
    """
    _shown_too.setdefault(model, []).append(action)


def visible(model: type[M], actor: Actor, action: str | None = None) -> WalledQuerySet[M]:
    """The rows that the actor may see, or may do ``action`` to. The one door for views."""
    default, unit_path = _visibility[model]
    units, rows = units_for(actor, action or default), _rows(model)
    if isinstance(rows, WalledQuerySet):
        return rows.scoped_to(units, unit_path, _also.get(model, ""))
    # Units and people are named on public pages too, so their rows carry no fence of their own.
    return rows if units is ALL_UNITS else rows.filter(**{f"{unit_path}__in": units})


def _of_units(units: frozenset[int], unit_path: str, also: str) -> models.Q:
    found = models.Q(**{f"{unit_path}__in": units})
    return found | models.Q(**{f"{also}__in": units}) if also else found


def unit_path_of(model: type[models.Model]) -> str | None:
    """Which field leads from a row to its unit; None where the model belongs to no unit."""
    found = _visibility.get(model)
    return found[1] if found else None


def visible_by(model: type[models.Model]) -> str | None:
    """The action by which rows of a model are seen."""
    found = _visibility.get(model)
    return found[0] if found else None


def shown_by(model: type[models.Model]) -> tuple[str, ...]:
    """Every action by which rows of a model are shown, whole or in part."""
    found = visible_by(model)
    return (*((found,) if found else ()), *_shown_too.get(model, ()))


def _rows(model: type[M]) -> WalledQuerySet[M]:
    manager = model._default_manager
    return manager.get_queryset()  # type: ignore[return-value]


# -- views --------------------------------------------------------------------------------------------

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Declared:
    """What a view said about itself: its action, and the model behind each key in its address.

    Writing is another action than reading where ``post`` is given.
    """

    action: str
    post: str = ""
    objects: tuple[tuple[str, type[models.Model]], ...] = ()
    public: bool = False


def acts(
    action: str, *, post: str = "", objects: Mapping[str, type[models.Model]] | None = None
) -> Callable[[View], View]:
    """Name the action of a view (and of its POST), and the models behind the keys in its address."""

    def mark(view: View) -> View:
        view.wall = Declared(action=action, post=post, objects=tuple((objects or {}).items()))  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Everybody may open this view; it shows only what is published or asks only for what is typed."""
    view.wall = Declared(action="", public=True)  # type: ignore[attr-defined]
    return view


def declared_by(view: Callable[..., Any]) -> Declared | None:
    """What a view declared, also when it is wrapped."""
    while view is not None:
        found = getattr(view, "wall", None)
        if found is None:
            found = getattr(getattr(view, "view_class", None), "wall", None)
        if found is not None:
            return found  # type: ignore[no-any-return]
        view = getattr(view, "__wrapped__", None)  # type: ignore[assignment]
    return None


def action_of(request: HttpRequest, declared: Declared) -> str:
    """The action that this request asks for."""
    if request.method not in ("GET", "HEAD", "OPTIONS") and declared.post:
        return declared.post
    return declared.action


def hidden_object(actor: Actor, action: str, declared: Declared, keys: Mapping[str, Any]) -> bool:
    """Whether the address names an object for whose unit the actor may not do this.

    The view scopes its rows as well; this second guard holds where a view forgets.
    """
    for key, model in declared.objects:
        if key in keys and model in _visibility:
            rows = visible(model, actor, action).filter(**{field_behind(model, key): keys[key]})
            if not rows.exists():
                return True
    return False


def field_behind(model: type[models.Model], key: str) -> str:
    """The field that a key in an address means: its own name, else the primary key."""
    names = {field.name for field in model._meta.concrete_fields}
    return key if key in names else "pk"
