"""Finding a unit by the name that a plan gives it. An unknown name is never guessed, only shown its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from gongkai.kernel.text.numerals import bare

NEAREST = 3
LEAST_LIKENESS = 0.4


def key_of(name: str) -> str:
    """The form in which names are compared: no white space, one kind of brackets."""
    return bare(name).replace("(", "（").replace(")", "）")


def find(name: str, register: Mapping[str, int]) -> int | None:
    """The unit with exactly this name or alias."""
    return register.get(key_of(name))


def nearest(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names most like an unknown one, best first.

    >>> nearest("区数据资源局", ["区大数据局", "区财政局", "区自然资源局"])
    ('区自然资源局', '区大数据局', '区财政局')
    """
    wanted = key_of(name)
    scored = sorted(
        ((_likeness(wanted, each), each) for each in dict.fromkeys(names)), key=lambda pair: -pair[0]
    )
    return tuple(each for score, each in scored[:NEAREST] if score >= LEAST_LIKENESS)


def _likeness(left: str, right: str) -> float:
    return SequenceMatcher(None, left, key_of(right), autojunk=False).ratio()
