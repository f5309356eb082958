"""The extract below a title: the place of the text where most of the question stands, with its words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from gongkai.search.rules.words import fold_with_places

WIDTH = 96
_SENTENCE_ENDS = "。；！？\n"


@dataclass(frozen=True, slots=True)
class Span:
    """A find in the original text, end not included; ``word`` is which of the words it was."""

    start: int
    end: int
    word: int


def finds(text: str, words: Sequence[str]) -> list[Span]:
    """Where the words stand in the original text, longest first, none over another."""
    folded = fold_with_places(text)
    taken = bytearray(len(folded.text))
    found: list[Span] = []
    for order, word in enumerate(words):
        start = folded.text.find(word) if word else -1
        while start >= 0 and len(found) < 500:
            end = start + len(word)
            if not any(taken[start:end]) and _is_whole(folded.text, start, end):
                taken[start:end] = b"\x01" * (end - start)
                found.append(Span(folded.places[start], folded.places[end - 1] + 1, order))
            start = folded.text.find(word, end)
    return sorted(found, key=lambda span: span.start)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a Latin word or number is not cut out of a longer one: 16 is not in 2016."""
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not ((_latin(first) and _latin(before)) or (_latin(last) and _latin(after)))


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def marked(text: str, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The whole text in pieces, each with whether it is marked."""
    return _pieces(text, finds(text, words), 0, len(text))


def extract(text: str, words: Sequence[str], *, width: int = WIDTH) -> tuple[tuple[str, bool], ...]:
    """The stretch of ``text`` that holds most of the different words, in pieces; the opening when none is there.

    >>> extract("第一条　总则。第二条　每台电梯补助二十万元。", ("电梯", "补助"), width=24)
    (('……第二条 每台', False), ('电梯', True), ('补助', True), ('二十万元。', False))
    """
    text = " ".join(text.split())
    spans = finds(text, words)
    start = _best_start(text, spans, width)
    end = min(len(text), start + width)
    pieces = list(_pieces(text, spans, start, end))
    if start > 0:
        pieces.insert(0, ("……", False))
    if end < len(text):
        pieces.append(("……", False))
    return _joined(pieces)


def _best_start(text: str, spans: Sequence[Span], width: int) -> int:
    best, best_worth = 0, -1.0
    for place, first in enumerate(spans):
        # In order of their starts and none over another, so the window ends at the first that sticks out.
        words: set[int] = set()
        count = 0
        for span in islice(spans, place, None):
            if span.end > first.start + width:
                break
            words.add(span.word)
            count += 1
        worth = len(words) + 0.01 * count
        if worth > best_worth:
            best, best_worth = first.start, worth
    return _sentence_start(text, best, width) if spans else 0


def _sentence_start(text: str, place: int, width: int) -> int:
    """Back to where the sentence begins, as far as a third of the width allows."""
    earliest = max(0, place - width // 3)
    for back in range(place - 1, earliest - 1, -1):
        if text[back] in _SENTENCE_ENDS:
            return back + 1
    return earliest


def _pieces(text: str, spans: Sequence[Span], start: int, end: int) -> tuple[tuple[str, bool], ...]:
    pieces: list[tuple[str, bool]] = []
    place = start
    for span in spans:
        if span.start < place or span.end > end:
            continue
        pieces += [(text[place : span.start], False), (text[span.start : span.end], True)]
        place = span.end
    pieces.append((text[place:end], False))
    return _joined(pieces)


def _joined(pieces: Sequence[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    """Neighbours that are not marked become one piece; empty ones go."""
    joined: list[tuple[str, bool]] = []
    for text, hit in pieces:
        if not text:
            continue
        if joined and not hit and not joined[-1][1]:
            joined[-1] = (joined[-1][0] + text, False)
        else:
            joined.append((text, hit))
    return tuple(joined)
