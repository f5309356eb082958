"""Rows of a word list as they are pasted or shipped: kind, wrong form, right form, source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.gate.rules.wording import FIXED, KINDS, Word

_BY_LABEL = {label: kind for kind, label in KINDS.items()} | {kind: kind for kind in KINDS}
LEAST, LONGEST = 2, 60


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not understood: its number, and what to do."""

    row: int
    text: str


def read(text: str) -> tuple[list[Word], list[Problem]]:
    """Words and problems by row; fields are parted by tabs or commas, an empty line counts for nothing.

    >>> read("错别字\\t布署\\t部署\\t词典")[0][0].right
    '部署'
    """
    words, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith(("#", "类别")):
            continue
        cells = [cell.strip() for cell in re.split(r"\t|[,，]", line)]
        found = _word(cells)
        if isinstance(found, str):
            problems.append(Problem(number, found))
        else:
            words.append(found)
    return words, problems


def _word(cells: list[str]) -> Word | str:
    if len(cells) != 4:
        return f"应有 4 栏（类别、错误写法、正确写法、来源），现有 {len(cells)} 栏。"
    kind, wrong, right, source = _BY_LABEL.get(cells[0], ""), *cells[1:]
    if not kind:
        return f"不认识类别“{cells[0]}”。可以填：{'、'.join(KINDS.values())}。"
    if not source:
        return "没有写来源。请写依据的词典、文件或者名录。"
    if not right or len(right) > LONGEST or len(wrong) > LONGEST:
        return f"正确写法是空的，或者超过 {LONGEST} 字。"
    if kind == FIXED:
        return Word(kind, "", right, source) if len(right) >= 5 else "固定表述至少 5 个字，太短会误报。"
    if len(wrong) < LEAST:
        return f"错误写法至少 {LEAST} 个字，太短会误报。"
    if wrong == right:
        return "错误写法和正确写法相同。"
    return Word(kind, wrong, right, source)
