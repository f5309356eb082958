"""A pdf: the words of each page with what hides them, and what travels in the file beside the pages."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2

from gongkai.files.inspector import pdfbeside, pdflines, pdfpast
from gongkai.files.inspector.findings import Findings
from gongkai.files.inspector.pdfink import Ink
from gongkai.files.inspector.pdflines import Said
from gongkai.files.inspector.pdfpage import Thing, hidden_as, is_scan, things_of, words_among
from gongkai.files.problems import Unreadable

MOST_PAGES = 1000


def inspect(path: Path, findings: Findings) -> None:
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PasswordError as problem:
        raise Unreadable("file.password") from problem
    pdfbeside.inspect(pdf, findings)
    document = pypdfium2.PdfDocument(path)
    if len(document) > MOST_PAGES:
        raise Unreadable("file.too_much")
    ink, empty, said = Ink(), [], []
    for number in range(len(document)):
        page = document[number]
        found, needs_eyes = _page(page, pdf.pages[number].obj, number, ink)
        said += [one for one, _ in found]
        empty += [number + 1] if needs_eyes else []
        page.close()
    for line in pdflines.joined(said, ink):
        if line.rule:
            findings.hidden(line.rule, f"第 {line.page} 页", line.text)
        else:
            findings.passage(f"第 {line.page} 页", line.text)
    pdfpast.inspect(path, pdf, document, findings)
    if len(empty) == len(document):
        raise Unreadable("file.scan")
    findings.unread = empty


def judged(document: pypdfium2.PdfDocument, pdf: pikepdf.Pdf) -> dict[int, list[Thing]]:
    """For each page, counted from 0, the words that nobody sees; pages without such words are absent."""
    ink, found = Ink(), []
    for number in range(len(document)):
        page = document[number]
        words, _ = _page(page, pdf.pages[number].obj, number, ink)
        found += [(number, one) for one in words]
        page.close()
    hidden: dict[int, list[Thing]] = {}
    for number, (said, thing) in found:
        if pdflines.settled(said, ink).rule:
            hidden.setdefault(number, []).append(thing)
    return hidden


def _page(
    page: pypdfium2.PdfPage, source: pikepdf.Object, number: int, ink: Ink
) -> tuple[list[tuple[Said, Thing]], bool]:
    """The words of a page with what hides each, and whether the page is a picture without any words."""
    things, shown = things_of(page)
    things += pdfbeside.covers_of(source)
    words = words_among(things)
    inked = ink.look(page, [one for _, one in words]) if words else None
    scanned = is_scan(things, shown)
    found = []
    for at, thing in words:
        rule = hidden_as(thing, things[:at], things[at + 1 :], shown, scanned=scanned, inked=inked)
        font = ink.font_without(inked, thing) if not rule and inked is not None and not scanned else None
        found.append((Said(number + 1, thing.text, thing.box, thing.size, rule, font), thing))
    return found, scanned and not words
