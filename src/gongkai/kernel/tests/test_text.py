"""Numbers, dates and document numbers as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel.text import dates, docnumber, numerals


@given(st.integers(min_value=0, max_value=9999))
def test_a_chinese_numeral_reads_back_as_the_number_it_was_written_from(number):
    assert numerals.to_int(numerals.to_chinese(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("三十三", 33), ("十", 10), ("十一", 11), ("一百零五", 105), ("二〇二二", 2022), ("７１１", 711), ("两千", 2000),
     ("三万五千", 35000), ("一亿零三", 100_000_003), ("", None), ("甲", None), ("十百", None)],
)  # fmt: skip
def test_numerals_in_use(text, number):
    assert numerals.to_int(text) == number


@pytest.mark.law("条例33.2")
def test_article_marks_are_found_in_order():
    assert numerals.articles_in("依据条例第三十三条第二款，参照第 12 条") == [
        (33, "条"),
        (2, "款"),
        (12, "条"),
    ]


def test_white_space_of_every_kind_is_squeezed():
    assert numerals.squeeze("\u3000关于\u00a0\u200b开展\t\n工作 ") == "关于 开展 工作"
    assert numerals.bare(" 关 于\u3000") == "关于"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022年3月11日", date(2022, 3, 11)),
        ("二〇二二年三月十一日", date(2022, 3, 11)),
        ("二○二二年十二月三十一日", date(2022, 12, 31)),
        ("二零一九年十月二十日", date(2019, 10, 20)),
        ("２０２２年３月１１日", date(2022, 3, 11)),
        ("2022 年 3 月 11 日", date(2022, 3, 11)),
        ("2022-03-11", date(2022, 3, 11)),
        ("2022.3.11", date(2022, 3, 11)),
        ("2022/3/11", date(2022, 3, 11)),
        ("20220311", date(2022, 3, 11)),
        ("2024年2月29日", date(2024, 2, 29)),
    ],
)
def test_a_date_is_read_in_every_form_in_use(text, day):
    assert dates.read_date(text).value == day


@pytest.mark.parametrize(
    ("text", "proposal", "sentence"),
    [
        ("2026年9月31日", date(2026, 9, 30), "9 月没有 31 日，是否为 2026-09-30？"),
        ("2023-02-29", date(2023, 2, 28), "2 月没有 29 日，是否为 2023-02-28？"),
        ("2026年31月1日", None, "没有 31 月"),
        ("2026年13月1日", None, "没有 13 月"),
        ("2026年3月0日", None, "3 月没有 0 日"),
        ("去年三月", None, "请写成"),
    ],
)
def test_an_impossible_date_comes_back_with_a_sentence_and_a_proposal(text, proposal, sentence):
    found = dates.read_date(text)
    assert found.value is None
    assert found.proposal == proposal
    assert sentence in found.problem


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_reads_back_from_each_way_of_writing(day):
    chinese = (
        "".join("〇一二三四五六七八九"[int(sign)] for sign in str(day.year))
        + f"年{numerals.to_chinese(day.month)}月{numerals.to_chinese(day.day)}日"
    )
    for text in (dates.written_out(day), day.isoformat(), chinese, f"{day:%Y%m%d}"):
        assert dates.read_date(text).value == day


def test_dates_in_a_sentence_come_in_order_with_their_places():
    text = "自2022年3月11日起施行，2022-05-01前报送。"
    found = list(dates.find_dates(text))
    assert [one.value for one in found] == [date(2022, 3, 11), date(2022, 5, 1)]
    assert text[found[0].start : found[0].end] == "2022年3月11日"


def test_a_number_that_only_looks_like_a_date_is_left_alone():
    assert list(dates.find_dates("编号1.2022.3.11.5、电话0532-88729999")) == []


@pytest.mark.feature("B07")
@pytest.mark.parametrize(
    "text",
    ["滨政办发〔2022〕16号", "滨政办发[2022]16号", "滨政办发（2022）16号", "滨政办发【2022】16号", "滨政办发［2022］16号",
     "滨政办发 〔 2022 〕 16 号", "滨政办发〔２０２２〕１６号", "滨政办发(2022)第016号", "滨政办发〔2022年〕16号"],
)  # fmt: skip
def test_a_document_number_is_read_in_any_bracket_and_width(text):
    found = docnumber.read_number(text)
    assert str(found.number) == "滨政办发〔2022〕16号"
    assert docnumber.is_standard(str(found.number))
    assert found.corrected == (text != "滨政办发〔2022〕16号")


@pytest.mark.feature("B07")
@pytest.mark.parametrize(
    "text", ["", "16号", "滨政办发16号", "滨政办发〔22〕16号", "滨政办发〔2022〕0号", "滨政办发〔2022〕号"]
)
def test_what_is_no_document_number_is_refused_with_an_example(text):
    found = docnumber.read_number(text)
    assert found.number is None
    assert found.problem.endswith("。")


@pytest.mark.feature("B07")
def test_a_year_to_come_and_a_year_unlike_the_date_are_said():
    number = docnumber.read_number("滨政办发〔2027〕1号").number
    assert number is not None
    assert "晚于今年" in docnumber.future_year(number, this_year=2026)
    assert docnumber.future_year(number, this_year=2027) == ""
    assert "核对两处" in docnumber.differs_from_date(number, written_year=2026)
    assert docnumber.differs_from_date(number, written_year=2027) == ""


@given(
    st.text(alphabet="滨政办发青南市函字综规", min_size=2, max_size=8),
    st.integers(min_value=1950, max_value=2099),
    st.integers(min_value=1, max_value=99999),
    st.sampled_from(["〔〕", "[]", "（）", "【】", "［］", "()"]),
)
def test_a_standard_number_survives_any_typing(agency, year, serial, brackets):
    typed = f"{agency} {brackets[0]}{year}{brackets[1]} {serial:03d} 号"
    found = docnumber.read_number(typed)
    assert found.number == docnumber.DocumentNumber(agency, year, serial)
    assert docnumber.read_number(str(found.number)).corrected is False


def test_an_order_has_a_number_alone():
    assert docnumber.order_number("中华人民共和国国务院令\n第七百一十一号") == "第711号"
    assert docnumber.order_number("令第12号") == "第12号"
    assert docnumber.order_number("没有编号") == ""
