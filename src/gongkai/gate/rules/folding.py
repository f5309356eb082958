"""One writing for digits, spaces and dashes, so that a number is seen however it was typed.

Every character is replaced by exactly one, so that places in the folded text are places in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

NOTHING = "\x00"  # stands for characters that nobody sees: zero width, soft hyphen, marks of direction
_UNSEEN = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u202a\u202b\u202c\u202d\u202e\ufeff\u180e"
)
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\u301c\uff5e"
_DOTS = "\u00b7\u2022\u30fb\uff65"


def _table() -> dict[int, str]:
    table = {ord(one): NOTHING for one in _UNSEEN}
    table |= {ord(one): " " for one in _SPACES} | {ord("\r"): "\n", 0x85: "\n", 0x2028: "\n", 0x0B: "\n"}
    table |= {ord(one): "-" for one in _DASHES} | {ord(one): "\u00b7" for one in _DOTS}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in (0xFF0D, 0xFF5E)}
    # Digits of other scripts and of mathematics; Chinese numerals are words, not digits.
    for code in (*range(0x660, 0x1000), *range(0x1D7CE, 0x1D800)):
        if unicodedata.decimal(chr(code), None) is not None:
            table[code] = str(unicodedata.decimal(chr(code)))
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """The text with plain digits, spaces and dashes, character for character.

    >>> fold("电话\uff1a１３８\u00a01234—5678")
    '电话:138 1234-5678'
    """
    return text if text.isascii() else text.translate(_TABLE)


def compact(text: str) -> str:
    """The folded text without spaces and unseen characters."""
    return re.sub(r"[\s\x00]+", "", fold(text))


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that stand together; ``gap`` is what stands between them and the group before ("" for the first)."""

    start: int
    end: int
    digits: str
    gap: str


_CHAIN = re.compile(r"\d[\d\x00]*(?:[ \n\-\u00b7.\x00]{1,3}\d[\d\x00]*)*")
_GROUP = re.compile(r"([ \n\-\u00b7.\x00]*)(\d(?:\x00*\d)*)")


def chains(folded: str) -> Iterator[list[Group]]:
    """Groups of digits that only spaces, dashes, dots or a line break part.

    >>> [[(one.digits, one.gap) for one in chain] for chain in chains("a 138 1234-5678, 9")]
    [[('138', ''), ('1234', ' '), ('5678', '-')], [('9', '')]]
    """
    for chain in _CHAIN.finditer(folded):
        groups: list[Group] = []
        for part in _GROUP.finditer(chain[0]):
            gap = part[1].replace(NOTHING, "")
            groups.append(
                Group(
                    chain.start() + part.start(2),
                    chain.start() + part.end(2),
                    part[2].replace(NOTHING, ""),
                    gap if groups else "",
                )
            )
        yield _joined(groups)


def _joined(groups: list[Group]) -> list[Group]:
    """Groups that only unseen characters part are one."""
    found: list[Group] = []
    for group in groups:
        if found and group.gap == "":
            last = found.pop()
            group = Group(last.start, group.end, last.digits + group.digits, last.gap)
        found.append(group)
    return found


def masked(raw: str, head: int, tail: int, mark: str = "*") -> str:
    """The writing as it was, with all digits but the first and last few hidden.

    >>> masked("138 1234 5678", 3, 4)
    '138 **** 5678'
    """
    places = [place for place, one in enumerate(fold(raw)) if one.isalnum() or one == "×"]
    hidden = set(places[head : len(places) - tail])
    return "".join(mark if place in hidden else one for place, one in enumerate(raw))


def touched(folded: str, start: int, end: int) -> bool:
    """Whether Latin letters, digits or an underscore touch the span: it is inside something longer.

    >>> touched("SN123", 2, 5), touched("Tel:123 x", 4, 7), touched("No123", 2, 5)
    (True, False, False)
    """
    before, after = folded[:start].rstrip(NOTHING), folded[end:].lstrip(NOTHING)
    if after[:1].isascii() and (after[:1].isalnum() or after[:1] == "_"):
        return True
    letters = re.search(r"[A-Za-z0-9_]+$", before[-24:])
    return bool(letters) and letters[0].lower() not in _LABELS  # type: ignore[index]


_LABELS = {"tel", "phone", "mobile", "mob", "no", "id", "vx", "wx", "wechat", "qq", "sfz", "card", "br"}
_PERSONAL = re.compile(r"身份|证件|公民|手机|电话|卡|账|帐|微信|联系|户|移动|本人|QQ|通讯|银行|收款")
_IDENTIFIER = re.compile(
    r"(?:号|号码|编号|代码|编码|单号|码|编|字号|标识|构建|批次|序列|流水|ID|SN|No\.?|NO\.?)$", re.IGNORECASE
)


def labelled_as_other(folded: str, start: int, head: str) -> bool:
    """Whether the word before the number, or the head of its column, says that it is the number of a thing.

    >>> labelled_as_other("订单号:138", 4, ""), labelled_as_other("手机号:138", 4, "")
    (True, False)
    """
    label = re.split(r"[。;,、\n\t(（【\[|]", folded[max(0, start - 16) : start])[-1]
    label = label.strip(" :：=#\x00>》”\"'")
    if label:
        return bool(_IDENTIFIER.search(label)) and not _PERSONAL.search(label)
    return bool(_IDENTIFIER.search(head.strip())) and not _PERSONAL.search(head)
