"""What is to be masked: a writing, where it stands, what comes in its place."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """A writing (``said``) of a place. A number is masked ``everywhere`` in the paper, not only where it was seen:
    a second copy of it in a remark, a picture's caption or a cached value says as much as the first."""

    where: str
    said: str
    mend: str
    everywhere: bool


class Marks:
    """All marks of a paper; how to change a text in a place, and how to change one anywhere."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.all = [one for one in marks if one.said]
        self._there: dict[str, list[Mark]] = {}
        for one in self.all:
            if not one.everywhere:
                self._there.setdefault(one.where, []).append(one)

    @cached_property
    def _mends(self) -> dict[str, str]:
        return {one.said: one.mend for one in self.all if one.everywhere}

    @cached_property
    def _numbers(self) -> re.Pattern[str] | None:
        if not self._mends:
            return None
        # Inside a longer number the same digits are something else.
        return re.compile(rf"(?<!\d){any_of(sorted(self._mends))}(?!\d)")

    def places(self) -> set[str]:
        """Where something is masked for its place alone."""
        return set(self._there)

    def changed(self, text: str, where: str = "") -> str:
        """The text with its writings masked.

        >>> marks = Marks([Mark("a", "138", "1*8", True), Mark("b", "张三", "张*", False)])
        >>> marks.changed("138 张三 21380", "b"), marks.changed("138 张三")
        ('1*8 张* 21380', '1*8 张三')
        """
        for start, end, mend in reversed(self.spans(text, where)):
            text = text[:start] + mend + text[end:]
        return text

    def spans(self, text: str, where: str = "") -> list[tuple[int, int, str]]:
        """The places in a text with what comes there, in order, none over another."""
        found = []
        if self._numbers is not None:
            found += [(one.start(), one.end(), self._mends[one[0]]) for one in self._numbers.finditer(text)]
        for mark in self._there.get(where, ()):
            at = text.find(mark.said)
            while at >= 0:
                end = at + len(mark.said)
                if not any(at < other and start < end for start, other, _ in found):
                    found.append((at, end, mark.mend))
                at = text.find(mark.said, end)
        return sorted(found)

    def bytes_changed(self, body: bytes) -> bytes:
        """A content that is no tree: every writing of a number in the usual codes."""
        for code in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
            for said, mend in self._mends.items():
                body = body.replace(said.encode(code, "ignore"), mend.encode(code, "ignore"))
        return body


def any_of(words: Sequence[str]) -> str:
    """An expression for any of the sorted words, the longer first; common beginnings are looked at once, so that
    thousands of numbers cost no more than a few.

    >>> any_of(["12", "123", "13"])
    '1(?:2(?:3)?|3)'
    """
    head = os.path.commonprefix([words[0], words[-1]])
    rest = [word[len(head) :] for word in words]
    branches = [any_of(list(group)) for _, group in groupby(filter(None, rest), key=lambda word: word[0])]
    tail = f"(?:{'|'.join(branches)})" if branches else ""
    return re.escape(head) + (f"{tail}?" if tail and not rest[0] else tail)


def in_pieces(pieces: Sequence[Any], change: Callable[[str], list[tuple[int, int, str]]]) -> bool:
    """Change a text that stands in several elements: every sign of a mend goes where the sign it hides stood."""
    text = "".join(one.text or "" for one in pieces)
    spans = change(text)
    if not spans:
        return False
    signs = list(text)
    for start, end, mend in spans:
        if len(mend) == end - start:
            signs[start:end] = list(mend)
        else:
            signs[start:end] = [mend, *[""] * (end - start - 1)]
    at = 0
    for one in pieces:
        length = len(one.text or "")
        if length:
            one.text = "".join(signs[at : at + length])
        at += length
    return True
