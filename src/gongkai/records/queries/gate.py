"""Rows at the gate: what would tell of a person in public, by row and column, and what settles it.

The rules are those of documents. They read what readers will see: open fields, after the masks of the schema.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.gate import queries as gate
from gongkai.gate.queries import Finding, Known, Level, Passage
from gongkai.records.models import RecordRow, RowJustification
from gongkai.records.rules.declared import Field, RecordType
from gongkai.records.rules.masking import masked_row
from gongkai.records.rules.standing import is_read, may_stand, needs

_OWN = "the gate looks at the rows of the act"
CHUNK = 500


@dataclass(frozen=True, slots=True)
class RowFinding:
    """One finding in one cell. ``row`` is the row's number, or its place in a file; the text is masked."""

    row: int
    field: Field
    finding: Finding
    reasons: tuple[RowJustification, ...] = ()

    @property
    def code(self) -> str:
        """The same finding has the same code; another text, and the reason has to be given anew."""
        one = self.finding
        said = "\x1f".join([one.rule, self.field.name, one.text, one.before[-6:], one.after[:6]])
        return "gate." + hashlib.sha256(said.encode()).hexdigest()[:20]

    @property
    def blocks(self) -> bool:
        return self.finding.level == Level.BLOCK

    @property
    def settled(self) -> bool:
        """Whether as many persons as it takes have answered for it."""
        return len({one.by_id for one in self.reasons}) >= max((one.needs for one in self.reasons), default=1)

    @property
    def words(self) -> str:
        """The finding for a message: what it is, where it leads, on which article."""
        return f"{self.finding.text}：{self.finding.says}（{self.finding.basis}）"


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one rule in one column, answered for together."""

    field: Field
    rule: str
    findings: tuple[RowFinding, ...]
    titles: Mapping[int, str]

    @property
    def first(self) -> Finding:
        return self.findings[0].finding

    @property
    def open(self) -> list[RowFinding]:
        return [one for one in self.findings if not one.settled]

    @property
    def needs(self) -> int:
        return needs(len(self.findings))

    @property
    def places(self) -> list[tuple[int, str, str]]:
        """Row, its title, the masked text."""
        return [(one.row, self.titles.get(one.row, ""), one.finding.text) for one in self.findings]

    @property
    def reasons(self) -> list[RowJustification]:
        """What was said, each word of each person once."""
        said = {(one.by_id, one.reason): one for each in self.findings for one in each.reasons}
        return list(said.values())


def findings_in(
    kind: RecordType,
    rows: Iterable[tuple[int, Mapping[str, str]]],
    *,
    known: Callable[[], Known] = gate.known,
) -> list[RowFinding]:
    """What the rules find in rows as readers would see them, blocking and warning ones, in their order."""
    fields = [one for one in kind.fields if is_read(one)]
    cells: dict[str, tuple[int, Field]] = {}
    # The title first: a list is known by what it is called.
    passages = [Passage("", kind.title, row=1)]
    for at, values in rows:
        shown = masked_row(kind, values)
        for column, one in enumerate(fields, 1):
            if shown[one.name]:
                where = f"第{at}行第{column}列"
                cells[where] = (at, one)
                passages.append(Passage(where, shown[one.name], head=one.label))
    found = []
    # The white list only takes away; it is asked of the database where there is something to take from.
    raw = gate.personal.find(passages) if cells else []
    for finding in gate.personal.find(passages, known()) if raw else ():
        cell = cells.get(finding.where)
        if cell is not None and not may_stand(cell[1], finding.rule):
            found.append(RowFinding(*cell, finding))
    return found


def row_findings(kind: RecordType, rows: Sequence[RecordRow]) -> list[RowFinding]:
    """Findings in stored rows, in the change that waits where there is one, with what was said of them."""
    found = findings_in(kind, ((row.pk, row.proposed or row.values) for row in rows))
    return with_reasons(found)


def with_reasons(found: Sequence[RowFinding], rows: Mapping[int, int] | None = None) -> list[RowFinding]:
    """The findings with what was said of each; ``rows`` leads from a place in a file to the stored row."""
    numbers = {one.row: (rows.get(one.row) if rows is not None else one.row) for one in found}
    wanted = sorted({pk for pk in numbers.values() if pk})
    said: dict[tuple[int, str], list[RowJustification]] = defaultdict(list)
    for at in range(0, len(wanted), CHUNK):
        known = RowJustification.objects.unscoped(_OWN).filter(row__in=wanted[at : at + CHUNK])
        for one in known.select_related("by"):
            said[one.row_id, one.code].append(one)
    return [
        RowFinding(one.row, one.field, one.finding, tuple(said.get((numbers[one.row] or 0, one.code), ())))
        for one in found
    ]


def blocking(found: Iterable[RowFinding]) -> list[RowFinding]:
    """What still keeps its row from the public."""
    return [one for one in found if one.blocks and not one.settled]


def grouped(found: Iterable[RowFinding], titles: Mapping[int, str]) -> list[FindingGroup]:
    """Blocking findings by column and rule, those that nobody has answered for first."""
    together: dict[tuple[str, str], list[RowFinding]] = defaultdict(list)
    for one in found:
        if one.blocks:
            together[one.field.name, one.finding.rule].append(one)
    groups = [FindingGroup(rows[0].field, rule, tuple(rows), titles) for (_, rule), rows in together.items()]
    return sorted(groups, key=lambda one: not one.open)
