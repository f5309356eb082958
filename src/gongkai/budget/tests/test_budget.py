"""The matrix, announced releases and the debt; the public page and its files."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.budget import actions, queries
from gongkai.budget.desk import tasks_for
from gongkai.budget.rules.matrix import recognise
from gongkai.law.refusal import Refused
from gongkai.orgs.models import Unit
from gongkai.portal.pages.budget import draw
from gongkai.portal.pages.scene import scene

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A15")]


def approve(world: Any, name: str, days: int) -> None:
    actions.approve(
        unit=world.units[name], year=2026, kind="budget", on=world.today - timedelta(days=days),
        by=world.actor("office.head"), now=world.now,
    )  # fmt: skip


def test_the_twentieth_day_is_in_time_and_the_next_is_late(world: Any) -> None:
    approve(world, "finance", 20)
    approve(world, "civil", 21)
    found = {one.unit.code: one.standing.words for one in queries.matrix(today=world.today).holes}
    assert found == {"finance": "未公开", "civil": "逾期未公开"}
    assert [one.title for one in tasks_for(world.actor("civil.officer"), world.today)] == [
        "区民政局　2026年预算逾期未公开"
    ]
    with pytest.raises(Refused):
        approve(world, "civil", -1)
    with pytest.raises(Refused):
        actions.approve(
            unit=world.units["civil"], year=2026, kind="budget", on=world.today,
            by=world.actor("finance.officer"), now=world.now,
        )  # fmt: skip


def test_matrix_takes_the_same_queries_for_many_units(world: Any) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        queries.matrix(today=world.today)
    for at in range(30):
        Unit.objects.create(code=f"u{at}", name=f"单位{at}", short_name=f"单位{at}", kind="institution",
                            parent=world.units["finance"])  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        queries.matrix(today=world.today)
    assert len(many) == len(few)


@pytest.mark.feature("A17")
def test_a_moved_announcement_shows_old_day_and_reason_and_debt_downloads(world: Any) -> None:
    head = world.actor("office.head")
    one = actions.announce(
        unit=world.units["finance"],
        title="=2026年统计公报",
        due_on=world.today + timedelta(days=3),
        by=head,
        now=world.now,
    )
    with pytest.raises(Refused):
        actions.move(announcement=one, to=world.today, reason="", by=head, now=world.now)
    actions.move(
        announcement=one, to=world.today + timedelta(days=9), reason="会议改期", by=head, now=world.now
    )
    names = ("ceiling", "balance", "issued", "repaid", "interest")
    figures = dict(zip(names, map(Decimal, (420000, 390000, 1, 2, 3)), strict=True))
    actions.set_debt(year=2025, kind="一般", figures=figures, by=head, now=world.now)
    with pytest.raises(Refused):
        actions.set_debt(
            year=2025, kind="一般", figures={**figures, "balance": Decimal(500000)}, by=head, now=world.now
        )
    outputs = {one.path: one.body for one in draw(scene(world.today), "")}
    page = outputs["/budget/index.html"].decode()
    assert "2026-10-17" in page and "2026-10-23" in page and "会议改期" in page and "92%" in page
    assert "39.00" in page and outputs["/budget/debt.csv"].startswith(b"\xef\xbb\xbf")
    assert set(outputs) == {
        "/budget/index.html",
        f"/budget/releases/{one.pk}/index.html",
        *(f"/budget/debt.{end}" for end in ("csv", "json", "xlsx")),
        *(f"/budget/feed.{end}" for end in ("atom", "json")),
    }
    (told,) = json.loads(outputs["/budget/feed.json"])["items"]
    assert told["title"] == "预告：=2026年统计公报" and told["summary"] == "预告 2026-10-23 发布"


def test_titles_name_their_field() -> None:
    names = ("测试区财政局",)
    assert recognise("测试区财政局2025年度部门决算", names) == (2025, "accounts")
    assert recognise("测试区民政局2025年度部门决算", names) is None
    assert recognise("测试区财政局2025年部门预算编制通知", names) is None
