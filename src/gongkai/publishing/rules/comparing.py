"""Two texts side by side: what was taken out and what was put in, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import rjieba

SAME, OUT, IN = "same", "del", "ins"
MOST_WORDS = 4000
_BREAK = re.compile(r"([，。；：、！？“”《》（）〔〕\s])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both, only in the older (``del``) or only in the newer text (``ins``)."""

    verb: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in its pieces; ``is_same`` where nothing in it changed."""

    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        return all(piece.verb == SAME for piece in self.pieces)


def compare(before: str, after: str) -> list[Line]:
    """Hold two plain texts against each other, paragraph by paragraph and inside them word by word.

    >>> [(p.verb, p.text) for p in compare("补助三百元。", "补助五百元。")[0].pieces]
    [('same', '补助'), ('del', '三百元'), ('ins', '五百元'), ('same', '。')]
    """
    old, new = before.split("\n"), after.split("\n")
    found: list[Line] = []
    for verb, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            found += [Line((Piece(SAME, text),)) for text in old[i1:i2]]
        else:
            found += _paired(old[i1:i2], new[j1:j2])
    return [line for line in found if any(piece.text for piece in line.pieces)]


def counted(lines: Sequence[Line]) -> tuple[int, int]:
    """How many signs were taken out and how many put in."""
    pieces = [piece for line in lines for piece in line.pieces]
    out, put = (sum(len(piece.text) for piece in pieces if piece.verb == verb) for verb in (OUT, IN))
    return out, put


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Paragraphs that took each other's place; a paragraph goes with the one that it resembles most."""
    rest = list(old)
    for text in new:
        ratios = [_likeness(other, text) for other in rest]
        best = max(range(len(rest)), key=ratios.__getitem__, default=None)
        if best is None or ratios[best] < 0.4:
            yield Line((Piece(IN, text),))
            continue
        for gone in rest[:best]:
            yield Line((Piece(OUT, gone),))
        yield Line(tuple(_words(rest[best], text)))
        rest = rest[best + 1 :]
    for gone in rest:
        yield Line((Piece(OUT, gone),))


def _likeness(one: str, other: str) -> float:
    if len(one) + len(other) > MOST_WORDS:
        return 1.0 if one[:50] == other[:50] else 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = _cut(before), _cut(after)
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        yield Piece(OUT, before)
        yield Piece(IN, after)
        return
    for verb, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        if verb == "equal":
            yield Piece(SAME, gone)
            continue
        if gone:
            yield Piece(OUT, gone)
        if come:
            yield Piece(IN, come)


def _cut(text: str) -> list[str]:
    """Words, with every sign of punctuation by itself."""
    return [word for part in _BREAK.split(text) if part for word in rjieba.cut(part)]
