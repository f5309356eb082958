"""Personal data in passages: all rules together, each place once. 条例第十五条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gongkai.gate.rules import personal_card, personal_home, personal_id, personal_names, personal_phone
from gongkai.gate.rules.finding import Finding, Known, Passage
from gongkai.gate.rules.folding import fold

# Numbers are somebody's wherever they stand; a name or a street only where it is said whose.
NUMBERS = (personal_id.RULE, personal_phone.RULE, personal_card.RULE)
PHONE = personal_phone.RULE
RULES = (personal_id.RULE, personal_phone.RULE, personal_card.RULE, personal_home.RULE, personal_names.RULE)
AROUND = 18
_DIGIT = re.compile(r"\d")


def find(passages: Sequence[Passage], known: Known | None = None) -> list[Finding]:
    """What is personal in the passages, in their order; quotes hold no number and no name in full."""
    return [one for _, one in placed(passages, known)]


def placed(passages: Sequence[Passage], known: Known | None = None) -> list[tuple[int, Finding]]:
    """The same with the number of its passage: two passages may stand in one place."""
    known = known or Known()
    per_place: dict[int, list[Finding]] = {}
    for place, passage in enumerate(passages):
        if found := list(_in_one(passage, known)):
            per_place[place] = found
    for place, finding in personal_names.find(passages, known):
        others = per_place.setdefault(place, [])
        if not any(_overlap(finding, other) for other in others):
            others.append(finding)
    return [
        (place, one)
        for place in sorted(per_place)
        for one in quoted(passages[place], sorted(per_place[place], key=lambda one: one.start))
    ]


def _in_one(passage: Passage, known: Known) -> Iterator[Finding]:
    folded = fold(passage.text)
    if not _DIGIT.search(folded):
        return
    found: list[Finding] = []
    for rule in (personal_id, personal_card, personal_phone, personal_home):
        for finding in rule.find(passage, folded, known):
            if not any(_overlap(finding, other) for other in found):
                found.append(finding)
    yield from found


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def quoted(passage: Passage, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The same findings with the words around them, in which every other hit is masked too."""
    for finding in findings:
        before, after = _masked_part(passage, findings, 0, finding.start), ""
        after = _masked_part(passage, findings, finding.end, len(passage.text))
        yield replace(finding, before=before[-AROUND:], after=after[:AROUND])


def _masked_part(passage: Passage, findings: Sequence[Finding], start: int, end: int) -> str:
    start, end = max(start, 0), max(end, 0)
    parts, at = [], start
    low, high = max(start, end - 200) if start == 0 else start, min(end, start + 200) if start else end
    at = low
    for one in findings:
        if one.start >= low and one.end <= high:
            parts += [passage.text[at : one.start], one.text]
            at = one.end
        elif one.start < low < one.end:
            at = max(at, one.end)
    parts.append(passage.text[at:high])
    return "".join(parts)
