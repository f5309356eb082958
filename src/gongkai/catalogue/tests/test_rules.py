"""The tables of the statutory catalogue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.catalogue import rules
from gongkai.catalogue.rules import Column


@pytest.mark.law("条例20")
def test_article_20_has_fifteen_items_in_order() -> None:
    codes = [item.code for item in rules.STATUTORY_ITEMS if item.code.startswith("20-")]
    assert codes == [f"20-{at:02d}" for at in range(1, 16)]


@pytest.mark.law("条例21")
def test_article_21_adds_seven_items_for_a_county() -> None:
    shorts = [item.name for item in rules.STATUTORY_ITEMS if item.code.startswith("21-")]
    assert shorts == ["市政建设", "公共服务", "公益事业", "土地征收", "房屋征收", "治安管理", "社会救助"]


def test_themes_are_twenty_two_with_codes_in_order() -> None:
    assert [rules.theme_code(theme) for theme in rules.THEMES] == [f"{at:02d}" for at in range(1, 23)]
    assert rules.theme_code("没有这一类") == rules.theme_code("其他") == "22"


@pytest.mark.feature("A05")
@given(
    st.sampled_from([item.code for item in rules.CATALOGUE_ITEMS] + ["", "99-99"]),
    st.sampled_from(["", "滨政发〔2026〕1号"]),
)
def test_every_record_has_a_place_in_the_column(code: str, number: str) -> None:
    places = rules.columns_of(item=code, number=number)
    assert places
    assert (Column.POLICY in places) <= (Column.STATUTORY in places)
    if number and rules.item_of(code).column is Column.STATUTORY:
        assert Column.POLICY in places
