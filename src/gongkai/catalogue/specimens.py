"""A proposal of a unit to try the wall with, on a field of two matters that everybody may read."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from gongkai.catalogue import states
from gongkai.catalogue.models import CatalogueProposal, Matter, StandardField, StandardItem, StandardVersion
from gongkai.kernel import clock
from gongkai.orgs.models import Person, Unit

LAYOUT = {
    "sheet": "目录",
    "columns": {"1": "level1", "2": "level2", "3": "content", "4": "basis", "5": "limit", "6": "subject", "7": "channel"},
    "labels": {"1": "一级事项", "2": "二级事项", "3": "公开内容", "4": "公开依据", "5": "公开时限", "6": "公开主体", "7": "公开渠道"},
    "head": [], "head_merges": [], "first": 3, "merges": [], "loose": [],
}  # fmt: skip
DEFAULT_LIMIT = {"n": 20, "unit": "wd", "trigger": [], "mode": "within", "shown": None, "day": ""}


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """One draft and one that waits; their words are the unit's own."""
    now, author = clock.now(), next(iter(people.values()))
    field, made = StandardField.objects.get_or_create(code="wall", defaults={"name": "养老服务"})
    if made:
        version = StandardVersion.objects.create(field=field, number=1, layout=LAYOUT, at=now)
        for place in (1, 2):
            matter = Matter.objects.create(field=field, code=f"wall-{place:03d}", name=f"事项{place}")
            cells = {str(column): [f"事项{place}", "text"] for column in range(1, 8)}
            StandardItem.objects.create(
                version=version, matter=matter, place=place, cells=cells, name=matter.name,
                content="●内容", limit=DEFAULT_LIMIT,
            )  # fmt: skip
    rows = [
        CatalogueProposal._base_manager.create(
            field=field, unit=unit, title=canary, reason=canary, state=state, by=author, at=now
        )
        for state in (states.DRAFT, states.SUBMITTED)
    ]
    return {CatalogueProposal: rows[0]}
