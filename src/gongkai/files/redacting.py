"""The public door to 区分处理: what stands on a page, the paper with boxes blotted out, the proof that words are gone.

The paper may be an upload, so it is opened only in a child process (``gongkai.files.redactor``).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.files.problems import SENTENCES
from gongkai.files.reading import WALL_SECONDS, _bare_environment
from gongkai.law.refusal import Refusal, Refused, refuse_if

KINDS = ("pdf", "image")
Box = tuple[float, float, float, float]
SMALLEST = 0.0001


@dataclass(frozen=True, slots=True)
class Word:
    """A run of text on a page; ``box`` is left, top, right, bottom as fractions of the shown page."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageView:
    """One page as a picture (PNG) with its words."""

    pages: int
    width: int
    height: int
    words: tuple[Word, ...]
    picture: bytes


@dataclass(frozen=True, slots=True)
class Blotted:
    """The blotted paper and the words that were under the boxes; those are personal data and are not kept."""

    content: bytes
    removed: tuple[str, ...]
    pages: int
    redrawn: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Where removed words still stand, and what else the paper carries along; both empty is the proof."""

    found: Mapping[str, tuple[str, ...]]
    extras: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.found and not self.extras


def why_not_blot(boxes: Sequence[tuple[int, Box]]) -> list[Refusal]:
    """Why these boxes say nothing: none, or one without a size."""
    if not boxes:
        text = "没有划定要遮盖的内容。请先勾选文字或画框。"
        return [Refusal("redact.nothing", "", text)]
    if any(
        abs(right - left) < SMALLEST or abs(bottom - top) < SMALLEST
        for _, (left, top, right, bottom) in boxes
    ):
        return [Refusal("redact.empty_box", "", "有的框没有大小。请重新画框，或删去这个框。")]
    return []


def look(path: Path | str, *, kind: str, page: int = 0) -> PageView:
    """A page of a PDF, or a picture, as people see it. Raises ``Refused`` where it cannot be opened."""
    answer, body = _in_child({"verb": "look", "path": str(path), "kind": kind, "page": page})
    words = tuple(Word(one["text"], tuple(one["box"])) for one in answer["words"])
    return PageView(answer["pages"], *answer["size"], words, body)


def find(path: Path | str, *, kind: str, text: str) -> list[tuple[int, Box]]:
    """Every place of a text in the paper: page and box. Raises ``Refused`` where it cannot be opened."""
    answer, _ = _in_child({"verb": "find", "path": str(path), "kind": kind, "text": text})
    return [(int(page), (left, top, right, bottom)) for page, left, top, right, bottom in answer["places"]]


def blot(path: Path | str, *, kind: str, boxes: Sequence[tuple[int, Box]]) -> Blotted:
    """The paper without what stands under the boxes. Raises ``Refused`` where it cannot be done."""
    refuse_if(why_not_blot(boxes))
    asked = {"verb": "blot", "path": str(path), "kind": kind, "boxes": [[page, *box] for page, box in boxes]}
    answer, body = _in_child(asked)
    return Blotted(body, tuple(answer["removed"]), answer["pages"], tuple(answer["redrawn"]))


def prove(path: Path | str, *, kind: str, words: Sequence[str]) -> Proof:
    """Whether none of the words stands anywhere in the paper. Raises ``Refused`` where it cannot be read."""
    answer, _ = _in_child({"verb": "prove", "path": str(path), "kind": kind, "words": list(words)})
    return Proof({word: tuple(places) for word, places in answer["found"].items()}, tuple(answer["extras"]))


def _in_child(asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    asked["path"] = str(Path(asked["path"]).absolute())
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "gongkai.files.redactor"],
            input=json.dumps(asked, ensure_ascii=False).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_bare_environment(),
            start_new_session=True,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:  # run() has killed the child
        raise Refused([_refusal("file.too_slow")]) from None
    head, _, body = done.stdout.partition(b"\n")
    try:
        answer = json.loads(head)
    except ValueError:
        raise Refused([_refusal("file.broken")]) from None
    return _taken(answer, body)


def _taken(answer: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    if not answer["ok"]:
        raise Refused([_refusal(answer["code"])])
    return answer, body


def _refusal(code: str) -> Refusal:
    return Refusal(code, "", SENTENCES.get(code, SENTENCES["file.broken"]))
