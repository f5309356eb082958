"""Words of a docx that lie under a shape or a picture.

A docx has no pages, so the place is judged from what the shape says of itself: it lies in front of the text, moves
no line aside, is filled, and begins at the height of its paragraph or of the page's margin.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from typing import Any

from PIL import Image

from gongkai.files.inspector.docxlook import WPS, A, V
from gongkai.files.reader import xmlparts

W = xmlparts.W
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
R = xmlparts.R
POINT = 12700  # EMU
LEAST_HIGH, LEAST_WIDE = 8.0, 24.0  # points: less is a line or a dot
NEAR = 20.0  # points from the anchor's own line
MOST_PICTURE = 20 * 1024 * 1024
_LINES = (
    "line",
    "straightConnector1",
    "bentConnector3",
    "leftBracket",
    "rightBracket",
    "leftBrace",
    "rightBrace",
)
_SIZE = re.compile(r"(width|height|margin-top|z-index|position):\s*(-?[\d.]+|absolute)(pt|in|cm|mm)?")
_UNIT = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "": 1.0}


def covered(paragraph: Any, is_opaque: Callable[[str], bool]) -> str:
    """The words of the paragraph that a shape anchored in it covers; "" where none does."""
    words = "".join(one.text or "" for one in _own(paragraph, W + "t"))
    if not words.strip():
        return ""
    for anchor in _own(paragraph, WP + "anchor"):
        if _in_front(anchor) and _over_its_line(anchor) and _is_filled(anchor, is_opaque):
            return words
    for shape in (one for tag in ("rect", "shape", "roundrect", "oval") for one in _own(paragraph, V + tag)):
        if _old_shape(shape):
            return words
    return ""


def opaque_pictures(box: zipfile.ZipFile, member: str) -> Callable[[str], bool]:
    """Whether the picture of a relation lets nothing through: a seal with a clear ground covers no words."""
    targets = xmlparts.relations(box, member)
    known: dict[str, bool] = {}

    def is_opaque(relation: str) -> bool:
        if relation not in known:
            _, target = targets.get(relation, ("", ""))
            known[relation] = _opaque(box, posixpath.normpath(target)) if target else False
        return known[relation]

    return is_opaque


def _opaque(box: zipfile.ZipFile, member: str) -> bool:
    if member not in box.namelist() or box.getinfo(member).file_size > MOST_PICTURE:
        return False
    try:
        with Image.open(io.BytesIO(box.read(member))) as picture:
            return picture.mode in ("RGB", "L", "1", "CMYK", "YCbCr") and "transparency" not in picture.info
    except (OSError, ValueError, SyntaxError):
        return False


def _own(paragraph: Any, tag: str) -> list[Any]:
    """What stands in the paragraph itself, not in a text box of it."""
    return [one for one in paragraph.iter(tag) if next(one.iterancestors(W + "p"), None) is paragraph]


def _in_front(anchor: Any) -> bool:
    return anchor.get("behindDoc") in ("0", "false", None) and anchor.find(WP + "wrapNone") is not None


def _over_its_line(anchor: Any) -> bool:
    extent, place = anchor.find(WP + "extent"), anchor.find(WP + "positionV")
    if extent is None or place is None:
        return False
    high, wide = _points(extent.get("cy")), _points(extent.get("cx"))
    if high < LEAST_HIGH or wide < LEAST_WIDE:
        return False
    offset = place.find(WP + "posOffset")
    top = _points(offset.text) if offset is not None else 0.0
    if place.get("relativeFrom") not in ("paragraph", "line"):
        return False  # a letterhead or a seal hung on the page says nothing of this line
    return top <= NEAR / 2 and top + high >= LEAST_HIGH


def _is_filled(anchor: Any, is_opaque: Callable[[str], bool]) -> bool:
    for shape in anchor.iter(WPS + "spPr"):
        form = shape.find(A + "prstGeom")
        if form is not None and form.get("prst") in _LINES:
            continue
        fill = shape.find(A + "solidFill")
        if fill is not None and next(fill.iter(A + "alpha"), None) is None:
            return True
    for blip in anchor.iter(A + "blip"):
        if next(blip.iter(A + "alphaModFix"), None) is None and is_opaque(blip.get(R + "embed", "")):
            return True
    return False


def _old_shape(shape: Any) -> bool:
    if shape.get("filled", "t") in ("f", "false") or next(shape.iter(V + "imagedata"), None) is not None:
        return False
    if not shape.get("fillcolor") and shape.tag == V + "shape":
        return False
    said: dict[str, Any] = {}
    for name, value, unit in _SIZE.findall(shape.get("style") or ""):
        said[name] = value if name == "position" else float(value) * _UNIT[unit]
    if said.get("position") != "absolute" or said.get("z-index", 0) < 0:
        return False
    return (
        said.get("height", 0) >= LEAST_HIGH
        and said.get("width", 0) >= LEAST_WIDE
        and -said.get("height", 0) + LEAST_HIGH <= said.get("margin-top", 0) <= NEAR / 2
    )


def _points(emu: str | None) -> float:
    try:
        return int(emu or 0) / POINT
    except ValueError:
        return 0.0
