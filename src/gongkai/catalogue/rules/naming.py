"""Which matters are a unit's own: those whose 公开主体 names it, or whose tier is its own (A12). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.catalogue.rules.ticks import TOWN, VILLAGE
from gongkai.kernel.text.numerals import bare

STREET, COMMUNITY = "street", "community"
_BY_KIND = {
    STREET: ("街道", "乡镇", "镇政府", "镇人民政府", "乡、镇", "乡级"),
    COMMUNITY: ("社区", "居委会", "居民委员会", "村委会", "村民委员会", "村（居）"),
}
_TIERS = {STREET: TOWN, COMMUNITY: VILLAGE}
_SHORTEST = 3


def is_own(*, subject: str, tiers: Sequence[str], names: Sequence[str], kind: str) -> bool:
    """Whether a matter is for a unit of this kind and these names to disclose.

    >>> is_own(subject="区民政局、街道办事处", tiers=["县级", "乡级"], names=["滨海区民政局", "区民政局"], kind="department")
    True
    >>> is_own(subject="区民政局、街道办事处", tiers=["县级", "乡级"], names=["望海街道"], kind="street")
    True
    """
    words = bare(subject)
    if any(name in words for name in _cores(names)):
        return True
    if kind not in _BY_KIND:
        return False
    named = any(sign in words for sign in _BY_KIND[kind])
    tier = _TIERS[kind]
    return named and (not tiers or tier in tiers) or (kind == COMMUNITY and tier in tiers)


def _cores(names: Sequence[str]) -> set[str]:
    """The names as catalogues write them: 区民政局 and 民政局, never a piece so short that it means anybody."""
    found = set()
    for name in names:
        word = bare(name)
        found.add(word)
        for sign in ("区", "县", "市"):
            head, at, tail = word.rpartition(sign) if word.startswith(sign) else ("", "", "")
            if at and tail and not head:
                found.add(tail)
    return {name for name in found if len(name) >= _SHORTEST}
