"""信息处理费 (国办函〔2020〕109号): by piece or by page, never both for one request; whole yuan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.law.basis import basis, cite
from gongkai.law.refusal import Refusal
from gongkai.law.rule_table import rule

BAND, STEP = 10, 100  # above the last band of the table: every ten more pieces, one hundred yuan more a piece
MOST = 10**9
MEASURE = "国办函〔2020〕109号"


class FeeError(ValueError):
    """A number that cannot be charged; the Chinese text says what to do."""


@dataclass(frozen=True, slots=True)
class BandShare:
    """How many of the pieces or pages fall in one band, and what they cost."""

    first: int
    last: int
    rate: int
    count: int

    @property
    def amount(self) -> int:
        return self.rate * self.count


@basis("条例42.1", MEASURE)
def piece_total(pieces: int, *, on: date) -> int:
    """The sum for so many pieces of one applicant in one calendar month, in yuan.

    >>> [piece_total(n, on=date(2026, 1, 5)) for n in (10, 11, 30, 41, 60)]
    [0, 100, 2000, 4300, 11000]
    """
    _whole(pieces, "件数")
    bands, above, rate = _bands("fee_by_piece", on)
    total = sum(share.amount for share in _shares(bands, pieces))
    rest = max(0, pieces - above)
    full, part = divmod(rest, BAND)
    # rate + 100, rate + 200, … for each full ten, then the begun one
    total += BAND * (full * rate + STEP * full * (full + 1) // 2)
    return total + part * (rate + STEP * (full + 1))


@basis("条例42.1", MEASURE)
def page_total(pages: int, *, on: date) -> int:
    """The sum for the pages of one request, A4 or smaller, one side a page, in yuan.

    >>> [page_total(n, on=date(2026, 1, 5)) for n in (30, 31, 250)]
    [0, 10, 4700]
    """
    _whole(pages, "页数")
    return sum(share.amount for share in page_shares(pages, on=on))


@basis(MEASURE)
def page_shares(pages: int, *, on: date) -> tuple[BandShare, ...]:
    """The bands of a page count, for the fee notice."""
    return tuple(_shares(_bands("fee_by_page", on)[0], pages))


@basis(MEASURE)
def piece_shares(pieces: int, *, on: date) -> tuple[BandShare, ...]:
    """The bands of a piece count, for the fee notice."""
    _whole(pieces, "件数")
    if pieces > 10_000:
        raise FeeError("件数太多，不逐档列出。请核对件数。")
    bands, above, rate = _bands("fee_by_piece", on)
    while above < pieces:
        rate += STEP
        bands.append((above + BAND, rate))
        above += BAND
    return tuple(_shares(bands, pieces))


@basis(MEASURE)
def piece_charge(*, before: int, pieces: int, on: date) -> int:
    """What one more request costs: the difference of the cumulative totals of applicant and month.

    ``before`` pieces were already charged to this applicant in the calendar month of ``on``.

    >>> piece_charge(before=9, pieces=3, on=date(2026, 1, 5))
    200
    """
    _whole(before, "本月此前的件数")
    _whole(pieces, "件数")
    return piece_total(before + pieces, on=on) - piece_total(before, on=on)


@basis(MEASURE)
def month_charges(pieces: Iterable[int], *, on: date) -> tuple[int, ...]:
    """The charges of an applicant's requests of one month, in the order in which they came."""
    before, found = 0, []
    for one in pieces:
        found.append(piece_charge(before=before, pieces=one, on=on))
        before += one
    return tuple(found)


@basis("条例42.1", MEASURE)
def why_not_charge(
    *,
    beyond_reason: bool,
    already_public: bool = False,
    read_on_the_spot: bool = False,
    other_mode_used: bool = False,
    on: date,
) -> list[Refusal]:
    """Why no fee may be asked for a request, whichever way it is counted."""
    article = cite("条例42.1", MEASURE)
    found = []
    if on < rule_since():
        found.append(Refusal("foi.fee_not_yet", article, f"收费办法自 {rule_since()} 起施行，此前不收费。"))
    if not beyond_reason:
        found.append(
            Refusal(
                "foi.fee_not_beyond",
                article,
                "只有数量、频次明显超过合理范围才可以收取信息处理费。请免费提供，或者写明超过合理范围的事实。",
            )
        )
    if already_public:
        found.append(Refusal("foi.fee_public", article, "已经主动公开的信息不收费。请告知获取方式。"))
    if read_on_the_spot:
        found.append(Refusal("foi.fee_on_the_spot", article, "当场查阅、抄录不收费。请免费安排。"))
    if other_mode_used:
        found.append(
            Refusal("foi.fee_both_modes", article, "同一件申请只能按件或者按量收费，不能并用。请选一种。")
        )
    return found


def rule_since() -> date:
    """Since when the measure holds."""
    return rule("fee_by_page", on=date(2021, 1, 1)).valid_from


def _whole(number: int, what: str) -> None:
    if number < 0:
        raise FeeError(f"{what}是 {number}，不能小于 0。请写 0 以上的整数。")
    if number > MOST:
        raise FeeError(f"{what} {number} 太大。请核对是否多写了数字。")


def _bands(rule_id: str, on: date) -> tuple[list[tuple[int, int]], int, int]:
    """The bands of the table, the upper end of the last closed one and its rate."""
    table = rule(rule_id, on=on).value
    assert isinstance(table, tuple)
    bands = [(int(upper), int(rate)) for upper, rate in table]
    return bands, bands[-1][0], bands[-1][1]


def _shares(bands: Iterable[tuple[int, int]], amount: int) -> Iterable[BandShare]:
    below = 0
    for upper, rate in bands:
        top = amount if upper < 0 else min(amount, upper)
        if top <= below:
            return
        yield BandShare(below + 1, top if upper < 0 else upper, rate, top - below)
        below = top
