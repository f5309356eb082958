"""Which reader takes which kind."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

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


def open_only(kind: str, path: Path) -> None:
    """Without reading: a pdf must open at all, and without a password; containers were checked before."""
    if kind == "pdf":
        from gongkai.files.reader import pdf  # noqa: PLC0415 -- as above

        pdf.open_document(path)


READERS: dict[str, Callable[[Path, zipfile.ZipFile | None, Answer], None]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "html": _html,
    "txt": _txt,
}
