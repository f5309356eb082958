"""Upkeep of the demo: a record fills a matter and a column, a community's entry waits for a second column."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from gongkai.catalogue.models import Matter
from gongkai.columns.models import Column
from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person, Unit
from gongkai.publishing import walk
from gongkai.running.demo.district import FACTS
from gongkai.upkeep import actions

PAPER = FACTS / "extra" / "elderly.txt"


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """As the civil affairs bureau published it today; the street's column is to take it in too."""
    day = legal_day(now)
    fields = {
        "column": Column.objects.get(code="elderly"),
        "matter": Matter.objects.get(name="养老服务扶持政策措施清单"),
        "catalogue_item": "20-11",
        "theme": "民政、扶贫、救灾",
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PAPER.name
        text = PAPER.read_text(encoding="utf-8").replace("{date}", f"{day.year}年{day.month}月{day.day}日")
        path.write_text(text, encoding="utf-8")
        published = walk.publish_file(
            path=path, unit=units["mzj"], openness="主动公开", now=now, fields=fields
        )
    by = actor_of(Person.objects.get(username="mzj.officer"), today=day)
    actions.ask(publication=published, column=Column.objects.get(code="zones"), by=by, now=now)
