"""Earlier papers inside a pdf: each saving may be added at the end, and what was taken out is still in the file."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import pikepdf
import pypdfium2

from gongkai.files.inspector.findings import Findings

MOST_PAST = 8
MOST_PAGES = 200
_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_LINE = re.compile(r"\s+")


def inspect(path: Path, pdf: pikepdf.Pdf, document: pypdfium2.PdfDocument, findings: Findings) -> None:
    """Words and pictures of an earlier paper that the present one has no more.

    A saving that only adds (a seal, a filled form) takes nothing out and is left in peace.
    """
    body = path.read_bytes()
    ends = [one.end() for one in _END.finditer(body)]
    if pdf.is_linearized and ends:
        ends = ends[1:]  # the first end of such a file closes its first page, not an earlier paper
    cuts = [end for end in ends[:-1] if body[end:].strip(b"\r\n\0 ")]
    if not cuts:
        return
    now, pictures = _words(document), _pictures(pdf)
    for number, cut in enumerate(cuts[-MOST_PAST:], 1):
        _compare(body[:cut], now, pictures, f"旧版本 {number}", findings)


def _compare(earlier: bytes, now: str, pictures: set[str], where: str, findings: Findings) -> None:
    try:
        document = pypdfium2.PdfDocument(earlier)
    except pypdfium2.PdfiumError:
        return  # a torn beginning: nobody opens it as a paper
    gone = [line for line in _lines(document) if _LINE.sub("", line) not in now]
    if gone:
        findings.hidden("previous_revision", where, "\n".join(gone))
        return
    try:
        with pikepdf.open(io.BytesIO(earlier)) as past:
            if _pictures(past) - pictures:
                findings.trap("previous_revision", where, "旧版本里有后来删去的图片")
    except pikepdf.PdfError:
        return


def _lines(document: pypdfium2.PdfDocument) -> list[str]:
    found: list[str] = []
    for number in range(min(len(document), MOST_PAGES)):
        text = document[number].get_textpage().get_text_range()
        found += [line for line in text.splitlines() if line.strip()]
    return found


def _words(document: pypdfium2.PdfDocument) -> str:
    return "".join(_LINE.sub("", line) for line in _lines(document))


def _pictures(pdf: pikepdf.Pdf) -> set[str]:
    """The digest of every picture that a page shows."""
    found: set[str] = set()
    for page in pdf.pages[:MOST_PAGES]:
        try:
            held = page.obj.get("/Resources")
            things = held.get("/XObject") if held is not None else None
            for _, one in things.items() if things is not None else ():
                if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == pikepdf.Name.Image:
                    found.add(hashlib.sha256(one.read_raw_bytes()).hexdigest())
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
            continue
    return found
