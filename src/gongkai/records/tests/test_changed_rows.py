"""A change of a public row has its own twenty working days, on the table, on desks, and until somebody lets it out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.records import actions, queries
from gongkai.records.desk import tasks_for
from gongkai.records.models import RecordRow
from gongkai.records.tests.test_records import add, fresh, kind, let_out
from gongkai.records.tests.test_views import AT

pytestmark = [pytest.mark.django_db, pytest.mark.feature("B08")]
DUE = date(2026, 11, 11)  # the twentieth working day after 14 October


def changed(world: Any, number: str = "1", *, now: Any = None, row: RecordRow | None = None) -> RecordRow:
    if row is None:
        row = add(world, "enforcement", number=number)
        let_out(world, "enforcement", row)
    values = {**fresh(row).values, "result": f"改为{number}"}
    return actions.edit_row(
        kind=kind("enforcement"), row=row, values=values, by=world.actor("finance.officer"),
        now=now or world.now, reason="数额写错",
    )  # fmt: skip


def shown(row: RecordRow, today: date) -> Any:
    return queries.shown(kind("enforcement"), fresh(row), queries.Periods(), today=today)


def told(world: Any, who: str, today: date) -> list[tuple[str, date | None]]:
    return [(one.title, one.due) for one in tasks_for(world.actor(who), today) if one.due == DUE]


def test_a_change_is_late_on_the_twenty_first_working_day(world: Any) -> None:
    row = changed(world)
    on_time, late = shown(row, DUE), shown(row, DUE + timedelta(days=1))
    assert (on_time.change_by, on_time.change_provisional, on_time.change_late) == (DUE, False, False)
    assert late.change_late and late.light == "late" and late.words == "已公开，改动逾期"
    # The period of the change is not that of the decision (7 working days), nor does it touch the row itself.
    assert late.publish_by is None and not late.late


def test_a_change_changed_again_wins_no_time_and_a_new_one_begins_anew(world: Any) -> None:
    row = changed(world)
    later = world.now + timedelta(days=12)
    assert changed(world, "2", now=later, row=row).proposed_on == world.today
    leader, k = world.actor("finance.leader"), kind("enforcement")
    actions.publish(kind=k, ids=[row.pk], by=leader, now=later)
    assert fresh(row).proposed_on is None and shown(row, DUE + timedelta(days=30)).change_by is None
    assert changed(world, "3", now=later, row=row).proposed_on == world.today + timedelta(days=12)
    actions.return_rows(kind=k, ids=[row.pk], reason="依据不足", by=leader, now=later)
    assert fresh(row).proposed_on is None
    changed(world, "4", now=later, row=row)
    actions.hide(kind=k, ids=[row.pk], reason="发布有误", by=leader, now=later)
    assert (fresh(row).proposed, fresh(row).proposed_on) == (None, None)


def test_it_is_provisional_where_the_calendar_is_missing(world: Any, browse: Any) -> None:  # noqa: F811
    row = changed(world)
    assert "（暂定" not in browse("finance.leader").get(f"{AT}row/{row.pk}/").content.decode()
    RecordRow.objects.unscoped("test").filter(pk=row.pk).update(proposed_on=date(2031, 3, 3))
    assert shown(row, date(2031, 3, 4)).change_provisional
    page = browse("finance.leader").get(f"{AT}enforcement/?state=review").content.decode()
    assert "改动应于" in page and "（暂定）" in page
    assert "（暂定" in browse("finance.leader").get(f"{AT}row/{row.pk}/").content.decode()
    items = tasks_for(world.actor("finance.officer"), date(2031, 4, 20))
    assert any("（暂定）" in one.why and "改动逾期" in one.title for one in items)


def test_it_stands_on_the_desks_of_who_changed_it_and_who_lets_it_out(world: Any) -> None:
    changed(world)
    assert told(world, "finance.officer", world.today) == []
    assert [title for title, _ in told(world, "finance.officer", DUE)] == [f"{kind('enforcement').title}　1 行的改动快到期没有公开"]  # fmt: skip
    late = told(world, "finance.officer", DUE + timedelta(days=1))
    assert [title for title, _ in late] == [f"{kind('enforcement').title}　1 行的改动逾期没有公开"]
    assert [title.endswith("1 行待审核") for title, _ in told(world, "finance.leader", world.today)] == [True]
    assert told(world, "civil.officer", DUE) == []


def test_desk_and_table_ask_the_same_for_one_change_and_for_thirty(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    changed(world, "n0")
    client.get(f"{AT}enforcement/")

    def count() -> list[int]:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{AT}enforcement/").status_code == 200
        with CaptureQueriesContext(connection) as desk:
            assert tasks_for(world.actor("finance.officer"), DUE)
        return [len(asked), len(desk)]

    before = count()
    for at in range(1, 30):
        changed(world, f"n{at}")
    assert count() == before
