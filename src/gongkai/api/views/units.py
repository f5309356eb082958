"""Who publishes, and under which subjects."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from gongkai.api import queries, schemas
from gongkai.api.parameters import UnitsAsked
from gongkai.api.views import shapes
from gongkai.orgs.models import Unit

router = Router(tags=["单位和主题"])


@router.get("/units", response=schemas.Units, summary="全部单位和法定的机构信息")
def units(request: HttpRequest, asked: Query[UnitsAsked]):
    return {"items": [_unit(unit) for unit in queries.units(asked.kind or "")]}


@router.get("/themes", response=schemas.Themes, summary="主题分类和每类现有条数")
def themes(request: HttpRequest):
    return {"items": [{"code": one.code, "name": one.name, "count": one.count} for one in queries.themes()]}


def _unit(unit: Unit) -> dict:
    return {
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.get_kind_display(),
        "parent": unit.parent.code if unit.parent else "",
        "functions": unit.functions,
        "leader": unit.leader,
        "address": unit.address,
        "hours": unit.hours,
        "phone": unit.phone,
        "uscc": unit.uscc,
        "url": shapes.full(f"/units/{unit.code}/"),
    }
