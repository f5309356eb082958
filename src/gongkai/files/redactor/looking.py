"""What stands on a page, and where: a picture of it and its signs, in fractions of the page as it is shown."""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

from gongkai.files.problems import Unreadable

LOOK_DPI = 110
MAX_PAGES = 300
MAX_PIXELS = 60_000_000
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_FINE = 1_000_000  # device units a page side is divided into, so that fractions lose nothing


@dataclass(frozen=True, slots=True)
class Sign:
    """One character on a page as it is shown; the origin is the upper left corner, all sides are 0 to 1.

    ``turn``: in quarters to the left, how its line runs on the shown page (0 as usual, 3 downwards).
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    turn: int = 0


def look(path: Path, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The picture of one page, its words with places, and the number of pages."""
    if asked["kind"] != "pdf":
        picture = open_picture(path)
        return {"pages": 1, "size": picture.size, "words": []}, _png(picture)
    paper = open_pdf(path)
    page = paper[_number(asked.get("page", 0), len(paper))]
    words = [
        {"text": word, "box": [round(side, 5) for side in box]} for word, box in words_of(signs_of(page))
    ]
    picture = render(page, LOOK_DPI)
    return {"pages": len(paper), "size": picture.size, "words": words}, _png(picture)


def find(path: Path, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Every place where a text stands, also over a line break: one box for each piece of a line."""
    if asked["kind"] != "pdf":
        return {"places": []}, b""
    return {"places": places_of(open_pdf(path), [(-1, asked["text"])])}, b""


def places_of(paper: pypdfium2.PdfDocument, wanted: Iterable[tuple[int, str]]) -> list[list[float]]:
    """Every place of texts: the page and the box. A text is looked for on the page named with it, or on all (-1)."""
    texts = [(page, "".join(text.split())) for page, text in wanted]
    places: list[list[float]] = []
    for number in range(len(paper)):
        here = [text for page, text in texts if page in (-1, number) and text]
        if not here:
            continue
        signs = [sign for sign in signs_of(paper[number]) if sign.text.strip()]
        said = "".join(sign.text for sign in signs)
        for text in here:
            at = said.find(text)
            while at >= 0:
                for _, box in words_of(signs[at : at + len(text)]):
                    places.append([number, *(round(side, 5) for side in box)])
                at = said.find(text, at + 1)
    return places


def open_pdf(path: Path) -> pypdfium2.PdfDocument:
    """The paper; a password or a broken file is told by its code."""
    try:
        paper = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        raise Unreadable("file.password" if "assword" in str(problem) else "file.broken") from problem
    if not 1 <= len(paper) <= MAX_PAGES:
        raise Unreadable("file.too_much")
    return paper


def open_picture(path: Path) -> Image.Image:
    """The picture upright, without any of its metadata."""
    with Image.open(path) as opened:
        turned = ImageOps.exif_transpose(opened).convert("RGB")
    bare = Image.new("RGB", turned.size)
    bare.paste(turned)
    return bare


def render(page: pypdfium2.PdfPage, dpi: int) -> Image.Image:
    """The page as it is shown: rotation and crop box applied."""
    width, height = page.get_size()
    scale = dpi / 72
    if width * height * scale * scale > MAX_PIXELS:
        scale = (MAX_PIXELS / (width * height)) ** 0.5
    return page.render(scale=scale, draw_annots=True).to_pil().convert("RGB")


def signs_of(page: pypdfium2.PdfPage) -> list[Sign]:
    """Every visible or hidden character with its place on the shown page; line ends as signs without size."""
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        sign = chr(code) if 0 < code < 0x110000 else ""
        if not sign or sign in "\r\n\ufffe\uffff":
            found.append(Sign("\n", 0, 0, 0, 0))
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        angle = pdfium.FPDFText_GetCharAngle(text, index) - math.radians(page.get_rotation())
        turn = round(angle / (math.pi / 2)) % 4
        found.append(Sign(sign, *_shown(page, left, bottom, right, top), turn))
    return found


def words_of(signs: list[Sign]) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Runs of signs without a gap or a line end; long lines of Chinese stay one run."""
    run: list[Sign] = []
    for sign in [*signs, Sign("\n", 0, 0, 0, 0)]:
        if run and (not sign.text.strip() or _apart(run[-1], sign)):
            yield "".join(one.text for one in run), around(run)
            run = []
        if sign.text.strip():
            run.append(sign)


def around(signs: list[Sign]) -> tuple[float, float, float, float]:
    """The box around some signs."""
    return (
        min(one.left for one in signs),
        min(one.top for one in signs),
        max(one.right for one in signs),
        max(one.bottom for one in signs),
    )


def _apart(before: Sign, after: Sign) -> bool:
    """Whether two signs are no neighbours, along a line or, on a turned page, down a column."""
    size = max(min(before.bottom - before.top, before.right - before.left), 1e-6)
    along = max(after.left - before.right, before.left - after.right)
    down = max(after.top - before.bottom, before.top - after.bottom)
    beside = min(before.bottom, after.bottom) - max(before.top, after.top) > 0.4 * size
    below = min(before.right, after.right) - max(before.left, after.left) > 0.4 * size
    return not (beside and along < size) and not (below and down < 0.4 * size)


def _shown(
    page: pypdfium2.PdfPage, left: float, bottom: float, right: float, top: float
) -> tuple[float, float, float, float]:
    """A box of the page's own units as fractions of the shown page, whatever its rotation and crop box."""
    points = [_point(page, x, y) for x in (left, right) for y in (bottom, top)]
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def _point(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE


def _number(asked: int, pages: int) -> int:
    if not 0 <= int(asked) < pages:
        raise Unreadable("file.missing")
    return int(asked)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
