"""The light of a task: dated tasks by their deadline, standing ones by the freshness of records."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger.rules.lights import (
    CYCLE_DAYS,
    ORDER,
    SOON_BEFORE_CYCLE_ENDS,
    SOON_BEFORE_DUE,
    Facts,
    light,
)

pytestmark = pytest.mark.feature("L04")
DUE = date(2026, 10, 31)
SINCE = date(2026, 1, 5)
DAYS = st.dates(date(2026, 1, 5), date(2027, 12, 31))


def dated(**more: int | date | None) -> Facts:
    return Facts("date", DUE, SINCE, **{"needed": 1, **more})  # type: ignore[arg-type]


def test_dated_task_turns_amber_before_red() -> None:
    states = [light(dated(), today=DUE + timedelta(days=shift)).state for shift in (-21, -20, -1, 0, 1)]
    assert states == ["idle", "soon", "soon", "soon", "late"]


def test_dated_task_with_progress_is_on_its_way() -> None:
    assert light(dated(last_accepted=date(2026, 6, 1)), today=date(2026, 7, 1)).state == "ok"


def test_dated_task_is_done_when_every_unit_finished() -> None:
    later = DUE + timedelta(days=40)
    assert light(dated(needed=3, finished=2), today=later).state == "late"
    assert "3个责任单位已完成2个" in light(dated(needed=3, finished=2), today=later).reason
    assert light(dated(needed=3, finished=3), today=later).state == "done"


def test_late_light_counts_the_days() -> None:
    assert light(dated(), today=DUE + timedelta(days=14)).words == "逾期 14 天"


def test_standing_task_lives_by_fresh_records() -> None:
    last = date(2026, 3, 1)
    facts = Facts("continuous", None, SINCE, last_accepted=last)
    ends = last + timedelta(days=CYCLE_DAYS)
    found = [light(facts, today=ends + timedelta(days=shift)).state for shift in (-8, -7, 0, 1)]
    assert found == ["ok", "soon", "soon", "late"]
    assert ends.isoformat() in light(facts, today=last).reason


def test_standing_task_without_any_record() -> None:
    facts = Facts("continuous", None, SINCE)
    assert light(facts, today=SINCE).state == "idle"
    assert light(facts, today=SINCE + timedelta(days=CYCLE_DAYS + 1)).state == "late"


def test_waiting_report_is_said_but_does_not_count() -> None:
    found = light(dated(waiting=2), today=DUE + timedelta(days=1))
    assert found.state == "late" and "另有2份填报待审核" in found.reason


@given(
    kind=st.sampled_from(["date", "continuous", "none"]), today=DAYS, last=st.none() | DAYS,
    needed=st.integers(1, 60), finished=st.integers(0, 60), waiting=st.integers(0, 9),
)  # fmt: skip
def test_every_light_has_a_shape_words_and_a_reason(
    kind: str, today: date, last: date | None, needed: int, finished: int, waiting: int
) -> None:
    facts = Facts(kind, DUE if kind == "date" else None, SINCE, CYCLE_DAYS, needed, finished, last, waiting)
    found = light(facts, today=today)
    assert found.state in ORDER and found.words and found.reason.endswith("。")
    if kind == "date" and finished < needed:
        assert (found.state == "late") == (today > DUE)


@given(today=DAYS)
def test_no_light_jumps_from_green_to_red(today: date) -> None:
    tomorrow = today + timedelta(days=1)
    for facts in (dated(), Facts("continuous", None, SINCE, last_accepted=date(2026, 3, 1))):
        pair = light(facts, today=today).state, light(facts, today=tomorrow).state
        assert pair not in {("ok", "late"), ("idle", "late")}
    assert SOON_BEFORE_DUE > 0 and SOON_BEFORE_CYCLE_ENDS > 0
