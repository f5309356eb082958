"""Each guard of the wall is needed: with it switched off, the matrix finds leaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import override_settings

from gongkai.documents.models import Document
from gongkai.orgs import middleware, wall
from gongkai.orgs.checks import doors, faults
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import public, visible
from gongkai.running import wall_matrix

pytestmark = pytest.mark.django_db


def leaks() -> list[str]:
    """Leaks on the addresses of documents; that the whole matrix has none is shown in running/tests."""
    asked = (None, Role.OFFICER, Role.SYSTEM_ADMIN)
    result = wall_matrix.run(under="workbench/documents", roles=asked)
    assert result.cells > 100
    return result.leaks


def test_policy_check_of_the_middleware_is_needed(switch_off: Callable[..., None]) -> None:
    switch_off(middleware.Wall, "process_view", "if not can(actor, action):", "if False:")
    assert leaks()


def test_login_check_of_the_middleware_is_needed(switch_off: Callable[..., None]) -> None:
    switch_off(middleware.Wall, "process_view", "if actor.is_anonymous:", "if False:")
    switch_off(middleware.Wall, "process_view", "if not can(actor, action):", "if False:")
    found = leaks()
    assert any("anonymous" in leak for leak in found)


def test_scoping_of_rows_is_needed(switch_off: Callable[..., None]) -> None:
    switch_off(
        wall.WalledQuerySet,
        "scoped_to",
        "self.all() if units is ALL_UNITS else self.filter(_of_units(units, unit_path, also))",
        "self.all()",
    )
    found = leaks()
    assert any("shows rows of other" in leak for leak in found)


def test_either_guard_of_an_object_holds_alone(switch_off: Callable[..., None]) -> None:
    switch_off(
        middleware.Wall, "process_view", "if hidden_object(actor, action, declared, kwargs):", "if False:"
    )
    assert leaks() == []


def test_view_that_forgets_its_rows_is_caught_by_the_middleware(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second guard: a view that takes any document is still shut for other units' documents."""
    from gongkai.documents.views import drafting

    def careless(model, actor, action=None):  # noqa: ANN001, ANN202
        return (
            model.objects.unscoped("a careless view") if model is Document else visible(model, actor, action)
        )

    monkeypatch.setattr(drafting, "visible", careless)
    found = [leak for leak in leaks() if "<int:pk>" in leak]
    assert found == []


def test_careless_view_leaks_without_the_second_guard(
    monkeypatch: pytest.MonkeyPatch, switch_off: Callable[..., None]
) -> None:
    from gongkai.documents.views import drafting

    monkeypatch.setattr(
        drafting, "visible", lambda model, actor, action=None: model.objects.unscoped("a careless view")
    )
    switch_off(
        middleware.Wall, "process_view", "if hidden_object(actor, action, declared, kwargs):", "if False:"
    )
    assert any("on other" in leak for leak in leaks())


@override_settings(ROOT_URLCONF="gongkai.urls")
def test_undeclared_view_is_found_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults() == []
    door = next(door for door in doors() if door.declared and not door.declared.public)
    view = door.view
    while getattr(view, "wall", None) is None:
        view = view.__wrapped__
    monkeypatch.delattr(view, "wall")
    assert any(door.pattern in fault for fault in faults())


def test_public_by_mistake_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of rows that is declared public shows the canary to everybody."""
    from gongkai.documents.queries import facts
    from gongkai.documents.views import drafting

    monkeypatch.setattr(drafting.index, "wall", public(lambda request: None).wall)
    monkeypatch.setattr(
        facts, "visible", lambda model, actor, action=None: model.objects.unscoped("a careless view")
    )
    assert any("shows rows of" in leak and "anonymous" in leak for leak in leaks())
