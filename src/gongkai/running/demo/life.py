"""The life of a record in the demo: a corrected paper, a list whose public period is over, a rule that holds."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Unit
from gongkai.orgs.queries import disclosure_office, who_may
from gongkai.publishing import actions, queries, walk
from gongkai.publishing.models import Publication

DAYS = 30
LIST = """演示街道第一批临时救助对象名单公示

按照临时救助有关规定，现将本批救助对象名单公示如下，公示期30日。

联系人：王小明，电话0000-88880301。

滨海区民政局
{day}
"""
CORRECTED = "落款前补充咨询电话，正文其他内容没有变化"
ADDED = "<p>咨询电话：0000-88880001（工作日 9:00—12:00，13:30—17:30）。</p>"


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """By the real actions with invented people."""
    _correct_one(now)
    _set_rule(now)
    _let_one_run_out(units, now)


def _correct_one(now: datetime) -> None:
    rows = Publication.objects.unscoped("the demo corrects one paper").filter(state=Publication.State.LIVE)
    publication = rows.exclude(document__number="").select_related("unit", "document", "edition").first()
    if publication is not None:
        body = publication.edition.body + ADDED
        walk.correct(publication=publication, fields={"body": body}, note=CORRECTED, now=now)


def _set_rule(now: datetime) -> None:
    office = disclosure_office()
    people = who_may("publishing.settings", office, legal_day(now)) if office else []
    for person in people:
        by = actor_of(person, today=legal_day(now))
        given = {"type": "公示", "column": None, "channel": "政府网站", "amount": DAYS, "unit": "days"}
        if not actions.why_not_set_period(**given, then="archive", basis="演示：区公开期限规则", by=by):  # type: ignore[arg-type]
            actions.set_period(**given, then="archive", basis="演示：区公开期限规则", by=by, now=now)  # type: ignore[arg-type]
            return


def _let_one_run_out(units: Mapping[str, Unit], now: datetime) -> None:
    past = now - timedelta(days=DAYS + 15)
    day = legal_day(past)
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "list.txt"
        paper.write_text(LIST.format(day=f"{day.year}年{day.month}月{day.day}日"), encoding="utf-8")
        published = walk.publish_file(
            path=paper, unit=units["mzj"], openness="主动公开", now=past, fields={"catalogue_item": "20-11"}
        )
    for publication in queries.over(legal_day(now)):
        if publication.pk == published.pk:
            actions.run_period(publication=publication, now=now)
