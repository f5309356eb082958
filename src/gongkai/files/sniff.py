"""The kind of a file by its bytes; the name only chooses between kinds that look the same. Stdlib only."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

HEAD_BYTES = 8192
_MAGIC = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"PK\x07\x08", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"), (b"\xff\xd8\xff", "image"), (b"GIF87a", "image"), (b"GIF89a", "image"),
    (b"II*\x00", "image"), (b"MM\x00*", "image"), (b"BM", "bmp?"),
    (b"Rar!", "archive"), (b"7z\xbc\xaf\x27\x1c", "archive"), (b"\x1f\x8b", "archive"), (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"), (b"MZ", "mz?"), (b"\x7fELF", "program"), (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"), (b"#!", "program"),
)  # fmt: skip
_OLE_BY_ENDING = {
    "doc": "doc", "dot": "doc", "xls": "xls", "xlt": "xls", "ppt": "ppt", "wps": "wps", "wpt": "wps", "et": "et",
}  # fmt: skip
# Photographs as some phones store them: a film container with one picture in it.
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_TEXT_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

# What an ending promises. An ending that is not here promises nothing.
PROMISES = {
    "docx": {"docx"}, "xlsx": {"xlsx"}, "pdf": {"pdf"}, "html": {"html"}, "htm": {"html"}, "txt": {"txt"},
    "doc": {"doc"}, "xls": {"xls"}, "wps": {"wps"}, "et": {"et"}, "ppt": {"ppt"}, "pptx": {"pptx"}, "ofd": {"ofd"},
    "rtf": {"rtf"}, "png": {"image"}, "jpg": {"image"}, "jpeg": {"image"}, "gif": {"image"}, "bmp": {"image"},
    "tif": {"image"}, "tiff": {"image"}, "webp": {"image"}, "heic": {"heic"}, "zip": {"zip"}, "csv": {"txt"},
}  # fmt: skip


def ending_of(name: str) -> str:
    """The ending of a file name, small letters, without the dot."""
    return PurePath(name.strip()).suffix.lower().lstrip(".")


def kind_by_head(head: bytes, name: str) -> str:
    """The kind by the first bytes: ``zip`` and ``ole`` are families that need a second look. "" = unknown."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _sure(kind, head, name)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "heic"
    if not _is_text(head):
        return ""
    return _text_kind(head, ending_of(name))


def kind_of_zip(members: Collection[str], content_types: bytes = b"") -> str:
    """Which office format a zip is, by its members."""
    names = set(members)
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names or b"wordprocessingml.document.main" in content_types:
            return "docx"
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "ppt/presentation.xml" in names:
            return "pptx"
    return "ofd" if "OFD.xml" in names else "zip"


def belies(name: str, kind: str) -> bool:
    """Whether the ending of the name promises another kind than the bytes show."""
    promised = PROMISES.get(ending_of(name))
    return promised is not None and kind not in promised


def _sure(kind: str, head: bytes, name: str) -> str:
    if kind == "ole":
        return _OLE_BY_ENDING.get(ending_of(name), "ole")
    if kind == "mz?":  # a text may begin with MZ; a program has zero bytes in its head
        return "program" if b"\x00" in head else _text_kind(head, ending_of(name))
    if kind == "bmp?":
        return "image" if b"\x00" in head[:32] else _text_kind(head, ending_of(name))
    return kind


def _is_text(head: bytes) -> bool:
    if head.startswith(_TEXT_BOMS):
        return True
    if b"\x00" in head:
        return False
    strange = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\f\x1b")
    return strange * 100 <= len(head)


def _text_kind(head: bytes, ending: str) -> str:
    """A page or a text: the ending says it; without one, the tags do."""
    if ending in ("html", "htm", "shtml", "xhtml"):
        return "html"
    if ending in ("txt", "text", "csv", "md"):
        return "txt"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(
        (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<div", b"<table", b"<p")
    ):
        return "html"
    if start.startswith(b"<?xml"):
        return "html" if b"<html" in start else "xml"
    return "txt"
