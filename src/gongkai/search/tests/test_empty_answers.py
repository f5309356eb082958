"""What people look for in vain is counted by words and day; who looked, and for whom, is nowhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.search import actions, queries
from gongkai.search.models import EmptyAnswer
from gongkai.search.rules.question import read

DAY = date(2026, 10, 14)
pytestmark = pytest.mark.feature("I08")


@pytest.mark.parametrize(
    "typed",
    [
        "张伟的低保",
        "13812345678 投诉",
        "电话0532-88991380",
        "身份证 370202199001011234",
        "wang.lei1990@example.com 补贴",
        "wang.lei@example.com 补贴",
        "张伟",
        "望潮路12号3单元 漏水",
    ],
)
def test_names_figures_and_addresses_are_not_kept(typed: str) -> None:
    kept = actions.without_personal_data(read(typed))
    for canary in ("张伟", "138", "3702", "1990", "wang", "12", "8899"):
        assert canary not in kept


@given(st.text(alphabet="0123456789", min_size=5, max_size=20))
def test_no_part_of_a_long_figure_is_kept(figures: str) -> None:
    assume(figures != "12345")
    assert actions.without_personal_data(read(f"电梯 {figures} 补助")) == "电梯 补助"


@pytest.mark.django_db
def test_same_words_are_counted_by_day_in_any_order() -> None:
    for typed in ("公园 夜跑", "夜跑 公园"):
        actions.note_empty_answer(question=read(typed), today=DAY)
    actions.note_empty_answer(question=read("公园夜跑"), today=DAY - timedelta(days=8))

    rows = [(row.words, row.times) for row in queries.empty_answers(since=DAY - timedelta(days=7))]
    assert rows == [("公园 夜跑", 2)]


@pytest.mark.django_db
def test_nothing_is_counted_where_nothing_may_be_kept() -> None:
    assert actions.note_empty_answer(question=read("张伟"), today=DAY) is None
    assert not EmptyAnswer.objects.exists()


@pytest.mark.django_db
def test_flood_of_invented_words_stops_at_the_limit_of_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_EMPTY_A_DAY", 2)
    for typed in ("公园", "夜跑", "喷泉", "公园"):
        actions.note_empty_answer(question=read(typed), today=DAY)
    assert dict(EmptyAnswer.objects.values_list("words", "times")) == {"公园": 2, "夜跑": 1}
