"""Numbers of bank cards: 16 to 19 digits, the sum of Luhn (ISO/IEC 7812) and the prefix of an issuer, and not
a part of another number. 条例第十五条; 个人信息保护法第二十八条."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.gate.rules.finding import Finding, Known, Level, Passage
from gongkai.gate.rules.folding import Group, chains, labelled_as_other, masked, touched

RULE = "personal.bank_card"
BASIS = "条例第十五条；个人信息保护法第二十八条"
# UnionPay issues under 62; the others are older ranges of the banks, 16 digits where they begin with 3, 4, 5.
_UNION = "62"
_OLD_WRITTEN = """
9558 95599 95595 95596 95597 95598 95555 955100 9400 9401 9402 9403 9404 6013 60142 60302 60303
60336 6036 60369 6069 60696 6858 6839 6870 6888 6907 6943 9111 9049 9059 9066 9666 96880 9843 9896
9988 8888 8733 8434
"""
_OLD = tuple(_OLD_WRITTEN.split())
_SIXTEEN_WRITTEN = """
3563 3566 3568 3569 3570 3574 4003 4026 4033 4034 4041 4047 4055 4062 4063 4074 4096 4100 4129 4156
4157 4213 4218 4240 4241 4258 4270 4275 4289 4336 4340 4349 4357 4367 4380 4381 4385 4391 4392 4427
4432 4512 4514 4518 4532 4563 4564 4580 4581 4619 4637 4645 4682 4720 4792 4816 4835 4864 4868 4870
4895 4897 4910 4934 4984 5105 5123 5124 5126 5127 5140 5149 5156 5176 5181 5182 5183 5184 5187 5194
5200 5201 5203 5213 5218 5221 5229 5230 5239 5240 5248 5254 5257 5259 5264 5268 5274 5280 5287 5288
5289 5309 5316 5324 5359 5378 5398 5402 5408 5410 5417 5430 5431 5440 5448 5452 5453 5454 5456 5459
5476 5477 5482 5488 5489 5496 5520 5522 5523 5525 5526 5527 5528 5531 5532 5566 5570 5583 5587 5588
5589 5590 5899
"""
_SIXTEEN = tuple(_SIXTEEN_WRITTEN.split())


def is_card(number: str) -> bool:
    """Whether the digits are the number of a bank card.

    >>> is_card("6222021234567890128"), is_card("6222021234567890123"), is_card("7022021234567890")
    (True, False, False)
    """
    if not 16 <= len(number) <= 19:
        return False
    known = number.startswith((_UNION, *_OLD)) or (len(number) == 16 and number.startswith(_SIXTEEN))
    return known and _luhn(number)


def _luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def find(passage: Passage, folded: str, known: Known) -> Iterator[Finding]:
    """Every number of a bank card in the passage, also in groups of four."""
    for chain in chains(folded):
        taken = -1
        for first in range(len(chain)):
            for last in range(len(chain) - 1, first - 1, -1):
                groups = chain[first : last + 1]
                number = "".join(one.digits for one in groups)
                if groups[0].start < taken or not is_card(number) or number in known.codes:
                    continue
                if _is_part(chain, first, last) or touched(folded, groups[0].start, groups[-1].end):
                    continue
                if re.search(r"[A-Za-z][-/_]$", folded[: groups[0].start]):
                    continue
                if labelled_as_other(folded, groups[0].start, passage.head):
                    continue
                taken = groups[-1].end
                yield _finding(passage, groups[0].start, taken)


def _is_part(chain: list[Group], first: int, last: int) -> bool:
    """Groups that stand in no writing of a card, or digits beside them that belong to the same number."""
    groups = chain[first : last + 1]
    if any("." in one.gap for one in groups[1:]):
        return True
    sizes = [len(one.digits) for one in groups]
    spaced_out = set(sizes) == {1}
    if len(groups) > 1 and not spaced_out and (min(sizes[:-1]) < 3 or len(groups) > 6):
        return True
    before, after = first > 0, last + 1 < len(chain)
    if before and any(one in chain[first].gap for one in "-."):
        return True
    if after and any(one in chain[last + 1].gap for one in "-."):
        return True
    # In groups of four, a further short group is the rest of a longer number.
    return len(groups) > 1 and after and len(chain[last + 1].digits) <= 4


def _finding(passage: Passage, start: int, end: int) -> Finding:
    hidden = masked(passage.text[start:end], 6, 4)
    return Finding(
        RULE,
        Level.BLOCK,
        passage.where,
        hidden,
        "这是银行卡号。公开发放结果不需要卡号，请遮盖或者删去这一列。",
        BASIS,
        start,
        end,
        hidden,
    )
