"""Units as plans name them, and the phrases that stand for many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger.rules.responsible import Role, group_of, is_open_ended, split_units, unit_likeness

pytestmark = pytest.mark.feature("L01")

LEAD: Role = "lead"
SUPPORT: Role = "support"
SHARED: Role = "responsible"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("区司法局牵头,各相关单位配合", [("区司法局", LEAD), ("各相关单位", SUPPORT)]),
        ("区大数据局牵头、各相关单位配合", [("区大数据局", LEAD), ("各相关单位", SUPPORT)]),
        (
            "区应急局牵头，各相关部门、各街道办事处配合",
            [("区应急局", LEAD), ("各相关部门", SUPPORT), ("各街道办事处", SUPPORT)],
        ),
        ("区财政局、区审计局", [("区财政局", SHARED), ("区审计局", SHARED)]),
        ("区财政局\n、区审\n计局", [("区财政局", SHARED), ("区审计局", SHARED)]),
        (
            "牵头单位：区司法局；配合单位：区财政局、各街道",
            [("区司法局", LEAD), ("区财政局", SUPPORT), ("各街道", SUPPORT)],
        ),
        ("（责任单位：区委编办、区大数据局）", [("区委编办", SHARED), ("区大数据局", SHARED)]),
        ("区司法局（牵头）、区财政局", [("区司法局", LEAD), ("区财政局", SHARED)]),
        ("区司法局、区财政局按职责分工负责", [("区司法局", SHARED), ("区财政局", SHARED)]),
        ("区委办公室和区政府办公室", [("区委办公室", SHARED), ("区政府办公室", SHARED)]),
        (
            "区教育和体育局、自然资源和规划滨海分局",
            [("区教育和体育局", SHARED), ("自然资源和规划滨海分局", SHARED)],
        ),
        (
            "区教育体育局、区卫生健康局等公共企事业单位主管部门",
            [("区教育体育局", SHARED), ("区卫生健康局", SHARED), ("公共企事业单位主管部门", SHARED)],
        ),
        ("区财政局等", [("区财政局", SHARED)]),
        ("", []),
    ],
)
def test_units_of_a_field(text: str, units: list[tuple[str, Role]]) -> None:
    assert [(unit.text, unit.role) for unit in split_units(text)] == units


def test_column_gives_the_role_where_no_mark_does() -> None:
    assert [unit.role for unit in split_units("区财政局、区审计局", default=SUPPORT)] == [SUPPORT, SUPPORT]


def test_bare_etc_is_noticed() -> None:
    assert is_open_ended("区财政局、区审计局等")
    assert not is_open_ended("区财政局等有关部门")


@pytest.mark.parametrize(
    ("text", "whom", "certain"),
    [
        ("各街道办事处", ("streets",), True),
        ("各街道", ("streets",), True),
        ("区政府各部门", ("departments",), True),
        ("各单位", ("all",), True),
        ("各有关单位", ("all",), False),
        ("各相关部门", ("departments",), False),
        ("重大行政决策涉及部门", ("departments",), False),
        ("公共企事业单位主管部门", ("departments",), False),
        ("各标准目录制作单位", ("all",), False),
    ],
)
def test_group_phrase_has_a_rule(text: str, whom: tuple[str, ...], certain: bool) -> None:
    group = group_of(text)
    assert group is not None and (group.whom, group.certain) == (whom, certain)


@pytest.mark.parametrize(
    "name", ["区财政局", "区政府办公室", "公安滨海分局", "区常态化疫情防控专班", "望潮路街道办事处"]
)
def test_name_of_one_unit_is_no_group(name: str) -> None:
    assert group_of(name) is None
    assert unit_likeness(name) == 1.0


def test_sentence_is_no_list_of_units() -> None:
    assert unit_likeness("按季核对权责清单，变动后随即公布。") == 0.0


NAMES = st.lists(
    st.sampled_from(["区财政局", "区司法局", "区民政局", "各街道办事处", "区教育和体育局", "公安滨海分局"]),
    min_size=1,
    max_size=5,
    unique=True,
)


@given(leads=NAMES, others=NAMES, comma=st.sampled_from(["，", ",", "；", "、"]))
def test_every_name_before_a_mark_takes_its_role(leads: list[str], others: list[str], comma: str) -> None:
    units = split_units("、".join(leads) + "牵头" + comma + "、".join(others) + "配合")
    assert [unit.text for unit in units if unit.role == LEAD] == leads
    assert [unit.text for unit in units if unit.role == SUPPORT] == others
