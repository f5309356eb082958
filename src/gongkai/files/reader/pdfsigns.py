"""What stands on a pdf page: every sign with its box, every ruled line; both as a reader sees the page."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gongkai.files.problems import Unreadable

MAX_RULINGS = 20_000
MAX_DEPTH = 6
_SHORTEST = 5.0  # points; shorter strokes are underlines of single signs or ornaments


@dataclass(eq=False, slots=True)
class Sign:
    """One sign; y grows upward."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Ruling:
    """A horizontal or vertical line: at ``place`` on its axis, from ``start`` to ``end`` along the other."""

    upright: bool
    place: float
    start: float
    end: float


class _Turn:
    """From the page's own coordinates to those of the turned page that is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.turn = page.get_rotation()
        self.width, self.height = page.get_size()

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 90:
            return y, self.height - x
        if self.turn == 180:
            return self.width - x, self.height - y
        if self.turn == 270:
            return self.width - y, x
        return x, y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def signs_of(page: pdfium.PdfPage, most: int) -> list[Sign]:
    """Every sign of a page in the order of the file; no more than ``most``."""
    text = page.get_textpage()
    count = raw.FPDFText_CountChars(text)
    if count > most:
        raise Unreadable("file.too_much")
    turn, found = _Turn(page), []
    edges, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    for place in range(count):
        code = raw.FPDFText_GetUnicode(text, place)
        if code in (0, 0xFFFE, 0xFFFF, 10, 13) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        # The loose box is as high as the font, so that a comma stands in the line of its neighbours.
        if not raw.FPDFText_GetLooseCharBox(text, place, edges):
            continue
        box = turn.box(edges.left, edges.bottom, edges.right, edges.top)
        size = raw.FPDFText_GetFontSize(text, place)
        if raw.FPDFText_GetMatrix(text, place, matrix):
            size *= (matrix.b**2 + matrix.d**2) ** 0.5
        found.append(Sign(chr(code), *box, round(size, 1), raw.FPDFText_GetFontWeight(text, place) >= 600))
    text.close()
    return found


def rulings_of(page: pdfium.PdfPage) -> list[Ruling]:
    """Straight lines and edges of thin boxes: with these, tables are drawn."""
    found: list[Ruling] = []
    turn = _Turn(page)
    for place in range(raw.FPDFPage_CountObjects(page)):
        _collect(raw.FPDFPage_GetObject(page, place), [], turn, found)
    return found


def _collect(thing: object, above: list[raw.FS_MATRIX], turn: _Turn, found: list[Ruling]) -> None:
    if len(found) > MAX_RULINGS:
        return
    kind = raw.FPDFPageObj_GetType(thing)
    if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
        return
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, matrix)
    chain = [matrix, *above]
    if kind == raw.FPDF_PAGEOBJ_FORM:
        if len(chain) <= MAX_DEPTH:
            for place in range(raw.FPDFFormObj_CountObjects(thing)):
                _collect(raw.FPDFFormObj_GetObject(thing, place), chain, turn, found)
        return
    _segments(thing, chain, turn, found)


def _segments(path: object, chain: list[raw.FS_MATRIX], turn: _Turn, found: list[Ruling]) -> None:
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = None
    for place in range(min(raw.FPDFPath_CountSegments(path), 4000)):
        segment = raw.FPDFPath_GetPathSegment(path, place)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = turn.point(*_moved(x.value, y.value, chain))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            ruling(last, point, found)
        last = point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            ruling(point, start, found)


def _moved(x: float, y: float, chain: list[raw.FS_MATRIX]) -> tuple[float, float]:
    for matrix in chain:
        x, y = matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f
    return x, y


def ruling(one: tuple[float, float], other: tuple[float, float], found: list[Ruling]) -> None:
    """Add a stroke that is level or upright and long enough to rule a table."""
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if wide <= 1 and high >= _SHORTEST:
        found.append(Ruling(True, (one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1])))
    elif high <= 1 and wide >= _SHORTEST:
        found.append(Ruling(False, (one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0])))
