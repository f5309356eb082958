"""What stands around the interface: its description for machines, its guide for people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from gongkai.api.views.interface import DESCRIPTION, PER_MINUTE, api
from gongkai.api.views.shapes import AT
from gongkai.orgs.models import SiteIdentity
from gongkai.orgs.wall import public
from gongkai.trail import installation

# An address that can be opened from the guide, for each operation that needs no number of a record.
_TRY = {"/documents": "?size=5", "/search": "?q=通知", "/units": "?kind=street"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter in the guide."""

    name: str
    meaning: str
    limit: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation in the guide."""

    path: str
    summary: str
    group: str
    parameters: tuple[Parameter, ...]
    answers: tuple[tuple[str, str], ...]
    example: str


@cache
def schema() -> dict[str, Any]:
    """The description in OpenAPI's form, made from the operations themselves."""
    return dict(api.get_openapi_schema(path_prefix=f"{AT}/"))


@public
def description(request: HttpRequest) -> JsonResponse:
    """The description for machines."""
    return JsonResponse(schema(), json_dumps_params={"ensure_ascii": False})


@public
def guide(request: HttpRequest) -> HttpResponse:
    """The guide for people, drawn from the same description, so that the two cannot differ."""
    kept = SiteIdentity.objects.filter(pk=SiteIdentity.ONLY).first() or SiteIdentity()
    return render(
        request,
        "api/guide.html",
        {
            "site": kept,
            "label": installation.LABELS[installation.kind()],
            "about": DESCRIPTION,
            "operations": operations(),
            "per_minute": PER_MINUTE,
        },
    )


@public
def unknown(request: HttpRequest, rest: str) -> JsonResponse:
    """No such operation; whoever asks is a program, so the answer is not a page."""
    message = "没有这个接口。接口说明见 /api/。"
    return JsonResponse(
        {"code": "unknown", "message": message}, status=404, json_dumps_params={"ensure_ascii": False}
    )


@cache
def operations() -> tuple[Operation, ...]:
    """All operations in their order, with parameters and fields of the answer."""
    found = schema()
    return tuple(
        _operation(path, one["get"], found["components"]["schemas"]) for path, one in found["paths"].items()
    )


def _operation(path: str, one: dict[str, Any], shapes: dict[str, Any]) -> Operation:
    own = path.removeprefix(AT)
    content = one["responses"][200]["content"]["application/json"]["schema"]
    shape = shapes[content["$ref"].rpartition("/")[2]]
    return Operation(
        path=path,
        summary=one["summary"],
        group=one["tags"][0],
        parameters=tuple(
            Parameter(
                row["name"], row.get("description") or row["schema"].get("description", ""), _limit(row)
            )
            for row in one.get("parameters", [])
        ),
        answers=tuple(_fields(shape, shapes)),
        example="" if "{" in path else path + _TRY.get(own, ""),
    )


def _limit(row: dict[str, Any]) -> str:
    kinds = row["schema"].get("anyOf", [row["schema"]])
    for kind in kinds:
        if kind.get("maximum") is not None and kind["maximum"] < 10**6:
            return f"{kind.get('minimum', 0)} 至 {kind['maximum']}"
        if kind.get("maxLength"):
            return f"最多 {kind['maxLength']} 字"
    return ""


def _fields(shape: dict[str, Any], shapes: dict[str, Any]) -> list[tuple[str, str]]:
    """Names and meanings; of a list its rows' fields, of a part of several fields those."""
    found: list[tuple[str, str]] = []
    for name, one in shape["properties"].items():
        inner = _inner(one)
        meaning = one.get("description", "")
        if name in ("items", "tasks") and inner:
            found += [(f"{name}.{key}", text) for key, text in _fields(shapes[inner], shapes)]
        elif inner in ("Header",):
            found.append((name, meaning))
            found += [(f"{name}.{key}", text) for key, text in _fields(shapes[inner], shapes)]
        else:
            found.append((name, meaning))
    return found


def _inner(one: dict[str, Any]) -> str:
    parts = [one, one.get("items", {}), *one.get("allOf", []), *one.get("anyOf", [])]
    return next((part["$ref"].rpartition("/")[2] for part in parts if "$ref" in part), "")
