"""Reads a .doc or .wps of the years 1997 to 2003: paragraphs, tables, headers, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.files.problems import NUMBERED
from gongkai.files.reader import wordfile
from gongkai.files.reader.answer import Answer
from gongkai.files.reader.docx import HIDDEN, REVISED
from gongkai.files.reader.grid import Field, lay_out
from gongkai.files.reader.wordfile import Marks, Story, WordFile, is_on, number_of

_ALIGN = {1: "center", 2: "right", 3: "justify"}
_PART = {"header": "header", "header box": "header"}
_ORDER = ("header", "header box", "box", "body", "footnote", "endnote")
_SIGNS = {"\x0b": "\n", "\x1e": "-", "\t": "\t", "\xa0": " "}
_ENDS = "\r\x07\x0c\x0e"


@dataclass(slots=True)
class Words:
    """A paragraph or a cell: its words, how it ended, its marks and those of its first letter."""

    text: str
    end: str
    marks: Marks
    letter: Marks


def read(path: Path, answer: Answer) -> None:
    file = WordFile(path)
    stories = {story.name: story for story in file.stories()}
    for name in _ORDER:
        if name in stories:
            _story(file, stories[name], answer)


def _story(file: WordFile, story: Story, answer: Answer) -> None:
    rows: list[list[Field]] = []
    row: list[Field] = []
    cell: list[str] = []
    part = _PART.get(story.name, "")
    for words in paragraphs(file, story, answer):
        if number_of(words.marks, wordfile.LIST, 0):
            answer.warn(NUMBERED)
        if is_on(words.marks, wordfile.ROW_END):
            rows.append(row)
            row = []
        elif words.end == "\x07":
            answer.count_paragraph()
            row.append(Field("\n".join([*cell, words.text.strip()]).strip()))
            cell = []
        elif is_on(words.marks, wordfile.IN_TABLE):
            answer.count_paragraph()
            cell.append(words.text.strip())
        else:
            rows, row, cell = _table(rows, row, answer), [], []
            _paragraph(words, part, answer)
    _table(rows, row, answer)


def _table(rows: list[list[Field]], row: list[Field], answer: Answer) -> list[list[Field]]:
    whole = [one for one in [*rows, row] if one]
    if whole:
        answer.table(lay_out(whole))
    return []


def _paragraph(words: Words, part: str, answer: Answer) -> None:
    if not words.text.strip():
        answer.count_paragraph()
        return
    align = number_of(words.marks, wordfile.ALIGN, number_of(words.marks, wordfile.ALIGN_OLD, 0))
    answer.paragraph(
        words.text.rstrip(),
        align=_ALIGN.get(align, ""),
        size=number_of(words.letter, wordfile.SIZE, 0) / 2,
        bold=is_on(words.letter, wordfile.BOLD),
        part=part,
    )


def paragraphs(file: WordFile, story: Story, answer: Answer) -> Iterator[Words]:
    """The paragraphs and cells of a story as people see them."""
    pieces: list[str] = []
    first: Marks | None = None
    order = 0  # inside the order of a field, which is not shown
    stack: list[bool] = []
    for letter, place in file.letters(story):
        if letter in _ENDS:
            yield Words("".join(pieces), letter, file.paragraphs.at(place), first or {})
            pieces, first = [], None
        elif letter == "\x13":
            stack.append(True)
            order += 1
        elif letter in "\x14\x15" and stack:
            if stack[-1]:
                stack[-1], order = False, order - 1
            if letter == "\x15":
                stack.pop()
        elif order == 0:
            marks = file.characters.at(place)
            if is_on(marks, wordfile.DELETED) or is_on(marks, wordfile.INSERTED):
                answer.warn(REVISED)
            if is_on(marks, wordfile.DELETED):
                continue
            if is_on(marks, wordfile.VANISH):
                answer.warn(HIDDEN)
                continue
            shown = _SIGNS.get(letter, letter if letter >= " " else "")
            pieces.append(shown)
            first = marks if first is None and shown.strip() else first
    if pieces:
        yield Words("".join(pieces), "", {}, first or {})
