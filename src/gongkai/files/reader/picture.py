"""Draws a picture anew: upright, not larger than needed, nothing but pixels."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from gongkai.files.problems import Unreadable

MAX_PIXELS = 40_000_000
LONGEST_SIDE = 3000
KINDS = {"JPEG": "jpg", "PNG": "png"}


def redraw(path: Path) -> tuple[str, bytes]:
    """Kind and bytes of the new picture; raises ``Unreadable`` where it is none, or a giant."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit below answers with a sentence
    try:
        with Image.open(path, formats=tuple(KINDS)) as found:
            form = found.format or ""
            if found.width * found.height > MAX_PIXELS:
                raise Unreadable("file.giant_picture")
            upright = ImageOps.exif_transpose(found)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            fresh = Image.new("RGB", upright.size, "white")
            if upright.mode in ("RGBA", "LA", "P", "PA"):
                layer = upright.convert("RGBA")
                fresh.paste(layer, mask=layer)
            else:
                fresh.paste(upright.convert("RGB"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as problem:
        raise Unreadable("file.broken_picture") from problem
    body = io.BytesIO()
    if form == "PNG":
        fresh.save(body, "PNG", optimize=False)
    else:
        fresh.save(body, "JPEG", quality=88)
    return KINDS[form], body.getvalue()
