"""Mobile numbers. Lines of the office, masked numbers and the unit's own numbers are no personal data.

条例第十五条; 民法典第一千零三十四条.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gongkai.gate.rules.finding import Finding, Known, Level, Passage
from gongkai.gate.rules.folding import Group, chains, labelled_as_other, masked, touched

RULE = "personal.mobile"
BASIS = "条例第十五条；民法典第一千零三十四条"
_MOBILE = re.compile(r"1[3-9]\d{9}$")
_SHAPES = {(11,), (3, 4, 4), (3, 8), (7, 4)}
_LONE_SHAPES = {
    (4, 4, 3),
    (4, 3, 4),
    (3, 3, 5),
    (1,) * 11,
    (5, 6),
    (6, 5),
}  # only where no digits stand beside
_COUNTRY = {"86", "086", "0086"}
_UNIT = re.compile(r"\x00*[ ]?(?:[千百十]?[万亿]|元|㎡|平方|立方|亩|公顷|吨|股|千瓦|%|‰)")
_MONEY = re.compile(r"(?:[¥￥$€=]|人民币|RMB|CNY)[ ]?$", re.IGNORECASE)
_WORK = re.compile(r"咨询|举报|监督|办公|投诉|值班|服务|热线|报名|受理|传真|监管|预约|报修")
_TOKEN = re.compile(r"[!-~]*$")


def find(passage: Passage, folded: str, known: Known) -> Iterator[Finding]:
    """Every mobile number in the passage that is not the unit's own."""
    own = _own(known.phones)
    for chain in chains(folded):
        taken = -1
        for first in range(len(chain)):
            for last in range(first, min(first + 11, len(chain))):
                number, start = _number(chain, first, last)
                if start < taken or not number:
                    continue
                if _stands_alone(chain, first, last, folded, start) and number not in own:
                    if labelled_as_other(folded, _with_country(chain, first, start), passage.head):
                        continue
                    taken = chain[last].end
                    yield _finding(passage, folded, start, taken)


@lru_cache(maxsize=8)
def _own(phones: frozenset[str]) -> frozenset[str]:
    return frozenset(re.sub(r"\D", "", phone)[-11:] for phone in phones)


def _number(chain: list[Group], first: int, last: int) -> tuple[str, int]:
    """The eleven digits of the groups and where they begin; "" where they make no mobile number."""
    groups = chain[first : last + 1]
    digits, start = "".join(one.digits for one in groups), groups[0].start
    shape = tuple(len(one.digits) for one in groups)
    gaps = {one.gap for one in groups[1:]}
    if first == last and len(digits) in (13, 15) and digits[:-11] in _COUNTRY:
        return digits[-11:], groups[0].end - 11 if groups[0].end - start == len(digits) else start
    if len(digits) != 11 or not _MOBILE.match(digits):
        return "", start
    if any("." in gap for gap in gaps) and (shape != (3, 4, 4) or gaps != {"."}):
        return "", start
    lone = first == 0 and last == len(chain) - 1
    return (digits, start) if shape in _SHAPES or (lone and shape in _LONE_SHAPES) else ("", start)


def _with_country(chain: list[Group], first: int, start: int) -> int:
    return chain[first - 1].start if first and chain[first - 1].digits in _COUNTRY else chain[first].start


def _stands_alone(chain: list[Group], first: int, last: int, folded: str, start: int) -> bool:
    before, after = chain[first - 1] if first else None, chain[last + 1] if last + 1 < len(chain) else None
    if before and before.digits not in _COUNTRY and _tied(chain[first].gap, before):
        return False
    if after and _tied(after.gap, after):
        return False
    begin, end = _with_country(chain, first, start), chain[last].end
    if touched(folded, begin, end) or _UNIT.match(folded, end) or _MONEY.search(folded[:begin]):
        return False
    if re.search(r"[A-Za-z][-/]$", folded[:begin]) or re.match(r"[-/][A-Za-z]", folded[end:]):
        return False
    if re.search(r"[.,]$", folded[:begin]) and re.search(r"\d[.,]$", folded[:begin]):
        return False
    if re.match(r",\d{3}(?!\d)", folded[end:]):
        return False
    token = _TOKEN.search(folded[:begin])
    return not (token and ("://" in token[0] or "www." in token[0]))


def _tied(gap: str, other: Group) -> bool:
    """Whether the digits beside belong to the same number; a second mobile number beside it does not."""
    if "." in gap:
        return True
    return "-" in gap and not _MOBILE.match(other.digits)


def _finding(passage: Passage, folded: str, start: int, end: int) -> Finding:
    work = bool(_WORK.search(folded[max(0, start - 14) : start]) or _WORK.search(passage.head))
    hidden = masked(passage.text[start:end], 3, 4)
    return Finding(
        RULE,
        Level.WARN if work else Level.BLOCK,
        passage.where,
        hidden,
        "这是个人手机号码，看上去作办公用。公开前应改为单位电话。"
        if work
        else "这是个人手机号码。请遮去中间四位，或者改为单位电话。",
        BASIS,
        start,
        end,
        hidden,
    )
