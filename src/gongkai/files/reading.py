"""The public door to the content of an untrusted file.

The file is opened only in a child process (``gongkai.files.reader``) that has little memory, little time and
no Django; whatever happens there, the caller gets a ``Reading`` with a sentence for the clerk. No document
parser is imported here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from gongkai.files.problems import SENTENCES
from gongkai.kernel.text.blocks import Block, Cell, Paragraph, Table

__all__ = ["Block", "Cell", "Paragraph", "Reading", "Table", "inspect_file", "read_file"]

WALL_SECONDS = 20
PACKAGE_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a file. ``problem`` is empty exactly when ``readable``.

    ``kind`` comes from the bytes, never from the name: docx, xlsx, pdf, html, txt, or a kind that is known
    but not read (doc, wps, ofd, image, zip, exe …), or "" where it could not be told.
    """

    kind: str
    readable: bool
    problem: str = ""
    code: str = ""
    blocks: tuple[Block, ...] = ()
    warnings: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """Every line of text in reading order, tables row by row with tabs between the fields."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from block.text.split("\n")
            else:
                for row in block.rows:
                    yield "\t".join("" if cell.merged else cell.text for cell in row)


def read_file(path: Path | str, *, name: str = "") -> Reading:
    """Read the words of a file in the child process. Never raises for what the file holds.

    ``name`` is the name under which it was sent in; an ending that belies the bytes is a problem.
    """
    return _in_child("read", Path(path), name or Path(path).name)


def inspect_file(path: Path | str, *, name: str = "") -> Reading:
    """Tell the kind and check the container (bombs, path slips, entities) without reading the words."""
    return _in_child("inspect", Path(path), name or Path(path).name)


def _in_child(verb: str, path: Path, name: str) -> Reading:
    if not path.is_file() or not os.access(path, os.R_OK):
        return _unread("file.missing")
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "gongkai.files.reader", verb, str(path.absolute()), name],
                stdin=subprocess.DEVNULL,
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
        return _reading_of(answer, done.returncode)


def _unread(code: str) -> Reading:
    return Reading(kind="", readable=False, problem=SENTENCES[code], code=code)


def _bare_environment() -> dict[str, str]:
    """The child needs no secret of ours, no proxy and no settings."""
    return {
        "PYTHONPATH": str(PACKAGE_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "LANG": "C.UTF-8",
    }


def _reading_of(answer: IO[bytes], returncode: int) -> Reading:
    """Rebuild the reading from JSON lines; the last line is the verdict, without it the child died."""
    blocks: list[Block] = []
    verdict: dict[str, Any] | None = None
    try:
        for line in answer:
            row = json.loads(line)
            if "verdict" in row:
                verdict = row["verdict"]
            else:
                blocks.append(_block_of(row))
    except (ValueError, KeyError, TypeError):
        verdict = None
    if verdict is None:
        return _death(returncode)
    return Reading(
        kind=verdict["kind"],
        readable=verdict["readable"],
        problem=verdict["problem"],
        code=verdict["code"],
        blocks=tuple(blocks) if verdict["readable"] else (),
        warnings=tuple(verdict["warnings"]),
    )


def _death(returncode: int) -> Reading:
    if returncode in (-24, -14, -9):  # SIGXCPU, the child's own alarm, the hard limit
        return _unread("file.too_slow")
    if returncode == -25:  # SIGXFSZ: it answered more than the caller can hold
        return _unread("file.too_large")
    return _unread("file.broken")


def _block_of(row: dict[str, Any]) -> Block:
    if "rows" in row:
        rows = tuple(tuple(Cell(*cell) for cell in cells) for cells in row["rows"])
        return Table(rows=rows, name=row.get("name", ""), page=row.get("page", 0))
    return Paragraph(**row)
