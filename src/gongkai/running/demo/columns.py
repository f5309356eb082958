"""Columns of the demo: a pack of a domain, a column built by a clerk, three packs of 三务公开, one column gone stale."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from gongkai.catalogue.models import Matter
from gongkai.columns import actions, queries
from gongkai.columns.models import Column
from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import Actor, actor_of
from gongkai.orgs.models import Person, Unit

PACKS = ("welfare", "consumption")
COMMUNITIES = ("wcl-1", "wcl-2")


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """As the district office installed them five weeks ago; a clerk built his own since."""
    then = now - timedelta(days=35)
    office = _actor("gkb", then)
    for code in PACKS:
        pack = queries.shipped_pack(code)
        if pack is None:
            raise RuntimeError(f"no pack {code}")
        actions.install(pack=pack, by=office, now=then)
    affairs = queries.shipped_pack("three-affairs")
    for code in COMMUNITIES:
        if affairs is not None:
            actions.install(pack=affairs, by=office, now=then, unit=units[code])
    elderly = Column.objects.get(code="elderly")
    officer = Person.objects.get(username="mzj.officer")
    actions.change_column(
        column=elderly,
        given={
            "person": officer,
            "deputy": Person.objects.get(username="mzj.officer2"),
            "matters": list(Matter.objects.filter(name="养老服务扶持政策措施清单")),
        },
        by=_actor("mzj.officer", then),
        now=then,
    )
    actions.open_column(
        given={
            "name": "四大功能区", "code": "zones", "description": "海湾商务区、滨水科创区等四大功能区的政策、项目和进展",
            "owner": units["fgj"], "person": Person.objects.get(username="fgj.officer"), "upkeep": "own",
            "cycle_days": 30, "tag_type": "专题专栏", "record_type": "文件", "shared": True, "catalogue_item": "20-10",
            "fields": [{"name": "项目名称", "required": True, "note": ""}, {"name": "进展", "required": True, "note": ""}],
        },
        by=_actor("fgj.officer", then), now=then,
    )  # fmt: skip


def _actor(username: str, now: datetime) -> Actor:
    return actor_of(Person.objects.get(username=username), today=legal_day(now))
