"""A docx with its marks masked, also where a number is parted by runs; everything else stays as it was."""

from __future__ import annotations

import zipfile
from pathlib import Path

from gongkai.files.cleaner.package import Package
from gongkai.files.inspector.docx import WORDS, owner
from gongkai.files.masker import parts
from gongkai.files.masker.marks import Marks, in_pieces
from gongkai.files.reader import xmlparts

W = xmlparts.W
_PIECES = (W + "t", W + "delText", W + "instrText")


def mask(box: Path | zipfile.ZipFile, marks: Marks) -> bytes:
    assert isinstance(box, zipfile.ZipFile)
    package = Package(box)
    package.without_macros()
    for member in package.names():
        if WORDS.fullmatch(member):
            _part(package, member, marks)
    parts.sweep(package, marks)
    return package.save()


def _part(package: Package, member: str, marks: Marks) -> None:
    """Paragraph by paragraph, numbered as the inspection numbers them."""
    for number, paragraph in enumerate(package.tree(member).iter(W + "p"), 1):
        where = f"{member} 第 {number} 段"
        runs = [run for run in paragraph.iter(W + "r") if owner(run) is paragraph]
        pieces = [one for run in runs for one in run if one.tag in _PIECES]
        in_pieces(pieces, lambda text, where=where: marks.spans(text, where))  # type: ignore[misc]
