"""A picture without what it says beside its pixels; the pixels are not touched, only how it lies is kept."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

from PIL import Image, UnidentifiedImageError

_TURNED = 0x0112
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_NOTES = (b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME")
# JPEG segments that do not draw: EXIF and XMP, IPTC, comments, maker's notes; the colour profile stays.
_JPEG_NOTES = {0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE}


def clean(source: Path | zipfile.ZipFile) -> bytes:
    assert isinstance(source, Path)
    return stripped(source.read_bytes())


def stripped(body: bytes) -> bytes:
    """The same picture without its data; drawn anew where its form does not allow taking them out."""
    if body.startswith(b"\xff\xd8"):
        return _jpeg(body)
    if body.startswith(_PNG):
        return _png(body)
    return _redrawn(body)


def _jpeg(body: bytes) -> bytes:
    turned = _turn_of(body)
    out, at = bytearray(body[:2]), 2
    if turned not in (0, 1):
        exif = Image.Exif()
        exif[_TURNED] = turned
        packet = exif.tobytes()
        out += b"\xff\xe1" + struct.pack(">H", len(packet) + 2) + packet
    while at + 4 <= len(body) and body[at] == 0xFF:
        mark = body[at + 1]
        if mark == 0xFF:  # a filler
            at += 1
            continue
        if mark in (0xDA, 0xD9):
            break
        size = struct.unpack(">H", body[at + 2 : at + 4])[0] + 2
        if mark not in _JPEG_NOTES:
            out += body[at : at + size]
        at += size
    end = body.rfind(b"\xff\xd9")  # what stands behind the picture goes too
    return bytes(out) + (body[at : end + 2] if end >= at else body[at:])


def _turn_of(body: bytes) -> int:
    try:
        with Image.open(io.BytesIO(body)) as picture:
            return int(picture.getexif().get(_TURNED, 1))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError):
        return 1


def _png(body: bytes) -> bytes:
    out, at = bytearray(_PNG), len(_PNG)
    while at + 12 <= len(body):
        size, kind = struct.unpack(">I4s", body[at : at + 8])
        if kind not in _PNG_NOTES:
            out += body[at : at + size + 12]
        at += size + 12
        if kind == b"IEND":
            break
    return bytes(out)


def _redrawn(body: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(body)) as picture:
            form, plain = picture.format or "", picture.copy()
            if form not in ("TIFF", "WEBP", "BMP", "GIF"):
                return body
            out = io.BytesIO()
            plain.info, plain.encoderinfo = {}, {}
            fresh = Image.new(plain.mode, plain.size)
            fresh.paste(plain)
            if plain.getpalette() is not None:
                fresh.putpalette(plain.getpalette() or [])
            fresh.save(out, form)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return body
    return out.getvalue()
