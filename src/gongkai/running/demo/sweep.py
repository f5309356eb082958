"""A finding on a page that is public: a vice head of the district left office after the paper named him (C02)."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from gongkai.gate import actions as gate
from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person, Unit
from gongkai.publishing import walk
from gongkai.running.demo.district import FACTS, GOVERNMENT, SINCE

NAME, POST = "周启明", "副区长"


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """The paper of last week, the change of the roster since, the sweep of the night."""
    then = now - timedelta(days=7)
    office = actor_of(Person.objects.get(username="gkb"), today=legal_day(then))
    entry = gate.add_leader(
        name=NAME,
        post=POST,
        order=30,
        source=f"{GOVERNMENT}任免通知（演示）",
        since=SINCE,
        by=office,
        now=then,
    )
    day = legal_day(then)
    text = (FACTS / "extra" / "duty.txt").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "duty.txt"
        dated = text.replace("{date}", f"{day.year}年{day.month}月{day.day}日")
        paper.write_text(dated.replace("{year}", str(day.year)), encoding="utf-8")
        fields = {
            "title": dated.splitlines()[0].replace("{year}", str(day.year)),
            "catalogue_item": "20-12",
            "theme": "市场监管、安全生产监管",
        }
        walk.publish_file(path=paper, unit=units["yjj"], openness="主动公开", now=then, fields=fields)
    gate.end_leader(entry=entry, until=legal_day(now) - timedelta(days=2), by=office, now=now)
    while not gate.sweep_on(night=legal_day(now), now=now):
        pass
