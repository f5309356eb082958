"""Search over everything that is published."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from gongkai.api import schemas
from gongkai.api.parameters import SearchAsked
from gongkai.api.views import shapes
from gongkai.kernel import clock
from gongkai.kernel.clock import legal_day
from gongkai.search import queries
from gongkai.search.ports import FACETS, PUBLIC, Filters, Hit, Unusable

router = Router(tags=["搜索"])

NOTHING = {
    "total": 0,
    "page": 1,
    "pages": 0,
    "also": [],
    "relaxed": False,
    "items": [],
    "facets": {name: [] for name in FACETS},
}


@router.get(
    "/search",
    response={200: schemas.Answer, 503: schemas.Fault},
    summary="搜索公开信息：词语、标题、发文字号",
)
def search(request: HttpRequest, asked: Query[SearchAsked]):
    chosen = {name: (getattr(asked, name),) for name in FACETS if getattr(asked, name)}
    if not asked.q and not chosen:
        return 200, NOTHING
    try:
        answer = queries.search(
            asked.q,
            visibility=PUBLIC,
            today=clock.today(),
            filters=Filters(chosen=chosen),
            sort=asked.sort,
            page=asked.page,
            size=asked.size,
        )
    except Unusable:
        return 503, {"code": "not_ready", "message": "搜索正在准备，请过一会儿再试。"}
    found = answer.found
    return 200, {
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "also": list(answer.question.added),
        "relaxed": found.relaxed,
        "items": [_hit(hit) for hit in found.hits],
        "facets": {
            name: [{"value": one.value, "count": one.count} for one in values]
            for name, values in found.facets.items()
        },
    }


def _hit(hit: Hit) -> dict:
    return {
        "title": hit.title,
        "url": shapes.full(hit.path),
        "number": hit.number,
        "unit": hit.unit,
        "kind": hit.kind,
        "theme": hit.theme,
        "validity": hit.validity,
        "extract": "".join(fragment.text for fragment in hit.extract),
        "published_on": legal_day(hit.published_at) if hit.published_at else None,
    }
