"""One article of a paper that answers a question by itself, word for word; none rather than a wrong one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.kernel.text.numerals import NUMERAL
from gongkai.search.rules.question import Question, Term
from gongkai.search.rules.words import fold, spellings

SHORTEST, LONGEST = 12, 200
_ARTICLE = re.compile(rf"^(第[{NUMERAL}0-9]+条)[\s\u3000]+")

# What every paper opens with: it names all of the subject and answers nothing.
_PURPOSE = re.compile(r"(?:制定|制订)本")


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph as it stands in the paper, and the article it belongs to."""

    article: str
    text: str


def clause_for(question: Question, *, title: str, lines: Sequence[str]) -> Clause | None:
    """The paragraph under an article that holds most of the question, where paper and paragraph hold all of it.

    >>> from gongkai.search.rules.question import read
    >>> lines = ["第一条　为了方便出行，制定本办法。", "第四条　每台电梯补助二十万元，由区财政承担。"]
    >>> clause_for(read("电梯 补助"), title="电梯办法", lines=lines)
    Clause(article='第四条', text='每台电梯补助二十万元，由区财政承担。')
    >>> clause_for(read("电梯 学区"), title="电梯办法", lines=lines)
    """
    if len(question.terms) < 2 or question.number or question.phrases:
        return None
    named = {term.word for term in question.terms if _holds(title, term)}
    best: tuple[int, Clause] | None = None
    article = ""
    for line in lines:
        match = _ARTICLE.match(line)
        article = match[1] if match else article
        text = (line[match.end() :] if match else line).strip()
        if not article or _PURPOSE.search(text) or not SHORTEST <= len(text) <= LONGEST:
            continue
        here = {term.word for term in question.terms if _holds(text, term)}
        whole = len(here | named) == len(question.terms)
        if whole and here - named and (best is None or len(here) > best[0]):
            best = (len(here), Clause(article, text))
    return best[1] if best else None


def _holds(text: str, term: Term) -> bool:
    folded = fold(text)
    return any(word in folded for word in (*spellings(term.word), *map(fold, term.also)))
