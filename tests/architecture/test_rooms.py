"""The rooms of a station do what their names say; keys across stations point upstream."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "gongkai"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
# Highest first in the contract; here from the ground up, faces side by side.
ORDER = [
    {station.strip().strip("()").removeprefix("gongkai.") for station in layer.split("|")}
    for layer in reversed(CONTRACTS[0]["layers"])
]
WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}
CLOCKS = {
    ("clock", "now"),
    ("clock", "today"),
    ("timezone", "now"),
    ("datetime", "now"),
    ("date", "today"),
    ("timezone", "localdate"),
    ("time", "time"),
    ("datetime", "utcnow"),
}


def height(station: str) -> int:
    return next(index for index, layer in enumerate(ORDER) if station in layer)


def station_of(model: type[models.Model]) -> str | None:
    module = model.__module__.split(".")
    return module[1] if module[0] == "gongkai" and len(module) > 1 else None


def room(name: str) -> list[Path]:
    found = [*PACKAGE.glob(f"*/{name}.py"), *PACKAGE.glob(f"*/{name}/**/*.py")]
    return sorted(path for path in found if "tests" not in path.parts)


def calls(path: Path) -> list[tuple[str, str, int]]:
    """Calls ``x.y()`` of a file as (x, y, line)."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            left = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            found.append((left, node.func.attr, node.lineno))
    return found


def keys() -> list[tuple[type[models.Model], models.ForeignKey]]:
    return [
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        if station_of(model)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and station_of(field.related_model) not in (None, station_of(model))
    ]


@pytest.mark.parametrize(("model", "field"), keys(), ids=lambda each: getattr(each, "__name__", str(each)))
def test_key_across_stations_points_upstream(model: type[models.Model], field: models.ForeignKey) -> None:
    here, there = station_of(model), station_of(field.related_model)
    assert here is not None and there is not None
    assert height(there) < height(here), f"{here}.{model.__name__}.{field.name} → {there}"
    if model._meta.auto_created:
        return
    assert field.remote_field.on_delete is models.PROTECT, f"{model.__name__}.{field.name} must be PROTECT"
    assert field.remote_field.related_name == "+", f"{model.__name__}.{field.name} must have related_name='+'"


def test_the_trail_has_no_keys() -> None:
    for model in apps.get_app_config("trail").get_models():
        assert not [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]


@pytest.mark.parametrize("name", ["rules", "states", "actions", "models", "policies"])
def test_time_is_a_parameter(name: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in room(name)
        for left, called, line in calls(path)
        if (left, called) in CLOCKS
    ]
    assert found == []


def test_queries_do_not_write() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in room("queries")
        for left, called, line in calls(path)
        if called in WRITES and left in {"objects", "self", "row", "instance"}
    ]
    assert found == []


def test_views_do_not_write_rows() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for name in ("views", "forms", "subscribers")
        for path in room(name)
        for left, called, line in calls(path)
        if called in WRITES and left == "objects"
    ]
    assert found == []


def test_actions_take_keywords_only() -> None:
    """A public function that is atomic is an act of the office; nobody can mistake its arguments."""
    found = []
    for path in room("actions"):
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            atomic = any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)
            if atomic and (node.args.args or node.args.posonlyargs):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert found == []


def test_no_signal_carries_business() -> None:
    """Django's signals are for Django; stations hear each other through ``lines.py``."""
    allowed = {"trail/apps.py", "publishing/apps.py", "orgs/apps.py", "orgs/accounts.py"}
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts and "django.db.models.signals" in path.read_text()
    ]
    assert set(found) <= allowed


def test_every_station_is_in_the_order() -> None:
    stations = {path.parent.name for path in PACKAGE.glob("*/apps.py")}
    assert stations <= set().union(*ORDER)
