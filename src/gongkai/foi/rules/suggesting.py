"""Which words of a paper are most likely personal (条例第十五条): numbers of identity, phone and bank card."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.law.basis import basis

_NUMBERS = (
    re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),
    re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
    re.compile(r"(?<!\d)\d{16,19}(?!\d)"),
)
_NAMED = re.compile(r"(身份证号?|手机号?|联系电话|银行卡号?|账号|家庭住址|住址)")


@basis("条例15")
def suggested(words: Sequence[str]) -> frozenset[int]:
    """The places of words that look personal; the clerk decides, nothing is blotted out by itself.

    >>> sorted(suggested(["姓名", "370202199003071238", "办公室 0532-88880001", "13800000000"]))
    [1, 3]
    """
    return frozenset(
        at
        for at, word in enumerate(words)
        if any(number.search(word) for number in _NUMBERS)
        or (_NAMED.search(word) and re.search(r"\d{5,}", word))
    )
