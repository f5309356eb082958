"""The public door to what a stranger could take out of a file: every passage, and what is hidden in it.

The file is opened only in a child process (``gongkai.files.inspector``); whatever happens there, the caller
gets an ``Inspection`` with a sentence for the clerk. No document parser is imported here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gongkai.files.problems import NOT_YET, SENTENCES
from gongkai.files.reading import _bare_environment, can_recognise, code_of_death, read_file

RULES = (
    "hidden.tracked_change",
    "hidden.comment",
    "hidden.sheet",
    "hidden.row",
    "hidden.column",
    "hidden.invisible_text",
    "hidden.covered_text",
    "hidden.previous_revision",
    "hidden.metadata",
    "hidden.location",
    "hidden.macro",
    "hidden.external_link",
)


_PICTURES = ("file.scan", NOT_YET)
WALL_SECONDS = 40
UNREAD_PAGES = (
    "第 {pages} 页只有图像，系统读不到其中的文字。请打开核对这些页有没有个人信息，再由本人签注理由。"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A passage: where it stands, the heading of its column and the text of its row, and whether it is hidden."""

    where: str
    text: str
    head: str = ""
    row: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Trap:
    """Something that people do not see on the page and that would go out with it."""

    rule: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """``why`` is empty exactly when ``readable``; traps may have been found all the same.

    ``ocr`` is how sure the recognition of a scan was, 0 where the words were written. A copy without what is hidden
    is made by ``files.cleaning``.
    """

    readable: bool
    why: str = ""
    passages: tuple[Part, ...] = ()
    traps: tuple[Trap, ...] = ()
    ocr: float = 0.0


def inspect(source: Path | bytes, name: str, *, eyes: bool = True) -> Inspection:
    """What stands in the file and what is hidden in it. Never raises for what the file holds.

    Without ``eyes`` scans are not recognised: enough where only hidden things are asked about.
    """
    if isinstance(source, Path):
        return _inspected(source, name, eyes) if source.is_file() else _unread("file.missing")
    with tempfile.NamedTemporaryFile() as file:
        file.write(source)
        file.flush()
        return _inspected(Path(file.name), name, eyes)


def _inspected(path: Path, name: str, eyes: bool) -> Inspection:
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "gongkai.files.inspector", str(path.absolute())],
                input=name.encode(errors="replace"),  # an argument cannot carry a null byte, a name may
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env=_bare_environment(),
                close_fds=True,
                start_new_session=True,
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:  # run() has killed the child
            return _unread("file.too_slow")
        answer.seek(0)
        try:
            found: dict[str, Any] = json.loads(answer.readline())
            return _inspection_of(found, path, name, eyes)
        except (ValueError, KeyError, TypeError):
            return _unread(code_of_death(done.returncode))


def _inspection_of(found: dict[str, Any], path: Path, name: str, eyes: bool) -> Inspection:
    passages = tuple(Part(*one) for one in found["passages"])
    plain = Inspection(not found["why"], found["why"], passages, tuple(Trap(*one) for one in found["traps"]))
    if found["code"] not in _PICTURES and not found["unread"]:
        return plain
    return _with_eyes(plain, found["unread"], path, name, eyes)


def _with_eyes(plain: Inspection, unread: list[int], path: Path, name: str, eyes: bool) -> Inspection:
    """Pages that are pictures: their words by recognition, or the reason why a person has to look."""
    seen = read_file(path, name=name) if eyes and can_recognise() else None
    if seen is None or not seen.readable or seen.unread_pages:
        pages = "、".join(str(page) for page in unread[:20])
        return replace(plain, readable=False, why=plain.why or UNREAD_PAGES.format(pages=pages))
    passages = (*plain.passages, *(Part("识别", line) for line in seen.lines() if line.strip()))
    return replace(plain, readable=True, why="", passages=passages, ocr=seen.ocr)


def _unread(code: str) -> Inspection:
    return Inspection(False, SENTENCES[code])
