"""The rules over the passages of a text or a file; the same for the editor, the gate, the command, the sweep."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from gongkai.files.inspecting import Inspection, inspect
from gongkai.files.reading import read_file
from gongkai.gate.rules import dates, form, personal, traps, wording
from gongkai.gate.rules.finding import Finding, Known, Passage
from gongkai.gate.rules.heads import with_heads
from gongkai.gate.rules.wording import Lists

_PAGE = re.compile(r"\.(html?|xht(ml)?|mht)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a file, whether or not all of it could be read."""

    readable: bool
    findings: tuple[Finding, ...]


def check(
    passages: Sequence[Passage], known: Known, lists: Lists | None = None, today: date | None = None
) -> list[Finding]:
    """Findings of all rules that need nothing but the text, the white list and the lists in force."""
    found = personal.find(passages, known)
    for passage in passages:
        more = [*dates.find(passage, today), *form.find(passage)]
        if lists:
            more += wording.find(passage, lists, today)
        if more:
            mine = [one for one in found if one.where == passage.where]
            found += _quoted(passage, more, mine)
    return found


def _quoted(passage: Passage, more: list[Finding], mine: list[Finding]) -> list[Finding]:
    """With the words around them, in which personal data is masked."""
    both = sorted([*mine, *more], key=lambda one: one.start)
    return [one for one in personal.quoted(passage, both) if one.rule not in personal.RULES]


def check_file(
    source: Path | bytes, name: str, known: Known, lists: Lists | None = None, *, prefix: str = ""
) -> Checked:
    """What stands in a file and what is hidden in it; a file that cannot be read is a finding too."""
    inspection = inspect(source, name)
    found = [] if inspection.readable else [traps.unreadable(prefix or name, inspection.why)]
    found += [traps.finding(one.rule, prefix + one.where, one.text, known) for one in inspection.traps]
    whole = _whole_lines(source, name, prefix) if inspection.readable and _PAGE.search(name) else []
    lines = check(whole, known, lists)
    seen = {(one.rule, one.text) for one in lines}
    # A page is read in two ways; what stands in its paragraphs need not be told again by its pieces.
    pieces = check(_passages(inspection, prefix), known, lists)
    found += lines + [one for one in pieces if (one.rule, one.text) not in seen]
    return Checked(inspection.readable, tuple(found))


def _passages(inspection: Inspection, prefix: str) -> list[Passage]:
    parts = with_heads(
        Passage(part.where, part.text, part.head, row=0, hidden=part.hidden) for part in inspection.passages
    )
    return [
        replace(one, where=f"{prefix}{one.where}{'（隐藏）' if one.hidden else ''}")
        if prefix or one.hidden
        else one
        for one in parts
    ]


def _whole_lines(source: Path | bytes, name: str, prefix: str) -> list[Passage]:
    """The paragraphs and rows of a page as they are read, also where inner tags part a number."""
    with tempfile.TemporaryDirectory() as folder:
        path = source if isinstance(source, Path) else Path(folder) / "page.html"
        if isinstance(source, bytes):
            path.write_bytes(source)
        reading = read_file(path, name=name)
    return [
        Passage(f"{prefix}第 {number} 段", line)
        for number, line in enumerate(reading.lines(), 1)
        if line.strip()
    ]
