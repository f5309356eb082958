"""From signs to lines and from lines to paragraphs, by their places on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Protocol

from gongkai.files.reader.pdfsigns import Sign

_PAGE_NUMBER = re.compile(r"^[—\-－–―·\s]*\d{1,4}[—\-－–―·\s]*$|^第\s*\d+\s*页")
_STARTS = re.compile(
    r"^([一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十百\d]{1,5}[章条节]|\d{1,2}[.．、](?!\d)|附\s*件|抄\s*送)"
)
_ENDS = ("。", "：", ":", "；", "！", "？")


@dataclass
class PrintedLine:
    """One printed line with its edges."""

    signs: list[Sign]
    text: str = ""
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    bold: bool = False

    def __post_init__(self) -> None:
        self.signs.sort(key=lambda sign: sign.left)
        seen = [sign for sign in self.signs if sign.text.strip()]
        self.left, self.right = seen[0].left, max(sign.right for sign in seen)
        self.top, self.bottom = max(sign.top for sign in seen), min(sign.bottom for sign in seen)
        self.size = round(median(sign.size for sign in seen), 1)
        self.bold = sum(sign.bold for sign in seen) * 2 > len(seen)
        self.text = _with_gaps(self.signs, self.size)


@dataclass
class Found:
    """A paragraph on its way out."""

    text: str
    align: str
    size: float
    bold: bool
    top: float
    part: str = ""
    lines: list[PrintedLine] = field(default_factory=list)
    full: bool = False  # the last line reaches the right edge
    flush: bool = False  # the first line begins at the left edge
    edges: tuple[float, float] = (0.0, 0.0)


def _with_gaps(signs: list[Sign], size: float) -> str:
    """Wide gaps become spaces, so that two columns of one line stay apart."""
    pieces: list[str] = []
    end: float | None = None
    for sign in signs:
        if not sign.text.strip():
            if pieces and not pieces[-1].endswith(" "):
                pieces.append(" ")
            continue
        gap = sign.left - end if end is not None else 0.0
        if gap > max(size, 6) * 2.5:
            pieces.append("    ")
        elif gap > max(size, 6) * 0.9 and not pieces[-1].endswith(" "):
            pieces.append(" ")
        pieces.append(sign.text)
        end = sign.right
    return "".join(pieces).strip()


def lines_of(signs: list[Sign]) -> list[PrintedLine]:
    """Signs whose middles lie at one height are a line; from top to bottom."""
    seen = [sign for sign in signs if sign.text.strip()]
    rows: list[list[Sign]] = []
    height = 0.0
    for sign in sorted(seen, key=lambda one: -one.middle[1]):
        reach = max(min(sign.size, 30) * 0.5, 3.0)
        # Small signs (commas, 一) sit low or high in their line: the running height of the line decides.
        if rows and abs(height - sign.middle[1]) <= reach:
            rows[-1].append(sign)
            height += (sign.middle[1] - height) / len(rows[-1])
        else:
            rows.append([sign])
            height = sign.middle[1]
    spaces = [sign for sign in signs if not sign.text.strip() and sign.right > sign.left]
    lines = [PrintedLine(row) for row in rows]
    for space in spaces:
        for line in lines:
            if line.bottom <= space.middle[1] <= line.top and line.left < space.middle[0] < line.right:
                line.signs.append(space)
                break
    return [PrintedLine(line.signs) for line in lines] if spaces else lines


class Edged(Protocol):
    """A table of the page, as far as the text around it is concerned."""

    @property
    def top(self) -> float: ...
    @property
    def columns_at(self) -> list[float]: ...


def paragraphs_of(signs: list[Sign], frames: Sequence[Edged]) -> list[Found]:
    """Lines joined where the text runs on; nothing is joined over a table."""
    lines = lines_of(signs)
    if not lines:
        return []
    left, right = _margins(lines)
    left = min([left, *(frame.columns_at[0] for frame in frames)])
    right = max([right, *(frame.columns_at[-1] for frame in frames)])
    found: list[Found] = []
    for place, line in enumerate(lines):
        align = _align(line, left, right)
        if place == len(lines) - 1 and _PAGE_NUMBER.match(line.text):
            found.append(Found(line.text, "", line.size, line.bold, line.top, "footer", [line]))
        elif (
            found
            and _near(found[-1], line)
            and _runs_on(found[-1], line, align)
            and not _parted(found[-1], line, frames)
        ):
            found[-1].text += line.text
            found[-1].lines.append(line)
            found[-1].full = _is_full(line, right)
        else:
            one = Found(line.text, align, line.size, line.bold, line.top, "", [line])
            one.full, one.flush = _is_full(line, right), line.left - left <= max(line.size, 8) * 0.8
            found.append(one)
        found[-1].edges = (left, right)
    return found


def goes_on(above: Found, below: Found) -> bool:
    """Whether the last paragraph of a page goes on with the first one of the next."""
    return below.flush and _runs_on(above, below.lines[0], below.align)


def _margins(lines: list[PrintedLine]) -> tuple[float, float]:
    """The edges of the text: where most long lines begin and end."""
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    return lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]


def _align(line: PrintedLine, left: float, right: float) -> str:
    before, after = line.left - left, right - line.right
    size = max(line.size, 8)
    if (
        before > size * 2.6
        and after > size * 1.2
        and abs(before - after) <= max(size * 1.5, (before + after) * 0.12)
    ):
        return "center"
    if before > (right - left) * 0.35 and before > after * 1.8:
        return "right"
    return ""


def _is_full(line: PrintedLine, right: float) -> bool:
    return right - line.right <= max(line.size, 8) * 1.8


def _near(above: Found, line: PrintedLine) -> bool:
    """The next line of the same text: at its left edge and not far below."""
    size = max(line.size, 8)
    return line.left - above.edges[0] <= size * 0.8 and above.lines[-1].bottom - line.top <= size * 2.2


def _runs_on(above: Found, line: PrintedLine, align: str) -> bool:
    last = above.lines[-1]
    if above.part or above.align or align or abs(last.size - line.size) > 1.2 or _STARTS.match(line.text):
        return False
    ended = last.text.endswith(_ENDS) and above.edges[1] - last.right > max(line.size, 8)
    return above.full and not ended


def _parted(above: Found, line: PrintedLine, frames: Sequence[Edged]) -> bool:
    return any(above.lines[-1].bottom >= frame.top >= line.top for frame in frames)
