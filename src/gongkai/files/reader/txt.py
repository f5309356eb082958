"""Plain text: one paragraph a line, blank lines kept, because they part a plan's rows."""

from __future__ import annotations

from pathlib import Path

from gongkai.files.reader.answer import Answer
from gongkai.files.reader.charset import decode


def read(path: Path, answer: Answer) -> None:
    page = 1
    for line in (
        decode(path.read_bytes(), declared=False).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ):
        page += line.count("\f")
        words = line.replace("\f", "").replace("\x00", "").rstrip()
        # A tab at the end is an empty field of a table, not white space.
        ends = len(line) - len(line.rstrip("\t")) if words else 0
        answer.paragraph(words + "\t" * ends, page=page)
