"""A hosted copy against the official text, word by word: NFKC, without spaces, punctuation in one form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

CHANGED, MISSING, ADDED = "changed", "missing", "added"
_ARTICLE = re.compile(r"^[\s#]*(第[〇零一二三四五六七八九十百千]{1,9}条(?:之[一二三四五六七八九十]{1,2})?)")
_DIVISION = re.compile(r"^[\s#]*第[〇零一二三四五六七八九十百千]{1,9}[编章节]")
_MARKS = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "﹒": "·", "•": "·", "・": "·", "—": "-", "–": "-", "―": "-", "－": "-",
     "〔": "[", "〕": "]", "【": "[", "】": "]", "#": "", "*": "", "…": "."}
)  # fmt: skip
_BLANK = re.compile(r"[\s\u200b\ufeff]+")
_NAME = re.compile(r"[《》〈〉\s]|[（(](?:19|20)\d{2}.*?[)）]$")
# Signs shown on both sides of a difference; from how many signs a line above the articles is a sentence.
ROUND, SENTENCE, ALIKE = 12, 20, 0.5


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the copy is not the official text; the words around it on both sides."""

    kind: str
    article: str
    place: int
    official: str
    copy: str


@dataclass(frozen=True, slots=True)
class Official:
    """A version of an official text."""

    title: str
    text: str
    published: date | None = None
    effective: date | None = None
    key: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """``version`` is the text that the copy is nearest to, ``newest`` the one that holds today."""

    version: Official
    newest: Official
    differences: tuple[Difference, ...]

    @property
    def superseded(self) -> bool:
        return self.version is not self.newest

    @property
    def clean(self) -> bool:
        return not self.superseded and not self.differences


def settled(text: str) -> str:
    """Text in which only words and marks count.

    >>> settled("第一条　为了 规范，“ＡＢ”") == settled('第一条 为了规范,"AB"')
    True
    """
    return _BLANK.sub("", unicodedata.normalize("NFKC", text.translate(_MARKS)).translate(_MARKS))


def name_of(title: str) -> str:
    """A title as the name of a rule, without book marks, year and spaces.

    >>> name_of("《政府信息公开条例》（2019年修订）")
    '政府信息公开条例'
    """
    return _NAME.sub("", title).strip()


def same_rule(title: str, official: str) -> bool:
    """Whether a title names this rule; the state's name before it may be left out."""
    mine, theirs = (name_of(one).removeprefix("中华人民共和国") for one in (title, official))
    return bool(theirs) and mine == theirs


def articles(text: str) -> list[tuple[str, str]]:
    """The articles in their order; what stands before the first is the head (empty name)."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in text.splitlines():
        match = _ARTICLE.match(line)
        if match:
            found.append((match[1], [line]))
        elif not _DIVISION.match(line):
            found[-1][1].append(line)
    return [(name, settled("".join(lines))) for name, lines in found]


def compare(copy: str, versions: Iterable[Official], *, today: date) -> Comparison | None:
    """The copy against the version in force today, or against the older one that it really is."""
    known = sorted(versions, key=lambda one: (one.effective or date.min, one.published or date.min, one.key))
    in_force = [one for one in known if one.effective is None or one.effective <= today]
    if not in_force:
        return None
    newest = in_force[-1]
    found = differences(copy, newest.text)
    if not found:
        return Comparison(newest, newest, ())
    nearest = (len(found), newest, found)
    for older in reversed(in_force[:-1]):
        other = differences(copy, older.text)
        if len(other) < nearest[0]:
            nearest = (len(other), older, other)
    return Comparison(nearest[1], newest, tuple(nearest[2]))


def differences(copy: str, official: str) -> list[Difference]:
    """Every difference with its article; an article that both have is compared sign by sign."""
    if settled(copy) == settled(official):
        return []
    ours, theirs = articles(copy)[1:], articles(official)[1:]
    if len(theirs) < 2 or len(ours) < 2:
        return _whole(settled(copy), settled(official))
    found = _in_head(copy, official) + _in_divisions(copy, official)
    pairs = SequenceMatcher(None, [name for name, _ in theirs], [name for name, _ in ours], autojunk=False)
    for verb, a, b, c, d in pairs.get_opcodes():
        if verb == "equal":
            for (name, text), (_, mine) in zip(theirs[a:b], ours[c:d], strict=True):
                found += _inside(name, mine, text)
            continue
        found += [Difference(MISSING, name, 0, text[:60], "") for name, text in theirs[a:b]]
        found += [Difference(ADDED, name, 0, "", text[:60]) for name, text in ours[c:d]]
    return found


def _whole(copy: str, official: str) -> list[Difference]:
    """A text without articles; a page's own title before it and its source after it are no faults."""
    found = _inside("正文", copy, official)
    return [one for one in found if one.kind != ADDED or 1 < one.place <= len(official)]


def _in_head(copy: str, official: str) -> list[Difference]:
    """The sentences before the first article. What a hosted page has of its own there (title, date) is no fault."""
    mine, found = settled("".join(_head(copy))), []
    for line in _head(official):
        text = settled(line)
        if len(text) < SENTENCE or text in mine:
            continue
        nearest = max((settled(one) for one in _head(copy)), key=lambda one: _alike(one, text), default="")
        if _alike(nearest, text) >= ALIKE:
            found += _inside("序言", nearest, text)
        else:
            found.append(Difference(MISSING, "序言", 0, text[:60], ""))
    return found


def _in_divisions(copy: str, official: str) -> list[Difference]:
    """The names of chapters; a copy that leaves all of them out is still a copy."""
    names = [settled(line) for line in copy.splitlines() if _DIVISION.match(line)]
    found = []
    for line in official.splitlines():
        text = settled(line)
        if names and _DIVISION.match(line) and text not in names:
            nearest = max(names, key=lambda one: _alike(one, text))
            found += _inside("章节标题", nearest, text)
    return found


def _head(text: str) -> list[str]:
    lines = text.splitlines()
    first = next((at for at, line in enumerate(lines) if _ARTICLE.match(line)), 0)
    return [line for line in lines[:first] if not _DIVISION.match(line)]


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _inside(article: str, mine: str, official: str) -> list[Difference]:
    if mine == official:
        return []
    found = []
    for verb, a, b, c, d in SequenceMatcher(None, official, mine, autojunk=False).get_opcodes():
        if verb == "equal":
            continue
        kind = {"replace": CHANGED, "delete": MISSING, "insert": ADDED}[verb]
        around = (official[max(0, a - ROUND) : b + ROUND], mine[max(0, c - ROUND) : d + ROUND])
        found.append(Difference(kind, article, a + 1, *(one[:160] for one in around)))
    return found
