"""Reads a .pdf: signs with their places become lines, lines become paragraphs, ruled frames become tables."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium

from gongkai.files.problems import Unreadable
from gongkai.files.reader.answer import MAX_PAGES, Answer
from gongkai.files.reader.pdfframes import Frame, tables_of
from gongkai.files.reader.pdfsigns import Sign, rulings_of, signs_of
from gongkai.files.reader.pdfwords import Found, goes_on, paragraphs_of

MAX_SIGNS = 2_000_000
SOME_SCANNED = "文件里有 {count} 页只有图像、没有文字，系统没有读到这些页的内容，请核对。"


def open_document(path: Path) -> pdfium.PdfDocument:
    """The document, or the reason why it does not open."""
    try:
        document = pdfium.PdfDocument(str(path))
    except pdfium.PdfiumError as problem:
        code = "file.password" if "password" in str(problem).lower() else "file.broken"
        raise Unreadable(code) from problem
    if len(document) > MAX_PAGES:
        raise Unreadable("file.too_much")
    if len(document) == 0:
        raise Unreadable("file.broken")
    return document


def read(path: Path, answer: Answer) -> None:
    document = open_document(path)
    pages = _Pages(answer)
    left, empty = MAX_SIGNS, 0
    for number in range(len(document)):
        page = document[number]
        signs = signs_of(page, left)
        left -= len(signs)
        if not any(sign.text.strip() for sign in signs):
            empty += 1
        else:
            pages.take(page, signs, number + 1)
        page.close()
    pages.hand_on()
    if empty == len(document):
        raise Unreadable("file.scan")
    if empty:
        answer.warn(SOME_SCANNED.format(count=empty))


class _Pages:
    """Hands blocks on in order; holds the last paragraph of a page back, because it may go on overleaf."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.held: Found | None = None
        self.held_page = 0

    def take(self, page: pdfium.PdfPage, signs: list[Sign], number: int) -> None:
        frames = tables_of(rulings_of(page), signs)
        inside = {id(sign) for frame in frames for sign in frame.signs}
        outside = [sign for sign in signs if id(sign) not in inside]
        found: list[tuple[float, Frame | Found]] = [(frame.top, frame) for frame in frames]
        found += [(one.top, one) for one in paragraphs_of(outside, frames)]
        for _, block in sorted(found, key=lambda one: -one[0]):
            if isinstance(block, Frame):
                self.hand_on()
                self.answer.table(block.rows(), page=number)
            elif block.part:
                self._paragraph(block, number)
            elif self.held is not None and self.held_page < number and goes_on(self.held, block):
                self.held.text += block.text
                self.held.lines += block.lines
                self.held_page = number
            else:
                self.hand_on()
                self.held, self.held_page = block, number

    def hand_on(self) -> None:
        if self.held is not None:
            self._paragraph(self.held, self.held_page)
        self.held = None

    def _paragraph(self, found: Found, number: int) -> None:
        self.answer.paragraph(
            found.text, align=found.align, size=found.size, bold=found.bold, page=number, part=found.part
        )
