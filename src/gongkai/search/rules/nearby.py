"""“您是不是要找”: words of the index's own vocabulary that sound like, look like or are spelled like what was typed.

Three slips are met: pinyin instead of signs (jiazhuangdianti, jzdt), a sign of the same sound (加装店梯), one wrong
sign in a word of four or more (加装电剃). Anything further is a guess, and guesses are not offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pypinyin import lazy_pinyin

from gongkai.search.rules.words import STOP_WORDS, fold, question_words

LONGEST_WORD = 8
LEAST_INITIALS = 3
LEAST_OPEN = 4
MOST = 3
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z]+(?:[ '][a-z]+)*")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by their sound, by the first letters of it, and with one sign left open."""

    words: frozenset[str] = frozenset()
    sound: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    initials: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@lru_cache(maxsize=8192)
def _sound_of_sign(sign: str) -> str:
    return lazy_pinyin(sign)[0]


def _sounds(word: str) -> list[str]:
    return [_sound_of_sign(sign) for sign in word]


def words_in(title: str) -> list[str]:
    """The words of a title and each two that stand side by side: people type 加装电梯 in one go."""
    found = []
    for run in _HAN.findall(fold(title)):
        parts = [part for part in question_words(run) if part not in STOP_WORDS]
        found += parts + [first + second for first, second in zip(parts, parts[1:], strict=False)]
    return [word for word in found if 2 <= len(word) <= LONGEST_WORD and _HAN.fullmatch(word)]


def vocabulary(words: Iterable[str]) -> Vocabulary:
    """Put words in order for looking up; the more frequent word comes first under every key."""
    times: dict[str, int] = {}
    for word in words:
        times[word] = times.get(word, 0) + 1
    sound: dict[str, list[str]] = {}
    initials: dict[str, list[str]] = {}
    open_: dict[str, list[str]] = {}
    for word in sorted(times, key=lambda word: (-times[word], word)):
        sounds = _sounds(word)
        sound.setdefault("".join(sounds), []).append(word)
        if len(word) >= LEAST_INITIALS:
            initials.setdefault("".join(one[0] for one in sounds), []).append(word)
        if len(word) >= LEAST_OPEN:
            for at in range(len(word)):
                open_.setdefault(f"{word[:at]}*{word[at + 1 :]}", []).append(word)
    return Vocabulary(frozenset(times), _kept(sound), _kept(initials), _kept(open_))


def _kept(found: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(words[:MOST]) for key, words in found.items()}


def meant(typed: str, known: Vocabulary) -> tuple[str, ...]:
    """What the person may have meant, best first; nothing where no single slip explains it.

    >>> known = vocabulary(["加装电梯", "加装", "电梯", "临时救助"])
    >>> meant("jiazhuangdianti", known), meant("lsjz", known), meant("老楼加装店梯", known), meant("停车", known)
    (('加装电梯',), ('临时救助',), ('老楼加装电梯',), ())
    """
    text = fold(typed).strip()
    if _LATIN.fullmatch(text):
        letters = re.sub(r"[^a-z]", "", text)
        return (*known.sound.get(letters, ()), *known.initials.get(letters, ()))[:MOST]
    found: dict[str, None] = {}
    for run in _HAN.finditer(text):
        for start, end, word in _slips(run[0], known):
            before, after = text[: run.start() + start], text[run.start() + end :]
            found.setdefault(before + word + after, None)
    return tuple(found)[:MOST]


def _slips(run: str, known: Vocabulary) -> list[tuple[int, int, str]]:
    """Stretches of a run that are no word themselves and are one slip away from one; longest first, sound first."""
    stretches = [
        (start, start + length)
        for length in range(min(LONGEST_WORD, len(run)), 1, -1)
        for start in range(len(run) - length + 1)
    ]
    found: list[tuple[int, int, str]] = []
    for start, end in stretches:
        piece = run[start:end]
        if piece in known.words or any(start >= at and end <= to for at, to, _ in found):
            continue
        words = known.sound.get("".join(_sounds(piece)), ())
        if not words and len(piece) >= LEAST_OPEN:
            words = tuple(
                word
                for at in range(len(piece))
                for word in known.open.get(f"{piece[:at]}*{piece[at + 1 :]}", ())
            )
        found += [(start, end, word) for word in dict.fromkeys(words) if word != piece]
    return found
