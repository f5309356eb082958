from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi.rules import fees
from gongkai.law.rule_table import NoRule

ON = date(2026, 3, 2)
PIECES = {10: 0, 11: 100, 30: 2000, 31: 2200, 35: 3000, 40: 4000, 41: 4300, 50: 7000, 60: 11000}
PAGES = {30: 0, 31: 10, 100: 700, 101: 720, 200: 2700, 201: 2740, 250: 4700}
pytestmark = [pytest.mark.feature("D19"), pytest.mark.law("国办函〔2020〕109号")]


@pytest.mark.parametrize(("pieces", "total"), PIECES.items())
def test_sum_of_pieces(pieces: int, total: int) -> None:
    assert fees.piece_total(pieces, on=ON) == total


@pytest.mark.parametrize(("pages", "total"), PAGES.items())
def test_sum_of_pages(pages: int, total: int) -> None:
    assert fees.page_total(pages, on=ON) == total


def rate_of_piece(number: int) -> int:
    """The n-th piece by itself, read off the wording of the measure."""
    if number <= 10:
        return 0
    return 100 if number <= 30 else 100 * ((number - 31) // 10 + 2)


def rate_of_page(number: int) -> int:
    return 0 if number <= 30 else 10 if number <= 100 else 20 if number <= 200 else 40


@given(st.integers(0, 900))
def test_sum_is_that_of_the_single_rates(number: int) -> None:
    assert fees.piece_total(number, on=ON) == sum(map(rate_of_piece, range(1, number + 1)))
    assert fees.page_total(number, on=ON) == sum(map(rate_of_page, range(1, number + 1)))
    assert sum(share.amount for share in fees.piece_shares(number, on=ON)) == fees.piece_total(number, on=ON)
    assert sum(share.count for share in fees.piece_shares(number, on=ON)) == number
    assert sum(share.count for share in fees.page_shares(number, on=ON)) == number


@given(st.lists(st.integers(0, 40), max_size=12))
def test_charges_of_a_month_add_up_to_its_total(pieces: list[int]) -> None:
    charges = fees.month_charges(pieces, on=ON)
    assert sum(charges) == fees.piece_total(sum(pieces), on=ON)
    assert all(charge >= 0 for charge in charges)


def test_request_is_charged_the_difference() -> None:
    assert fees.month_charges([9, 3, 20], on=ON) == (0, 200, 2200)
    assert fees.piece_charge(before=40, pieces=1, on=ON) == 300


def test_notice_can_show_its_bands() -> None:
    shown = [(share.first, share.last, share.rate, share.count) for share in fees.page_shares(120, on=ON)]
    assert shown == [(1, 30, 0, 30), (31, 100, 10, 70), (101, 200, 20, 20)]
    assert [share.rate for share in fees.piece_shares(57, on=ON)] == [0, 100, 200, 300, 400]


def test_large_numbers_cost_no_time_and_impossible_ones_are_refused() -> None:
    assert fees.piece_total(10**9, on=ON) > 10**15
    for wrong, words in ((-1, "不能小于 0"), (10**9 + 1, "太大")):
        with pytest.raises(fees.FeeError, match=words):
            fees.piece_total(wrong, on=ON)
        with pytest.raises(fees.FeeError, match=words):
            fees.page_total(wrong, on=ON)
    with pytest.raises(fees.FeeError, match="不逐档列出"):
        fees.piece_shares(20_000, on=ON)
    with pytest.raises(NoRule, match="2020-12-31"):
        fees.page_total(1, on=date(2020, 12, 31))


@pytest.mark.law("条例42.1")
def test_fee_is_the_exception() -> None:
    assert fees.why_not_charge(beyond_reason=True, on=ON) == []

    def codes(**facts: bool) -> list[str]:
        return [one.code for one in fees.why_not_charge(**{"beyond_reason": True, **facts}, on=ON)]

    assert codes(beyond_reason=False) == ["foi.fee_not_beyond"]
    assert codes(already_public=True) == ["foi.fee_public"]
    assert codes(read_on_the_spot=True) == ["foi.fee_on_the_spot"]
    assert codes(other_mode_used=True) == ["foi.fee_both_modes"]
    before = fees.why_not_charge(beyond_reason=True, on=date(2020, 12, 31))
    assert [one.code for one in before] == ["foi.fee_not_yet"]
