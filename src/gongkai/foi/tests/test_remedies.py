from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi.rules.agencies import AgencyKind, UnknownAgency, agency_of, seats_of, venue
from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.foi.rules.remedies import RemedyText, faults_of_paragraph, remedy_text
from gongkai.law.register import article
from gongkai.orgs.rules.register import KINDS

OLD, NEW, NEWEST = date(2023, 12, 31), date(2024, 1, 1), date(2025, 6, 1)
BUREAU, DISTRICT, CITY = "青岛市市南区财政局", "青岛市市南区人民政府", "青岛市人民政府"
BASIC, INTERMEDIATE = "青岛市市南区人民法院", "青岛市中级人民法院"
pytestmark = pytest.mark.feature("D10")


def text_of(code: str, on: date, name: str = BUREAU, **more: object) -> RemedyText:
    return remedy_text(code, decided_on=on, agency=agency_of(name), seats=seats_of(name), **more)  # type: ignore[arg-type]


@pytest.mark.law("复议法24", "复议法27")
@pytest.mark.parametrize(
    ("name", "kind", "body", "court"),
    [
        (BUREAU, AgencyKind.DEPARTMENT, DISTRICT, BASIC),
        (DISTRICT, AgencyKind.GOVERNMENT, CITY, INTERMEDIATE),
        ("青岛市市南区香港中路街道办事处", AgencyKind.STREET, DISTRICT, BASIC),
        ("山东省青岛市市南区湛山街道", AgencyKind.STREET, DISTRICT, BASIC),
        ("青岛市市南区机关事务服务中心", AgencyKind.AUTHORISED, DISTRICT, BASIC),
        ("青岛市市南区市场监督管理局香港中路监管所", AgencyKind.DISTRICT_BRANCH, DISTRICT, BASIC),
        ("青岛市公安局市南分局", AgencyKind.CITY_BRANCH, CITY, "青岛市市南区人民法院"),
        ("青岛市公安局高新分局", AgencyKind.CITY_BRANCH, CITY, "本机关所在地的基层人民法院"),
        ("公安市南分局", AgencyKind.CITY_BRANCH, "市南区人民政府", "市南区人民法院"),
        ("市南公安分局", AgencyKind.CITY_BRANCH, "市南区人民政府", "市南区人民法院"),
        ("国家税务总局青岛市市南区税务局", AgencyKind.VERTICAL, "上一级主管部门", None),
        ("青岛市市南区地方金融监督管理局", AgencyKind.DEPARTMENT, DISTRICT, BASIC),
        ("中共青岛市市南区委机构编制委员会办公室", AgencyKind.DEPARTMENT, DISTRICT, BASIC),
        ("青岛市市南区常态化疫情防控专班", AgencyKind.DEPARTMENT, DISTRICT, BASIC),
        ("胶州市财政局", AgencyKind.DEPARTMENT, "胶州市人民政府", None),
        ("青岛海关", AgencyKind.VERTICAL, "上一级主管部门", "本机关所在地的中级人民法院"),
    ],
)
def test_kind_of_agency_gives_body_and_court(
    name: str, kind: AgencyKind, body: str, court: str | None
) -> None:
    agency = agency_of(name)
    found = venue(agency, seats_of(name), decided_on=NEWEST)
    assert agency.kind is kind
    assert body in found.reconsideration_body
    assert court in (None, found.court)


@pytest.mark.law("复议法24.4")
def test_branch_of_the_city_names_the_city_that_the_register_leaves_out() -> None:
    name = "东港市公安局滨海分局"
    found = venue(agency_of(name, "dual"), seats_of(name, government="滨海区人民政府"), decided_on=NEWEST)
    assert found.reconsideration_body == "东港市人民政府或者滨海区人民政府"
    own = seats_of("滨海区财政局", government="滨海区人民政府")
    assert (own.government, own.higher_government) == ("滨海区人民政府", "上一级人民政府")
    assert seats_of("青岛市公安局高新分局").government == "本机关所在地的区人民政府"


@pytest.mark.law("复议法12.1", "复议法15.1")
@pytest.mark.parametrize(
    ("name", "body"),
    [
        (BUREAU, f"{DISTRICT}或者上一级主管部门"),
        (DISTRICT, CITY),
        ("青岛市市南区湛山街道办事处", DISTRICT),
        ("青岛市公安局市南分局", f"青岛市公安局或者{CITY}"),
        ("青岛市市南区教育和体育局东部分局", f"青岛市市南区教育和体育局或者{DISTRICT}"),
    ],
)
def test_old_law_gave_a_choice_of_bodies(name: str, body: str) -> None:
    assert venue(agency_of(name), seats_of(name), decided_on=OLD).reconsideration_body == body


@pytest.mark.law("法〔2021〕242号", "行诉法15(1)")
@pytest.mark.parametrize(
    ("on", "court"),
    [
        (date(2021, 9, 30), INTERMEDIATE),
        (date(2021, 10, 1), BASIC),
        (date(2023, 9, 27), BASIC),
        (date(2023, 9, 28), INTERMEDIATE),
    ],
)
def test_court_of_a_district_government_followed_the_pilot(on: date, court: str) -> None:
    assert venue(agency_of(DISTRICT), seats_of(DISTRICT), decided_on=on).court == court
    assert venue(agency_of(BUREAU), seats_of(BUREAU), decided_on=on).court == BASIC


@pytest.mark.parametrize("kind", KINDS)
def test_word_of_the_register_decides_where_it_is_known(kind: str) -> None:
    assert agency_of("市南区某单位", kind).kind is not None


@pytest.mark.parametrize("name", ["", "局", "你好啊朋友", "x" * 200])
def test_name_that_tells_nothing_is_asked_back(name: str) -> None:
    with pytest.raises(UnknownAgency, match="请写全称"):
        agency_of(name)


@pytest.mark.law("复议法23.1(4)", "行诉法46.1")
@pytest.mark.parametrize(
    ("code", "on", "letter", "first"),
    [
        ("r3_1", OLD, "A", False),
        ("r3_1", NEW, "A", True),
        ("r3_7", NEWEST, "A", True),
        ("r2", OLD, "A", False),
        ("r2", NEW, "A", True),
        ("r3_8", NEW, "B", False),
        ("r1", NEWEST, "B", False),
        ("r4_1_absent", NEWEST, "B", False),
        ("r5_4", OLD, "B", False),
        ("r6_3", NEWEST, "B", False),
        ("overdue", OLD, "C", False),
        ("overdue", NEW, "C", True),
        ("unpublished", OLD, "D", False),
        ("unpublished", NEWEST, "D", False),
    ],
)
def test_remedy_follows_result_and_day(code: str, on: date, letter: str, first: bool) -> None:
    found = text_of(code, on)
    assert (found.remedy_class, found.reconsideration_first) == (letter, first)
    assert ("应当先申请行政复议" in found.text) is first
    assert ("直接向" in found.text) is (not first and letter != "D" or code == "r2" and first)


@pytest.mark.law("复议法23.1(4)", "条例37")
def test_partial_disclosure_has_a_text_in_two_parts() -> None:
    text = text_of("r2", NEWEST).text
    refused, rest = text.split("。")[:2]
    assert "不予公开的部分" in refused and "应当先申请行政复议" in refused and "15日内" in refused
    assert "其他内容" in rest and "6个月内直接向" in rest


@pytest.mark.law("复议法22.2")
def test_online_letter_names_the_internet_channel() -> None:
    found = text_of("r1", NEW, served_online=True, internet_channel="掌上复议")
    assert "（互联网渠道：掌上复议）" in found.text
    assert found.missing == ()
    lacking = text_of("r1", NEW, served_online=True)
    assert [one.code for one in lacking.missing] == ["foi.no_internet_channel"]
    assert text_of("r1", OLD, served_online=True).missing == ()
    assert "互联网渠道" not in text_of("r1", NEW, internet_channel="掌上复议").text


def test_reading_of_silence_is_a_switch() -> None:
    safe = text_of("overdue", NEWEST)
    assert "自答复期限届满之日起60日内" in safe.text
    other = text_of("overdue", NEWEST, silence_may_be_sued=True)
    assert not other.reconsideration_first
    assert "6个月内直接向" in other.text


@pytest.mark.law("复议法20.3", "复议法23.2")
def test_letter_without_remedy_is_told_what_it_lacks() -> None:
    expected = text_of("r3_4", NEWEST)
    assert faults_of_paragraph(expected.text, expected) == []
    codes = [one.code for one in faults_of_paragraph("特此答复。", expected)]
    assert codes == [*["foi.remedy_untold"] * 3, "foi.court_untold", "foi.first_untold"]
    old_template = text_of("r3_4", OLD).text.replace("或者上一级主管部门", "")
    assert [one.code for one in faults_of_paragraph(old_template, expected)] == ["foi.first_untold"]
    online = text_of("r1", NEWEST, served_online=True)
    assert [one.code for one in faults_of_paragraph(online.text, online, served_online=True)] == [
        "foi.no_internet_channel"
    ]


@given(
    st.sampled_from([*DISPOSITIONS, "overdue", "unpublished"]),
    st.dates(date(2019, 5, 15), date(2028, 1, 1)),
    st.sampled_from(
        [BUREAU, DISTRICT, "青岛市公安局市南分局", "市南区湛山街道办事处", "区财政局", "青岛海关"]
    ),
    st.booleans(),
    st.booleans(),
)
def test_every_remedy_rests_on_law_in_force_and_is_complete(
    code: str, on: date, name: str, online: bool, sued: bool
) -> None:
    found = text_of(code, on, name, served_online=online, internet_channel="x", silence_may_be_sued=sued)
    for reference in found.references:
        assert article(reference, on=on)
    assert faults_of_paragraph(found.text, found, served_online=online) == []
    assert not found.reconsideration_first or on >= NEW
