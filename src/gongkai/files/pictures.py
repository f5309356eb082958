"""The public door for pictures: a photograph of a card or a form, drawn anew without place, time or camera.

The picture is decoded only in the reading child; what comes back is a new JPEG or PNG made of its pixels, so
neither hidden data nor a second file behind the picture is kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from gongkai.files import sniff
from gongkai.files.problems import SENTENCES
from gongkai.files.reading import in_picture_child

PICTURES = ("jpg", "png")


@dataclass(frozen=True, slots=True)
class Redrawn:
    """The new picture; ``problem`` is empty exactly when ``body`` is there. ``kind`` is jpg or png."""

    kind: str
    body: bytes = b""
    code: str = ""
    problem: str = ""


def looks_like_picture(path: Path) -> bool:
    """Whether the first bytes are those of a picture, of whatever kind."""
    with path.open("rb") as stream:
        return sniff.kind_by_head(stream.read(sniff.HEAD_BYTES), "") in ("image", "heic")


def kind_of(path: Path) -> str:
    """Which picture the first bytes show: jpg, png, or image for the rarer kinds."""
    with path.open("rb") as stream:
        head = stream.read(8)
    return "jpg" if head.startswith(b"\xff\xd8") else "png" if head.startswith(b"\x89PNG") else "image"


def redraw(path: Path, *, name: str) -> Redrawn:
    """The picture drawn anew. Never raises for what the file holds."""
    answer = in_picture_child(path, name)
    if answer is None:
        return Redrawn("", code="file.broken_picture", problem=SENTENCES["file.broken_picture"])
    head, _, body = answer.partition(b"\n")
    try:
        verdict = json.loads(head)["verdict"]
    except (ValueError, KeyError, TypeError):
        return Redrawn("", code="file.broken_picture", problem=SENTENCES["file.broken_picture"])
    if not verdict["readable"]:
        return Redrawn(verdict["kind"], code=verdict["code"], problem=verdict["problem"])
    return Redrawn(verdict["kind"], body)


def renamed(name: str, kind: str) -> str:
    """The name with the ending of what it is now.

    >>> renamed("身份证.JPEG", "jpg")
    '身份证.jpg'
    """
    stem = name.rpartition(".")[0] if sniff.ending_of(name) in sniff.PROMISES else name
    return f"{stem or name}.{kind}"
