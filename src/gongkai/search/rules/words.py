"""The analysis chain: one form for every sign, then words and pairs of signs. Its version names the index.

Index and question go through the same chain, so what a person types in another width, bracket or numeral
meets what the paper says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import rjieba

from gongkai.kernel.text.docnumber import read_number
from gongkai.kernel.text.numerals import NUMERAL, bare, to_chinese, to_int

VERSION = "words-1"
LONGEST_TOKEN = 40

_BRACKETS = str.maketrans("〔［（【﹝〖{｛〈《［〕］）】﹞〗}｝〉》］", "((((((((((()))))))))))")
_ARTICLE = re.compile(rf"第\s*([{NUMERAL}]+|[0-9]+)\s*([编章节条款项])")
_HAN_SIGNS = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_HAN_SIGNS}]+|[0-9a-z]+(?:[.\-][0-9a-z]+)*")
_HAN = re.compile(rf"[{_HAN_SIGNS}]+")
_ORDINARY = re.compile(rf"[0-9a-z{_HAN_SIGNS}]")

# What a long question says beside its subject; dropped only from questions, never from the index.
STOP_WORDS = frozenset(
    files("gongkai.search").joinpath("facts/stop_words.txt").read_text(encoding="utf-8").split()
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in the one form, with the place of each sign in the original."""

    text: str
    places: tuple[int, ...]


def fold(text: str) -> str:
    """The one form: compatibility forms, lower case, round brackets.

    >>> fold("滨政办发〔２０２６〕１６号")
    '滨政办发(2026)16号'
    """
    return unicodedata.normalize("NFKC", text).lower().translate(_BRACKETS)


def fold_with_places(text: str) -> Folded:
    """The one form sign by sign, so that a find can be marked in the original text."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for piece in _folded_sign(sign):
            signs.append(piece)
            places.append(place)
    return Folded("".join(signs), tuple(places))


@lru_cache(maxsize=65_536)
def _folded_sign(sign: str) -> str:
    return fold(sign)


def words_of(text: str) -> list[str]:
    """The words of a text for the index: long words with their parts, numbers, articles in one form."""
    folded = fold(text)
    found = [token for run in _RUN.findall(folded) for token in _words_of_run(run)]
    found.extend(_articles(folded))
    return found


def pairs_of(text: str) -> list[str]:
    """Every pair of neighbouring signs; a run of pairs finds a phrase wherever words were cut otherwise."""
    return list(_pairs(_signs(text)))


def question_words(text: str) -> list[str]:
    """The words of a question, not cut finer than people mean them, in their order, each once."""
    folded = fold(text)
    found = list(_articles(folded))
    for run in _RUN.findall(_ARTICLE.sub(" ", folded)):
        found.extend(rjieba.cut(run) if _HAN.fullmatch(run) else [run])
    return list(dict.fromkeys(word[:LONGEST_TOKEN] for word in found if word.strip()))


def spellings(word: str) -> tuple[str, ...]:
    """How a word of a question may stand in a text: 第33条 also as 第三十三条."""
    match = _ARTICLE.fullmatch(word)
    number = to_int(match[1]) if match else None
    if match is None or number is None or number > 9999:
        return (word,)
    return (word, f"第{to_chinese(number)}{match[2]}")


def exact_form(text: str) -> str:
    """A title as it is compared whole: no white space, no punctuation, one form.

    >>> exact_form("关于印发《办法》的 通知") == exact_form("关于印发办法的通知")
    True
    """
    return "".join(_ORDINARY.findall(fold(bare(text))))[:300]


def number_form(text: str) -> str:
    """A 发文字号 in any bracket as one form; empty where the text is none.

    >>> number_form("滨政办发 [2026] 第16号"), number_form("滨政办发2026 16号"), number_form("电梯")
    ('滨政办发(2026)16', '滨政办发(2026)16', '')
    """
    number = read_number(text).number
    if number is not None:
        return f"{number.agency}({number.year}){number.serial}"
    match = _UNBRACKETED.fullmatch(fold(bare(text)))
    return f"{match[1]}({match[2]}){int(match[3])}" if match else ""


# People leave the brackets out, or the last 号.
_UNBRACKETED = re.compile(r"([\u4e00-\u9fff]{2,20}?)[(\-]?((?:19|20)[0-9]{2})[)\-—_年第]*([0-9]{1,5})号?")


def likely_name(text: str) -> list[str]:
    """The words that look like the name of a person; such words never enter a log."""
    return [word for word, sort in rjieba.tag(fold(text)) if sort in ("nr", "nrfg", "nrt")]


def _words_of_run(run: str) -> Iterator[str]:
    if not _HAN.fullmatch(run):
        yield run[:LONGEST_TOKEN]
        parts = re.split(r"[.\-]", run)
        if len(parts) > 1:
            yield from (part[:LONGEST_TOKEN] for part in parts if part)
        return
    for word in rjieba.cut_for_search(run):
        yield word[:LONGEST_TOKEN]


def _articles(folded: str) -> Iterator[str]:
    for match in _ARTICLE.finditer(folded):
        number = to_int(match[1])
        if number is not None:
            yield f"第{number}{match[2]}"


def _signs(text: str) -> list[str]:
    """Han signs one by one, Latin words and numbers whole."""
    signs: list[str] = []
    for run in _RUN.findall(fold(text)):
        signs.extend(run if _HAN.fullmatch(run) else [run[:LONGEST_TOKEN]])
    return signs


def _pairs(signs: list[str]) -> Iterator[str]:
    for first, second in zip(signs, signs[1:], strict=False):
        yield f"{first}{second}" if _HAN.fullmatch(first) and _HAN.fullmatch(second) else f"{first}_{second}"
