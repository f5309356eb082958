"""Takes out what a pdf carries beside its pages."""

from __future__ import annotations

from typing import Any

import pikepdf

from gongkai.files.cleaner import image
from gongkai.files.inspector.pdfbeside import OUTSIDE, SCRIPTED, dictionaries, is_inner

HIDDEN_FLAG = 2
# Notes that draw something on the page stay as a drawing; the others have nothing to show in print.
SHOWN = ("/Link", "/Widget", "/FreeText", "/Stamp", "/Square", "/Circle", "/Line", "/Polygon", "/PolyLine", "/Ink",
         "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Watermark")  # fmt: skip
_WORDS_OF_NOTES = ("/Contents", "/T", "/RC", "/Popup", "/Subj", "/IRT", "/NM", "/M", "/CreationDate", "/AA")
_OF_ROOT = ("/Metadata", "/PieceInfo", "/AA", "/AF", "/Collection", "/Threads", "/SpiderInfo", "/Legal")
_OF_NAMES = ("/EmbeddedFiles", "/JavaScript", "/Renditions", "/AlternatePresentations")
_OF_PAGE = ("/Metadata", "/PieceInfo", "/AA", "/AF", "/LastModified", "/Thumb")
_SPOKEN = ("/ActualText", "/Alt", "/E")


def clear_beside(pdf: pikepdf.Pdf, *, had_hidden: bool) -> None:
    """Names of people, files, scripts, notes, links to inner places, data of pictures."""
    root = pdf.Root
    _without(root, _OF_ROOT)
    if "/Names" in root:
        _without(root.Names, _OF_NAMES)
    if "/AcroForm" in root:
        _without(root.AcroForm, ("/XFA",))
    if "/Info" in pdf.trailer:
        title = pdf.trailer.Info.get("/Title")
        del pdf.trailer.Info
        if isinstance(title, pikepdf.String) and not _tells_a_place(str(title)):
            pdf.docinfo["/Title"] = title
    for page in pdf.pages:
        _without(page.obj, _OF_PAGE)
        _notes(page.obj)
    for one in list(pdf.objects):
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            _object(one, had_hidden=had_hidden)


def _tells_a_place(title: str) -> bool:
    return (
        ":\\" in title or ":/" in title or title.startswith("\\\\") or "/Users/" in title or "/home/" in title
    )


def _notes(page: pikepdf.Object) -> None:
    notes = page.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    kept = []
    for note in notes:
        kind, flags = str(note.get("/Subtype", "")), int(note.get("/F", 0))
        if kind not in SHOWN or (flags & HIDDEN_FLAG and kind != "/Link"):
            _without(note, ("/V", "/DV", "/AP", "/FS", *_WORDS_OF_NOTES))  # the form may still name it
            continue
        if kind not in ("/Link", "/Widget"):
            _without(note, _WORDS_OF_NOTES)
        _without(note, ("/AA", "/FS", "/Movie", "/AF"))
        if _is_bad(note.get("/A")):
            del note["/A"]
        if kind != "/Link" or "/A" in note or "/Dest" in note:
            kept.append(note)
    page.Annots = pikepdf.Array(kept)


def _object(one: Any, *, had_hidden: bool) -> None:
    for inner in dictionaries(one):
        for key in ("/OpenAction", "/A", "/Next"):
            if _is_bad(inner.get(key)):
                del inner[key]
        _without(inner, ("/AA",) if "/AA" in inner else ())
        if had_hidden and ("/Pg" in inner or str(inner.get("/Type", "")) == "/StructElem"):
            _without(inner, _SPOKEN)
    if isinstance(one, pikepdf.Stream):
        _without(one, tuple(key for key in ("/Metadata", "/PieceInfo") if key in one))
        if str(one.get("/Filter", "")) == "/DCTDecode":
            fresh: bytes = image.stripped(one.read_raw_bytes())
            parms: Any = one.get("/DecodeParms")
            one.write(fresh, filter=pikepdf.Name.DCTDecode, decode_parms=parms)


def _is_bad(action: Any) -> bool:
    if not isinstance(action, pikepdf.Dictionary):
        return False
    kind = str(action.get("/S", ""))
    return kind in SCRIPTED or kind in OUTSIDE or (kind == "/URI" and is_inner(str(action.get("/URI", ""))))


def _without(thing: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in thing:
            del thing[key]
