"""A pdf with its marks blotted out: the pages that hold them are drawn anew, what stands beside the pages goes."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from pathlib import Path

import pikepdf

from gongkai.files.cleaner.pdf import is_sealed
from gongkai.files.masker.marks import Mark, Marks
from gongkai.files.problems import Unreadable
from gongkai.files.redactor.blotting import Box, box_of, pdf_without
from gongkai.files.redactor.looking import open_pdf, places_of

_PAGE = re.compile(r"第 (\d+) 页")


def mask(path: Path | zipfile.ZipFile, marks: Marks) -> bytes:
    assert isinstance(path, Path)
    paper = open_pdf(path)
    with pikepdf.open(path) as pdf:
        if is_sealed(pdf):
            raise Unreadable("file.sealed_mask")
    boxes: dict[int, list[Box]] = defaultdict(list)
    for page, *sides in places_of(paper, {(_page(one), one.said) for one in marks.all}):
        boxes[int(page)].append(box_of(sides))
    return pdf_without(path, boxes)[1]


def _page(mark: Mark) -> int:
    """The page on which a mark is looked for, counted from 0; -1 = on every page."""
    found = None if mark.everywhere else _PAGE.match(mark.where)
    return int(found[1]) - 1 if found else -1
