"""Words from the lists that the office keeps: wrong words, old names, fixed expressions, leaders.

A list is data with its source; a word counts only while no approved text holds it (``gate.actions``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeAlias

from gongkai.gate.rules.finding import Finding, Level, Passage

WRONG, RENAMED, FIXED, STANCE = "wrong", "renamed", "fixed", "stance"
KINDS = {WRONG: "错别字", RENAMED: "旧机构名", FIXED: "固定表述", STANCE: "慎用语"}
_LEVELS = {WRONG: Level.WARN, RENAMED: Level.HINT, FIXED: Level.WARN, STANCE: Level.BLOCK}
_SAYS = {
    WRONG: "应为“{right}”。",
    RENAMED: "机构已经改名，现名“{right}”。讲历史沿革的可以保留。",
    FIXED: "规范的说法是“{right}”。",
    STANCE: "这样写不妥，应为“{right}”。",
}
POST, NAME, LEFT, RANK = "leader.post", "leader.name", "leader.left", "leader.order"
_HAN = r"[\u4e00-\u9fff]"


@dataclass(frozen=True, slots=True)
class Word:
    """One entry: what is written wrongly (for a fixed expression: nothing) and what is right, with its source."""

    kind: str
    wrong: str
    right: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody in an office of the district, from a day until a day, with the place in the order of names."""

    name: str
    post: str
    order: int
    until: date | None = None


Compiled: TypeAlias = tuple[re.Pattern[str] | None, dict[str, Word], list[tuple[Word, re.Pattern[str]]]]


@dataclass(frozen=True)
class Lists:
    """The lists that are in force."""

    words: tuple[Word, ...] = ()
    leaders: tuple[Leader, ...] = ()

    @cached_property
    def compiled(self) -> Compiled:
        """The words as patterns, made once for all passages."""
        return compiled(self.words)


def find(passage: Passage, lists: Lists, today: date | None = None) -> Iterator[Finding]:
    """What the lists say about a passage."""
    for word, start, end in hits(passage.text, lists.compiled):
        yield Finding(
            f"word.{word.kind}", _LEVELS[word.kind], passage.where, passage.text[start:end],
            _SAYS[word.kind].format(right=word.right), word.source, start, end, word.right,
        )  # fmt: skip
    if lists.leaders:
        yield from _leaders(passage, lists.leaders, today)


def hits(text: str, words: Compiled) -> Iterator[tuple[Word, int, int]]:
    """Every place where an entry is written wrongly."""
    pattern, by_wrong, fixed = words
    if pattern:
        for match in pattern.finditer(text):
            word = by_wrong[match[0]]
            if not _is_right(text, match.start(), match.end(), word):
                yield word, match.start(), match.end()
    for word, near in fixed:
        for match in near.finditer(text):
            if match[0] != word.right:
                yield word, match.start(), match.end()


def _is_right(text: str, start: int, end: int, word: Word) -> bool:
    """The wrong form is a part of the right one (文化部 in 文化部门 stands in the list as itself)."""
    at = word.right.find(word.wrong)
    return at >= 0 and text[max(0, start - at) : start - at + len(word.right)] == word.right


def compiled(words: Sequence[Word]) -> Compiled:
    """Entries as one pattern for the wrong forms and one for each fixed expression."""
    plain = {word.wrong: word for word in words if word.kind != FIXED and word.wrong}
    pattern = re.compile("|".join(map(re.escape, sorted(plain, key=len, reverse=True)))) if plain else None
    near = [
        (word, re.compile(near_misses(word.right)))
        for word in words
        if word.kind == FIXED and len(word.right) >= 5
    ]
    return pattern, plain, near


def near_misses(right: str) -> str:
    """A pattern for the expression with one character written otherwise, never the first and the last together.

    >>> bool(re.fullmatch(near_misses("绿水青山就是金山银山"), "绿水青山就是金山银川"))
    True
    """
    return "|".join(
        re.escape(right[:place]) + _HAN + re.escape(right[place + 1 :]) for place in range(len(right))
    )


def _leaders(passage: Passage, leaders: Sequence[Leader], today: date | None) -> Iterator[Finding]:
    posts = sorted({leader.post for leader in leaders}, key=len, reverse=True)
    by_name: dict[str, list[Leader]] = {}
    for leader in leaders:
        by_name.setdefault(leader.name, []).append(leader)
    any_post = "|".join(map(re.escape, posts))
    for match in re.finditer(rf"({any_post})({_HAN}{{2,4}})", passage.text):
        found = _post_and_name(passage, match, by_name, leaders, today)
        if found:
            yield found
    yield from _rank(passage, by_name, today)


def _post_and_name(
    passage: Passage,
    match: re.Match[str],
    by_name: dict[str, list[Leader]],
    leaders: Sequence[Leader],
    today: date | None,
) -> Finding | None:
    post, after = match[1], match[2]
    start = match.start(2)
    if post.startswith(("区", "市")) is False and passage.text[match.start() - 1 : match.start()] == "副":
        return None
    if passage.text[match.start() - 1 : match.start()] == "副":
        post = "副" + post
    name = next((name for name in sorted(by_name, key=len, reverse=True) if after.startswith(name)), "")
    if name:
        held = by_name[name]
        now = [one for one in held if not (today and one.until and one.until < today)]
        if not now:
            return _leader(passage, LEFT, start, name, f"{name}已经不任{held[0].post}。请核对名录。")
        if post not in {one.post for one in now}:
            return _leader(passage, POST, start, name, f"名录里{name}的职务是“{now[0].post}”。请核对。")
        return None
    near = [one for one in leaders if one.post == post and _one_off(one.name, after[: len(one.name)])]
    if near:
        said = after[: len(near[0].name)]
        return _leader(
            passage, NAME, start, said, f"名录里{post}是“{near[0].name}”。请核对姓名。", mend=near[0].name
        )
    return None


def _one_off(name: str, said: str) -> bool:
    return len(name) == len(said) and sum(a != b for a, b in zip(name, said, strict=True)) == 1


def _rank(passage: Passage, by_name: dict[str, list[Leader]], today: date | None) -> Iterator[Finding]:
    """Names of leaders side by side stand in the order of the list."""
    pattern = "|".join(map(re.escape, sorted(by_name, key=len, reverse=True)))
    for run in re.finditer(rf"(?:{pattern})(?:[、，\s]\s?(?:{pattern}))+", passage.text):
        names = re.findall(pattern, run[0])
        orders = [min(one.order for one in by_name[name]) for name in names]
        if orders != sorted(orders):
            right = [name for _, name in sorted(zip(orders, names, strict=True))]
            yield _leader(passage, RANK, run.start(), run[0], f"名录的顺序是：{'、'.join(right)}。请核对。")


def _leader(passage: Passage, rule: str, start: int, text: str, says: str, *, mend: str = "") -> Finding:
    return Finding(
        rule, Level.WARN, passage.where, text, says, "本区领导名录", start, start + len(text), mend
    )


def collected(rows: Iterable[Word]) -> tuple[Word, ...]:
    """Entries in a fixed order, so that the compiled pattern is kept between two texts."""
    return tuple(sorted(rows, key=lambda one: (one.kind, one.wrong, one.right)))
