"""The public door to the content of an untrusted file.

The file is opened only in a child process (``gongkai.files.reader``) that has little memory, little time and
no Django; whatever happens there, the caller gets a ``Reading`` with a sentence for the clerk. No document
parser is imported here.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, TypeAlias, TypeVar

from gongkai.files.converting import CONVERTED, converted
from gongkai.files.problems import NOT_YET, NUMBERED, SENTENCES
from gongkai.kernel.text.blocks import Block, Cell, Paragraph, Table
from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid

__all__ = [
    "Block",
    "Cell",
    "CellsReading",
    "Paragraph",
    "Reading",
    "SheetCell",
    "SheetGrid",
    "Table",
    "inspect_file",
    "read_cells",
    "read_file",
]

WALL_SECONDS = 20
OCR_WALL_SECONDS = 100
PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_VERDICT = ("kind", "readable", "problem", "code", "warnings", "unread_pages", "ocr")
_FOR_OFFICE = ("file.old_word", NOT_YET)
_OLD_WORD = ("doc", "wps", "rtf", "ole")
Answered: TypeAlias = tuple[list[dict[str, Any]], dict[str, Any]]
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a file. ``problem`` is empty exactly when ``readable``.

    ``kind`` comes from the bytes, never from the name: docx, xlsx, pdf, html, txt, doc, wps, ofd, image, or a kind
    that is known but not read (xls, ppt, zip …), or "" where it could not be told. ``unread_pages`` are pages of
    which only a picture is there. ``ocr`` is how sure the recognition of a scan was, 0 where the words were written.
    """

    kind: str
    readable: bool
    problem: str = ""
    code: str = ""
    blocks: tuple[Block, ...] = ()
    warnings: tuple[str, ...] = ()
    unread_pages: int = 0
    ocr: float = 0.0

    def lines(self) -> Iterator[str]:
        """Every line of text in reading order, tables row by row with tabs between the fields."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from block.text.split("\n")
            else:
                for row in block.rows:
                    yield "\t".join("" if cell.merged else cell.text for cell in row)


@dataclass(frozen=True, slots=True)
class CellsReading:
    """The sheets of a table, hidden ones too, cell by cell. ``problem`` is empty exactly when ``readable``."""

    kind: str
    readable: bool
    problem: str = ""
    code: str = ""
    sheets: tuple[SheetGrid, ...] = ()


def read_file(path: Path | str, *, name: str = "") -> Reading:
    """Read the words of a file in the child process. Never raises for what the file holds.

    ``name`` is the name under which it was sent in; an ending that belies the bytes is a problem. Scans and pictures
    are recognised where the extra ``[ocr]`` is installed; old Word papers that our reader cannot read well are
    converted where LibreOffice is installed. Without these the verdict says what cannot be read.
    """
    path, name = Path(path), name or Path(path).name
    reading = _in_child("read", path, name, _reading_of)
    if (reading.kind == "image" or reading.code == "file.scan" or reading.unread_pages) and can_recognise():
        return _recognised(path, name, reading)
    # A broken or hostile container never reaches the converter: only what we know to be sound and cannot read well.
    if reading.kind in _OLD_WORD and (reading.code in _FOR_OFFICE or NUMBERED in reading.warnings):
        return _converted(path, reading)
    return reading


def can_recognise() -> bool:
    """Whether the extra ``[ocr]`` is installed."""
    return importlib.util.find_spec("rapidocr") is not None


def _recognised(path: Path, name: str, plain: Reading) -> Reading:
    """The words of a scan; where recognition fails altogether, what was known without it."""
    if plain.code not in ("", "file.scan", NOT_YET):
        return plain
    seen = _in_child("ocr", path, name, _reading_of)
    return seen if seen.readable or not plain.readable else plain


def _converted(path: Path, plain: Reading) -> Reading:
    """An old paper by way of LibreOffice; without it, or where it fails, what was known before."""
    with converted(path) as fresh:
        if fresh is None:
            return plain
        found = _in_child("read", fresh, fresh.name, _reading_of)
    if not found.readable:
        return plain
    return replace(found, kind=plain.kind, warnings=(*found.warnings, CONVERTED))


def inspect_file(path: Path | str, *, name: str = "") -> Reading:
    """Tell the kind and check the container (bombs, path slips, entities) without reading the words."""
    return _in_child("inspect", Path(path), name or Path(path).name, _reading_of)


def read_cells(path: Path | str, *, name: str = "") -> CellsReading:
    """Read the cells of an xlsx or csv with address and type. Never raises for what the file holds."""
    return _in_child("cells", Path(path), name or Path(path).name, _cells_of)


def in_picture_child(path: Path, name: str) -> bytes | None:
    """What the child says of a picture: a line with the verdict, then the new picture. None where it died."""
    with tempfile.TemporaryFile() as answer:
        try:
            _run_child("picture", path, name, answer, WALL_SECONDS)
        except subprocess.TimeoutExpired:
            return None
        answer.seek(0)
        return answer.read()


def _in_child(verb: str, path: Path, name: str, read: Callable[[Answered], Read]) -> Read:
    if not path.is_file() or not os.access(path, os.R_OK):
        return read(_unread("file.missing"))
    with tempfile.TemporaryFile() as answer:
        wall = OCR_WALL_SECONDS if verb == "ocr" else WALL_SECONDS
        try:
            done = _run_child(verb, path, name, answer, wall)
        except subprocess.TimeoutExpired:  # run() has killed the child
            return read(_unread("file.too_slow"))
        answer.seek(0)
        return read(_answered(answer, done.returncode))


def _run_child(
    verb: str, path: Path, name: str, answer: IO[bytes], wall: float
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "gongkai.files.reader", verb, str(path.absolute()), name],
        stdin=subprocess.DEVNULL,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env=_bare_environment(),
        close_fds=True,
        start_new_session=True,
        timeout=wall,
        check=False,
    )


def _unread(code: str) -> Answered:
    said = {"kind": "", "readable": False, "problem": SENTENCES[code], "code": code, "warnings": ()}
    return [], {**said, "unread_pages": 0, "ocr": 0.0}


def _bare_environment() -> dict[str, str]:
    """The child needs no secret of ours, no proxy and no settings."""
    return {
        "PYTHONPATH": str(PACKAGE_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "LANG": "C.UTF-8",
    }


def _answered(answer: IO[bytes], returncode: int) -> Answered:
    """The JSON lines of the child; the last line is the verdict, without it the child died."""
    rows: list[dict[str, Any]] = []
    verdict: dict[str, Any] | None = None
    try:
        for line in answer:
            row = json.loads(line)
            if "verdict" in row:
                verdict = {key: row["verdict"][key] for key in _VERDICT}
            else:
                rows.append(row)
    except (ValueError, KeyError, TypeError):
        verdict = None
    return (rows, verdict) if verdict is not None else _unread(code_of_death(returncode))


def _reading_of(answered: Answered) -> Reading:
    rows, verdict = answered
    if not verdict["readable"]:
        rows = []
    try:
        blocks = tuple(_block_of(row) for row in rows)
    except (KeyError, TypeError):
        return _reading_of(_unread("file.broken"))
    return Reading(blocks=blocks, **{**verdict, "warnings": tuple(verdict["warnings"])})


def _cells_of(answered: Answered) -> CellsReading:
    rows, verdict = answered
    if not verdict["readable"]:
        rows = []
    try:
        sheets = tuple(_sheet_of(row) for row in rows)
    except (KeyError, TypeError, ValueError):
        return _cells_of(_unread("file.broken"))
    return CellsReading(verdict["kind"], verdict["readable"], verdict["problem"], verdict["code"], sheets)


def code_of_death(returncode: int) -> str:
    """What it means that a child died without an answer."""
    if returncode in (-24, -14, -9):  # SIGXCPU, the child's own alarm, the hard limit
        return "file.too_slow"
    if returncode == -25:  # SIGXFSZ: it answered more than the caller can hold
        return "file.too_large"
    return "file.broken"


def _block_of(row: dict[str, Any]) -> Block:
    if "rows" in row:
        rows = tuple(tuple(Cell(*cell) for cell in cells) for cells in row["rows"])
        return Table(rows=rows, name=row.get("name", ""), page=row.get("page", 0))
    return Paragraph(**row)


def _sheet_of(row: dict[str, Any]) -> SheetGrid:
    return SheetGrid(
        name=row["sheet"],
        hidden=row["hidden"],
        rows={
            number: {column: SheetCell(text, kind) for column, text, kind in cells}
            for number, cells in row["cells"]
        },
        merges=tuple((top, left, bottom, right) for top, left, bottom, right in row["merges"]),
        hidden_rows=frozenset(row["rows"]),
    )
