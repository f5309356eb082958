"""What a picture says beside its pixels: where it was taken, who took it."""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from gongkai.files.inspector.findings import Findings
from gongkai.files.problems import NOT_YET, Unreadable

_GPS = 0x8825
_EXIF = 0x8769
PERSONAL = {0x013B: "作者", 0x9C9D: "作者", 0x8298: "版权人", 0xA430: "机主", 0xA431: "机身号"}
_XMP_PLACE = re.compile(rb"exif:GPS(Latitude|Longitude|Position)|<photoshop:City>|Iptc4xmpCore:Location")
_XMP_PERSON = re.compile(rb"<dc:creator>.{0,200}?<rdf:li[^>]*>\s*([^<\s][^<]{0,80})", re.S)
_FROM_BYTES = 64 * 1024 * 1024


def inspect(path: Path, findings: Findings) -> None:
    """The words in a picture are not read here, so a picture cannot pass as inspected."""
    body = path.read_bytes()
    if not _opens(body):
        raise Unreadable("file.broken_picture")
    look(body, "图片", findings)
    raise Unreadable(
        NOT_YET, "这是图片，系统读不到其中的文字。请打开核对图中有没有个人信息，再由本人签注理由。"
    )


def _opens(body: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(body)) as picture:
            picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, OverflowError, EOFError):
        return False
    return True


def look(body: bytes, where: str, findings: Findings) -> None:
    """What a picture's own data say; a picture that does not open is left to the reader."""
    try:
        with Image.open(io.BytesIO(body)) as picture:
            data = picture.getexif()
            place, more = dict(data.get_ifd(_GPS)), dict(data.get_ifd(_EXIF))
            notes = {str(key): value for key, value in picture.info.items() if isinstance(value, str)}
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, OverflowError):
        return
    if any(key in place for key in (1, 2, 3, 4)) or _XMP_PLACE.search(body[:_FROM_BYTES]):
        findings.trap("location", where, "图片带有拍摄地点")
    for key, name in PERSONAL.items():
        text = _words(data.get(key, more.get(key)))
        if text:
            findings.hidden("metadata", f"{where}·{name}", text)
    found = _XMP_PERSON.search(body[:_FROM_BYTES])
    if found:
        findings.hidden("metadata", f"{where}·作者", found[1].decode(errors="replace"))
    for note, text in notes.items():
        if note.lower() in ("author", "copyright", "comment", "description") and text.strip():
            findings.hidden("metadata", f"{where}·{note}", text)


def _words(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-16-le", "ignore")
    return str(value).strip("\0 ") if value is not None else ""
