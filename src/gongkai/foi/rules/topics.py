"""What many people ask for: requests of a quarter put together by the words they share, and why (条例第四十四条).

A topic is explained by its words: each stands in at least half of its requests. Numbers and names of people are
no words, so nothing of an applicant can become the name of a topic.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import rjieba

from gongkai.law.basis import basis

LEAST_ALIKE = 0.5  # of the weight of the rarer side; measured on the requests of foi/tests/test_topics.py
LEAST_SHARED = 2
LEAST_REQUESTS = 2
MOST_WORDS = 6
LONGEST = 2000
BELONGS = 0.5
CONVERTED_ROWS = frozenset({"r1", "r2"})

_SORTS = ("n", "v", "j", "l", "i", "s", "f")
_PEOPLE = ("nr", "nrfg", "nrt")
_DIGITS = re.compile(r"\d")
_FORMULA = frozenset(
    [
        "申请",
        "公开",
        "信息",
        "政府",
        "文件",
        "材料",
        "资料",
        "内容",
        "情况",
        "提供",
        "获取",
        "查阅",
        "复制",
        "书面",
        "相关",
        "有关",
        "关于",
        "依据",
        "根据",
        "条例",
        "本人",
        "要求",
        "请求",
        "希望",
        "进行",
        "开展",
        "包括",
        "具体",
        "明细",
        "清单",
        "复印件",
        "工作",
        "使用",
        "区政府",
        "人民政府",
        "机关",
        "单位",
        "部门",
        "街道",
        "办事处",
        "编号",
        "份",
        "年度",
        "出具",
        "告知",
        "政府信息",
        "政府信息公开",
        "需要",
        "予以",
        "时间",
        "方面",
        "全部",
        "所有",
        "涉及",
        "关系",
        "作出",
        "制作",
        "保存",
    ]  # noqa: SIM905 -- a list that is read as one line
)


@dataclass(frozen=True, slots=True)
class Wish:
    """One request as the analysis sees it. ``asker`` is any stable key of the person or body, ``row`` the row of
    its result, empty while it is open."""

    key: int
    text: str
    asker: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Requests that share words: the words with the number of requests in which each stands."""

    words: tuple[tuple[str, int], ...]
    keys: tuple[int, ...]
    askers: int
    rows: tuple[tuple[str, int], ...]

    @property
    def title(self) -> str:
        """The words as a name that a clerk can improve."""
        return " ".join(word for word, _ in self.words[:4])


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year.

    >>> Quarter.of(date(2026, 11, 24)).before().label
    '2026年第三季度'
    """

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.after().first - timedelta(days=1)

    @property
    def label(self) -> str:
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    def after(self) -> Quarter:
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)  # noqa: PLR2004

    def before(self) -> Quarter:
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)


@lru_cache(maxsize=20_000)
def words_of(text: str) -> frozenset[str]:
    """The words of a request that say what it is about.

    >>> sorted(words_of("本人申请公开2025年观澜路道路改造工程的资金使用明细"))
    ['工程', '改造', '观澜', '资金', '道路']
    """
    plain = unicodedata.normalize("NFKC", text)[:LONGEST]
    return frozenset(
        word
        for word, sort in rjieba.tag(plain)
        if len(word) > 1
        and sort.startswith(_SORTS)
        and sort not in _PEOPLE
        and word not in _FORMULA
        and not _DIGITS.search(word)
    )


@basis("条例44.1")
def clusters(wishes: Iterable[Wish]) -> tuple[Cluster, ...]:
    """Groups of at least two requests, the largest first; the same requests in any order give the same groups."""
    listed = sorted({wish.key: wish for wish in wishes}.values(), key=lambda wish: wish.key)
    words = {wish.key: words_of(wish.text) for wish in listed}
    weight = _weights(words)
    groups: list[list[int]] = []
    cores: list[Counter[str]] = []
    standing: defaultdict[str, set[int]] = defaultdict(set)
    # Requests with many words first: they make the core to which the short ones are held.
    for key in sorted(words, key=lambda key: (-len(words[key]), key)):
        near = {group for word in words[key] for group in standing[word]}
        best = max(
            ((_alike(words[key], _core(cores[at], len(groups[at])), weight), -at) for at in near),
            default=(0.0, 0),
        )
        at = -best[1]
        if best[0] < LEAST_ALIKE:
            at = len(groups)
            groups.append([])
            cores.append(Counter())
        groups[at].append(key)
        cores[at].update(words[key])
        for word in words[key]:
            standing[word].add(at)
    by_key = {wish.key: wish for wish in listed}
    found = [_cluster(group, core, by_key) for group, core in zip(groups, cores, strict=True)]
    found = [one for one in found if len(one.keys) >= LEAST_REQUESTS and len(one.words) >= LEAST_SHARED]
    return tuple(sorted(found, key=lambda one: (-len(one.keys), one.keys)))


def belongs(text: str, words: Sequence[str]) -> bool:
    """Whether a request of another time is about a topic: it holds at least half of its words, and two of them.

    >>> belongs("道路改造的资金", ["道路", "改造", "资金", "工程"]), belongs("道路保洁", ["道路", "改造", "资金"])
    (True, False)
    """
    held = words_of(text) & set(words)
    return len(held) >= LEAST_SHARED and len(held) / max(1, len(words)) >= BELONGS


def may_become_public(rows: Mapping[str, int]) -> bool:
    """Whether the results say that the information can be public: most of the closed ones were given.

    >>> may_become_public({"r1": 3, "r2": 1, "r3_6": 1}), may_become_public({"r3_6": 2, "r1": 1})
    (True, False)
    """
    closed = sum(times for row, times in rows.items() if row)
    given = sum(times for row, times in rows.items() if row in CONVERTED_ROWS)
    return closed > 0 and given * 2 > closed


@dataclass(frozen=True, slots=True)
class Effect:
    """How many asked in an average quarter before the publication, and in one after it."""

    before: float
    after: float | None
    words: str


def effect(before: Sequence[int], after: Sequence[int]) -> Effect:
    """Whether requests fell after the publication, said as it is; whole quarters only.

    >>> effect([4, 6], [2]).words, effect([1], [3]).words
    ('公开前每季度平均 5 件，公开后 2 件，下降 60%', '公开前每季度平均 1 件，公开后 3 件，没有下降')
    """
    mean = sum(before) / len(before) if before else 0.0
    if not after:
        return Effect(mean, None, f"公开前每季度平均 {mean:g} 件；公开后还不满一个季度，暂不比较")
    later = sum(after) / len(after)
    start = f"公开前每季度平均 {round(mean, 1):g} 件，公开后 {round(later, 1):g} 件"
    if mean and later < mean:
        return Effect(mean, later, f"{start}，下降 {1 - later / mean:.0%}")
    return Effect(mean, later, f"{start}，没有下降")


def _weights(words: Mapping[int, frozenset[str]]) -> dict[str, float]:
    """Rare words say more than words that every request has."""
    times = Counter(word for one in words.values() for word in one)
    return {word: math.log(1 + len(words) / count) for word, count in times.items()}


def _core(counted: Counter[str], size: int) -> frozenset[str]:
    return frozenset(word for word, times in counted.items() if times * 2 >= size)


def _alike(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> float:
    shared = one & other
    if len(shared) < LEAST_SHARED:
        return 0.0
    least = min(sum(weight[word] for word in side) for side in (one, other))
    return sum(weight[word] for word in shared) / least if least else 0.0


def _cluster(keys: list[int], counted: Counter[str], wishes: Mapping[int, Wish]) -> Cluster:
    shared = [(word, times) for word, times in counted.items() if times * 2 >= len(keys) and times > 1]
    shared.sort(key=lambda pair: (-pair[1], pair[0]))
    rows = Counter(wishes[key].row for key in keys)
    return Cluster(
        tuple(shared[:MOST_WORDS]),
        tuple(sorted(keys)),
        len({wishes[key].asker for key in keys}),
        tuple(sorted(rows.items())),
    )
