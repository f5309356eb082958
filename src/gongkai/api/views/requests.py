"""Figures of disclosure requests, as the public page shows them."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Query, Router

from gongkai.api import schemas
from gongkai.api.parameters import FiguresAsked
from gongkai.api.views import shapes
from gongkai.foi.queries.public_figures import FEWEST, GROUPS, Line, public_figures, years_with_requests
from gongkai.kernel import clock

router = Router(tags=["依申请公开"])
NO_YEAR = {"code": "unknown", "message": "没有这一年的申请。不写年份，可以得到最近一年的。"}


@router.get(
    "/requests/figures",
    response={200: schemas.Figures, 404: schemas.Fault},
    summary="依申请公开的办理用时、结果和超期",
)
def figures(request: HttpRequest, asked: Query[FiguresAsked]):
    years = years_with_requests()
    if not years or (asked.year is not None and asked.year not in years):
        return 404, NO_YEAR
    year = asked.year or years[0]
    found = public_figures(year, today=clock.today())
    return 200, {
        "year": year,
        "until": found.until,
        "fewest": FEWEST,
        "district": _line(found.district),
        "units": [_line(line) for line in found.units],
        "refusals": [{"ground": ground, "count": count} for ground, count in found.refusals],
        "url": shapes.full(f"/apply/figures/{year}/"),
    }


def _line(line: Line) -> dict:
    counted = {key: count for (key, _, _), count in zip(GROUPS, line.results, strict=True)}
    return asdict(line) | {"results": counted}
