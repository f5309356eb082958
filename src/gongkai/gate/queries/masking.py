"""A copy of a file with personal data masked: what is to be masked, and whether it is gone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from gongkai.files.inspecting import inspect
from gongkai.files.masking import KINDS as MASKABLE
from gongkai.files.masking import Mark, mask
from gongkai.files.problems import SENTENCES
from gongkai.gate.queries.checking import check_file
from gongkai.gate.rules import personal
from gongkai.gate.rules.finding import Known, Level, Passage
from gongkai.gate.rules.heads import with_heads

__all__ = ["MASKABLE", "Masking", "masked_copy", "marks_in"]
ROUNDS = 3  # a mask may let a rule see what it did not see beside the number
Wanted = Collection[tuple[str, Level]]


@dataclass(frozen=True, slots=True)
class Masking:
    """The copy and how many places were masked for each rule; ``why`` is empty exactly when there is one."""

    content: bytes = b""
    why: str = ""
    places: tuple[tuple[str, int], ...] = ()


def masked_copy(
    source: Path, name: str, kind: str, known: Known, wanted: Wanted, *, instead: str = ""
) -> Masking:
    """The file with everything masked that these rules find at these levels, looked at anew by the same rules.

    ``instead`` comes in the place of mobile numbers: the unit's own phone.
    """
    content: Path | bytes = source
    places: dict[str, int] = {}
    for _ in range(ROUNDS):
        marks = marks_in(content, name, known, wanted, instead=instead)
        if not marks:
            break
        for rule, _mark in marks:
            places[rule] = places.get(rule, 0) + 1
        made = mask(content, name=name, kind=kind, marks=[one for _, one in marks])
        if made.why:
            return Masking(why=made.why)
        content = made.content
        left = check_file(content, name, known).findings
        if not any((one.rule, one.level) in wanted for one in left):
            return Masking(content, places=tuple(sorted(places.items())))
    return Masking(why=SENTENCES["file.left_unmasked"])


def marks_in(
    source: Path | bytes, name: str, known: Known, wanted: Wanted, *, instead: str = ""
) -> list[tuple[str, Mark]]:
    """What is to be masked, with its rule. The writings themselves: for the masking child only, never to be kept."""
    parts = inspect(source, name, eyes=False).passages
    passages = list(
        with_heads(Passage(one.where, one.text, one.head, row=0, hidden=one.hidden) for one in parts)
    )
    found = []
    for place, one in personal.placed(passages, known):
        if (one.rule, one.level) in wanted and one.mend:
            mend = instead if instead and one.rule == personal.PHONE else one.mend
            said = passages[place].text[one.start : one.end]
            mark = Mark(parts[place].where, said, mend, one.rule in personal.NUMBERS)
            found.append((one.rule, mark))
    return found
