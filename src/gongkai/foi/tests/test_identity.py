from __future__ import annotations

import secrets
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi.rules import identity

TODAY = date(2026, 3, 2)
GOOD = "11010519491231002X"  # the example of the standard
GOOD_USCC = "91350100M000100Y43"
pytestmark = pytest.mark.feature("D01")


def check_sign(first17: str) -> str:
    """GB 11643 by its formula: weights are 2 to the power of the place, modulo 11."""
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first17))
    return "0123456789X"[(12 - total % 11) % 11]


@pytest.mark.parametrize(
    "number", [GOOD, "11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２X"]
)
def test_good_number_is_read_however_it_is_written(number: str) -> None:
    assert identity.id_number_fault(number, today=TODAY) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("110105194912310021", "校验位"),
        ("11010519491331002X", "出生日期 19491331 不存在"),
        ("110105194912310", "15 位的旧"),
        ("1101051949123100", "16 位"),
        ("0101051949123100AX", "前 17 位"),
        ("", "0 位"),
    ],
)
def test_bad_number_says_what_is_wrong(number: str, words: str) -> None:
    fault = identity.id_number_fault(number, today=TODAY)
    assert words in fault
    assert "请" in fault


def test_birth_in_the_future_is_refused() -> None:
    first = "110105" + "20300101" + "001"
    assert "晚于今天" in identity.id_number_fault(first + check_sign(first), today=TODAY)


@given(
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(110000, 659999),
    st.integers(0, 999),
    st.integers(0, 17),
    st.data(),
)
def test_every_single_wrong_digit_is_found(
    born: date, area: int, order: int, place: int, data: st.DataObject
) -> None:
    first = f"{area}{born:%Y%m%d}{order:03}"
    number = first + check_sign(first)
    assert identity.id_number_fault(number, today=TODAY) == ""
    other = data.draw(st.sampled_from([sign for sign in "0123456789" if sign != number[place]]))
    assert identity.id_number_fault(number[:place] + other + number[place + 1 :], today=TODAY)


def test_credit_code() -> None:
    assert identity.uscc_fault(GOOD_USCC) == ""
    assert "校验位" in identity.uscc_fault(GOOD_USCC[:-1] + "4")
    assert "17 位" in identity.uscc_fault(GOOD_USCC[:-1])
    assert "不使用 I、O" in identity.uscc_fault("9135010OM000100IY4")


@given(
    st.text(st.sampled_from(identity._USCC_SIGNS), min_size=17, max_size=17), st.integers(0, 16), st.data()
)
def test_every_single_wrong_sign_of_a_credit_code_is_found(
    first: str, place: int, data: st.DataObject
) -> None:
    good = [sign for sign in identity._USCC_SIGNS if not identity.uscc_fault(first + sign)]
    assert len(good) == 1
    other = data.draw(st.sampled_from([sign for sign in identity._USCC_SIGNS if sign != first[place]]))
    assert identity.uscc_fault(first[:place] + other + first[place + 1 :] + good[0])


def test_telephone_and_mail() -> None:
    for number in ("13800001234", "+86 138 0000 1234", "(86)138-0000-1234"):
        assert identity.mobile_fault(number) == ""
    for number in ("1380000123", "12800001234", "0532-88888888"):
        assert "11 位" in identity.mobile_fault(number)
    assert identity.email_fault("wang@example.com.cn") == ""
    for address in ("wang", "wang@", "a@b", "a b@example.com"):
        assert "name@example.com" in identity.email_fault(address)


@pytest.mark.law("个人信息保护法51")
@given(st.text(st.sampled_from("0123456789X"), max_size=30))
def test_masked_number_shows_seven_signs_at_most(number: str) -> None:
    shown = identity.masked(number)
    assert len(shown) == len(number)
    assert len(shown.replace("*", "")) <= 7
    if len(number) >= 15:
        assert "*" * 8 in shown


@pytest.mark.law("个人信息保护法51")
def test_masked_words() -> None:
    assert identity.masked(GOOD) == "110***********002X"
    assert identity.masked("13800001234") == "138****1234"
    assert identity.masked("") == ""
    assert identity.masked_name("王小明") == "王**"
    assert identity.masked_name("王") == "*"
    assert identity.masked_email("wang@example.com") == "w***@example.com"
    assert identity.masked_email("13800001234") == "138****1234"


@pytest.mark.feature("D03")
def test_code_has_enough_randomness_and_no_signs_that_look_alike() -> None:
    assert len(identity.CODE_SIGNS) ** identity.CODE_LENGTH >= 2**80
    for alike in ("0ODQ", "1IL", "2Z", "5S", "6G", "8B", "UV"):
        assert len(set(identity.CODE_SIGNS) & set(alike)) <= 1, alike
    assert len(set(identity.CODE_SIGNS)) == len(identity.CODE_SIGNS)
    with pytest.raises(ValueError, match="random bytes"):
        identity.query_code(b"123456789")
    codes = {identity.query_code(secrets.token_bytes(16)) for _ in range(500)}
    assert len(codes) == 500


@pytest.mark.feature("D03")
@given(st.binary(min_size=16, max_size=16))
def test_typed_code_is_the_printed_code(random: bytes) -> None:
    code = identity.query_code(random)
    assert [len(group) for group in code.split("-")] == [4] * 5
    for typed in (
        code,
        code.lower(),
        code.replace("-", " "),
        f" {code.replace('-', '')} ",
        code.replace("-", "－"),
    ):
        assert identity.normal_code(typed) == code
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in code)
    assert identity.normal_code(wide) == code
    assert identity.normal_code(code[:-1]) == ""


@given(st.text(max_size=40))
def test_whatever_is_typed_becomes_a_code_or_nothing(typed: str) -> None:
    code = identity.normal_code(typed)
    assert code == "" or identity.normal_code(code) == code
