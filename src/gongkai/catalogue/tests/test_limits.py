"""Time limits and ticks of the standard catalogue out of their words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.catalogue.rules.limits import Mode, limit_of, read_limit
from gongkai.catalogue.rules.ticks import CHANNELS, channel_of, elements, read_channels

pytestmark = pytest.mark.feature("A08")
SLOW_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.law("条例26")
def test_an_empty_cell_is_the_period_of_the_law() -> None:
    found = read_limit(" ", usual=20)
    assert found.as_json() == {
        "n": 20, "unit": "wd", "trigger": ["形成", "变更"], "mode": "default", "shown": None, "day": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "n", "unit", "trigger", "mode"),
    [
        ("形成或变更之日起20个工作日", 20, "wd", ["形成", "变更"], "within"),
        ("信息形成（变更）20个工作日内", 20, "wd", ["形成", "变更"], "within"),
        ("制定或获取政策之日起10个工作日", 10, "wd", ["制定", "获取"], "within"),
        ("自批准之日起二十日内", 20, "day", ["批准"], "within"),
        ("政府常务会议通过后1个月内", 1, "month", ["通过"], "within"),
        ("及时,公告期5个工作日", None, "instant", [], "at_once"),
        ("信息形成后及时公开", None, "instant", ["形成"], "at_once"),
        ("招标前10日", 10, "day", [], "before"),
        ("按季度更新", 3, "month", [], "cycle"),
        ("每年3月31日前", 1, "year", [], "cycle"),
        ("长期公开", None, "", [], "standing"),
        ("形成之日起20个工作日内；法律、法规另有规定的，10日内公开从其规定", 20, "wd", ["形成"], "within"),
    ],
)
def test_what_offices_write_is_read(
    words: str, n: int | None, unit: str, trigger: list[str], mode: str
) -> None:
    found = read_limit(words).as_json()
    assert (found["n"], found["unit"], found["trigger"], found["mode"]) == (n, unit, trigger, mode)


@pytest.mark.parametrize(
    "words", ["由部门定", "3个工作日内，特殊情况7个工作日", "2021年12月31日前", "公示不少于7日", "第20日"]
)
def test_what_cannot_be_told_is_shown_and_not_guessed(words: str) -> None:
    found = read_limit(words)
    assert found.mode is Mode.UNREAD and not found.understood and found.text == words
    assert found.n is None


@SLOW_MACHINE
@given(
    st.integers(1, 180),
    st.sampled_from([("个工作日", "wd"), ("日", "day"), ("个月", "month"), ("小时", "hour")]),
    st.lists(st.sampled_from(["形成", "变更", "批准", "印发", "收到"]), min_size=1, max_size=2, unique=True),
    st.sampled_from(["自信息{}之日起{}{}内", "{}后{}{}内公开", "{}之日起，{}{}内予以公开。"]),
)
def test_number_unit_and_trigger_come_back(
    n: int, unit: tuple[str, str], triggers: list[str], form: str
) -> None:
    words = form.format("或者".join(triggers), n, unit[0])
    found = read_limit(words)
    assert (found.n, found.unit, set(found.triggers)) == (n, unit[1], set(triggers))
    assert limit_of(words, found.as_json()) == found


@SLOW_MACHINE
@given(st.sets(st.sampled_from(CHANNELS)))
def test_boxes_give_exactly_the_ticked_channels(ticked: set[str]) -> None:
    words = " ".join(f"{'■' if name in ticked else '□'}{name}" for name in CHANNELS)
    found, strange = read_channels(words)
    assert set(found) == ticked and strange == ()


def test_channels_that_are_none_of_the_thirteen_are_named() -> None:
    assert read_channels("政府网站、村村响") == (("政府网站",), ("村村响",))
    assert channel_of("社区/企事业单位/村公示栏(电子屏)") == CHANNELS[10]


def test_elements_are_split_at_dots_lines_and_numbers() -> None:
    assert elements("●办学性质\n●地点；●规模；") == ("办学性质", "地点", "规模")
    assert elements("1.招标公告\n2.中标结果") == ("招标公告", "中标结果")
