"""Which published record is evidence for which task, and why. House rules; the reason is always told.

A record fits where its unit answers for the task, it was published within the plan's year, and enough speaks
for it: words of the task in its title or keywords, the item of the statutory catalogue, the theme. The words
of all tasks stand in one index by their first two signs, so a record is read once, however many tasks there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import add

from gongkai.ledger.rules.words import weight_of, words_of

ENOUGH = 3
BY_ITEM = 2
SHARED = 2
BY_THEME = 1
LONGEST_ISSUER = 40
_ISSUER = re.compile(
    r"^[\u4e00-\u9fff]{0,6}[区市县][\u4e00-\u9fff]{1,14}?(?:局|委员会|办公室|办事处|中心|政府)"
)
VERSION = "1"  # another rule finds other records: every plan is then looked through anew
_Shared = dict[int, int]


@dataclass(frozen=True, slots=True)
class Subject:
    """A task as the matcher sees it: its words, the units that answer for it, the days that count."""

    id: int
    words: tuple[str, ...]
    units: frozenset[int]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Candidate:
    """A published record. ``item`` is a code of the catalogue with its words in ``item_words``; ``units`` its unit
    and those above."""

    id: int
    units: tuple[int, ...]
    title: str
    keywords: tuple[str, ...]
    item: str
    item_words: str
    theme: str
    published_on: date


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that fits a task, for which of its units, by what."""

    subject: int
    candidate: int
    unit: int
    published_on: date
    words: tuple[str, ...]
    by_item: bool
    by_theme: bool


@dataclass(slots=True)
class Index:
    """The words of all tasks by their first two signs, and which tasks an item or theme speaks for."""

    subjects: Mapping[int, Subject]
    by_start: dict[str, list[tuple[str, tuple[int, ...], int]]] = field(default_factory=dict)
    _related: dict[str, _Shared] = field(default_factory=dict)

    def related(self, text: str) -> _Shared:
        """The tasks that share telling words with a name of the catalogue, with how many; reckoned once."""
        found = self._related.get(text)
        if found is None:
            found = {}
            words = set(words_of(text))
            for subject in self.subjects.values():
                shared = sum(weight_of(word) > 1 for word in words.intersection(subject.words))
                if shared:
                    found[subject.id] = shared
            self._related[text] = found
        return found


def index_of(subjects: Iterable[Subject]) -> Index:
    """Make the index of a plan's tasks; longer words come first, so that they are found before their parts."""
    rows = {subject.id: subject for subject in subjects}
    holders: dict[str, list[int]] = {}
    for subject in rows.values():
        for word in subject.words:
            holders.setdefault(word, []).append(subject.id)
    index = Index(rows)
    for word in sorted(holders, key=lambda each: (-len(each), each)):
        index.by_start.setdefault(word[:2], []).append((word, tuple(holders[word]), weight_of(word)))
    return index


def match(index: Index, candidate: Candidate) -> list[Hit]:
    """The tasks for which a record is evidence."""
    found: dict[int, dict[str, int]] = {}
    _read(index, matter_of(candidate.title), found)
    for keyword in candidate.keywords:
        _read(index, keyword, found)
    items = index.related(candidate.item_words) if candidate.item_words else {}
    themes = index.related(candidate.theme) if candidate.theme else {}
    # An item alone speaks for a task only where they share more than one word.
    for task, shared in items.items():
        if shared >= SHARED:
            found.setdefault(task, {})
    hits = []
    for task, read in found.items():
        subject, shared = index.subjects[task], items.get(task, 0)
        more = (ENOUGH if shared >= SHARED else BY_ITEM if shared else 0) + BY_THEME * (task in themes)
        if sum(read.values()) + more < ENOUGH:
            continue
        unit = next((each for each in candidate.units if each in subject.units), None)
        if unit is None or not subject.first <= candidate.published_on <= subject.last:
            continue
        words = _without_parts(read)
        if sum(words.values()) + more >= ENOUGH:
            hits.append(
                Hit(
                    task,
                    candidate.id,
                    unit,
                    candidate.published_on,
                    tuple(words),
                    task in items,
                    task in themes,
                )
            )
    return hits


def heard(index: Index, texts: Iterable[str]) -> dict[int, dict[str, int]]:
    """Which subjects have words in these texts: the words with their weight, none that is part of a longer one."""
    found: dict[int, dict[str, int]] = {}
    for text in texts:
        _read(index, text, found)
    return {subject: _without_parts(words) for subject, words in found.items()}


def matter_of(title: str) -> str:
    """A title without the name of whoever issued it: 卫生健康局 in front says nothing of what the paper is about.

    >>> matter_of("滨海区卫生健康局关于做好冬季防护的通告")
    '做好冬季防护的通告'
    >>> matter_of("滨海区财政局2026年部门预算")
    '2026年部门预算'
    """
    at = title.find("关于")
    return title[at + 2 :] if 0 <= at <= LONGEST_ISSUER else _ISSUER.sub("", title, count=1)


def explain(*, words: Sequence[str], item: str, theme: str, unit: str, published_on: date, year: int) -> str:
    """Why a record counts, in a sentence.

    >>> explain(words=["预算"], item="财政预决算", theme="", unit="区财政局", published_on=date(2026, 3, 2), year=2026)
    '标题或关键词有“预算”；法定目录“财政预决算”与任务同类；区财政局是责任单位；2026-03-02 公开，在 2026 年内。'
    """
    told = []
    if words:
        told.append("标题或关键词有" + "".join(f"“{word}”" for word in words))
    if item:
        told.append(f"法定目录“{item}”与任务同类")
    if theme:
        told.append(f"主题“{theme}”与任务同类")
    told.append(f"{unit}是责任单位")
    told.append(f"{published_on.isoformat()} 公开，在 {year} 年内")
    return "；".join(told) + "。"


def staleness(*, published_on: date, withdrawn: bool, cycle_days: int | None, today: date) -> str:
    """Why a record no longer counts; empty while it does. ``cycle_days`` is None for a task with a day.

    >>> staleness(published_on=date(2026, 1, 5), withdrawn=False, cycle_days=90, today=date(2026, 4, 6))
    '2026-01-05 公开，90天的更新周期到 2026-04-05 已过，不再算作最近记录。'
    """
    if withdrawn:
        return "文件已经撤回，不再作数。"
    if cycle_days is None:
        return ""
    ends = published_on + timedelta(days=cycle_days)
    if ends >= today:
        return ""
    return f"{published_on.isoformat()} 公开，{cycle_days}天的更新周期到 {ends.isoformat()} 已过，不再算作最近记录。"


def _read(index: Index, text: str, found: dict[int, dict[str, int]]) -> None:
    start = index.by_start.get
    for at, pair in enumerate(map(add, text, text[1:])):
        for word, tasks, weight in start(pair, ()):
            if text.startswith(word, at):
                for task in tasks:
                    found.setdefault(task, {})[word] = weight


def _without_parts(words: dict[str, int]) -> dict[str, int]:
    """权责清单 is one proof, not three: words that stand within a longer one do not count again."""
    if len(words) < 2:
        return words
    return {
        word: weight
        for word, weight in words.items()
        if not any(word != other and word in other for other in words)
    }
