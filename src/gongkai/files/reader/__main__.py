"""Entry of the child: shut in, sniff, guard, read, answer. Whatever happens, one verdict in Chinese."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from gongkai.files import guard, problems, sniff
from gongkai.files.problems import Unreadable
from gongkai.files.reader import doors, limits
from gongkai.files.reader.answer import Answer

MACROS = "文件里有宏（小程序），系统没有运行它；公开前请另存为不带宏的文件。"


def main() -> None:
    verb, path, name = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    if verb == "ocr":
        limits.shut_in(memory=4 * 1024**3, cpu=150, wall=98)
    else:
        limits.shut_in()
    answer = Answer(sys.stdout.buffer)
    kind, problem, body = "", None, b""
    try:
        if verb == "picture":
            kind, body = _redrawn(path, name)
        else:
            kind, box = _kind_of(path, name, answer)
            _open(verb, kind, path, box, answer)
    except _Known as found:
        kind, problem = found.kind, found.problem
    except Unreadable as found:
        problem = found
    except MemoryError:
        problem = Unreadable("file.too_large")
    except RecursionError:
        problem = Unreadable("file.broken")
    except Exception:  # noqa: BLE001 -- a parser may fail in any way; the clerk gets one sentence
        problem = Unreadable("file.broken")
    answer.verdict(kind, problem)
    if problem is None and body:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()


def _open(verb: str, kind: str, path: Path, box: zipfile.ZipFile | None, answer: Answer) -> None:
    if verb == "ocr":
        doors.recognise(kind, path, answer)
    elif verb == "inspect":
        doors.open_only(kind, path)
    elif verb == "cells":
        doors.read_cells(kind, path, box, answer)
    else:
        doors.READERS[kind](path, box, answer)
        if not answer.has_text:
            raise Unreadable("file.scan" if kind == "pdf" else "file.no_text")


def _redrawn(path: Path, name: str) -> tuple[str, bytes]:
    """A picture drawn anew; another kind, or a name that promises another kind, is a problem."""
    with path.open("rb") as stream:
        head = stream.read(sniff.HEAD_BYTES)
    kind = sniff.kind_by_head(head, name)
    if not head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        raise _Known(kind, problems.other_picture(kind))
    if sniff.belies(name, kind):
        raise _Known(kind, problems.belied(sniff.ending_of(name), kind))
    from gongkai.files.reader import picture  # noqa: PLC0415 -- a child loads only the parser that it needs

    return picture.redraw(path)


class _Known(Exception):  # noqa: N818
    """A problem of a file whose kind is already known."""

    def __init__(self, kind: str, problem: Unreadable) -> None:
        self.kind, self.problem = kind, problem
        super().__init__(kind)


def _kind_of(path: Path, name: str, answer: Answer) -> tuple[str, zipfile.ZipFile | None]:
    with path.open("rb") as stream:
        head = stream.read(sniff.HEAD_BYTES)
    if not head:
        raise Unreadable("file.empty")
    kind, box = sniff.kind_by_head(head, name), None
    if kind == "zip":
        kind, box = _kind_of_zip(path, answer)
    elif kind in ("doc", "xls", "ppt", "wps", "et", "ole") and _is_encrypted_package(path):
        raise Unreadable("file.password")
    if kind == "program":
        raise _Known(kind, Unreadable("file.program"))
    if kind == "":
        raise Unreadable("file.unknown")
    if sniff.belies(name, kind):
        raise _Known(kind, problems.belied(sniff.ending_of(name), kind))
    if kind not in problems.READABLE:
        raise _Known(kind, problems.not_yet(kind))
    return kind, box


def _kind_of_zip(path: Path, answer: Answer) -> tuple[str, zipfile.ZipFile]:
    try:
        box = guard.check_container(path)
    except Unreadable as found:
        raise _Known("zip", found) from found
    members = box.namelist()
    if any(member.lower().endswith("vbaproject.bin") for member in members):
        answer.warn(MACROS)
    return sniff.kind_of_zip(members), box


def _is_encrypted_package(path: Path) -> bool:
    """A password on a docx or xlsx turns it into an old container with this stream."""
    needle, tail = "EncryptedPackage".encode("utf-16-le"), b""
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            if needle in tail + chunk:
                return True
            tail = chunk[-64:]
    return False


if __name__ == "__main__":
    main()
