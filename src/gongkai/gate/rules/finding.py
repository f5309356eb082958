"""What the gate reads and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs. Blocking ones are resolved or justified by a named person."""

    BLOCK = "block"
    WARN = "warn"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text with its place as a clerk would say it (正文第3段; 附件“名单.xlsx”工作表“汇总”B12).

    ``head`` is the head of the column for a cell of a table, ``row`` its row: a list of names is known by its
    heads. ``hidden`` says that a reader of the page does not see it.
    """

    where: str
    text: str
    head: str = ""
    row: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What may stand in public although it looks like personal data: the units' own numbers and addresses."""

    phones: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the gate saw. ``text`` is masked, never the number itself.

    ``start`` and ``end`` point into the passage, ``mend`` is what a click puts in its place (empty: no mend);
    ``before`` and ``after`` are the words around it, with every other number masked too.
    """

    rule: str
    level: Level
    where: str
    text: str
    says: str
    basis: str = ""
    start: int = -1
    end: int = -1
    mend: str = ""
    before: str = ""
    after: str = ""
