"""A community of the demo: it keeps its 三务公开 itself; one column is overdue, which its street is warned of (A12)."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from gongkai.catalogue.models import Matter
from gongkai.columns.models import Column
from gongkai.kernel.clock import legal_day
from gongkai.orgs.models import Unit
from gongkai.publishing import walk
from gongkai.running.demo.district import COMMUNITY, FACTS

# Its 居务公开 (every 30 days, opened five weeks ago) stays empty: overdue.
PAPERS = (("dangwu", "community_party.txt", 6, ""), ("caiwu", "community_money.txt", 3, "老年人补贴"))


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """Two papers of the community's own people, in its own columns."""
    for column, name, days_ago, matter in PAPERS:
        then = now - timedelta(days=days_ago)
        day = legal_day(then)
        text = (FACTS / "extra" / name).read_text(encoding="utf-8")
        fields = {
            "title": text.splitlines()[0].replace("{year}", str(day.year)),
            "column": Column.objects.get(code=f"{column}-{COMMUNITY}"),
            "catalogue_item": "20-15",
            "theme": "综合政务",
        }
        if matter:
            fields["matter"] = Matter.objects.get(name=matter)
        with tempfile.TemporaryDirectory() as folder:
            paper = Path(folder) / name
            dated = text.replace("{date}", f"{day.year}年{day.month}月{day.day}日")
            paper.write_text(dated.replace("{year}", str(day.year)), encoding="utf-8")
            walk.publish_file(path=paper, unit=units[COMMUNITY], openness="主动公开", now=then, fields=fields)
