"""Looks at a page as a picture, once with its words and once without: a word that changes nothing is not seen.

One question answers for white on white, hidden layers, clips, transparency and pictures on top; it does not ask how
the word was hidden.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image, ImageChops

SCALE = 1.0
DRAWING_SECONDS = 8  # of the processor; pages after that are judged by their structure alone
MOST_PIXELS = 6_000_000
SEEN = 14  # of 255: less than that nobody tells from its ground
SMALLEST = 4.0  # points: less has too few pixels to say anything
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Inked:
    """Where on the drawn page the words left ink."""

    picture: Image.Image
    ground: Image.Image
    place: Callable[[Box], tuple[int, int, int, int]]

    def shows(self, box: Box) -> bool:
        """Whether there is ink in a box of the page."""
        edges = self._edges(box)
        return edges is not None and self.picture.crop(edges).getbbox() is not None

    def is_as_its_ground(self, box: Box, colour: tuple[int, int, int], alike: int) -> bool:
        """Whether the whole ground of a box has this colour."""
        edges = self._edges(box)
        if edges is None:
            return False
        bands: Any = self.ground.crop(edges).getextrema()
        return all(
            colour[at] - alike <= low and high <= colour[at] + alike for at, (low, high) in enumerate(bands)
        )

    def _edges(self, box: Box) -> tuple[int, int, int, int] | None:
        left, top, right, bottom = self.place(box)
        edges = (max(0, left), max(0, top), min(self.picture.width, right), min(self.picture.height, bottom))
        return None if edges[2] <= edges[0] or edges[3] <= edges[1] else edges


class Ink:
    """Knows, over the whole paper, which fonts can be drawn here: one that never shows is missing, not hidden."""

    def __init__(self) -> None:
        self._shown: set[str] = set()
        self._until = time.process_time() + DRAWING_SECONDS
        self._by = time.monotonic() + 2 * DRAWING_SECONDS

    def look(self, page: pypdfium2.PdfPage, words: list[Any]) -> Inked | None:
        """The page drawn with and without its words; None where that would take too much."""
        width, height = page.get_size()
        if time.process_time() > self._until or time.monotonic() > self._by:
            return None
        if width * height * SCALE**2 > MOST_PIXELS or width < 1 or height < 1:
            return None
        with_words = _drawn(page)
        for one in words:
            raw.FPDFPageObj_SetIsActive(one.handle, 0)
        without = _drawn(page)
        for one in words:
            raw.FPDFPageObj_SetIsActive(one.handle, 1)
        bands = ImageChops.difference(with_words, without).split()
        change = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
        return Inked(change.point([0] * SEEN + [255] * (256 - SEEN)), without, placer(page))

    def font_without(self, inked: Inked, thing: Any) -> str | None:
        """The font of a word that left no ink ("" = it came with the paper); None for a word that did."""
        left, bottom, right, top = thing.box
        if right - left < SMALLEST or top - bottom < SMALLEST:
            return None
        font, embedded = _font(thing.handle)
        if inked.shows(thing.box):
            self._shown.add(font)
            return None
        return "" if embedded else font

    def can_draw(self, font: str) -> bool:
        """Whether words in this font were seen somewhere, or the paper brought it along."""
        return not font or font in self._shown


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    return page.render(scale=SCALE, may_draw_forms=False).to_pil().convert("RGB")


def _font(handle: Any) -> tuple[str, bool]:
    font = raw.FPDFTextObj_GetFont(handle)
    name = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, name, 256)
    return name.value.decode(errors="replace"), raw.FPDFFont_GetIsEmbedded(font) == 1


def placer(page: pypdfium2.PdfPage) -> Callable[[Box], tuple[int, int, int, int]]:
    """From a box of the page to its pixels, whatever the page's crop and turn."""
    width, height = page.get_size()
    size = (round(width * SCALE), round(height * SCALE))

    def place(box: Box) -> tuple[int, int, int, int]:
        x, y = ctypes.c_int(), ctypes.c_int()
        found = []
        for corner in ((box[0], box[1]), (box[2], box[3])):
            raw.FPDF_PageToDevice(page, 0, 0, *size, 0, *corner, x, y)
            found.append((x.value, y.value))
        (left, low), (right, high) = found
        return min(left, right) - 1, min(low, high) - 1, max(left, right) + 1, max(low, high) + 1

    return place
