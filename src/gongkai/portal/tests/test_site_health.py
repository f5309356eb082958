"""The page of how the site does: its numbers are those of the rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.kernel.clock import legal_day
from gongkai.orgs.models import VisitDay
from gongkai.portal.pages import site_health
from gongkai.portal.pages.scene import scene
from gongkai.publishing import actions
from gongkai.publishing.tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.feature("I12")]


def test_numbers_are_those_of_the_rows(settings: Any, tmp_path: Any) -> None:
    settings.TREE_DIR, settings.FILES_DIR = tmp_path / "tree", tmp_path / "files"
    world = World()
    old = world.published(now=AT - timedelta(days=site_health.NEW_DAYS + 2))
    world.published()
    gone = world.published()
    leader = world.actor(world.finance, "leader")
    actions.withdraw(publication=gone, kind="误发", reason="核对后撤下", by=leader, now=AT)
    actions.report_error(address="/", problem="第二段有错字", contact="13800001234", now=AT)
    VisitDay.objects.create(day=date(2026, 1, 2), source="own", views=77, visitors=5, counted_at=AT)
    found = site_health.counts(legal_day(AT))
    assert (found.live, found.fresh, found.withdrawn, found.reported, found.handled) == (2, 1, 1, 1, 0)
    assert old.first_published_at < found.newest
    (page,) = site_health.draw(scene(legal_day(AT)), "")
    text = page.body.decode()
    assert "累计 77 次" in text and "没有办结 1 条" in text
    assert "13800001234" not in text
