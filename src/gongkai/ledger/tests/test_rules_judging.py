"""Every light explains itself, never jumps back, turns amber before red; the office's own verdict runs out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger.rules.lights import BY_HAND, ORDER, ByHand, Facts, UnitFacts, light, window_of
from gongkai.portal.templatetags.icons import LIGHTS
from gongkai.portal.templatetags.look import light as drawn

pytestmark = [pytest.mark.feature("L04"), pytest.mark.law("条例46")]
SINCE = date(2026, 1, 5)
DAYS = st.dates(date(2026, 1, 5), date(2027, 12, 31))
URGENCY = {"done": 0, "ok": 0, "idle": 0, "soon": 1, "late": 2}
SOURCE = "2026年工作要点第3项“实时公开”"
UNITS = st.lists(
    st.builds(UnitFacts, st.sampled_from(("区财政局", "区民政局", "一街道")), st.none() | DAYS), max_size=6
)
FACTS = st.builds(
    Facts,
    kind=st.sampled_from(("date", "continuous", "none")),
    due_on=DAYS,
    since=st.just(SINCE),
    cycle_days=st.integers(1, 366),
    needed=st.integers(1, 6),
    finished=st.integers(0, 6),
    last_accepted=st.none() | DAYS,
    waiting=st.integers(0, 3),
    last_record=st.none() | DAYS,
    units=UNITS.map(tuple),
    lapsed=st.integers(0, 2),
    source=st.just(SOURCE),
)


@given(facts=FACTS, day=DAYS)
def test_every_light_has_words_a_reason_and_its_source(facts: Facts, day: date) -> None:
    found = light(facts, today=day)
    assert found.state in ORDER and found.words
    assert found.reason.endswith("。") and SOURCE in found.sentence
    if found.state in ("late", "soon"):
        assert re.search(r"\d{4}-\d\d-\d\d", found.reason), "a light that presses names its day"


@given(facts=FACTS, day=DAYS, later=st.integers(0, 500))
def test_time_alone_never_makes_a_light_better(facts: Facts, day: date, later: int) -> None:
    now, then = light(facts, today=day), light(facts, today=day + timedelta(days=later))
    assert URGENCY[then.state] >= URGENCY[now.state]


@given(facts=FACTS.filter(lambda facts: facts.kind != "none"))
def test_no_light_turns_red_that_was_not_amber_the_day_before(facts: Facts) -> None:
    red = next(
        (
            day
            for shift in range(1200)
            if light(facts, today=(day := SINCE + timedelta(days=shift))).state == "late"
        ),
        None,
    )
    if red is not None and red > SINCE:
        assert light(facts, today=red - timedelta(days=1)).state == "soon"


@given(state=st.sampled_from(sorted(BY_HAND)), facts=FACTS, day=DAYS, days=st.integers(0, 200))
def test_verdict_by_hand_is_open_and_runs_out(state: str, facts: Facts, day: date, days: int) -> None:
    given_ = ByHand(state, "上级推迟执行。", day + timedelta(days=days), "徐宁", day)  # type: ignore[arg-type]
    mine = replace(facts, by_hand=given_)
    found = light(mine, today=day)
    assert found.state == state and found.words == f"人工判定：{BY_HAND[found.state]}"
    for part in ("人工判定", "上级推迟执行", "徐宁", given_.until.isoformat(), "系统判定"):
        assert part in found.reason
    assert found.system is not None and found.system.words in found.reason
    after = given_.until + timedelta(days=1)
    assert light(mine, today=after) == light(facts, today=after)


def test_the_slowest_unit_gives_the_light_and_is_named() -> None:
    fresh, old = date(2026, 6, 1), date(2026, 1, 20)
    facts = Facts(
        "continuous", None, SINCE, needed=2, last_accepted=fresh,
        units=(UnitFacts("区财政局", fresh), UnitFacts("区民政局", old)),
    )  # fmt: skip
    on = date(2026, 6, 2)
    assert light(facts, today=on).state == "late"
    assert (
        "区民政局需要更新" in light(facts, today=on).reason
        and "区财政局" not in light(facts, today=on).reason
    )
    both = replace(facts, units=(UnitFacts("区财政局", fresh), UnitFacts("区民政局", fresh)))
    assert light(both, today=on).state == "ok"


def test_record_that_the_system_found_keeps_a_standing_task_fresh() -> None:
    facts = Facts("continuous", None, SINCE, last_record=date(2026, 6, 1))
    found = light(facts, today=date(2026, 6, 2))
    assert found.state == "ok" and "系统找到的公开文件" in found.reason
    assert light(facts, today=date(2026, 8, 31)).state == "late"


def test_withdrawn_evidence_is_told() -> None:
    facts = Facts("date", date(2026, 6, 30), SINCE, needed=2, finished=1, lapsed=1)
    assert "1个单位的佐证已撤回" in light(facts, today=date(2026, 6, 1)).reason


@given(st.integers(1, 400))
def test_warning_time_fits_the_cycle(days: int) -> None:
    assert 1 <= window_of(days) <= 7 and window_of(days) <= max(1, days)


def test_no_light_speaks_by_colour_alone() -> None:
    shapes = {LIGHTS[state][2] for state in ORDER}
    assert len(shapes) == len(ORDER)
    for state in ORDER:
        assert LIGHTS[state][0] in str(drawn(state)) and "<svg" in str(drawn(state))
