"""Which reader takes which kind."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from gongkai.files import problems
from gongkai.files.reader.answer import Answer


def _docx(path: Path, box: zipfile.ZipFile | None, answer: Answer) -> None:
    from gongkai.files.reader import docx  # noqa: PLC0415 -- a child loads only the parser that it needs

    assert box is not None
    docx.read(box, answer)


def _xlsx(path: Path, box: zipfile.ZipFile | None, answer: Answer) -> None:
    from gongkai.files.reader import xlsx  # noqa: PLC0415 -- as above

    assert box is not None
    xlsx.read(box, answer)


def _pdf(path: Path, box: zipfile.ZipFile | None, answer: Answer) -> None:
    from gongkai.files.reader import pdf  # noqa: PLC0415 -- as above

    pdf.read(path, answer)


def _html(path: Path, box: zipfile.ZipFile | None, answer: Answer) -> None:
    from gongkai.files.reader import html  # noqa: PLC0415 -- as above

    html.read(path, answer)


def _txt(path: Path, box: zipfile.ZipFile | None, answer: Answer) -> None:
    from gongkai.files.reader import txt  # noqa: PLC0415 -- as above

    txt.read(path, answer)


def _doc(path: Path, box: zipfile.ZipFile | None, answer: Answer) -> None:
    from gongkai.files.reader import doc  # noqa: PLC0415 -- as above

    doc.read(path, answer)


def _ofd(path: Path, box: zipfile.ZipFile | None, answer: Answer) -> None:
    from gongkai.files.reader import ofd  # noqa: PLC0415 -- as above

    assert box is not None
    ofd.read(box, answer)


def _image(path: Path, box: zipfile.ZipFile | None, answer: Answer) -> None:
    """A picture must open; its words are another matter, see ``recognise``."""
    open_only("image", path)
    raise problems.not_yet("image")


def recognise(kind: str, path: Path, answer: Answer) -> None:
    """The words of a scan or a picture, by recognition."""
    from gongkai.files.reader import ocr  # noqa: PLC0415 -- as above

    ocr.read(path, kind, answer)


def open_only(kind: str, path: Path) -> None:
    """Without reading: a pdf, an old paper, a picture must open at all; containers were checked before."""
    if kind in ("doc", "wps"):
        from gongkai.files.reader import wordfile  # noqa: PLC0415 -- as above

        wordfile.WordFile(path)
    if kind == "image":
        from gongkai.files.reader import ocr  # noqa: PLC0415 -- as above

        ocr.open_picture(path)
    if kind == "pdf":
        from gongkai.files.reader import pdf  # noqa: PLC0415 -- as above

        pdf.open_document(path)


def read_cells(kind: str, path: Path, box: zipfile.ZipFile | None, answer: Answer) -> None:
    """A table cell by cell."""
    from gongkai.files.reader import cells  # noqa: PLC0415 -- as above

    cells.read(kind, path, box, answer)


READERS: dict[str, Callable[[Path, zipfile.ZipFile | None, Answer], None]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "html": _html,
    "txt": _txt,
    "doc": _doc,
    "wps": _doc,
    "ofd": _ofd,
    "image": _image,
}
