"""Names of units: what papers write finds the unit that is meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.orgs import queries
from gongkai.orgs.models import Unit, UnitName
from gongkai.orgs.rules.names import Place, key_of, place_of

HERE = Place("青岛市", "市南区")
SAME = [
    ("区财政局", "青岛市市南区财政局"),
    ("区教育体育局", "青岛市市南区教育和体育局"),
    ("区人力资源社会保障局", "青岛市市南区人力资源和社会保障局"),
    ("区市场监管局", "青岛市市南区市场监督管理局"),
    ("区应急局", "青岛市市南区应急管理局"),
    ("区地方金融监管局", "青岛市市南区地方金融监督管理局"),
    ("区退役军人局", "市南区退役军人事务局"),
    ("区行政审批局", "青岛市市南区行政审批服务局"),
    ("公安市南分局", "青岛市公安局市南分局"),
    ("自然资源和规划市南分局", "青岛市自然资源和规划局市南分局"),
    ("生态环境市南分局", "青岛市生态环境局市南分局"),
    ("区政府办公室", "青岛市市南区人民政府办公室"),
    ("区政府办", "青岛市市南区人民政府办公室"),
    ("区政府", "青岛市市南区人民政府"),
    ("区委编办", "中共青岛市市南区委机构编制委员会办公室"),
    ("湛山街道", "青岛市市南区人民政府湛山街道办事处".replace("人民政府", "")),
    ("湛山街道办事处", "市南区湛山街道办事处"),
    ("云霄路社区", "云霄路社区居民委员会"),
    ("区发改局", "青岛市市南区发展和改革局"),
]


@pytest.mark.parametrize(("short", "full"), SAME)
def test_key_short_and_full_name_are_one(short: str, full: str) -> None:
    assert key_of(short, HERE) == key_of(full, HERE)


def test_key_tells_different_offices_apart() -> None:
    names = {short for short, _ in SAME} - {"区政府办", "湛山街道"}
    assert len({key_of(name, HERE) for name in names}) == len(names)
    assert key_of("八大关街道", HERE) != key_of("八大关社区", HERE)
    assert key_of("李沧区财政局", HERE) != key_of("区财政局", HERE)


def test_place_reads_district_with_and_without_city() -> None:
    assert place_of("青岛市市南区人民政府") == HERE
    assert place_of("滨海区人民政府") == Place("", "滨海区")
    assert place_of("某某公司") == Place("", "")


offices = st.lists(st.sampled_from(list("财政教育体商务审计统信访民司法科技")), min_size=2, max_size=6).map(
    "".join
)


@given(offices)
def test_key_holds_for_every_office_of_the_district(trade: str) -> None:
    forms = [
        f"区{trade}局",
        f"市南区{trade}局",
        f"青岛市市南区{trade}局",
        f" 区 {trade}局",
        f"区\u200b{trade}局",
    ]
    assert len({key_of(form, HERE) for form in forms}) == 1


@given(st.text(alphabet="区市南青岛和与公安局分街道社办事处财政监督管理人民府0１（）", max_size=20))
def test_key_never_fails_and_ignores_white_space(text: str) -> None:
    assert key_of(" ".join(text), HERE) == key_of(text, HERE)


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    rows = [
        ("district", "东港市滨海区人民政府", "区政府", Unit.Kind.DISTRICT),
        ("jyty", "东港市滨海区教育和体育局", "区教育体育局", Unit.Kind.DEPARTMENT),
        ("czj", "东港市滨海区财政局", "区财政局", Unit.Kind.DEPARTMENT),
        ("gafj", "东港市公安局滨海分局", "公安滨海分局", Unit.Kind.DUAL),
        ("lanwan", "滨海区蓝湾街道办事处", "蓝湾街道", Unit.Kind.STREET),
    ]
    return {
        code: Unit.objects.create(code=code, name=name, short_name=short, kind=kind, order=index)
        for index, (code, name, short, kind) in enumerate(rows)
    }


def test_find_unit_by_any_form(units: dict[str, Unit]) -> None:
    assert queries.find_unit("区教育体育局") == units["jyty"]
    assert queries.find_unit("滨海区教育和体育局") == units["jyty"]
    assert queries.find_unit("公安滨海分局") == units["gafj"]
    assert queries.find_unit("蓝湾街道办事处") == units["lanwan"]
    assert queries.find_unit("区气象局") is None
    assert queries.find_unit("  ") is None


def test_find_unit_is_undecided_between_two(units: dict[str, Unit]) -> None:
    UnitName.objects.create(unit=units["czj"], name="区金融办")
    UnitName.objects.create(unit=units["jyty"], name="区金融办")
    assert queries.find_unit("区金融办") is None


def test_find_unit_follows_the_name_through_time(units: dict[str, Unit]) -> None:
    sport = Unit.objects.create(code="ty", name="滨海区体育局", short_name="区体育局", kind="department")
    UnitName.objects.create(
        unit=units["jyty"], name="滨海区体育局", kind=UnitName.Kind.FORMER, valid_to=date(2019, 3, 31)
    )
    UnitName.objects.create(unit=sport, name="区体育中心", kind="former", valid_to=date(2020, 12, 31))
    assert queries.find_unit("区体育局", on=date(2018, 5, 1)) == units["jyty"]
    assert queries.find_unit("区体育局", on=date(2022, 5, 1)) == sport
    assert queries.find_unit("区体育中心", on=date(2022, 5, 1)) == sport


def test_nearest_offers_what_may_have_been_meant(units: dict[str, Unit]) -> None:
    assert queries.nearest("区教育局")[0] == "区教育体育局"
    assert queries.nearest("区财政厅")[0] == "区财政局"
    assert queries.nearest("月球基地") == []


def test_unit_index_asks_the_database_twice(units: dict[str, Unit], django_assert_num_queries) -> None:  # noqa: ANN001
    with django_assert_num_queries(2):
        index = queries.unit_index()
        for name in ("区财政局", "区教育体育局", "没有这个单位"):
            index.find(name)
            index.nearest(name)


def test_units_of_kind_gives_active_units_in_order(units: dict[str, Unit]) -> None:
    Unit.objects.create(
        code="old", name="滨海区老街道办事处", short_name="老街道", kind="street", active=False
    )
    assert [unit.code for unit in queries.units_of_kind(Unit.Kind.STREET)] == ["lanwan"]
    assert queries.units_of_kind().count() == len(units)
