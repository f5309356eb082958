"""Blotting out: a page with boxes is drawn anew as a picture, the boxes are painted over, and only the words
outside them come back as an invisible layer, so that the rest stays searchable.

Nothing of the old paper but untouched pages goes along: no metadata, notes, attachments, forms, scripts or
earlier states.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

from gongkai.files.problems import Unreadable
from gongkai.files.redactor.layer import add_layer, font_for
from gongkai.files.redactor.looking import Sign, open_pdf, open_picture, render, signs_of, words_of

BLOT_DPI = 180
JPEG_QUALITY = 88
MARGIN = 0.0015  # of the page: a stroke that sticks out of its box goes too
Box = tuple[float, float, float, float]


def blot(path: Path, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The paper with its boxes painted over, and the words that stood in them."""
    boxes: dict[int, list[Box]] = defaultdict(list)
    for page, *sides in asked["boxes"]:
        boxes[int(page)].append(box_of(sides))
    if asked["kind"] != "pdf":
        return {"removed": [], "pages": 1, "redrawn": [0]}, _picture(path, boxes[0])
    return pdf_without(path, boxes)


def pdf_without(path: Path, boxes: dict[int, list[Box]]) -> tuple[dict[str, Any], bytes]:
    """The paper without what stands under the boxes, and without anything that is beside its pages."""
    shown = open_pdf(path)
    if max(boxes, default=0) >= len(shown):
        raise Unreadable("file.missing")
    removed: list[str] = []
    made = pikepdf.new()
    font = font_for(made)
    with pikepdf.open(path) as source:
        for number in range(len(shown)):
            if number not in boxes:
                made.pages.append(source.pages[number])
                _bare(made.pages[-1])
                continue
            page = shown[number]
            signs = signs_of(page)
            kept, gone = _parted(signs, boxes[number])
            removed += [word for word, _ in words_of(gone)]
            redrawn(made, font, page, boxes[number], kept)
    out = io.BytesIO()
    made.remove_unreferenced_resources()
    made.save(out, compress_streams=True, deterministic_id=True)
    return {
        "removed": sorted(set(removed)),
        "pages": len(shown),
        "redrawn": sorted(boxes),
    }, out.getvalue()


def redrawn(made: pikepdf.Pdf, font: pikepdf.Object, page: Any, boxes: list[Box], kept: list[Sign]) -> None:
    """A page as a picture with its boxes painted over, and the kept words behind it."""
    width, height = page.get_size()
    picture = _painted(render(page, BLOT_DPI), boxes)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY)
    image = pikepdf.Stream(
        made,
        out.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    drawn = made.add_blank_page(page_size=(width, height))
    drawn.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Im0=image), Font=pikepdf.Dictionary(F0=font)
    )
    content = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im0 Do Q\n".encode()
    drawn.Contents = pikepdf.Stream(made, content + add_layer(kept, width, height))


def _parted(signs: list[Sign], boxes: list[Box]) -> tuple[list[Sign], list[Sign]]:
    """The signs that stay and those that a box touches; a line end goes with both."""
    kept, gone = [], []
    for sign in signs:
        if sign.text == "\n":
            kept.append(sign)
            gone.append(sign)
        else:
            (gone if any(_touches(sign, box) for box in boxes) else kept).append(sign)
    return kept, gone


def _touches(sign: Sign, box: Box) -> bool:
    """Whether a box covers a sixth of a sign or more; a mere brush of the neighbour leaves it."""
    across = min(sign.right, box[2]) - max(sign.left, box[0])
    down = min(sign.bottom, box[3]) - max(sign.top, box[1])
    if across <= 0 or down <= 0:
        return False
    area = max((sign.right - sign.left) * (sign.bottom - sign.top), 1e-9)
    return across * down / area >= 1 / 6


def _painted(picture: Image.Image, boxes: list[Box]) -> Image.Image:
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in boxes:
        pen.rectangle(
            (
                left * picture.width,
                top * picture.height,
                right * picture.width,
                bottom * picture.height,
            ),
            fill=(0, 0, 0),
        )
    return picture


def _picture(path: Path, boxes: list[Box]) -> bytes:
    out = io.BytesIO()
    _painted(open_picture(path), boxes).save(out, "PNG")
    return out.getvalue()


def _bare(page: pikepdf.Page) -> None:
    """An untouched page goes along without notes, actions and thumbnails."""
    for key in (
        "/Annots",
        "/AA",
        "/Metadata",
        "/PieceInfo",
        "/Thumb",
        "/StructParents",
        "/B",
        "/LastModified",
    ):
        if key in page.obj:
            del page.obj[key]


def box_of(sides: Sequence[float]) -> Box:
    """The sides of a box in their order, with the margin for strokes that stick out."""
    left, top, right, bottom = (min(1.0, max(0.0, float(side))) for side in sides)
    left, right = sorted((left, right))
    top, bottom = sorted((top, bottom))
    return (
        max(0.0, left - MARGIN),
        max(0.0, top - MARGIN),
        min(1.0, right + MARGIN),
        min(1.0, bottom + MARGIN),
    )
