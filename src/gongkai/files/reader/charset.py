"""Which encoding a text is in: mark, declaration, then what fits. GB2312 and GBK are read as GB18030."""

from __future__ import annotations

import codecs
import re

from gongkai.files.problems import Unreadable

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHINESE = {"gb2312", "gbk", "gb18030", "cp936", "x-gbk", "gb_2312-80", "gb2312-80"}
# What may be undecodable in an otherwise sound text: one broken sign in five hundred.
_BROKEN_SHARE = 500


def decode(content: bytes, *, declared: bool) -> str:
    """The words of a text file or page; ``declared`` = believe a charset named in the first kilobytes."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    for name in _candidates(content, declared):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return _nearly(content)


def _candidates(content: bytes, declared: bool) -> list[str]:
    names = ["utf-8", "gb18030"]
    match = _DECLARED.search(content[:4096]) if declared else None
    if match:
        name = match[1].decode("ascii").lower()
        name = "gb18030" if name in _CHINESE else name
        # UTF-8 that decodes is UTF-8, whatever the page says; only then is the declaration asked.
        if name not in names and name not in ("iso-8859-1", "latin1", "windows-1252", "us-ascii"):
            names.insert(1, name)
    return names


def _nearly(content: bytes) -> str:
    """A text with a few broken bytes, or a clear refusal."""
    best = min(
        (content.decode(name, "replace") for name in ("utf-8", "gb18030")),
        key=lambda text: text.count("\ufffd"),
    )
    if best.count("\ufffd") * _BROKEN_SHARE > len(best):
        raise Unreadable("file.charset")
    return best
