"""Reads a .pdf: signs with their places become lines, lines become paragraphs, ruled frames become tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium

from gongkai.files.problems import Unreadable
from gongkai.files.reader.answer import MAX_PAGES, Answer
from gongkai.files.reader.pages import Pages
from gongkai.files.reader.pdfsigns import Sign, rulings_of, signs_of

MAX_SIGNS = 2_000_000
SOME_SCANNED = "文件里有 {count} 页只有图像、没有文字，系统没有读到这些页的内容，请核对。"
Eyes = Callable[[pdfium.PdfPage], list[Sign]]


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


def read(path: Path, answer: Answer, eyes: Eyes | None = None) -> None:
    """The words of each page; ``eyes`` read a page that is only a picture, where there are any."""
    document = open_document(path)
    pages = Pages(answer)
    left, empty = MAX_SIGNS, 0
    for number in range(len(document)):
        page = document[number]
        signs = signs_of(page, left)
        if not any(sign.text.strip() for sign in signs) and eyes is not None:
            signs = eyes(page)
        left -= len(signs)
        if not any(sign.text.strip() for sign in signs):
            empty += 1
        else:
            pages.take(rulings_of(page), signs, number + 1)
        page.close()
    pages.hand_on()
    answer.unread = empty
    if empty == len(document):
        raise Unreadable("file.scan")
    if empty:
        answer.warn(SOME_SCANNED.format(count=empty))
