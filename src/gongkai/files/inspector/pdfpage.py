"""What stands on a pdf page in drawing order, and which words of it nobody sees."""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from gongkai.files.inspector.pdfink import Inked

TEXT, PATH, IMAGE = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE
SHADING = raw.FPDF_PAGEOBJ_SHADING
MAX_DEPTH = 6
MOST_THINGS = 60_000
TINY = 2.0  # points
ALIKE = 16  # of 255 in each colour
Box = tuple[float, float, float, float]


@dataclass(slots=True, eq=False)
class Thing:
    """One object of a page in drawing order; ``colour`` is None where there is no even one."""

    kind: int
    box: Box
    colour: tuple[int, int, int] | None
    text: str = ""
    size: float = 12.0
    mode: int = 0
    clear: bool = False  # drawn fully transparent
    even: bool = True  # a rectangle: its box is its form
    handle: Any = field(default=None, repr=False)
    nth: int = -1  # among the words drawn by the page itself; -1 = drawn by a form of it


def things_of(page: pypdfium2.PdfPage) -> tuple[list[Thing], Box]:
    """The objects of a page and the box that is shown of it."""
    words = page.get_textpage()
    things: list[Thing] = []
    count = 0
    for one in page.get_objects(max_depth=MAX_DEPTH):
        if len(things) >= MOST_THINGS:
            break
        thing = _thing(one, words)
        if thing.kind == TEXT and one.container is None:
            thing.nth, count = count, count + 1
        things.append(thing)
    return things, _overlap(page.get_cropbox(), page.get_mediabox())


def words_among(things: list[Thing]) -> list[tuple[int, Thing]]:
    """The objects with words, with their place in the drawing order."""
    return [(at, one) for at, one in enumerate(things) if one.kind == TEXT and _has_words(one.text)]


def is_scan(things: list[Thing], shown: Box) -> bool:
    """Whether one picture fills the page: its words lie unseen over or under it and say the same."""
    return any(one.kind == IMAGE and part_inside(shown, one.box) > 0.6 for one in things)


def hidden_as(
    thing: Thing, before: list[Thing], after: list[Thing], shown: Box, *, scanned: bool, inked: Inked | None
) -> str:
    """The rule under which a thing is hidden; "" for what people see."""
    if part_inside(thing.box, shown) < 0.5:
        return "invisible_text"
    if thing.mode in (3, 7) and scanned:
        return ""
    if any(_covers(one, thing, inked) for one in after):
        return "" if scanned and _by_picture(thing, after) else "covered_text"
    if thing.mode in (3, 7) or thing.size <= TINY:
        return "invisible_text"
    if thing.clear and (inked is None or not inked.shows(thing.box)):
        return "invisible_text"
    return "invisible_text" if _as_its_ground(thing, before, inked) else ""


def _as_its_ground(thing: Thing, before: list[Thing], inked: Inked | None) -> bool:
    if thing.colour is None or thing.mode not in (0, 4):
        return False
    if inked is not None:
        return inked.is_as_its_ground(thing.box, thing.colour, ALIKE)
    ground: tuple[int, int, int] | None = (255, 255, 255)
    for one in before:
        if one.kind in (IMAGE, PATH, SHADING) and part_inside(thing.box, one.box) > 0.7:
            if one.kind != PATH or (one.colour and not one.even):
                ground = None
            elif one.colour:
                ground = one.colour
    return ground is not None and all(
        abs(left - right) <= ALIKE for left, right in zip(thing.colour, ground, strict=True)
    )


def _covers(one: Thing, thing: Thing, inked: Inked | None) -> bool:
    if one.kind not in (IMAGE, PATH) or (one.kind == PATH and not one.colour) or one.clear:
        return False
    if part_inside(thing.box, one.box) <= 0.7:
        return False
    # A ring or a map has a wide box and covers little; then the drawn page decides.
    return one.even or inked is None or not inked.shows(thing.box)


def _by_picture(thing: Thing, after: list[Thing]) -> bool:
    return all(one.kind == IMAGE for one in after if _covers(one, thing, None))


def _has_words(text: str) -> bool:
    return any(not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc", "Zs") for sign in text)


def _thing(one: Any, words: Any) -> Thing:
    kind = raw.FPDFPageObj_GetType(one.raw)
    thing = Thing(kind, _on_page(_bounds(one.raw), one.container), None, handle=one.raw)
    parts = [ctypes.c_uint() for _ in range(4)]
    if raw.FPDFPageObj_GetFillColor(one.raw, *parts):
        thing.clear = parts[3].value <= 12
        if parts[3].value > 200:
            thing.colour = (parts[0].value, parts[1].value, parts[2].value)
    if kind == PATH:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(one.raw, mode, stroke)
        if not mode.value:
            thing.colour = None
        thing.even = raw.FPDFPath_CountSegments(one.raw) <= 6
    elif kind == IMAGE:
        thing.clear = False
        thing.even = not raw.FPDFPageObj_HasTransparency(one.raw)
    elif kind == TEXT:
        _letters(one, words, thing)
    return thing


def _bounds(handle: Any) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(handle, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _on_page(box: Box, holder: Any) -> Box:
    """The box of an object in a form, moved to where the page shows the form."""
    while holder is not None:
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(holder.raw, matrix)
        corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        across = [matrix.a * x + matrix.c * y + matrix.e for x, y in corners]
        up = [matrix.b * x + matrix.d * y + matrix.f for x, y in corners]
        box, holder = (min(across), min(up), max(across), max(up)), holder.container
    return box


def _letters(one: Any, words: Any, thing: Thing) -> None:
    length = raw.FPDFTextObj_GetText(one.raw, words.raw, None, 0)
    room = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFTextObj_GetText(one.raw, words.raw, room, length)
    thing.text = bytes(room)[:length].decode("utf-16-le", "replace").rstrip("\x00")
    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(one.raw, size)
    raw.FPDFPageObj_GetMatrix(one.raw, matrix)
    thing.size, holder = size.value * _stretch(matrix), one.container
    while holder is not None:
        raw.FPDFPageObj_GetMatrix(holder.raw, matrix)
        thing.size, holder = thing.size * _stretch(matrix), holder.container
    thing.mode = raw.FPDFTextObj_GetTextRenderMode(one.raw)


def _stretch(matrix: Any) -> float:
    return float((matrix.c**2 + matrix.d**2) ** 0.5)


def _overlap(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def part_inside(inner: Box, outer: Box) -> float:
    """Which part of the inner box lies in the outer one."""
    width = min(inner[2], outer[2]) - max(inner[0], outer[0])
    height = min(inner[3], outer[3]) - max(inner[1], outer[1])
    whole = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return 0.0 if width <= 0 or height <= 0 or whole <= 0 else width * height / whole
