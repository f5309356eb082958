from __future__ import annotations

import importlib
import pkgutil
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai.law.basis import CITED, Citation, basis, basis_of, cite, in_chinese, parse
from gongkai.law.calendar import statutory_days
from gongkai.law.register import UnknownArticle, all_provisions, article, known, laws
from gongkai.law.remedy import Answered, Way, remedy
from gongkai.law.rule_table import NoRule, Rule, day_of_year, rule, table, value

TODAY = date(2026, 11, 24)


@pytest.mark.law("条例33.2")
def test_article_is_cited_in_full_and_in_short() -> None:
    found = article("条例33.2", on=TODAY)
    assert found.full == "《中华人民共和国政府信息公开条例》第三十三条第二款"
    assert found.short == "条例第三十三条第二款"
    assert "20个工作日内予以答复" in found.text


def test_document_is_cited_with_its_number() -> None:
    found = article("国办函〔2020〕109号", on=TODAY)
    assert found.full == "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
    assert article("法释〔2025〕8号1", on=TODAY).short == "法释〔2025〕8号第一条"


def test_items_are_found_with_and_without_paragraph() -> None:
    assert "行政机关不予公开" in article("复议法23.1(4)", on=TODAY).text
    assert article("条例20(15)", on=TODAY).text.startswith("（十五）")
    assert article("条例4.2(3)", on=TODAY).text.startswith("（三）组织编制")


@pytest.mark.parametrize(
    ("reference", "on", "words"),
    [
        ("条例33.4", TODAY, "共 3 款"),
        ("条例57", TODAY, "没有收入"),
        ("条例20(16)", TODAY, "共 15 项"),
        ("无名法1", TODAY, "没有“无名法”"),
        ("条例33", date(2001, 1, 1), "2001-01-01 施行的文本"),
        ("法释〔2025〕8号1", date(2025, 5, 31), "施行的文本"),
    ],
)
def test_unknown_place_says_what_is_missing(reference: str, on: date, words: str) -> None:
    with pytest.raises(UnknownArticle, match=words):
        article(reference, on=on)


def test_whole_regulation_is_here() -> None:
    numbers = [one.number for law, version, one in all_provisions() if version.number == "国务院令第711号"]
    assert numbers == list(range(1, 57))


def test_versions_of_a_law_do_not_overlap_and_texts_hold_no_markup() -> None:
    for law in laws().values():
        versions = sorted(law.versions, key=lambda version: version.valid_from)
        for older, newer in zip(versions, versions[1:], strict=False):
            assert older.valid_to is not None, law.short
            assert older.valid_to < newer.valid_from, law.short
        for version in versions:
            assert version.mark in ("seen", "memory")
            for provision in version.provisions:
                assert "#" not in provision.text
                assert provision.text or version.mark == "memory" or law.is_numbered_document, law.short


def test_every_cited_article_is_registered() -> None:
    """Every ``@basis`` of the program, after importing every module that may carry one."""
    for module in pkgutil.walk_packages(gongkai.__path__, "gongkai."):
        parts = module.name.split(".")
        if "rules" in parts or parts[1] == "law" and "tests" not in parts and "management" not in parts:
            importlib.import_module(module.name)
    unknown = {name: [one for one in references if not known(one)] for name, references in CITED.items()}
    assert {name: missing for name, missing in unknown.items() if missing} == {}
    assert "gongkai.law.remedy.remedy" in CITED


def test_every_rule_rests_on_an_article_of_its_own_time() -> None:
    for versions in table().values():
        for one in versions:
            assert article(one.basis, on=one.valid_from).heading or "号" in one.basis
            assert one.mark in ("seen", "memory")
            assert cite(one.basis) in str(one)


def test_versions_of_a_rule_do_not_overlap() -> None:
    for name, versions in table().items():
        for older, newer in zip(versions, versions[1:], strict=False):
            assert older.valid_to is not None, name
            assert older.valid_to < newer.valid_from, name


@pytest.mark.feature("D05")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("reply_working_days", "20个工作日"),
        ("reply_extension_working_days", "20个工作日"),
        ("publication_working_days", "20个工作日"),
        ("correction_notice_working_days", "7个工作日"),
        ("third_party_opinion_working_days", "15个工作日"),
        ("joint_maker_opinion_working_days", "15个工作日"),
        ("unit_annual_report_by", "1月31日"),
        ("government_annual_report_by", "3月31日"),
        ("opinion_consultation_days", "30日"),
        ("hearing_material_days_before", "7日前"),
        ("legality_review_working_days", "7个工作日"),
        ("reconsideration_filing_days", "六十日"),
        ("lawsuit_direct_months", "六个月"),
        ("lawsuit_after_reconsideration_days", "十五日"),
        ("reconsideration_answer", "十日"),
        ("petition_notice_days", "15日"),
    ],
)
def test_number_stands_in_the_words_of_its_article(name: str, words: str) -> None:
    assert words in article(rule(name, on=TODAY).basis, on=TODAY).text


def test_value_follows_the_day() -> None:
    assert value("reply_working_days", on=date(2018, 1, 1)) == 15
    assert value("reply_working_days", on=date(2019, 5, 15)) == 20
    assert rule("reconsideration_answer", on=date(2023, 12, 31)).unit == "days"
    assert rule("reconsideration_answer", on=date(2024, 1, 1)).unit == "working_days"
    assert day_of_year("government_annual_report_by", year=2027) == date(2027, 3, 31)
    with pytest.raises(NoRule, match="2000-01-01"):
        rule("reply_working_days", on=date(2000, 1, 1))
    with pytest.raises(NoRule, match="没有“tea_break”"):
        value("tea_break", on=TODAY)
    with pytest.raises(TypeError):
        value("fee_by_piece", on=TODAY)


def test_number_of_statutory_days_is_that_of_the_calendar() -> None:
    for year in (2014, 2024, 2025, 2027):
        assert len(statutory_days(year)) == value("statutory_holidays", on=date(year, 1, 1))


def test_rule_starts_its_own_clock() -> None:
    assert rule("lawsuit_direct_months", on=TODAY).clock(date(2026, 1, 5)).unit == "months"
    assert rule("normative_validity_years", on=TODAY).clock(date(2026, 1, 5)).amount == 60
    assert rule("hearing_material_days_before", on=TODAY).clock(TODAY).unit == "before"


CHOICE, FIRST = Way.CHOICE, Way.RECONSIDERATION_FIRST


@pytest.mark.law("复议法23.1(4)")
@pytest.mark.parametrize(
    ("answered", "decided_on", "way", "references"),
    [
        (Answered.REFUSED, date(2021, 7, 9), CHOICE, ("行诉法44.1", "复议法9.1", "行诉法46.1")),
        (Answered.REFUSED, date(2023, 12, 31), CHOICE, ("行诉法44.1", "复议法9.1", "行诉法46.1")),
        (Answered.REFUSED, date(2024, 1, 1), FIRST, ("复议法23.1(4)", "复议法20.1", "行诉法45")),
        (Answered.REFUSED, date(2025, 5, 31), FIRST, ("复议法23.1(4)", "复议法20.1", "行诉法45")),
        (
            Answered.REFUSED,
            date(2025, 6, 1),
            FIRST,
            ("复议法23.1(4)", "复议法20.1", "行诉法45", "法释〔2025〕8号1"),
        ),
        (Answered.OTHERWISE, date(2021, 7, 9), CHOICE, ("行诉法44.1", "复议法9.1", "行诉法46.1")),
        (Answered.OTHERWISE, date(2024, 7, 9), CHOICE, ("行诉法44.1", "复议法20.1", "行诉法46.1")),
        (
            Answered.OTHERWISE,
            date(2025, 7, 9),
            CHOICE,
            ("行诉法44.1", "复议法20.1", "行诉法46.1", "法释〔2025〕8号1"),
        ),
        (Answered.SILENT, date(2023, 7, 9), CHOICE, ("行诉法44.1", "复议法9.1", "行诉法46.1")),
        (Answered.SILENT, date(2025, 7, 9), FIRST, ("复议法23.1(3)", "复议法20.1", "行诉法45")),
        (Answered.NOT_PUBLISHED, date(2023, 7, 9), Way.APPLY_FIRST, ("法释〔2011〕17号3",)),
        (Answered.NOT_PUBLISHED, date(2025, 7, 9), Way.APPLY_FIRST, ("法释〔2025〕8号2",)),
    ],
)
def test_decision_meets_the_law_of_its_day(
    answered: Answered, decided_on: date, way: Way, references: tuple[str, ...]
) -> None:
    found = remedy(answered, decided_on=decided_on)
    assert found.way is way
    assert found.references == references
    for reference in references:
        assert article(reference, on=decided_on)


@given(
    st.sampled_from(Answered), st.dates(date(2019, 5, 15), date(2027, 12, 31)), st.booleans(), st.booleans()
)
def test_remedy_always_rests_on_law_in_force(
    answered: Answered, decided_on: date, online: bool, sued: bool
) -> None:
    found = remedy(answered, decided_on=decided_on, served_online=online, silence_may_be_sued=sued)
    for reference in found.references:
        assert article(reference, on=decided_on).version.in_force(decided_on)
    text = found.paragraph(
        reconsideration_body="区人民政府", court="市中级人民法院", internet_channel="复议平台"
    )
    assert ("先申请行政复议" in text) == (found.way is Way.RECONSIDERATION_FIRST)
    if found.must_tell_first:
        assert decided_on >= date(2024, 1, 1)
        assert "先申请行政复议" in text
    if found.must_name_internet_channel:
        assert online
        assert "复议平台" in text


@pytest.mark.law("复议法22.2")
def test_letter_served_online_names_the_online_way_since_2024() -> None:
    def online(day: date) -> bool:
        return remedy(Answered.REFUSED, decided_on=day, served_online=True).must_name_internet_channel

    assert not online(date(2023, 12, 31))
    assert online(date(2024, 1, 1))
    assert not remedy(Answered.REFUSED, decided_on=date(2025, 1, 1)).must_name_internet_channel


def test_legal_office_may_read_silence_otherwise() -> None:
    found = remedy(Answered.SILENT, decided_on=date(2025, 7, 9), silence_may_be_sued=True)
    assert found.way is CHOICE
    assert "法释〔2025〕8号2" in found.references


def test_periods_in_the_paragraph_are_those_of_the_table() -> None:
    text = remedy(Answered.REFUSED, decided_on=date(2021, 7, 9)).paragraph(
        reconsideration_body="滨海区人民政府", court="滨海区人民法院"
    )
    assert "60日内向滨海区人民政府" in text
    assert "6个月内直接向滨海区人民法院" in text


def test_basis_marks_a_rule() -> None:
    @basis("条例26")
    def publish_by() -> None: ...

    assert basis_of(publish_by) == ("条例26",)
    CITED.pop(f"{__name__}.{publish_by.__qualname__}", None)


@given(st.integers(1, 1300), st.none() | st.integers(1, 20), st.none() | st.integers(1, 20))
def test_citation_survives_writing_and_reading(number: int, paragraph: int | None, item: int | None) -> None:
    written = f"民法典{number}" + (f".{paragraph}" if paragraph else "") + (f"({item})" if item else "")
    assert parse(written) == Citation("民法典", number, paragraph, item)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1260, "一千二百六十"),
    ],
)
def test_numbers_in_chinese(number: int, words: str) -> None:
    assert in_chinese(number) == words


def test_rule_with_bands_is_no_number() -> None:
    bands = rule("fee_by_piece", on=TODAY)
    assert isinstance(bands, Rule)
    assert bands.value == ((10, 0), (30, 100), (40, 200), (50, 300))
    assert "分档元/件" in str(bands)
