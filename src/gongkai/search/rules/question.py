"""What a person typed, read: phrases in quotes, a unit, a 文号, and words. Nothing in it is ever code.

Small on purpose: ``"加装电梯" 补助 单位:区财政局 -试点``. Whatever else is typed counts as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.kernel.text.numerals import squeeze
from gongkai.search.rules.synonyms import same_meaning, table
from gongkai.search.rules.words import STOP_WORDS, exact_form, fold, number_form, question_words, spellings

LONGEST = 200
MOST_TERMS = 24
# From this many words on it is a sentence: any of its words may count, the frequent ones least.
SENTENCE = 5

_QUOTED = re.compile(r"[\"“”「『]([^\"“”「」『』]{1,80})[\"“”」』]")
_UNIT = re.compile(r"(?:^|\s)单位[:：]\s*(\S{2,40})")
_NOT = re.compile(r"(?:^|\s)[-－](\S{1,40})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the question with the words that mean the same."""

    word: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready for any engine. ``exact`` is the whole as a title, ``number`` as a 文号."""

    typed: str
    terms: tuple[Term, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    unit: str = ""
    number: str = ""
    exact: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing to look for: all records, newest first. Signs alone (``???``) look for something: nothing."""
        asked = self.terms or self.phrases or self.number or self.unit
        return not asked and (bool(self.without) or not self.typed)

    @property
    def is_sentence(self) -> bool:
        """Whether it is long enough that not every word can be asked for."""
        return len(self.terms) >= SENTENCE

    @property
    def added(self) -> tuple[str, ...]:
        """Words that were not typed but are looked for too; the page shows them."""
        return tuple(dict.fromkeys(also for term in self.terms for also in term.also))

    @property
    def marked(self) -> tuple[str, ...]:
        """What to mark in the answers, longest first; of a 文号 itself and its 机关代字, not the signs it is cut into."""
        if self.number:
            words = {f"{self.number}号", self.number.partition("(")[0]}
        else:
            words = {word for term in self.terms for word in (*spellings(term.word), *map(fold, term.also))}
        words |= {fold(phrase) for phrase in self.phrases}
        return tuple(sorted(words, key=lambda word: (-len(word), word)))


def read(typed: str, *, only_these_words: bool = False) -> Question:
    """Read what was typed; any text is a question, none is an error.

    >>> question = read('"加装电梯" 补助 单位:区财政局')
    >>> question.phrases, question.unit, [term.word for term in question.terms]
    (('加装电梯',), '区财政局', ['补助'])
    >>> read("滨政办发[2026]16号").number
    '滨政办发(2026)16'
    """
    text = squeeze(_CONTROL.sub(" ", typed))[:LONGEST]
    rest = text
    phrases: list[str] = []
    units: list[str] = []
    without: list[str] = []
    for pattern, found in ((_QUOTED, phrases), (_UNIT, units), (_NOT, without)):
        found.extend(match[1] for match in pattern.finditer(rest))
        rest = pattern.sub(" ", rest)
    phrases = [phrase for phrase in phrases if exact_form(phrase)]
    number = number_form(rest) or (number_form(phrases[0]) if len(phrases) == 1 else "")
    return Question(
        typed=text,
        terms=_terms(rest, only_these_words),
        phrases=tuple(dict.fromkeys(phrases))[:5],
        without=tuple(word for word in dict.fromkeys(without) if exact_form(word))[:5],
        unit=units[0] if units else "",
        number=number,
        exact=exact_form(rest) if rest.strip() else exact_form(phrases[0]) if phrases else "",
    )


def _terms(text: str, only_these_words: bool) -> tuple[Term, ...]:
    grouped, rest = _groups_in(fold(text))
    words = [*grouped, *question_words(rest)]
    kept = [word for word in words if word not in STOP_WORDS and exact_form(word)] or [
        word for word in words if exact_form(word)
    ]
    return tuple(Term(word, () if only_these_words else same_meaning(word)) for word in dict.fromkeys(kept))[
        :MOST_TERMS
    ]


def _groups_in(text: str) -> tuple[list[str], str]:
    """Words of the table first, whole, though the dictionary may cut them (加装 + 电梯)."""
    found = []
    for word in sorted(table(), key=len, reverse=True):
        # A figure of the table (12345) is never cut out of a longer one, which may be a telephone number.
        whole = rf"(?<![0-9a-z]){re.escape(word)}(?![0-9a-z])" if word.isascii() else re.escape(word)
        match = re.search(whole, text) if len(word) >= 2 else None
        if match is not None:
            found.append((match.start(), word))
            text = re.sub(whole, " " * len(word), text)
    return [word for _, word in sorted(found)], text
