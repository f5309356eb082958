"""The old Word container (Word 97 to 2003, and what WPS writes as .wps): its words, paragraphs and marks.

Read after the published description of the format: the piece table says where the words lie, the pages of formats
say what is a cell, what was taken out, what is hidden. Not read: automatic numbers, merged cells, pictures.
"""

from __future__ import annotations

import bisect
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import olefile

from gongkai.files.problems import Unreadable

WORD_97 = 0x00C1
ENCRYPTED, OTHER_TABLE = 0x0100, 0x0200
PAGE = 512
MOST_CHARACTERS = 20_000_000
_CLX, _CHPX, _PAPX, _AUTHORS, _REVISERS = 33, 12, 13, 36, 51
IN_TABLE, ROW_END, ALIGN_OLD, ALIGN, LIST = 0x2416, 0x2417, 0x2403, 0x2461, 0x460B
SIZE, BOLD, VANISH, DELETED, INSERTED, COLOUR, OLD_COLOUR = (
    0x4A43, 0x0835, 0x083C, 0x0800, 0x0801, 0x6870, 0x2A42,
)  # fmt: skip
WHITE_COLOUR, WHITE_OLD = 0x00FFFFFF, 8
Marks = dict[int, bytes]


@dataclass(slots=True)
class Story:
    """One of the texts in the file: the paper itself, its notes, its headers, remarks, text boxes."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class _Formats:
    """Which marks hold from which place of the file on."""

    starts: list[int] = field(default_factory=list)
    marks: list[Marks] = field(default_factory=list)

    def at(self, place: int) -> Marks:
        found = bisect.bisect_right(self.starts, place) - 1
        return self.marks[found] if found >= 0 else {}


class WordFile:
    """An opened paper; raises ``Unreadable`` where it is locked, older, or none at all."""

    def __init__(self, path: Path) -> None:
        try:
            self.box = olefile.OleFileIO(str(path))
            if not self.box.exists("WordDocument"):
                raise Unreadable("file.broken")
            self.main = self.box.openstream("WordDocument").read()
            magic, version = struct.unpack_from("<HH", self.main, 0)
            flags = struct.unpack_from("<H", self.main, 10)[0]
            if magic != 0xA5EC or version < WORD_97:
                raise Unreadable("file.old_word")
            if flags & ENCRYPTED:
                raise Unreadable("file.password")
            self.table = self.box.openstream("1Table" if flags & OTHER_TABLE else "0Table").read()
            self._pieces = list(self._read_pieces())
            self.characters, self.paragraphs = self._formats(_CHPX), self._formats(_PAPX)
        except (OSError, struct.error, IndexError, ValueError) as problem:
            raise Unreadable("file.broken") from problem

    def stories(self) -> list[Story]:
        lengths = struct.unpack_from("<8i", self.main, 76)
        names = ("body", "footnote", "header", "macro", "remark", "endnote", "box", "header box")
        found, at = [], 0
        for name, length in zip(names, lengths, strict=True):
            if length > 0:
                found.append(Story(name, at, at + length))
                at += length
        return found

    def letters(self, story: Story) -> Iterator[tuple[str, int]]:
        """Each letter of a story with its place in the file."""
        for start, end, place, narrow in self._pieces:
            first, last = max(start, story.start), min(end, story.end)
            if first >= last:
                continue
            width = 1 if narrow else 2
            at = place + (first - start) * width
            raw = self.main[at : at + (last - first) * width]
            text = raw.decode("cp1252", "replace") if narrow else raw.decode("utf-16-le", "replace")
            for number, letter in enumerate(text):
                yield letter, at + number * width

    def names(self) -> list[str]:
        """Who wrote remarks or changed the text."""
        return [*self._texts(_REVISERS), *self._remark_authors()]

    def _pair(self, number: int) -> tuple[int, int]:
        return struct.unpack_from("<II", self.main, 0x9A + number * 8)

    def _read_pieces(self) -> Iterator[tuple[int, int, int, bool]]:
        start, length = self._pair(_CLX)
        clx, at = self.table[start : start + length], 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if at >= len(clx) or clx[at] != 2:
            raise ValueError("no piece table")
        size = struct.unpack_from("<I", clx, at + 1)[0]
        plc = clx[at + 5 : at + 5 + size]
        count = (len(plc) - 4) // 12
        ends = struct.unpack_from(f"<{count + 1}I", plc, 0)
        if ends[-1] > MOST_CHARACTERS:
            raise Unreadable("file.too_much")
        for number in range(count):
            place = struct.unpack_from("<I", plc, (count + 1) * 4 + number * 8 + 2)[0]
            narrow = bool(place & 0x40000000)
            place &= 0x3FFFFFFF
            yield ends[number], ends[number + 1], place // 2 if narrow else place, narrow

    def _formats(self, number: int) -> _Formats:
        start, length = self._pair(number)
        plc = self.table[start : start + length]
        count = (len(plc) - 4) // 8
        found: list[tuple[int, Marks]] = []
        for page in struct.unpack_from(f"<{max(count, 0)}I", plc, (count + 1) * 4) if count > 0 else ():
            found += self._page((page & 0x3FFFFF) * PAGE, paragraphs=number == _PAPX)
        found.sort(key=lambda one: one[0])
        return _Formats([one for one, _ in found], [marks for _, marks in found])

    def _page(self, at: int, *, paragraphs: bool) -> list[tuple[int, Marks]]:
        page = self.main[at : at + PAGE]
        if len(page) < PAGE:
            return []
        runs = page[511]
        found: list[tuple[int, Marks]] = []
        starts = struct.unpack_from(f"<{runs + 1}I", page, 0)
        width = 13 if paragraphs else 1
        for number in range(runs):
            offset = page[(runs + 1) * 4 + number * width] * 2
            found.append((starts[number], _marks_at(page, offset, paragraphs) if offset else {}))
        return found

    def _texts(self, number: int) -> list[str]:
        """A list of texts in the wide form, each with its length in front."""
        start, length = self._pair(number)
        raw = self.table[start : start + length]
        if length < 6 or struct.unpack_from("<H", raw, 0)[0] != 0xFFFF:
            return []
        count, more = struct.unpack_from("<HH", raw, 2)
        found, at = [], 6
        for _ in range(min(count, 1000)):
            size = struct.unpack_from("<H", raw, at)[0]
            found.append(raw[at + 2 : at + 2 + size * 2].decode("utf-16-le", "replace"))
            at += 2 + size * 2 + more
        return [one for one in found if one.strip() and one != "Unknown"]

    def _remark_authors(self) -> list[str]:
        start, length = self._pair(_AUTHORS)
        raw, found, at = self.table[start : start + length], [], 0
        while at + 2 <= len(raw) and len(found) < 1000:
            size = struct.unpack_from("<H", raw, at)[0]
            found.append(raw[at + 2 : at + 2 + size * 2].decode("utf-16-le", "replace"))
            at += 2 + size * 2
        return [one for one in found if one.strip()]


def _marks_at(page: bytes, offset: int, paragraphs: bool) -> Marks:
    size, at = page[offset], offset + 1
    if paragraphs:
        if size == 0:
            size, at = page[offset + 1] * 2, offset + 2
        else:
            size = size * 2 - 1
        size, at = size - 2, at + 2  # the number of the style comes first
    return marks_of(page[at : at + max(size, 0)])


def marks_of(raw: bytes) -> Marks:
    """The marks of a run or a paragraph: the number of each and its value."""
    found, at = {}, 0
    while at + 2 <= len(raw):
        code = struct.unpack_from("<H", raw, at)[0]
        at += 2
        size = (1, 1, 2, 4, 2, 2, 0, 3)[code >> 13]
        if code >> 13 == 6:
            if at >= len(raw):
                break
            size = raw[at] + 1 if code != 0xD608 else struct.unpack_from("<H", raw, at)[0] + 1
        found[code] = raw[at : at + size]
        at += size
    return found


def is_on(marks: Marks, code: int) -> bool:
    """Whether a mark of two states is set."""
    return marks.get(code, b"\0")[:1] in (b"\x01", b"\x81")


def number_of(marks: Marks, code: int, without: int) -> int:
    """A mark that is a number."""
    return int.from_bytes(marks[code], "little") if code in marks else without
