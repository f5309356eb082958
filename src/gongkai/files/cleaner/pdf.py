"""A pdf without unseen and covered words, earlier papers, files, scripts, notes and names of people.

Words are taken out of the drawing orders; the page is then drawn and held against the old one. A page of which that
cannot be done without a visible change is drawn anew as a picture with its visible words behind it.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image, ImageChops

from gongkai.files.cleaner.pdfbeside import clear_beside
from gongkai.files.cleaner.pdfwords import without_words
from gongkai.files.inspector.pdf import MOST_PAGES, judged
from gongkai.files.inspector.pdfink import placer
from gongkai.files.inspector.pdfpage import Box, Thing
from gongkai.files.problems import Unreadable
from gongkai.files.redactor import blotting
from gongkai.files.redactor.layer import font_for
from gongkai.files.redactor.looking import Sign, signs_of

LOOK = 1.0  # pixels a point
ALIKE = 24  # of 255: less is the rounding of the drawing


def clean(path: Path | zipfile.ZipFile) -> bytes:
    assert isinstance(path, Path)
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PasswordError as problem:
        raise Unreadable("file.password") from problem
    if is_sealed(pdf):
        raise Unreadable("file.sealed")
    old = pypdfium2.PdfDocument(path)
    if len(old) > MOST_PAGES:
        raise Unreadable("file.too_much")
    hidden = judged(old, pdf)
    unsure = {number for number, words in hidden.items() if not without_words(pdf, pdf.pages[number], words)}
    if hidden:
        new = pypdfium2.PdfDocument(_saved(pdf))
        unsure |= {
            number for number in hidden if not (_alike(old[number], new[number]) or _marked(pdf, number))
        }
    made = _drawn(pdf, old, unsure, hidden) if unsure else pdf
    clear_beside(made, had_hidden=bool(hidden))
    return _saved(made)


def _marked(pdf: pikepdf.Pdf, number: int) -> bool:
    """Whether the page has marks for blotting: then it is meant to look different afterwards."""
    return any(one.get("/Subtype") == "/Redact" for one in pdf.pages[number].obj.get("/Annots", []))


def is_sealed(pdf: pikepdf.Pdf) -> bool:
    """Whether somebody signed the paper: a change would break his seal."""
    return any(
        isinstance(one, pikepdf.Dictionary) and "/ByteRange" in one and "/Contents" in one
        for one in pdf.objects
    )


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(out, compress_streams=True, deterministic_id=True)
    return out.getvalue()


def _alike(one: pypdfium2.PdfPage, other: pypdfium2.PdfPage) -> bool:
    pictures = [_picture(page) for page in (one, other)]
    if pictures[0].size != pictures[1].size:
        return False
    bands: Any = ImageChops.difference(*pictures).getextrema()
    return all(high <= ALIKE for _, high in bands)


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    return page.render(scale=LOOK, may_draw_forms=False).to_pil().convert("RGB")


def _drawn(
    pdf: pikepdf.Pdf, old: pypdfium2.PdfDocument, pages: set[int], hidden: dict[int, list[Thing]]
) -> pikepdf.Pdf:
    """The paper with these pages as pictures; their visible words stay findable."""
    made = pikepdf.new()
    font = font_for(made)
    for number in range(len(old)):
        if number not in pages:
            made.pages.append(pdf.pages[number])
            continue
        page = old[number]
        boxes = [_share(page, one.box) for one in hidden[number]]
        kept = [sign for sign in signs_of(page) if not any(_stands_in(sign, box) for box in boxes)]
        blotting.redrawn(made, font, page, boxes if _marked(pdf, number) else [], kept)
    return made


def _share(page: pypdfium2.PdfPage, box: Box) -> Box:
    """A box of the page's own units as shares of the page as it is shown."""
    left, top, right, bottom = placer(page)(box)
    width, height = page.get_size()
    return left / width, top / height, right / width, bottom / height


def _stands_in(sign: Sign, box: Box) -> bool:
    x, y = (sign.left + sign.right) / 2, (sign.top + sign.bottom) / 2
    return sign.text != "\n" and box[0] <= x <= box[2] and box[1] <= y <= box[3]
