"""My desk: order, groups, words for the days, rings."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel.desk import DeskItem
from gongkai.law.calendar import WorkCalendar
from gongkai.law.facts import calendar_tables
from gongkai.workbench.desk import (
    LATER,
    OVERDUE,
    PRIMARY_BUTTONS,
    TODAY,
    WEEK,
    Group,
    Ring,
    groups,
    headline,
    rings,
)

CALENDAR = WorkCalendar(calendar_tables())
WEDNESDAY = date(2026, 10, 14)


def item(due: date | None, rail: str = "documents") -> DeskItem:
    return DeskItem(title=f"到期 {due}", url="/x/", verb="去看", why="原因", due=due, rail=rail)


def grouped(*dues: date | None) -> list[Group]:
    return groups([item(due) for due in dues], WEDNESDAY, CALENDAR)


def test_the_four_groups() -> None:
    found = grouped(
        date(2026, 10, 12), WEDNESDAY, date(2026, 10, 16), date(2026, 10, 18), date(2026, 10, 19), None
    )
    assert [(group.title, len(group.lines)) for group in found] == [
        (OVERDUE, 1),
        (TODAY, 1),
        (WEEK, 2),
        (LATER, 2),
    ]


def test_words_for_the_day() -> None:
    lines = [
        line for group in grouped(date(2026, 10, 12), WEDNESDAY, date(2026, 10, 30)) for line in group.lines
    ]
    assert [line.light for line in lines] == ["late", "soon", "ok"]
    assert lines[0].due_words == "逾期 2 天"
    assert lines[2].due_words == "10-30 周五"
    assert lines[2].rest_words == "还有 12 个工作日"


def test_rest_counts_working_days_over_a_holiday() -> None:
    line = groups([item(date(2026, 10, 9))], date(2026, 9, 30), CALENDAR)[0].lines[0]
    # 10-01 to 10-07 are off; 10-08 and 10-09 are worked.
    assert line.rest_words == "还有 2 个工作日"


def test_another_year_is_written_out() -> None:
    line = groups([item(date(2027, 1, 8))], date(2026, 12, 21), CALENDAR)[0].lines[0]
    assert line.due_words.startswith("2027-01-08")


@given(st.lists(st.one_of(st.none(), st.integers(-30, 60)), max_size=12))
def test_nothing_is_lost_and_few_buttons_are_main_ones(offsets: list[int | None]) -> None:
    dues = [None if days is None else WEDNESDAY + timedelta(days=days) for days in offsets]
    lines = [line for group in grouped(*dues) for line in group.lines]
    assert sorted(line.item.title for line in lines) == sorted(item(due).title for due in dues)
    assert sum(line.primary for line in lines) == min(len(dues), PRIMARY_BUTTONS)
    assert all(
        (line.light == "late") == (line.item.due is not None and line.item.due < WEDNESDAY) for line in lines
    )


def test_rings_count_by_entry_and_know_what_is_overdue() -> None:
    found = rings(
        [item(date(2026, 10, 12)), item(WEDNESDAY), item(None, "review"), item(date(2026, 10, 1), "")],
        WEDNESDAY,
    )
    assert found == {"": Ring(4, 2), "documents": Ring(2, 1), "review": Ring(1, 0)}


def test_headline_answers() -> None:
    assert headline("刘洁", 0, 0) == "刘洁，今天没有到期的事"
    assert headline("刘洁", 11, 3) == "刘洁，今天先做这 3 件"
    assert headline("刘洁", 11, 1) == "刘洁，今天先做这 1 件"
    assert headline("刘洁", 2, 0) == "刘洁，今天先做这 2 件"
