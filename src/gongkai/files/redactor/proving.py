"""The proof: removed words are nowhere in the paper — not in its text, its streams, its metadata.

It reads the finished bytes with other eyes than those that made them: text by one library, raw objects and
streams by another, and the bytes themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

from gongkai.files.redactor.looking import open_pdf

CODES = ("utf-8", "utf-16-be", "utf-16-le", "gb18030")
DEEPEST = 20
_NO_BRACKETS = str.maketrans("()", "[]")
_SPACE = re.compile(r"\s+")
# Every paper is full of such numbers: offsets, lengths, coordinates.
_SHORT_NUMBER = re.compile(r"[0-9.,]{1,9}")


def prove(path: Path, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Where each word still stands (``text 第2页``, ``stream``, ``metadata``, ``bytes``); empty lists are the proof."""
    words = [word for word in asked["words"] if _flat(word)]
    if asked["kind"] != "pdf":
        return {"found": {}, "extras": _picture_extras(path)}, b""
    found: dict[str, list[str]] = {word: [] for word in words}
    paper = open_pdf(path)
    for number in range(len(paper)):
        text = _flat(paper[number].get_textpage().get_text_range())
        for word in words:
            # A page that stands on its head may be read backwards.
            if _flat(word) in text or _flat(word)[::-1] in text:
                found[word].append(f"第{number + 1}页文字")
    raw = path.read_bytes()
    with pikepdf.open(path) as opened:
        extras = list(_extras(opened))
        pieces = [("文件字节", raw), *_pieces(opened)]
    for where, content in pieces:
        flat = bytes(content)
        low = flat.lower()
        for word in words:
            if _stands_in(word, flat, low) and where not in found[word]:
                found[word].append(where)
    return {"found": {word: places for word, places in found.items() if places}, "extras": extras}, b""


def _stands_in(word: str, content: bytes, low: bytes) -> bool:
    for code in CODES:
        plain = word.encode(code, "ignore")
        if len(plain) < 4:
            continue
        if plain.hex().encode() in low:
            return True
        if plain in content and (not _SHORT_NUMBER.fullmatch(word) or _in_a_string(plain, content)):
            return True
    return False


def _in_a_string(plain: bytes, content: bytes) -> bool:
    """Whether the sign stands between the brackets of a string, and is no length, place or offset of the paper."""
    return re.search(rb"\([^()]*" + re.escape(plain) + rb"[^()]*\)", content) is not None


def _pieces(paper: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    """Every stream unpacked, every string of every object, and the head of the paper."""
    for thing in paper.objects:
        if isinstance(thing, pikepdf.Stream):
            if thing.get("/Subtype") == "/Image":
                continue
            try:
                yield "内容流", thing.read_bytes()
            except pikepdf.PdfError:
                yield "内容流", thing.read_raw_bytes()
        else:
            # Round brackets are kept for what is a string: in them a short number is a word.
            yield "对象", repr(thing).translate(_NO_BRACKETS).encode()
            yield "对象", b"".join(b"(%b)" % string for string in _strings(thing, 0))
    yield "元数据", repr(paper.trailer.get("/Info", "")).encode()


def _strings(thing: Any, depth: int) -> Iterator[bytes]:
    """The strings inside an object, whichever way they are written in the file."""
    if depth > DEEPEST or (depth and getattr(thing, "is_indirect", False)):
        return  # an object of its own, looked at in its turn
    if isinstance(thing, pikepdf.String):
        yield bytes(thing)
    elif isinstance(thing, pikepdf.Array | pikepdf.Dictionary):
        inner = thing if isinstance(thing, pikepdf.Array) else thing.as_dict().values()
        for one in inner:
            yield from _strings(one, depth + 1)


def _extras(paper: pikepdf.Pdf) -> Iterator[str]:
    """What a blotted paper must not carry along at all."""
    root = paper.Root
    for key, name in (
        ("/Metadata", "元数据"),
        ("/Outlines", "书签"),
        ("/AcroForm", "表单"),
        ("/OpenAction", "动作"),
        ("/Names", "附件或脚本"),
        ("/StructTreeRoot", "结构树"),
    ):
        if key in root:
            yield name
    if "/Info" in paper.trailer and len(paper.trailer.Info.keys()):
        yield "文档信息"
    if any("/Annots" in page.obj for page in paper.pages):
        yield "批注"
    if "/Prev" in paper.trailer:
        yield "修改前的版本"


def _picture_extras(path: Path) -> list[str]:
    with Image.open(path) as picture:
        return sorted(str(key) for key in picture.info if key not in ("dpi", "gamma", "srgb"))


def _flat(text: str) -> str:
    return _SPACE.sub("", text)
