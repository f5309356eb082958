"""What a pdf carries beside its pages: who made it, files, scripts, links out of it, notes, hidden fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2.raw as raw

from gongkai.files.inspector import image
from gongkai.files.inspector.findings import PROGRAMS, Findings
from gongkai.files.inspector.pdfpage import Thing

PERSONAL = {
    "/Author": "作者", "/Company": "单位", "/Manager": "负责人", "/LastModifiedBy": "最后修改人",
    "/SourceModified": "源文件", "/AAPL:Keywords": "关键词",
}  # fmt: skip
PERSONAL_XMP = (
    "creator",
    "Author",
    "Company",
    "Manager",
    "LastModifiedBy",
    "AuthorsPosition",
    "CaptionWriter",
)
SCRIPTED = ("/JavaScript", "/Launch", "/Rendition", "/Movie")
OUTSIDE = ("/GoToR", "/GoToE", "/ImportData", "/SubmitForm")
# Notes that show their own words or a drawing on the page; what they say beside it is the comment.
SHOWN_NOTES = ("/Link", "/Widget", "/Watermark", "/FreeText", "/Stamp", "/Popup", "/PrinterMark", "/TrapNet")
MOST_OBJECTS = 300_000
MOST_DEPTH = 8
HIDDEN_FLAG = 2
_PATH = re.compile(r"(^|[\s\-])([A-Za-z]:[\\/]|\\\\|file:|/home/|/Users/)", re.I)
_INNER = ("file:", "smb:", "\\\\")


def inspect(pdf: pikepdf.Pdf, findings: Findings) -> None:
    _properties(pdf, findings)
    for number, one in enumerate(pdf.objects):
        if number >= MOST_OBJECTS:
            break
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            _object(one, findings)
    _attachments(pdf, findings)
    for number, page in enumerate(pdf.pages, 1):
        for note in _list(page.obj.get("/Annots")):
            _note(note, f"第 {number} 页批注", findings)


def covers_of(page: pikepdf.Object) -> list[Thing]:
    """Notes of a page that lie on its words like a filled box: marks for blotting, and filled shapes."""
    found: list[Thing] = []
    for note in _list(page.get("/Annots")):
        if not isinstance(note, pikepdf.Dictionary):
            continue
        kind, inner = str(note.get("/Subtype", "")), _list(note.get("/IC"))
        if kind not in ("/Square", "/Redact", "/FreeText", "/Polygon") or _flags(note) & HIDDEN_FLAG:
            continue
        inner = inner or (_list(note.get("/C")) if kind == "/FreeText" else [])
        if kind != "/Redact" and (not inner or float(note.get("/CA", 1)) < 0.9):
            continue
        edges = [float(one) for one in _list(note.get("/Rect"))]
        if len(edges) == 4:
            box = (min(edges[::2]), min(edges[1::2]), max(edges[::2]), max(edges[1::2]))
            found.append(Thing(raw.FPDF_PAGEOBJ_PATH, box, (0, 0, 0)))
    return found


def _properties(pdf: pikepdf.Pdf, findings: Findings) -> None:
    for key, value in pdf.docinfo.items():
        text = str(value).strip()
        findings.passage(f"文件属性·{key[1:]}", text, hidden=True)
        if text.lower() in PROGRAMS:
            continue
        if text and (key in PERSONAL or _PATH.search(text) or (key not in STANDARD and key[1:2] != "_")):
            findings.trap("metadata", f"文件属性·{PERSONAL.get(key, key[1:])}", text)
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as found:
            entries = [(str(key).rsplit("}", 1)[-1], value) for key, value in found.items()]
    except (ValueError, KeyError, TypeError, AttributeError, SyntaxError):
        return
    for key, value in entries:
        text = "、".join(str(one) for one in value) if isinstance(value, list | set | tuple) else str(value)
        findings.passage(f"文件属性·{key}", text, hidden=True)
        if text.strip().lower() not in PROGRAMS and (key in PERSONAL_XMP or _PATH.search(text)):
            findings.trap("metadata", f"文件属性·{key}", text)


STANDARD = (
    "/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped",
    "/PTEX.Fullbanner", "/GTS_PDFXVersion", "/GTS_PDFXConformance", "/PDFVersion",
)  # fmt: skip


def _attachments(pdf: pikepdf.Pdf, findings: Findings) -> None:
    for name, kept in pdf.attachments.items():
        findings.trap("external_link", f"附件 {name}", f"文件里夹带了另一个文件：{name}")
        try:
            body = kept.get_file().read_bytes()[:200_000]
        except pikepdf.PdfError:
            continue
        findings.passage(f"附件 {name}", body.decode(errors="ignore")[:4000], hidden=True)


def _note(note: Any, where: str, findings: Findings) -> None:
    if not isinstance(note, pikepdf.Dictionary):
        return
    kind, text, value = str(note.get("/Subtype", "")), str(note.get("/Contents", "")), note.get("/V")
    away = bool(_flags(note) & HIDDEN_FLAG)
    if isinstance(value, pikepdf.String) and str(value).strip():
        findings.passage(where, str(value), hidden=away)
        if away:
            findings.trap("invisible_text", where, str(value))
    if kind == "/FileAttachment":
        findings.trap("external_link", where, "页面上夹带了另一个文件")
    elif kind in ("/RichMedia", "/Screen", "/3D", "/Movie", "/Sound"):
        findings.trap("macro", where, "页面上嵌有可播放或可运行的内容")
    if text.strip() and (kind not in SHOWN_NOTES or (away and kind != "/Link")):
        findings.hidden("comment", where, text)


def _object(one: Any, findings: Findings) -> None:
    for inner in dictionaries(one):
        _action(inner, "动作", findings)
    if "/XFA" in one:
        findings.passage("XFA 表单", "XFA 表单", hidden=True)
    if isinstance(one, pikepdf.Stream):
        if isinstance(one.get("/F"), pikepdf.String | pikepdf.Dictionary):
            findings.trap("external_link", "内容流", "内容放在文件以外")
        if "/DCTDecode" in str(one.get("/Filter", "")) and not isinstance(one.get("/Filter"), pikepdf.Array):
            image.look(one.read_raw_bytes(), "图片", findings)


def dictionaries(one: Any, depth: int = 0) -> Iterator[Any]:
    """An object and the dictionaries that stand in it, but not those that it points to."""
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        yield one
        inner = [value for _, value in one.items()]
    elif isinstance(one, pikepdf.Array):
        inner = list(one)
    else:
        return
    if depth < MOST_DEPTH:
        for value in inner:
            direct = isinstance(value, pikepdf.Dictionary | pikepdf.Array)
            if direct and not getattr(value, "is_indirect", False):
                yield from dictionaries(value, depth + 1)


def _action(one: Any, where: str, findings: Findings) -> None:
    kind = one.get("/S")
    if not isinstance(kind, pikepdf.Name):
        return
    if str(kind) in SCRIPTED:
        findings.trap("macro", where, str(one.get("/F", kind)))
    elif str(kind) in OUTSIDE:
        findings.trap("external_link", where, _told(one.get("/F")))
    elif str(kind) == "/URI" and is_inner(str(one.get("/URI", ""))):
        findings.trap("external_link", where, str(one.get("/URI")))


def is_inner(target: str) -> bool:
    """Whether a link leads to somebody's disk or inner network."""
    return target.lower().startswith(_INNER) or bool(re.match(r"[A-Za-z]:[\\/]", target))


def _told(one: Any) -> str:
    return str(one.get("/UF", one.get("/F", ""))) if isinstance(one, pikepdf.Dictionary) else str(one)


def _flags(note: Any) -> int:
    try:
        return int(note.get("/F", 0))
    except (TypeError, ValueError):
        return 0


def _list(one: Any) -> list[Any]:
    return list(one) if isinstance(one, pikepdf.Array) else []
