"""Citing the law: ``条例33.2`` in code, 条例第三十三条第二款 for people.

A reference is the short name of a law and its place: ``条例36(4)`` is 第三十六条第四项, ``复议法23.1(4)`` is
第二十三条第一款第四项, ``国办函〔2020〕109号`` is a document as a whole. That the place exists, and at which time,
is the register's knowledge (``law.register``); a test asks it about every reference of the program.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

_PLACE = re.compile(
    r"(?P<law>.*[\u4e00-\u9fff])(?P<article>[1-9]\d{0,3})(?:\.(?P<paragraph>[1-9]\d?))?(?:\((?P<item>[1-9]\d?)\))?"
)
_DIGITS = "零一二三四五六七八九"

_Rule = TypeVar("_Rule", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a law; ``article`` is None for a document as a whole."""

    law: str
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None

    @property
    def place(self) -> str:
        """第三十三条第二款, empty for a whole document."""
        if self.article is None:
            return ""
        text = f"第{in_chinese(self.article)}条"
        if self.paragraph is not None:
            text += f"第{in_chinese(self.paragraph)}款"
        if self.item is not None:
            text += f"第{in_chinese(self.item)}项"
        return text

    def __str__(self) -> str:
        return self.law + self.place


@lru_cache(maxsize=1024)
def parse(reference: str) -> Citation:
    """Read a reference.

    >>> str(parse("条例33.2")), str(parse("条例20(15)"))
    ('条例第三十三条第二款', '条例第二十条第十五项')
    """
    match = _PLACE.fullmatch(reference.strip())
    if match is None:
        return Citation(reference.strip())
    paragraph, item = match["paragraph"], match["item"]
    return Citation(
        match["law"],
        int(match["article"]),
        int(paragraph) if paragraph else None,
        int(item) if item else None,
    )


def cite(*references: str) -> str:
    """The customary short Chinese form, several joined by 、.

    >>> cite("条例33.2", "民法典203.1")
    '条例第三十三条第二款、民法典第二百零三条第一款'
    """
    return "、".join(str(parse(reference)) for reference in references)


def basis(*references: str) -> Callable[[_Rule], _Rule]:
    """Write on a rule which articles it carries out; ``basis_of`` reads them."""

    def mark(rule: _Rule) -> _Rule:
        rule.__law_basis__ = references  # type: ignore[attr-defined]
        CITED.setdefault(f"{rule.__module__}.{rule.__qualname__}", references)
        return rule

    return mark


CITED: dict[str, tuple[str, ...]] = {}


def basis_of(rule: Callable[..., Any]) -> tuple[str, ...]:
    """The references that ``basis`` wrote on a rule."""
    references: tuple[str, ...] = getattr(rule, "__law_basis__", ())
    return references


def in_chinese(number: int) -> str:
    """A number up to 9999 as articles are numbered.

    >>> in_chinese(15), in_chinese(203), in_chinese(110)
    ('十五', '二百零三', '一百一十')
    """
    if 10 <= number < 20:
        return "十" + (_DIGITS[number % 10] if number % 10 else "")
    text, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if pending and text else "") + _DIGITS[digit] + name
        pending = digit == 0
    return text or "零"
